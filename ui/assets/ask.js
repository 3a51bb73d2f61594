// The page 问答: the box, what narrows a question, what is done with answers, the history. Of a conversation the browser
// keeps its number only (in this tab); `youju.ask(element)` is called by the element whose events the server listens to.
window.youju = window.youju || {};
(() => {
  const TALK = "yj-talk";
  const PATIENCE = 6000; // ms after which it is looked whether the server still lives
  const LOOKS = 5;
  const LONGEST = 20000; // characters of a question
  const SORTS = ["year", "office", "genre"];
  const find = (selector, from) => (from || document).querySelector(selector);
  const all = (selector, from) => [...(from || document).querySelectorAll(selector)];
  const main = () => find("#yj-main");
  const box = () => find("#yj-box textarea");
  let root = null; // the element that sends events
  let memory = ""; // the number of the conversation where the tab may keep nothing
  let shown = 0; // entries of the history
  let jump = ""; // the turn to be shown once it is there
  let picking = ""; // the turn that goes into a draft
  let opener = null; // what opened a panel: the focus goes back to it
  let recalled = -1;
  let lost = { key: "", text: "" }; // what was sent and did not arrive
  let newest = 0; // the state of the conversation that is shown: an older one may arrive later
  const waiting = new Map(); // key → question that has no reply yet
  const chosen = { year: [], office: [], genre: [] };

  // --- the conversation's number ---
  function name() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  }
  function talk(now) {
    if (now) [memory, newest] = [now, 0];
    try {
      if (now) sessionStorage.setItem(TALK, now);
      memory = sessionStorage.getItem(TALK) || memory;
    } catch (error) {
      // a browser that may keep nothing forgets the conversation with the page
    }
    return memory || talk(name());
  }

  function act(what, detail) {
    const past = find("#yj-history-words");
    const told = { words: past ? past.value : "", shown: String(shown) };
    root.dispatchEvent(new CustomEvent("yj-do", { detail: { ...told, ...detail, name: what, talk: talk() } }));
  }

  // --- asking ---
  function send(text) {
    const question = text.trim();
    if (!question) return;
    const key = name();
    waiting.set(key, question);
    main().dataset.busy = "on";
    recalled = -1;
    post(key, question).catch(() => waiting.has(key) && giveBack(key));
    setTimeout(() => look(key, LOOKS), PATIENCE);
  }
  async function post(key, question) {
    const language = JSON.parse(find("#yj-told").textContent).tag.slice(0, 2);
    const asked = { talk: talk(), key, question: question.slice(0, LONGEST), scope: chosen };
    const response = await fetch(`/ask?language=${language}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
    });
    if (!response.ok) throw new Error(response.statusText);
    const reader = response.body.getReader();
    const letters = new TextDecoder();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + letters.decode(part.value, { stream: true })).split("\n");
      rest = lines.pop();
      if (asked.talk === talk()) lines.forEach((line) => show(JSON.parse(line)));
    }
    if (asked.talk === talk()) setTimeout(() => waiting.has(key) && giveBack(key), 1000); // it ended without an answer
    else waiting.delete(key) && settle(); // another conversation is shown by now
  }
  function show(told) {
    if (told.at <= newest) return;
    newest = told.at;
    window.youju.showTalk(told.html);
  }
  async function look(key, left) {
    if (!waiting.has(key)) return;
    let lives = left > 0;
    try {
      lives = lives && (await fetch("/alive", { cache: "no-store" })).ok;
    } catch (error) {
      lives = false;
    }
    if (!waiting.has(key)) return;
    if (lives) return setTimeout(() => look(key, left - 1), PATIENCE);
    giveBack(key);
  }
  function giveBack(key) {
    const question = waiting.get(key);
    waiting.delete(key);
    lost = { key, text: question };
    if (!box().value) put(question);
    say(find(".yj-toast", root).dataset.lost, true);
    settle();
  }
  function settle() {
    for (const key of [...waiting.keys()]) {
      if (find(`.yj-turn[data-key="${key}"] .yj-answer`)) waiting.delete(key);
    }
    if (!waiting.size && main()) delete main().dataset.busy;
  }
  function put(text) {
    box().value = text;
    grow();
    box().focus();
    box().setSelectionRange(text.length, text.length);
  }
  function grow() {
    box().style.height = "auto";
    box().style.height = `${Math.min(box().scrollHeight, 140)}px`;
  }
  function fromBox() {
    const text = box().value;
    box().value = "";
    grow();
    send(text);
  }
  function recall(by) {
    const asked = all(".yj-turn").map((turn) => turn.dataset.question).reverse();
    const next = recalled + by;
    if (next >= asked.length || next < -1) return;
    recalled = next;
    put(next < 0 ? "" : asked[next]);
  }

  // What is typed or on its way when the page goes is handed to the server, and comes back with the next page.
  window.addEventListener("pagehide", () => {
    if (!root || !box()) return;
    const [key, sent] = [...waiting].pop() || [lost.key, lost.text];
    const text = box().value.trim() ? box().value : waiting.size ? sent : "";
    if (!text) return;
    const body = JSON.stringify({ talk: talk(), text: text.slice(0, LONGEST), key: text === sent ? key : "" });
    navigator.sendBeacon("/unsent", new Blob([body], { type: "application/json" }));
  });
  let lastLeft = "";
  function comeBack() {
    const left = find("p.yj-left-behind");
    if (!left || left.dataset.at === lastLeft) return;
    lastLeft = left.dataset.at;
    if (!box().value) put(left.dataset.text);
    if (left.dataset.said) say(left.dataset.said, true);
  }

  // --- a short line of confirmation ---
  let fading = 0;
  function say(sentence, isBad) {
    const line = find(".yj-toast", root);
    line.textContent = sentence;
    line.classList.toggle("yj-bad", Boolean(isBad));
    fade(line);
  }
  function fade(line) {
    all(".yj-toast.yj-on").forEach((other) => other !== line && other.classList.remove("yj-on"));
    line.classList.add("yj-on");
    clearTimeout(fading);
    fading = setTimeout(() => line.classList.remove("yj-on"), find("[data-back]", line) ? 18000 : 7000);
  }

  // --- what a question is kept to ---
  function chips() {
    const list = find(".yj-chosen");
    if (!list) return;
    const wanted = SORTS.flatMap((sort) => chosen[sort].map((value) => ({ sort, value })));
    const now = all("button", list).map((one) => `${one.dataset.sort}|${one.dataset.value}`);
    if (now.join("\n") === wanted.map((one) => `${one.sort}|${one.value}`).join("\n")) return;
    list.replaceChildren(
      ...wanted.map(({ sort, value }) => {
        const option = all(`select[data-sort="${sort}"] option`).find((one) => one.value === value);
        const label = option ? option.textContent : value;
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
        Object.assign(button.dataset, { sort, value });
        button.setAttribute("aria-label", find("details.yj-scope").dataset.drop.replace("%", label));
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    find(".yj-scope-clear").hidden = !wanted.length;
  }
  function choose(sort, value) {
    if (value && !chosen[sort].includes(value)) chosen[sort].push(value);
    chips();
  }
  function drop(sort, value) {
    chosen[sort] = chosen[sort].filter((one) => one !== value);
    chips();
  }
  function widen() {
    SORTS.forEach((sort) => (chosen[sort] = []));
    chips();
  }

  // --- what is done with an answer ---
  async function copy(button) {
    const text = button.dataset.copy;
    let isDone = false;
    try {
      await navigator.clipboard.writeText(text);
      isDone = true;
    } catch (error) {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      area.className = "yj-aside";
      document.body.append(area);
      area.select();
      isDone = document.execCommand("copy"); // over plain http there is no clipboard
      area.remove();
      button.focus();
    }
    say(isDone ? button.dataset.done : button.dataset.failed, !isDone);
  }
  function judge(turn, verdict, form) {
    const reason = form && find("input[type=radio]:checked", form);
    const more = form && find("[name=more]", form).value;
    all(".yj-thumb", turn).forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.act === verdict)));
    act("judge", { key: turn.dataset.key, verdict, reason: reason ? reason.value : "", more: more || "" });
  }
  function why(turn, isOpen) {
    const form = find(".yj-judge", turn);
    form.hidden = !isOpen;
    find(".yj-down", turn).setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      find("input", form).focus({ preventScroll: true });
      form.scrollIntoView({ block: "nearest" });
    } else find(".yj-down", turn).focus();
  }
  function pick(button) {
    picking = button.closest(".yj-turn").dataset.key;
    opener = button;
    main().dataset.pick = "on";
    act("pick", { key: picking });
  }
  function unpick() {
    delete main().dataset.pick;
    if (opener && opener.isConnected) opener.focus();
  }
  function keep(detail) {
    act("keep", { key: picking, draft: "", title: "", ...detail });
    unpick();
  }

  // --- the history ---
  function past(isOpen) {
    const button = find("#yj-history-open");
    if (isOpen) main().dataset.history = "open";
    else delete main().dataset.history;
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return button.focus();
    shown = 0;
    act("past", {});
    find("#yj-history-words").focus();
  }
  function sure(isAsked) {
    find(".yj-sure").hidden = !isAsked;
    find(".yj-all-open").hidden = isAsked;
    if (isAsked) find(".yj-all-no").focus();
  }
  function again(button) {
    jump = button.dataset.key;
    if (button.dataset.talk) talk(button.dataset.talk);
    act("open", {});
    if (window.innerWidth < 1000) past(false);
    toJump();
  }
  function toJump() {
    const turn = jump && find(`.yj-turn[data-key="${jump}"]`);
    if (!turn) return;
    jump = "";
    setTimeout(() => {
      turn.scrollIntoView({ block: "start" });
      const first = find(".yj-cite", turn);
      if (first && window.innerWidth >= 1000) window.youju.openSource(first);
    }, 80);
  }
  function afresh() {
    talk(name());
    act("open", {});
    box().focus();
  }

  const clicks = [
    [".yj-edit", (one) => put(one.dataset.question)],
    [".yj-widen", (one) => (widen(), send(one.dataset.question))],
    [".yj-ask, .yj-pick", (one) => send(one.dataset.question)],
    ["[data-copy]", copy],
    ['[data-act="up"]', (one) => judge(one.closest(".yj-turn"), "up")],
    ['[data-act="down"]', (one) => why(one.closest(".yj-turn"), find(".yj-judge", one.closest(".yj-turn")).hidden)],
    ['[data-act="pick"]', pick],
    [".yj-into", (one) => keep({ draft: one.dataset.draft })],
    ["[data-back]", (one) => act("back", { back: one.dataset.back })],
    [".yj-chosen button", (one) => (drop(one.dataset.sort, one.dataset.value), box().focus())],
    [".yj-scope-clear", widen],
    ["#yj-history-open", () => past(main().dataset.history !== "open")],
    ["#yj-past .yj-shut", () => past(false)],
    [".yj-pickdraft .yj-shut", unpick],
    [".yj-entry", again],
    [".yj-forget", (one) => act("forget", { entry: one.dataset.entry })],
    [".yj-more", () => ((shown = all(".yj-entry").length + 50), act("past", {}))],
    [".yj-all-open", () => sure(true)],
    [".yj-all-no", () => sure(false)],
    [".yj-all-yes", () => (sure(false), act("forget_all", {}))],
    ["#yj-clear", afresh],
  ];
  document.addEventListener("click", (event) => {
    if (!root || !event.target.closest("#yj-main")) return;
    for (const [selector, does] of clicks) {
      const one = event.target.closest(selector);
      if (one) return does(one);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!root || !form.closest("#yj-main")) return;
    event.preventDefault();
    if (form.matches(".yj-composer")) fromBox();
    else if (form.matches(".yj-judge")) {
      judge(form.closest(".yj-turn"), "down", form);
      why(form.closest(".yj-turn"), false);
    } else if (form.matches(".yj-newdraft")) keep({ title: find("[name=title]", form).value });
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest && event.target.closest("select[data-sort]");
    if (!select || !root) return;
    choose(select.dataset.sort, select.value);
    select.value = "";
  });
  let typing = 0;
  document.addEventListener("input", (event) => {
    if (!root) return;
    if (event.target === box()) {
      recalled = -1;
      grow();
    } else if (event.target.id === "yj-history-words") {
      clearTimeout(typing);
      typing = setTimeout(() => ((shown = 0), act("past", {})), 200);
    }
  });
  // Before the frame's own keys: Escape closes what lies on top, and nothing else.
  document.addEventListener(
    "keydown",
    (event) => {
      if (!root || event.isComposing || event.keyCode === 229) return; // Enter and Escape of an input method
      if (event.key === "Escape" && escape()) return event.stopImmediatePropagation();
      if (event.key === "Tab" && main().dataset.pick) return stay(event);
      if (event.target !== box()) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        fromBox();
      } else if (event.key === "ArrowUp" && (!box().value || recalled >= 0)) {
        event.preventDefault();
        recall(1);
      } else if (event.key === "ArrowDown" && recalled >= 0) {
        event.preventDefault();
        recall(-1);
      }
    },
    true,
  );
  // The focus stays within the panel that lies over the page.
  function stay(event) {
    const stops = all(".yj-pickdraft :is(button, input)");
    const first = stops[0];
    const last = stops[stops.length - 1];
    const goes = event.shiftKey ? [first, last] : [last, first];
    if (!first || (stops.includes(document.activeElement) && document.activeElement !== goes[0])) return;
    event.preventDefault();
    goes[1].focus();
  }
  function escape() {
    const form = find(".yj-judge:not([hidden])");
    const scope = find("details.yj-scope[open]");
    if (main().dataset.pick) return unpick(), true;
    if (form) return why(form.closest(".yj-turn"), false), true;
    if (main().dataset.history) return past(false), true;
    if (scope && scope.contains(document.activeElement)) return (scope.open = false), find("summary", scope).focus(), true;
    return false;
  }

  let lastSaid = "";
  function changed() {
    if (!main()) return;
    settle();
    if (waiting.size && find("#yj-notice")) [...waiting.keys()].forEach(giveBack); // the server is gone, or one is signed out
    chips();
    toJump();
    comeBack();
    const wanting = find(".yj-welcome[data-wanting]");
    if (wanting) {
      wanting.removeAttribute("data-wanting");
      act("examples", {});
    }
    const said = find("#yj-said-last .yj-toast");
    if (said && said.dataset.at !== lastSaid) {
      lastSaid = said.dataset.at;
      fade(said);
    }
    const panel = find(".yj-pickdraft");
    if (main().dataset.pick && panel && !panel.contains(document.activeElement) && panel.dataset.key === picking) {
      find("button.yj-into, input", panel).focus();
    }
  }

  window.youju.ask = (element) => {
    root = element;
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
    if (document.activeElement === document.body && window.innerWidth >= 1000) box().focus();
    setTimeout(() => act("open", {}), 0);
  };
})();
