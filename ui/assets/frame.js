// Keeps the page in its language and its address, and says when the server is gone or nobody is signed in any more.
window.youju = window.youju || {};
(() => {
  const told = JSON.parse(document.getElementById("yj-told").textContent);

  let bar = null;
  function say(sentence, link) {
    if (!bar) {
      bar = Object.assign(document.createElement("div"), { id: "yj-notice" });
      bar.setAttribute("role", "alert");
    }
    bar.replaceChildren(Object.assign(document.createElement("span"), { textContent: sentence }));
    if (link) bar.append(Object.assign(document.createElement("a"), { href: link.to, textContent: link.text }));
    if (!bar.isConnected) document.body.append(bar);
  }

  let isGone = false;
  function gone() {
    if (isGone) return;
    isGone = true;
    say(told.gone);
    const timer = setInterval(async () => {
      try {
        const response = await plain("/alive", { cache: "no-store" });
        if (!response.ok) return;
      } catch (error) {
        return;
      }
      clearInterval(timer);
      isGone = false;
      say(told.back);
      setTimeout(() => bar.remove(), 6000);
    }, 2000);
  }

  let leaving = false;
  window.addEventListener("beforeunload", () => {
    leaving = true;
    setTimeout(() => (leaving = false), 3000); // a download does not leave
  });

  // An event that the server refuses, for a role that was taken away or a page that is too old, with its sentence.
  async function refused(response) {
    let sentence = "";
    try {
      sentence = (await response.json()).error;
    } catch (error) {
      return; // no answer of ours
    }
    if (!sentence) return;
    say(sentence);
    setTimeout(() => bar.textContent === sentence && bar.remove(), 15000);
  }

  const plain = window.fetch.bind(window);
  window.fetch = async (...what) => {
    const address = new URL(what[0] instanceof Request ? what[0].url : what[0], document.baseURI);
    const isOurs = address.origin === location.origin;
    let response;
    try {
      response = await plain(...what);
    } catch (error) {
      if (isOurs && !leaving && error.name !== "AbortError") gone();
      throw error;
    }
    if (isOurs && response.status === 401) {
      const to = `/sign-in?to=${encodeURIComponent(location.pathname)}${told.tag === "en" ? "&language=en" : ""}`;
      say(told.signed_out, { to, text: told.sign_in });
    }
    if (isOurs && response.status >= 403 && address.pathname.includes("/gradio_api/")) refused(response.clone());
    return response;
  };

  // What the archive holds, in the bar: asked for again when the page's own list has changed, and on coming back to it.
  const HELD_AGAIN = 5000; // ms
  let log = "";
  let askedAt = Date.now();
  async function held() {
    askedAt = Date.now();
    let facts = "";
    try {
      const response = await window.fetch(`/held?language=${told.tag.slice(0, 2)}`, { cache: "no-store" });
      if (!response.ok) return;
      facts = await response.text();
    } catch (error) {
      return; // what stands there stays until the server is back
    }
    const bar = document.querySelector(".yj-held");
    if (!bar) return;
    bar.querySelectorAll(".yj-fact").forEach((fact) => fact.remove());
    bar.insertAdjacentHTML("afterbegin", facts);
  }
  function seeLog() {
    const now = (document.querySelector("#yj-result [data-log]") || { dataset: {} }).dataset.log || "";
    if (!now || now === log) return;
    if (log) held();
    log = now;
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - askedAt > HELD_AGAIN) held();
  });

  // The current page's name is in sight, however narrow the menu.
  const showCurrent = (node) => {
    const current = node.querySelector && node.querySelector(".yj-menu [aria-current]");
    if (current) current.parentElement.scrollLeft = current.offsetLeft - current.parentElement.clientWidth / 2 + current.offsetWidth / 2;
  };

  // Gradio's page has its base at the root; an address that is only a query is one of the page itself.
  const ownAddresses = () => {
    for (const link of document.querySelectorAll('a[href^="?"]')) link.setAttribute("href", location.pathname + link.getAttribute("href"));
  };

  // What Gradio itself says where something fails, in the page's own words.
  const words = new Map(told.words);
  const translate = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const ours = words.get(text.data.trim());
      if (ours) text.data = ours;
    }
  };
  new MutationObserver((changes) => {
    seeLog();
    ownAddresses();
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType === 1) showCurrent(node.parentElement || node);
        if (node.nodeType === 1 && (node.closest(".toast-wrap") || node.querySelector(".toast-wrap"))) translate(node);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });

  // Who came here by the back button after signing out must not find the page as it was.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && told.accounts) location.reload();
  });
})();
