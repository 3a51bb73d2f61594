// The page 草稿: which draft is open stands in the address; what is done is sent to the page's events.
// `youju.drafts(element, trigger)` is called by the element whose events the server listens to.
window.youju = window.youju || {};
(() => {
  let trigger = null;
  const find = (selector, from) => (from || document).querySelector(selector);
  const opened = () => new URLSearchParams(location.search).get("draft") || "";
  const look = () => trigger("look", { draft: opened() });

  document.addEventListener("click", (event) => {
    if (!trigger) return;
    const link = event.target.closest("a[data-open]");
    const button = event.target.closest("button[data-event]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      history.pushState(null, "", link.href);
      look();
    } else if (button) {
      const { event: what, ...sent } = button.dataset;
      if (what === "save") trigger("save", sent);
      else trigger("act", { draft: opened(), ...sent, event: what });
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!trigger || !form.matches("form[data-event]")) return;
    event.preventDefault();
    trigger("act", { ...form.dataset, title: find("[name=title]", form).value });
  });
  document.addEventListener("keydown", (event) => {
    if (trigger && event.key === "Escape" && find(".yj-asked")) look();
  });
  window.addEventListener("popstate", () => trigger && look());

  // What was asked for is shown: the address names the draft that is open, a document is saved, the focus stays near.
  let focused = null; // the item and the button that was pressed
  document.addEventListener("click", (event) => {
    const button = trigger && event.target.closest(".yj-icon");
    if (button) focused = { item: button.dataset.item, event: button.dataset.event };
  });
  function changed() {
    const now = find(".yj-drafts-list [aria-current]");
    if (now && now.dataset.open !== opened()) history.replaceState(null, "", now.href);
    if (!now && opened() && find(".yj-nothing")) history.replaceState(null, "", location.pathname);
    const link = find("#yj-drafts-told a[data-now]");
    if (link) {
      link.removeAttribute("data-now");
      link.click();
    }
    const asked = find(".yj-asked");
    if (asked && !asked.contains(document.activeElement)) find("button:last-child", asked).focus();
    if (focused) {
      const item = find(`.yj-items li[data-item="${focused.item}"]`);
      const button = item && find(`[data-event="${focused.event}"]:not([disabled])`, item);
      if (button && document.activeElement === document.body) button.focus();
      focused = null;
    }
  }

  window.youju.drafts = (element, send) => {
    trigger = send;
    const wait = setInterval(() => {
      const rooms = ["#yj-drafts", "#yj-drafts-told"].map((room) => find(room)).filter(Boolean);
      if (rooms.length < 2) return;
      clearInterval(wait);
      const watch = new MutationObserver(changed);
      rooms.forEach((room) => watch.observe(room, { childList: true, subtree: true }));
      look();
    }, 10);
  };
})();
