// Comforts only: every page works without this file.
"use strict";

const root = document.documentElement;

// Light or dark in place; the cookie lets the server draw the next page without a flash.
function showTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

function keptTheme() {
  const found = document.cookie.match(/(?:^|; )theme=(light|dark)/);
  return found ? found[1] : "";
}

for (const form of document.querySelectorAll("[data-theme-switch]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = event.submitter ? event.submitter.value : "";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; SameSite=Lax${secure}`;
    showTheme(theme);
  });
}
// A page from the browser's own memory may be older than the choice.
if ((root.dataset.theme || "") !== keptTheme()) showTheme(keptTheme());
addEventListener("pageshow", (event) => { if (event.persisted) showTheme(keptTheme()); });

// Menus close on Escape and on a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("[data-dropdown][open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("[data-dropdown]")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement.closest("[data-dropdown][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A long list of boxes to tick is narrowed by what is typed; accents and case do not count.
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
for (const field of document.querySelectorAll("input[data-narrow]")) {
  field.hidden = false;
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    for (const label of field.parentElement.querySelectorAll("label")) {
      label.hidden = !plain(label.textContent).includes(wanted) && !label.querySelector(":checked");
    }
  });
  // Return ticks nothing and sends nothing while one still looks.
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

// <form data-confirm="Sentence"> or <button data-confirm="Sentence">: asks first.
document.addEventListener("submit", (event) => {
  const asked = event.submitter && event.submitter.dataset.confirm ? event.submitter : event.target;
  const template = document.getElementById("confirm-dialog");
  if (!asked.dataset.confirm || asked.dataset.confirmed || !template) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = template.content.firstElementChild.cloneNode(true);
  dialog.querySelector("#confirm-text").textContent = asked.dataset.confirm;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const yes = dialog.returnValue === "yes";
    dialog.remove();
    if (!yes) return;
    asked.dataset.confirmed = "yes";
    event.target.requestSubmit(event.submitter);
    delete asked.dataset.confirmed;
  });
  dialog.showModal();
}, true);

// Text areas grow with their text where the browser does not do it by itself.
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
if (!CSS.supports("field-sizing", "content")) {
  document.querySelectorAll("textarea").forEach(grow);
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
}

// After a refused form the summary of what is wrong comes first.
const refused = document.querySelector(".page:not(.page--guide) [data-focus]");
if (refused) refused.focus();
