// The panel of congtin serve: what was found on this page, and where. Stands in no published page.
"use strict";
(() => {
  const script = document.currentScript;
  const words = JSON.parse(script.dataset.words);
  const digest = script.dataset.digest;
  const host = document.createElement("congtin-panel");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML =
    '<link rel="stylesheet" href="/_congtin/panel.css">' +
    '<aside aria-label="congtin"><button type="button" id="toggle" aria-expanded="false" aria-controls="list"></button>' +
    '<div id="list" hidden></div><p id="said" class="hidden" role="status"></p></aside>';
  document.body.append(host);
  const toggle = root.getElementById("toggle");
  const list = root.getElementById("list");
  const said = root.getElementById("said");
  let marked = null;

  const say = (text) => { said.textContent = text; };
  const remember = (key, value) => sessionStorage.setItem("congtin-" + key, value);
  const recall = (key) => sessionStorage.getItem("congtin-" + key) || "";

  function open(wanted) {
    list.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    remember("open", wanted ? "yes" : "");
  }

  function unmark() {
    if (!marked) return false;
    marked.element.removeAttribute("data-congtin-mark");
    marked.button.setAttribute("aria-pressed", "false");
    marked = null;
    say(words.unmarked);
    return true;
  }

  function mark(button) {
    const again = marked && marked.button === button;
    unmark();
    if (again) return;
    let element = null;
    try { element = document.querySelector(button.dataset.selector); } catch { /* no such place */ }
    if (!element || !element.getClientRects().length) {
      say(words.unseen.replace("{snippet}", button.dataset.snippet));
      return;
    }
    element.setAttribute("data-congtin-mark", "");
    button.setAttribute("aria-pressed", "true");
    element.scrollIntoView({ block: "start" });
    marked = { element, button };
    say(words.marked);
  }

  function next() {
    open(true);
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(root.activeElement);
    (buttons[(at + 1) % buttons.length] || toggle).focus();
  }

  toggle.addEventListener("click", () => open(list.hidden));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) mark(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "F8") {
      event.preventDefault();
      next();
    } else if (event.key === "Escape" && !unmark() && !list.hidden) {
      open(false);
      toggle.focus();
    }
  });

  function show(told) {
    const key = root.activeElement ? root.activeElement.dataset.key : recall("focus");
    unmark();
    toggle.textContent = told.label;
    list.innerHTML = told.html;
    for (const button of list.querySelectorAll("button"))
      if (key && button.dataset.key === key && !list.hidden) button.focus();
    remember("focus", "");
    host.setAttribute("data-number", told.number);
    host.setAttribute("data-judged", told.judged);
  }

  async function refresh() {
    let told;
    try {
      const answer = await fetch("/_congtin/panel?path=" + encodeURIComponent(location.pathname));
      told = await answer.json();
    } catch {
      say(words.lost);
      return;
    }
    if (told.digest !== digest) {
      remember("focus", (root.activeElement && root.activeElement.dataset.key) || "");
      remember("reloaded", "yes");
      location.reload();
      return;
    }
    show(told);
    if (told.judged) {
      say((recall("reloaded") ? words.rebuilt + " " : "") + told.label);
      remember("reloaded", "");
    }
  }

  open(recall("open") === "yes");
  const events = new EventSource("/_congtin/events");
  events.onmessage = refresh;
  events.onerror = () => say(words.lost);
})();
