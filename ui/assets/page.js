// Keeps the newest turn of the conversation in view, its first source open beside it. Nothing is stored.
(() => {
  const wide = window.matchMedia("(min-width: 1000px)");
  const find = (selector, from) => (from || document).querySelector(selector);

  function onTurns(thread) {
    const turns = thread.querySelectorAll(".yj-turn");
    find("#yj-main").dataset.talk = turns.length ? "on" : "off";
    if (!turns.length) return window.youju.hideSource();
    const newest = turns[turns.length - 1];
    newest.scrollIntoView({ block: "start", behavior: turns.length > 1 ? "smooth" : "auto" });
    const first = find(".yj-cite", newest);
    if (first && wide.matches) window.youju.openSource(first);
    else if (!first) window.youju.hideSource();
  }

  // Gradio builds the page after this script has run, so wait for the conversation's element.
  const waiting = new MutationObserver(() => {
    const thread = find("#yj-thread");
    if (!thread) return;
    waiting.disconnect();
    thread.setAttribute("role", "log");
    let last = "";
    const look = () => {
      const now = [...thread.querySelectorAll(".yj-turn")].map((turn) => turn.textContent).join("\n");
      if (now !== last) {
        last = now;
        onTurns(thread);
      }
    };
    new MutationObserver(look).observe(thread, { childList: true, subtree: true });
    look();
  });
  waiting.observe(document.documentElement, { childList: true, subtree: true });
})();
