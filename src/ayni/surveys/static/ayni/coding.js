// On the coding page: what is selected in an answer fills the passage of its form. Without this file, copy and paste.
for (const section of document.querySelectorAll("[data-coding]")) {
  const answer = section.querySelector("[data-answer]");
  const passage = section.querySelector("textarea");
  if (!answer || !passage) continue;
  const take = () => {
    const selection = document.getSelection();
    const text = selection.toString().trim();
    if (text && answer.contains(selection.anchorNode) && answer.contains(selection.focusNode)) {
      passage.closest("details").open = true;
      passage.value = text;
      passage.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  answer.addEventListener("mouseup", take);
  answer.addEventListener("keyup", take);
  answer.addEventListener("touchend", () => setTimeout(take));
}
