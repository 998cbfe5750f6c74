// Saves each answer by itself. What is not acknowledged stays on this device and is sent when the connection or the session returns.
// Everything here is a comfort: the form saves as a whole without it.
"use strict";

const form = document.getElementById("answers");
const url = form.dataset.autosave;
const store = `ayni:answers:${url.replace(/^\/\w\w\//, "/")}:${form.dataset.person}:`;
const client = form.elements.client.value;
const timers = new Map();
const sending = new Set();
let sequence = Number(form.elements.sequence.value);
let retry = 2000;

const boxOf = (code) => form.querySelector(`[data-question="${CSS.escape(code)}"]`);
const keyOf = (edit) => `${store}${edit.client}:${edit.code}`;
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(store)).map((key) => JSON.parse(localStorage.getItem(key)));

function keep(edit) {
  try { localStorage.setItem(keyOf(edit), JSON.stringify(edit)); } catch { /* full or forbidden: the edit stays in the page */ }
  memory.set(keyOf(edit), edit);
}
function drop(edit) {
  const standing = memory.get(keyOf(edit));
  if (standing && standing.sequence !== edit.sequence) return; // written again meanwhile
  memory.delete(keyOf(edit));
  try { localStorage.removeItem(keyOf(edit)); } catch { /* as above */ }
}
const memory = new Map();

function show(state, html) {
  const template = document.querySelector(`template[data-state="${state}"]`);
  const place = document.getElementById("save-state");
  if (html) place.outerHTML = html;
  else if (template) {
    const next = template.content.firstElementChild.cloneNode(true);
    next.id = place.id;
    place.replaceWith(next);
  }
}

function showError(box, message) {
  const error = box.querySelector("[data-error]");
  if (!error) return;
  error.hidden = !message;
  error.querySelector("[data-message]").textContent = message || "";
  for (const control of box.querySelectorAll("input:not([type=hidden]), textarea")) control.toggleAttribute("aria-invalid", Boolean(message));
  error.closest(".field").classList.toggle("field--invalid", Boolean(message));
}

// The fields of one question, as the form would send them.
function fieldsOf(box) {
  const pairs = [];
  for (const control of box.querySelectorAll("input, select, textarea")) {
    if (!control.name || control.type === "file" || control.closest("[data-conflict]")) continue;
    if ((control.type === "checkbox" || control.type === "radio") && !control.checked) continue;
    pairs.push([control.name, control.value]);
  }
  return pairs;
}

function changed(box) {
  if (box.querySelector("input[type=file]")) return;
  const code = box.dataset.question;
  sequence += 1;
  form.elements.sequence.value = sequence + 1;
  keep({ code, client, sequence, pairs: fieldsOf(box) });
  clearTimeout(timers.get(code));
  timers.set(code, setTimeout(() => flush(), 700));
}

const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || form.elements.csrfmiddlewaretoken.value;

async function send(edit, leaving) {
  const body = new URLSearchParams(edit.pairs);
  body.set("question", edit.code);
  body.set("client", edit.client);
  body.set("sequence", edit.sequence);
  const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token() }, keepalive: leaving, credentials: "same-origin" });
  const json = (answer.headers.get("content-type") || "").includes("json");
  return { status: answer.status, told: json ? await answer.json() : null };
}

async function flush(leaving = false) {
  const edits = new Map([...kept().map((edit) => [keyOf(edit), edit]), ...memory]);
  for (const [key, edit] of edits) {
    if (sending.has(key)) continue;
    sending.add(key);
    if (!leaving) show("saving");
    try {
      const { status, told } = await send(edit, leaving);
      settle(edit, status, told);
      retry = 2000;
    } catch {
      show("offline");
      later();
    } finally {
      sending.delete(key);
    }
    const newer = memory.get(key);
    if (newer && newer.sequence !== edit.sequence) later(50);
  }
}

let waiting;
function later(delay) {
  clearTimeout(waiting);
  waiting = setTimeout(() => flush(), delay || retry);
  if (!delay) retry = Math.min(retry * 2, 60000);
}

