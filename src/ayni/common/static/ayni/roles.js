/* The form of a role shows the institution or the country only when the chosen role needs it. */
for (const select of document.querySelectorAll("select[data-scopes]")) {
  const scopes = JSON.parse(select.dataset.scopes);
  const show = () => {
    for (const name of ["institution", "country"]) {
      const field = select.form.elements[name]?.closest(".field");
      if (field) field.hidden = scopes[select.value] !== name;
    }
  };
  select.addEventListener("change", show);
  show();
}
