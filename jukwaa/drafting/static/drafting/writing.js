// A clause is kept as one types. Here is only said when that did not work; every deed has a button or a link of its own.
(() => {
  "use strict";
  const trouble = (form, is) => { const said = form?.querySelector("[data-trouble]"); if (said) said.hidden = !is; };
  const form = (event) => event.target.closest("form[data-saves]");
  const failed = (event) => trouble(form(event), true);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:beforeSend", (event) => trouble(form(event), false));

  // Sent away to sign in: that page has no place inside a clause.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { pathInfo } = event.detail;
    const path = (url) => new URL(url, location.href).pathname;
    if (!pathInfo?.responsePath || path(pathInfo.responsePath) === path(pathInfo.finalRequestPath)) return;
    event.detail.shouldSwap = false;
    failed(event);
  });

  // What is swapped in is where one goes on.
  document.addEventListener("htmx:afterSwap", (event) => {
    const row = document.getElementById(event.target.id);
    const box = row?.querySelector("form[data-saves] textarea");
    if (box && document.activeElement === box) box.setSelectionRange(box.value.length, box.value.length);
    if (row?.matches(".clause") && !row.querySelector("form[data-saves]")) row.focus({ preventScroll: true });
  });
})();