let reloads = false;
function settle(edit, status, told) {
  const box = boxOf(edit.code);
  if (status === 401) { show("login"); later(); return; }
  if (!told) { show("error"); later(); return; }
  if (told.outcome === "refused") {
    // Kept on the device until it is corrected; another try without a change would say the same.
    show("refused");
    if (box && edit.client === client) showError(box, told.message);
    else if (status === 200 || status === 409) drop(edit);
    return;
  }
  drop(edit);
  if (!box) return;
  if (edit.client !== client) { reloads = reloads || told.outcome === "saved" || told.outcome === "conflict"; return; }
  if (told.outcome === "conflict") {
    show("conflict");
    box.querySelector("[data-conflict]").innerHTML = told.conflict;
    return;
  }
  showError(box, "");
  if (told.outcome !== "superseded") {
    const base = form.elements[`${edit.code}.base`];
    base.value = told.revision;
    const newer = memory.get(keyOf(edit));
    if (newer) newer.pairs = newer.pairs.map(([name, value]) => [name, name === base.name ? base.value : value]);
    const settles = form.elements[`${edit.code}.settles`];
    if (told.outcome === "saved" && settles) { settles.remove(); box.querySelector("[data-conflict]").replaceChildren(); }
  }
  show("saved", told.state);
  for (const one of form.querySelectorAll("[data-question]")) one.hidden = told.asked && !told.asked.includes(one.dataset.question);
}

form.addEventListener("input", (event) => {
  const box = event.target.closest("[data-question]");
  if (!box || event.target.matches("[data-filter]")) return;
  if (event.target.matches("[data-countries] input[type=checkbox]")) country(event.target);
  changed(box);
});
addEventListener("online", () => flush());
addEventListener("focus", () => { if (kept().length || memory.size) flush(); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(true); });
addEventListener("pagehide", () => flush(true));

// Countries: a row for what is chosen, and a box to find one by a part of its name.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
function country(tick) {
  const list = tick.closest("[data-countries]");
  const chosen = list.querySelector("[data-chosen]");
  const standing = chosen.querySelector(`[data-country="${tick.value}"]`);
  if (!tick.checked) { if (standing) standing.hidden = true; return; }
  if (standing) { standing.hidden = false; return; }
  const row = list.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
  row.dataset.country = tick.value;
  const name = tick.closest("label").textContent.trim();
  row.setAttribute("aria-label", name);
  row.querySelector("[data-name]").textContent = name;
  for (const control of row.querySelectorAll("[name]")) control.name += tick.value;
  chosen.append(row);
}
for (const list of document.querySelectorAll("[data-countries]")) {
  const filter = list.querySelector("[data-filter]");
  filter.closest("[hidden]").hidden = false;
  filter.addEventListener("input", () => {
    const wanted = plain(filter.value.trim());
    for (const region of list.querySelectorAll("details")) {
      let found = 0;
      for (const label of region.querySelectorAll("label")) {
        label.hidden = Boolean(wanted) && !plain(label.textContent).includes(wanted);
        found += !label.hidden;
      }
      region.hidden = !found;
      if (wanted && found) region.open = true;
    }
  });
  filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

// Institutions: rows added and removed in place.
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-remove]");
  if (!button) return;
  event.preventDefault();
  const box = button.closest("[data-question]");
  const rows = box.querySelector("[data-rows]");
  if (button.matches("[data-remove]")) {
    const row = button.closest(".rows__row");
    for (const control of row.querySelectorAll("input, select")) control.value = "";
    row.hidden = true;
    changed(box);
    (rows.querySelector(".rows__row:not([hidden]) input[type=text]") || box.querySelector("[data-add]")).focus();
    return;
  }
  const row = rows.lastElementChild.cloneNode(true);
  const number = rows.children.length;
  row.hidden = false;
  for (const control of row.querySelectorAll("[name]")) {
    if (control.name === "remove") { control.value = `${rows.dataset.rows}.${number}`; continue; }
    control.name = control.name.replace(/\d+$/, number);
    control.value = "";
  }
  rows.append(row);
  row.querySelector("input[type=text]").focus();
});

// What was written before this file arrived.
const touched = (control) => (control.type === "checkbox" || control.type === "radio" ? control.checked !== control.defaultChecked : control.matches("input:not([type=hidden]), textarea") && control.value !== control.defaultValue);
for (const box of form.querySelectorAll("[data-question]")) if ([...box.querySelectorAll("input, textarea")].some(touched)) changed(box);

// What an earlier sitting could not send goes first; then the page shows it.
if (kept().length) flush().then(() => { if (reloads) location.reload(); });
