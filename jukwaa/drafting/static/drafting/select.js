// Words that are selected in a clause are quoted: in the field of its form, or by the link that leads to it.
(() => {
  "use strict";
  for (const hint of document.querySelectorAll("[data-select-hint]")) hint.hidden = false;

  const holderOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest("[data-select]");

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    if (!words || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const holder = holderOf(range.startContainer);
    if (!holder || holder !== holderOf(range.endContainer)) return;
    const before = new Range();
    before.setStart(holder, 0);
    before.setEnd(range.startContainer, range.startOffset);
    quote(holder, words, before.toString().trimStart().length);
  });

  const quote = (holder, words, start) => {
    const field = document.getElementById(holder.dataset.select);
    if (field) {
      field.value = words;
      document.getElementById("id_start").value = start;
    }
    const link = holder.closest("article")?.querySelector("[data-quote]");
    if (!link) return;
    const url = new URL(link.href);
    url.searchParams.set("exact", words);
    url.searchParams.set("start", start);
    link.href = url;
    const short = words.length > 60 ? `${words.slice(0, 59)}…` : words;
    link.removeAttribute("aria-label");
    link.textContent = link.dataset.quote.replace("…", () => short);
  };
})();
