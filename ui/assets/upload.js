// Sends files that are chosen or dropped on a .yj-drop to the server, and tells the page's element what has arrived.
// The element dispatches "yj-sent" (bubbling) with detail {files: [{token, name, size}]}; errors are shown in place.
(() => {
  function status(drop, words, isError) {
    const line = drop.querySelector(".yj-drop-status");
    if (!line) return;
    line.textContent = words;
    line.classList.toggle("yj-bad", Boolean(isError));
  }

  async function send(drop, files) {
    const chosen = [...files];
    if (!chosen.length) return;
    const input = drop.querySelector("input[type=file]");
    const sent = [];
    const failed = []; // a sentence each; the others are sent nevertheless
    drop.setAttribute("aria-busy", "true");
    for (const [place, file] of chosen.entries()) {
      status(drop, `${drop.dataset.sending} ${place + 1}/${chosen.length}`);
      const form = new FormData();
      form.append("file", file, file.name);
      try {
        const response = await fetch(`/upload?language=${document.documentElement.lang.slice(0, 2)}`, { method: "POST", body: form });
        const told = await response.json();
        if (!response.ok) throw new Error(told.error || drop.dataset.failed);
        sent.push(told);
      } catch (error) {
        const isLost = error instanceof TypeError || error instanceof SyntaxError;
        failed.push(isLost ? drop.dataset.failed : error.message);
        if (isLost) break; // the server is gone: the rest would fare no better
      }
    }
    drop.removeAttribute("aria-busy");
    if (input) input.value = "";
    const names = drop.dataset.sent ? drop.dataset.sent.replace("{count}", sent.length) : sent.map((file) => file.name).join("、");
    status(drop, [...failed, ...(sent.length ? [names] : [])].join(" "), failed.length > 0);
    if (sent.length) drop.dispatchEvent(new CustomEvent("yj-sent", { bubbles: true, detail: { files: sent } }));
  }

  const dropOf = (event) => event.target.closest && event.target.closest(".yj-drop");
  document.addEventListener("change", (event) => {
    const drop = dropOf(event);
    if (drop && event.target.matches("input[type=file]")) send(drop, event.target.files);
  });
  document.addEventListener("dragover", (event) => {
    const drop = dropOf(event);
    if (!drop) return;
    event.preventDefault();
    drop.classList.add("yj-over");
  });
  document.addEventListener("dragleave", (event) => {
    const drop = dropOf(event);
    if (drop) drop.classList.remove("yj-over");
  });
  document.addEventListener("drop", (event) => {
    const drop = dropOf(event);
    if (!drop) return;
    event.preventDefault();
    drop.classList.remove("yj-over");
    send(drop, event.dataTransfer.files);
  });
})();
