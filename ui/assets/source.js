// Opens the source of a citation in the panel #yj-source: any element with data-cite, on any page. Nothing is stored.
window.youju = window.youju || {};
(() => {
  const find = (selector, from) => (from || document).querySelector(selector);
  const key = (one) => `${one.dataset.report}|${one.dataset.span}`;
  let asked = 0; // the number of the newest request, so that a slow answer never replaces a later one
  let opener = null; // what was clicked: the focus goes back to it
  let current = null;

  const frame = () => find("#yj-main") || find("#yj-slide");

  function address(button, room) {
    const to = new URL(`/source/${encodeURIComponent(button.dataset.report)}`, document.baseURI);
    for (const name of ["span", "marks", "version"]) to.searchParams.set(name, button.dataset[name] || "");
    to.searchParams.set("language", room.dataset.language);
    return to;
  }

  // The citations that the panel steps through: those of one answer, or of the whole page; each place of a report once.
  function citations(button) {
    const scope = button.closest(".yj-answer, [data-citations]") || document;
    const seen = new Set();
    return [...scope.querySelectorAll("[data-cite]")].filter((one) => !seen.has(key(one)) && seen.add(key(one)));
  }

  function mark(button) {
    document.querySelectorAll("[data-cite][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    if (!button) return;
    const scope = button.closest(".yj-answer, [data-citations]");
    for (const one of scope ? scope.querySelectorAll("[data-cite]") : [button]) {
      if (key(one) === key(button)) one.setAttribute("aria-current", "true");
    }
  }

  function place(button) {
    const steps = find("#yj-source .yj-steps");
    if (!steps) return;
    const all = citations(button);
    const here = all.findIndex((one) => key(one) === key(button));
    steps.hidden = all.length < 2;
    find(".yj-place", steps).textContent = `${here + 1} / ${all.length}`;
    for (const step of steps.querySelectorAll(".yj-step")) step.disabled = !all[here + Number(step.dataset.step)];
  }

  function step(by) {
    if (!current) return;
    const all = citations(current);
    const next = all[all.findIndex((one) => key(one) === key(current)) + by];
    if (!next) return;
    next.scrollIntoView({ block: "nearest" });
    open(next, opener);
  }

  async function open(button, clicked) {
    const room = find("#yj-source .yj-room");
    if (!room) return;
    const mine = ++asked;
    let shown = "";
    try {
      const response = await fetch(address(button, room), { headers: { Accept: "text/html" } });
      if (response.status === 401) return;
      if ((response.headers.get("content-type") || "").startsWith("text/html")) shown = await response.text();
    } catch (error) {
      shown = "";
    }
    if (mine !== asked) return;
    if (shown) room.innerHTML = shown;
    else room.replaceChildren(Object.assign(document.createElement("p"), { className: "yj-hint", textContent: room.dataset.failed }));
    current = button;
    opener = clicked || null;
    frame().dataset.source = "open";
    mark(button);
    place(button);
    const cited = find(".yj-cited", room);
    const context = find(".yj-context", room);
    if (cited && context) {
      const above = cited.getBoundingClientRect().top - context.getBoundingClientRect().top;
      context.scrollTop += above - context.clientHeight / 3;
    }
    if (clicked && context && !find("#yj-main")) context.focus({ preventScroll: true });
  }

  function hide() {
    const holder = frame();
    if (!holder || holder.dataset.source !== "open") return;
    asked += 1; // what is still on its way does not open it again
    const panel = find("#yj-source");
    const goesBack = opener && opener.isConnected && (panel.contains(document.activeElement) || document.activeElement === document.body);
    delete holder.dataset.source;
    mark(null);
    if (goesBack) opener.focus({ preventScroll: true });
    current = opener = null;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cite]");
    const stepped = event.target.closest(".yj-step");
    if (button) open(button, button);
    else if (stepped) step(Number(stepped.dataset.step));
    else if (event.target.closest(".yj-close")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const button = event.target.closest && event.target.closest("[data-cite]:not(button):not(a)");
    if (button && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      open(button, button);
    }
  });

  window.youju.openSource = (button) => open(button, null);
  window.youju.hideSource = hide;
})();
