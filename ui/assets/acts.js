// The pages 台账 and 档案: what is looked at stands in the address, what is done is sent to the page's events.
// `youju.acts(element, trigger)` is called by the element that has the page's forms.
window.youju = window.youju || {};
(() => {
  let trigger = null;
  const find = (selector, from) => (from || document).querySelector(selector);
  const all = (selector, from) => [...(from || document).querySelectorAll(selector)];
  const said = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  function busy(is) {
    const room = find("#yj-result");
    if (room) room.classList.toggle("yj-busy", is);
  }

  // --- what is looked at: the address ---
  function fill(form, search) {
    const query = new URLSearchParams(search);
    let first = "";
    for (const field of form.elements) {
      if (!field.name) continue;
      first = first || field.name;
      if (field.name !== first && query.get(field.name)) unfold(form, true); // what is asked is in sight
      if (field.type === "checkbox") field.checked = query.get(field.name) === field.value;
      else field.value = query.get(field.name) || "";
    }
  }

  // On a narrow page only the first filter stands open.
  function unfold(form, isOpen) {
    form.toggleAttribute("data-open", isOpen);
    const button = find("[data-fold]", form);
    if (button) button.setAttribute("aria-expanded", String(isOpen));
  }

  function show() {
    all("form[data-go]").forEach((form) => fill(form, location.search));
    busy(true);
    trigger("show", { search: location.search });
  }

  function go(search) {
    if (search !== location.search) history.pushState(null, "", location.pathname + (search === "?" ? "" : search));
    show();
  }

  window.addEventListener("popstate", () => trigger && show());

  // --- what is done ---
  let opener = null; // what opened the dialog: the focus goes back to it
  function act(told) {
    trigger("act", { search: location.search, ...told });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!trigger || !form.matches) return;
    if (form.matches("form[data-go]")) {
      event.preventDefault();
      const chosen = Object.entries(said(form)).filter(([, value]) => value.trim());
      return go(`?${new URLSearchParams(chosen.map(([name, value]) => [name, value.trim()]))}`);
    }
    if (form.matches("form[data-act]")) {
      event.preventDefault();
      const button = find("button[type=submit]", form);
      if (button) button.disabled = true; // it is sent once; the answer brings a new form
      act({ ...form.dataset, ...said(form) });
    }
  });

  document.addEventListener("click", (event) => {
    if (!trigger || !event.target.closest) return;
    const link = event.target.closest("a[data-go]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      return go(new URL(link.href).search || "?");
    }
    const fold = event.target.closest("button[data-fold]");
    if (fold) return unfold(fold.form, !fold.form.hasAttribute("data-open"));
    const save = event.target.closest("button[data-save]");
    if (save) return trigger("save", { search: location.search, kind: save.dataset.save });
    const button = event.target.closest("button[data-act]");
    if (!button || (button.type === "submit" && button.form)) return;
    if (button.dataset.act === "close") return close();
    if (!find("#yj-dialog .yj-dialog")) opener = button;
    if (button.dataset.once !== undefined) button.disabled = true;
    act({ ...button.dataset });
  });

  document.addEventListener("keydown", (event) => {
    const dialog = find("#yj-dialog .yj-dialog");
    if (!dialog || (find("#yj-slide") || {}).dataset?.source === "open") return;
    if (event.key === "Escape" && !event.isComposing) close();
    if (event.key !== "Tab") return;
    const stops = all("a[href], button:not([disabled]), input, select, textarea, summary, [tabindex='0']", dialog).filter((one) => one.offsetParent);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (!stops.length) return;
    if (event.shiftKey && (document.activeElement === first || !dialog.contains(document.activeElement))) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && (document.activeElement === last || !dialog.contains(document.activeElement))) {
      event.preventDefault();
      first.focus();
    }
  });

  function close() {
    const shut = find("#yj-dialog a[data-close]");
    if (shut) return go(new URL(shut.href).search || "?");
    act({ act: "close" });
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  document.addEventListener("mousedown", (event) => {
    if (trigger && event.target.matches && event.target.matches("#yj-dialog .yj-veil")) close();
  });

  // --- files that have arrived ---
  document.addEventListener("yj-sent", (event) => {
    if (trigger) trigger("act", { act: "sent", search: location.search, tokens: event.detail.files.map((file) => file.token) });
  });

  // --- what comes back ---
  const seen = new WeakSet();
  function look() {
    const table = find("#yj-result");
    if (table) busy(false);
    const desk = find("#yj-reports");
    if (desk) desk.dataset.empty = find(".yj-samples", desk) ? "on" : "off";
    const link = find("a[data-now]");
    if (link) {
      link.removeAttribute("data-now");
      link.click();
    }
    const dialog = find("#yj-dialog .yj-dialog");
    if (dialog && !seen.has(dialog)) {
      seen.add(dialog);
      const first = find("[data-focus]", dialog) || find("input:not([type=hidden]), textarea, button", dialog);
      if (first) first.focus({ preventScroll: true });
    }
  }

  window.youju.acts = (element, send) => {
    trigger = send;
    const rooms = ["#yj-result", "#yj-dialog", "#yj-done"];
    const watch = new MutationObserver(look);
    const wait = setInterval(() => {
      const there = rooms.map((room) => find(room)).filter(Boolean);
      if (there.length < rooms.length) return;
      clearInterval(wait);
      there.concat(all("#yj-top")).forEach((room) => watch.observe(room, { childList: true, subtree: true }));
      show();
    }, 10);
  };
})();
