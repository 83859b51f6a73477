// The desk by keyboard and by selecting words. Everything here has a link or a button that does the same without it.
(() => {
  "use strict";
  const desk = document.querySelector(".desk");
  if (!desk || !window.htmx) return;
  document.documentElement.dataset.scripted = "";

  const here = () => desk.querySelector(":scope > .here");
  const area = (node) => node.closest(".desk, .desk-bar");

  // Going to another sentence changes two rows and the bar, not the page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="?at="]');
    if (!link || !area(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const url = new URL(link.href);
    if (here()) url.searchParams.set("was", here().id.slice(1));
    htmx.ajax("GET", url.pathname + url.search, { source: desk, target: desk, swap: "none" });
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (here() && event.detail.verb === "post") event.detail.parameters["was"] = here().id.slice(1);
  });

  // While an answer is on its way a key would fall on a row that is about to change: it is not counted.
  let busy = false;
  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", () => { busy = false; });

  // An answer that did not come is said in the bar: a key that seems to do nothing would be pressed again.
  const say = (name) => {
    for (const said of document.querySelectorAll("#desk-trouble > [data-trouble]")) said.hidden = said.dataset.trouble !== name;
    if (name) document.getElementById("desk-trouble").scrollIntoView({ block: "nearest" });
  };
  const signedOut = ({ xhr, pathInfo }) => {
    const path = (url) => new URL(url, location.href).pathname;
    const ledAway = pathInfo.responsePath && path(pathInfo.responsePath) !== path(pathInfo.finalRequestPath);
    return ledAway || xhr.status === 401 || xhr.status === 403;
  };
  document.addEventListener("htmx:beforeSend", () => say(""));
  document.addEventListener("htmx:sendError", () => say("away"));
  document.addEventListener("htmx:responseError", (event) => say(signedOut(event.detail) ? "signed-out" : "broken"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 200 || !signedOut(event.detail)) return;
    event.detail.shouldSwap = false;
    say("signed-out");
  });

  let asked;
  document.addEventListener("htmx:oobAfterSwap", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const row = here();
      if (!row) return;
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "center" });
      history.replaceState(null, "", `?at=${row.id.slice(1)}`);
    });
  });

  document.addEventListener("keydown", (event) => {
    if (busy || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!event.target.closest(".desk > .here") || event.target.closest("input, textarea, select, [contenteditable]")) return;
    // Where a keyboard writes another script, the place of the key counts: KeyA, Digit1.
    const typed = /^[a-z0-9]$/i.test(event.key) ? event.key : event.code.replace(/^(Key|Digit|Numpad)(?=.$)/, "");
    const key = CSS.escape(typed.toLowerCase());
    const shown = (node) => node && !node.hidden;
    const pressed = [document.querySelector(`.desk-bar #selected[data-key="${key}"]`), here()?.querySelector(`[data-key="${key}"]`), document.querySelector(`.desk-bar [data-key="${key}"]`)].find(shown);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });

  // Where a place in the page stands in the document. Characters are counted as the server counts them.
  const placeOf = (node, offset) => {
    const said = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!said) return null;
    const range = document.createRange();
    range.setStart(said, 0);
    range.setEnd(node, offset);
    return Number(said.dataset.start) + [...range.toString()].length;
  };

  const selected = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const start = placeOf(range.startContainer, range.startOffset);
    if (start === null) return null;
    const said = range.startContainer.parentElement.closest("[data-start]");
    const end = placeOf(range.endContainer, range.endOffset) ?? Number(said.dataset.start) + [...said.textContent].length;
    return end > start ? `start=${start}&end=${end}` : null;
  };

  document.addEventListener("selectionchange", () => {
    const link = document.getElementById("selected");
    if (!link) return;
    const span = selected();
    link.hidden = !span;
    if (span) link.href = `${link.dataset.url}?${span}`;
  });
})();
