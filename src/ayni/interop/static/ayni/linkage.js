// A comfort only: the three answers by key. The page works without this file.
"use strict";

const form = document.querySelector("[data-verdicts]");
if (form) {
  form.querySelector("[data-shortcuts]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) button.click();
  });
}
