// Opens the source of a citation beside the answer, and keeps the newest turn in view. Nothing is stored.
(() => {
  const wide = window.matchMedia("(min-width: 1000px)");
  const find = (selector, from) => (from || document).querySelector(selector);
  let asked = 0; // the number of the newest request, so that a slow answer never replaces a later one

  function sourceAddress(button, room) {
    const address = new URL(`source/${encodeURIComponent(button.dataset.report)}`, document.baseURI);
    address.searchParams.set("span", button.dataset.span);
    address.searchParams.set("marks", button.dataset.marks);
    address.searchParams.set("version", button.dataset.version);
    address.searchParams.set("language", room.dataset.language);
    return address;
  }

  async function openSource(button) {
    const room = find("#yj-source .yj-room");
    if (!room) return;
    const mine = ++asked;
    let shown;
    try {
      const response = await fetch(sourceAddress(button, room));
      shown = await response.text();
      if (!(response.headers.get("content-type") || "").startsWith("text/html")) throw new Error(response.status);
    } catch (error) {
      shown = "";
    }
    if (mine !== asked) return;
    if (shown) room.innerHTML = shown;
    else room.replaceChildren(Object.assign(document.createElement("p"), { className: "yj-hint", textContent: room.dataset.failed }));
    show(button);
    const cited = find(".yj-cited", room);
    const context = find(".yj-context", room);
    if (cited && context) {
      const above = cited.getBoundingClientRect().top - context.getBoundingClientRect().top;
      context.scrollTop += above - context.clientHeight / 3;
    }
  }

  function show(button) {
    find("#yj-main").dataset.source = "open";
    document.querySelectorAll("[data-cite][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const answer = button.closest(".yj-answer");
    answer.querySelectorAll(`[data-cite="${button.dataset.cite}"]`).forEach((one) => one.setAttribute("aria-current", "true"));
  }

  function hide() {
    delete find("#yj-main").dataset.source;
    document.querySelectorAll("[data-cite][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cite]");
    if (button) openSource(button);
    else if (event.target.closest(".yj-close")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  function onTurns(thread) {
    const turns = thread.querySelectorAll(".yj-turn");
    find("#yj-main").dataset.talk = turns.length ? "on" : "off";
    if (!turns.length) return hide();
    const newest = turns[turns.length - 1];
    newest.scrollIntoView({ block: "start", behavior: turns.length > 1 ? "smooth" : "auto" });
    const first = find(".yj-cite", newest);
    if (first && wide.matches) openSource(first);
    else if (!first) hide();
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
