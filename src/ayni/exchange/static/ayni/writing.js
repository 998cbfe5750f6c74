// Saves an offer or a demand while it is written. A comfort: the form saves by its buttons without it.
"use strict";

const form = document.getElementById("writing");
const key = form && `ayni:writing:${form.dataset.autosave}`;
let timer = 0;
let sending = false;
let changed = false;
let retry = 2000;

function show(state, html, text) {
  const place = document.getElementById("save-state");
  if (html) { place.outerHTML = html; return; }
  const template = document.querySelector(`template[data-state="${state}"]`);
  if (!template) return;
  const next = template.content.firstElementChild.cloneNode(true);
  next.id = "save-state";
  if (text) next.lastChild.textContent = text;
  place.replaceWith(next);
}
function entries() {
  return [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
}
function keep() {
  try { localStorage.setItem(key, JSON.stringify(entries())); } catch { /* full or forbidden: the text stays in the page */ }
}
function forget() {
  try { localStorage.removeItem(key); } catch { /* as above */ }
}
function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}
async function send() {
  if (sending) { later(1000); return; }
  sending = true;
  changed = false;
  show("saving");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) {
      form.elements.base.value = told.revision;
      retry = 2000;
      if (!changed) forget();
      show("saved", told.state);
    } else {
      show("error", "", told.message);
    }
  } catch {
    // No connection: what was written is kept on this device and sent again.
    show("error");
    later(retry);
    retry = Math.min(retry * 2, 60000);
  } finally {
    sending = false;
    if (changed) later(1500);
  }
}
if (form) {
  form.addEventListener("input", () => { changed = true; keep(); later(1500); });
  form.addEventListener("submit", () => { clearTimeout(timer); forget(); });
  addEventListener("online", () => { if (localStorage.getItem(key)) later(0); });
  // What a lost connection left behind comes back into the form.
  let left = null;
  try { left = JSON.parse(localStorage.getItem(key)); } catch { /* nothing to bring back */ }
  if (left) {
    const names = new Set(left.map(([name]) => name));
    for (const control of form.elements) {
      if (!control.name || control.name === "base" || control.name === "csrfmiddlewaretoken") continue;
      const values = left.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else if (names.has(control.name) && control.type !== "submit") control.value = values[0];
    }
    later(500);
  }
}
