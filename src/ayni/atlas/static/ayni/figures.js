// Charts drawn by the server become interactive when the reader asks for it (docs/design.md, Pictures).
// The specification comes from the figure's .json; Vega is loaded only then. Expressions are interpreted
// (`ast: true`), so that the content security policy needs no "unsafe-eval", and no style sheet is injected.

async function draw(figure, button) {
  button.disabled = true;
  const [answer] = await Promise.all([fetch(figure.dataset.figure), import(figure.dataset.vega)]);
  if (!answer.ok) throw new Error(answer.statusText);
  const { vega_lite: spec, number_format: formatLocale } = await answer.json();
  const place = figure.querySelector(".figure__picture");
  const still = [...place.childNodes];
  const name = place.querySelector("title")?.textContent ?? "";
  const canvas = document.createElement("div");
  place.replaceChildren(canvas);
  try {
    await window.vegaEmbed(canvas, spec, {
      ast: true, actions: false, defaultStyle: false, renderer: "svg", formatLocale,
      tooltip: { disableDefaultStyle: true, theme: "custom" },
    });
  } catch (error) {
    place.replaceChildren(...still);
    throw error;
  }
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", name);
  button.remove();
}

for (const figure of document.querySelectorAll("figure[data-figure]")) {
  const button = figure.querySelector(".figure__interactive");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => draw(figure, button).catch(() => { button.disabled = false; }));
}
