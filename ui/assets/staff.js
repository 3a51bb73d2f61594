// The pages for staff: what is chosen is sent to the page's events and kept in its address, so that a reload and the
// back button find it again. `youju.staff(element, trigger)` is called by the element that has the page's form.
window.youju = window.youju || {};
(() => {
  let trigger = null; // sends an event of this page
  let wanted = ""; // what suggestions were last asked for
  const find = (selector, from) => (from || document).querySelector(selector);
  const all = (selector, from) => [...(from || document).querySelectorAll(selector)];
  const form = () => find("[data-form]");

  // --- what is chosen, and the page's address ---
  const tagsOf = (name) => all(`[data-pick="${name}"] .yj-tag`).map((tag) => tag.dataset.value);
  const valueIn = (room, name) => (find(`[name="${name}"]`, room) || {}).value || "";
  const valueOf = (name) => (find(`[name="${name}"]`, form()) || {}).value || "";

  function chosen() {
    if (form().dataset.form === "plans") {
      const only = find('[name="numbers"]', form());
      return { plan: valueOf("plan"), numbers: Boolean(only && only.checked) };
    }
    return { subjects: tagsOf("s"), places: tagsOf("p"), first: valueOf("from"), last: valueOf("to") };
  }

  function addressOf(now) {
    const query = new URLSearchParams();
    for (const subject of now.subjects || []) query.append("s", subject);
    for (const place of now.places || []) query.append("p", place);
    for (const [key, value] of [["from", now.first], ["to", now.last], ["plan", now.plan], ["numbers", now.numbers ? "1" : ""]]) {
      if (value) query.set(key, value);
    }
    const text = query.toString();
    return location.pathname + (text ? `?${text}` : "");
  }

  function choose(query) {
    for (const name of ["s", "p"]) {
      const pick = find(`[data-pick="${name}"]`);
      if (!pick) continue;
      find(".yj-tags", pick).replaceChildren();
      query.getAll(name).forEach((value) => addTag(pick, value));
    }
    for (const name of ["from", "to"]) {
      const box = find(`[name="${name}"]`, form());
      if (box) box.value = query.get(name) || "";
      if (box && box.selectedIndex < 0) box.value = ""; // a year that no report is of
    }
    const numbers = find('[name="numbers"]', form());
    if (numbers) numbers.checked = query.get("numbers") === "1";
    if (query.get("plan")) choosePlan(query.get("plan"));
  }

  function look(remember) {
    const now = chosen();
    if (remember && addressOf(now) !== location.pathname + location.search) history.pushState(null, "", addressOf(now));
    busy(true);
    trigger("look", now);
  }

  function busy(is) {
    const room = find("#yj-result");
    if (room) room.classList.toggle("yj-busy", is);
  }

  // --- boxes to type in, with a list to choose from ---
  function addTag(pick, value) {
    const words = value.trim();
    if (!words || tagsOf(pick.dataset.pick).includes(words)) return;
    const tag = Object.assign(document.createElement("span"), { className: "yj-tag", textContent: words });
    tag.dataset.value = words;
    const label = pick.dataset.remove.replace("{0}", words);
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "yj-untag", textContent: "×" });
    remove.setAttribute("aria-label", label);
    tag.append(remove);
    find(".yj-tags", pick).append(tag);
  }

  const listOf = (pick) => find('[role="listbox"]', pick);
  const openOptions = (pick) => all('[role="option"]', listOf(pick)).filter((one) => !one.hidden);

  function show(pick, is) {
    const box = find("input", pick);
    const open = is && openOptions(pick).length > 0;
    listOf(pick).hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) mark(pick, null);
  }

  function mark(pick, option) {
    all('[aria-selected="true"]', listOf(pick)).forEach((one) => one.removeAttribute("aria-selected"));
    const box = find("input", pick);
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function take(pick, value) {
    addTag(pick, value);
    find("input", pick).value = "";
    show(pick, false);
  }

  function refresh(pick) {
    const typed = find("input", pick).value.trim();
    if (pick.dataset.pick === "s") {
      wanted = typed;
      return trigger("suggest", { typed });
    }
    for (const option of all('[role="option"]', listOf(pick))) option.hidden = !option.dataset.value.includes(typed);
    show(pick, true);
  }

  let later = 0;
  document.addEventListener("input", (event) => {
    const pick = event.target.closest(".yj-combo");
    if (!pick) return;
    clearTimeout(later);
    later = setTimeout(() => refresh(pick), pick.dataset.pick === "s" ? 90 : 0);
  });
  document.addEventListener("focusin", (event) => {
    const pick = event.target.closest(".yj-combo");
    all(".yj-combo").forEach((one) => one !== pick && show(one, false));
    if (pick && event.target.matches("input")) refresh(pick);
  });
  document.addEventListener("keydown", (event) => {
    const pick = event.target.matches && event.target.matches(".yj-combo input") && event.target.closest(".yj-combo");
    if (!pick || event.isComposing) return;
    const options = openOptions(pick);
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (listOf(pick).hidden) return refresh(pick);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(pick, options[(at + step + (at < 0 && step < 0 ? 1 : 0) + options.length) % options.length]);
    } else if (event.key === "Enter") {
      const open = !listOf(pick).hidden;
      const typed = event.target.value.trim();
      if (open && at >= 0) take(pick, options[at].dataset.value);
      else if (typed && pick.dataset.pick === "s") take(pick, typed);
      else if (typed && options.length) take(pick, options[0].dataset.value);
      else return; // nothing typed: Enter sends the form
      event.preventDefault();
    } else if (event.key === "Escape") {
      show(pick, false);
    } else if (event.key === "Backspace" && !event.target.value) {
      const last = all(".yj-tag", pick).pop();
      if (last) last.remove();
    }
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest('.yj-combo [role="option"]');
    if (!option) return;
    event.preventDefault(); // the box keeps the focus
    take(option.closest(".yj-combo"), option.dataset.value);
  });

  // --- plans: the years of the office that is chosen ---
  function pairsOfOffice(keep) {
    const office = find('[name="office"]', form());
    const plan = find('[name="plan"]', form());
    if (!office || !plan) return;
    for (const option of [...plan.options]) option.hidden = option.disabled = option.dataset.office !== office.value;
    if (keep && !plan.selectedOptions[0]?.disabled) return;
    const first = [...plan.options].find((option) => !option.disabled);
    plan.value = first ? first.value : "";
  }

  function choosePlan(value) {
    const option = all('[name="plan"] option', form()).find((one) => one.value === value);
    if (!option) return;
    find('[name="office"]', form()).value = option.dataset.office;
    pairsOfOffice(false);
    find('[name="plan"]', form()).value = value;
  }

  // --- events of the page ---
  document.addEventListener("submit", (event) => {
    if (trigger && event.target.matches("[data-keep]")) {
      event.preventDefault();
      return trigger("keep", { title: valueIn(event.target, "title"), draft: "", ...chosen() });
    }
    if (!trigger || !event.target.matches("[data-form]")) return;
    event.preventDefault();
    const box = find('[data-pick="s"] input', event.target);
    if (box && box.value.trim()) take(box.closest(".yj-combo"), box.value);
    all(".yj-combo", event.target).forEach((pick) => show(pick, false));
    look(true);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches('[data-form="plans"] [name="office"]')) pairsOfOffice(false);
  });
  document.addEventListener("click", (event) => {
    if (!trigger) return;
    const target = event.target;
    const at = (selector) => target.closest && target.closest(selector);
    const tag = at(".yj-untag");
    if (tag) return tag.closest(".yj-tag").remove();
    const tried = at("[data-try]");
    if (tried) return choose(new URLSearchParams([["s", tried.dataset.try]])), look(true);
    const done = at("[data-do]");
    if (done) return trigger(done.dataset.do, { ...done.dataset, ...(form() ? chosen() : {}) });
    const rest = at("[data-rest]");
    if (rest) {
      const more = rest.closest("tbody");
      more.nextElementSibling.hidden = false;
      return more.remove();
    }
    const only = at("[data-only]");
    if (only) return filter(only);
    const number = at("[data-number]");
    if (number && !at("[data-cite]")) pair(number);
  });

  function filter(button) {
    const group = button.closest("[data-filters]");
    all("[data-only]", group).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    const room = group.closest(".yj-result") || document;
    for (const one of all("[data-kind]", room)) one.hidden = Boolean(button.dataset.only) && one.dataset.kind !== button.dataset.only;
  }

  // A number of the text and its line in the list belong together.
  function pair(chosenOne) {
    const number = chosenOne.dataset.number;
    all("[data-number][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    for (const one of all(`[data-number="${number}"]`)) {
      one.setAttribute("aria-current", "true");
      if (one !== chosenOne && !one.hidden) one.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
  }

  window.addEventListener("popstate", () => {
    if (!trigger || !form() || !/compare|plans/.test(form().dataset.form)) return;
    choose(new URLSearchParams(location.search));
    look(false);
  });

  // --- what comes from the server ---
  function suggested(list) {
    const pick = find('[data-pick="s"]');
    if (!pick || list.dataset.typed !== wanted || document.activeElement !== find("input", pick)) return;
    listOf(pick).replaceChildren(...[...list.children].map((one) => one.cloneNode(true)));
    show(pick, true);
  }

  const arrived = (changes) => {
    for (const change of changes) {
      const inside = (id) => change.target.closest && change.target.closest(id);
      if (inside("#yj-result")) busy(false);
      const list = inside("#yj-suggested") && find("#yj-suggested ul");
      if (list) suggested(list);
    }
    const link = find("a[data-now]");
    if (link) {
      link.removeAttribute("data-now");
      link.click();
    }
  };

  function start(element) {
    const query = new URLSearchParams(location.search);
    pairsOfOffice(false);
    choose(query);
    const plan = query.get("plan");
    if (plan && !all('[name="plan"] option', form()).some((one) => one.value === plan)) {
      trigger("look", { plan }); // a link to a report that is gone: the answer says so
    } else if (query.has("s") || plan) look(false);
    element.dataset.ready = "on";
  }

  window.youju.staff = (element, send) => {
    trigger = send;
    new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true });
    element.addEventListener("yj-sent", (event) => {
      const files = event.detail.files;
      busy(true);
      element.dataset.done = "on"; // the place to drop becomes small
      send("sent", { token: files[files.length - 1].token, place: valueOf("place") });
    });
    const ready = () => {
      if (!element.dataset.ready && form()) start(element);
    };
    new MutationObserver(ready).observe(element, { childList: true, subtree: true });
    ready();
  };
})();
