"""The next edition, in a real browser: the secretariat codes, an institution validates, the edition is frozen and published."""

from playwright.sync_api import Page, expect

from ayni.surveys.actions.demonstration import PASSWORD

SELECT = """(answer, text) => {
  const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + text.length);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    answer.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
  }
}"""


def test_code_validate_and_publish_the_next_edition(demonstration, signed_in):
    secretariat = signed_in("secretariat")
    code_a_passage(secretariat)
    expect(secretariat.locator(".messages")).to_contain_text("asked to validate")

    validate(signed_in("public"))

    freeze_and_publish(secretariat)

    reader = signed_in("public")
    reader.goto("/en/rounds/red-2026/")
    expect(reader.locator("dl.facts").first).to_contain_text("Diagnosis of the network, 2026 (fictional)")


def code_a_passage(page: Page) -> None:
    """Selecting text in the answer fills the form; then everything goes to the institution."""
    page.goto("/en/rounds/red-2026/?state=accepted")
    page.get_by_role("row", name="Bienestar").get_by_role("link", name="Code").click()
    page.wait_for_load_state()  # the script that takes what is selected
    answer = page.locator("#q12b")
    passage = "Hay voluntad de cooperar"
    answer.locator("[data-answer]").evaluate(SELECT, passage)
    expect(answer.get_by_label("Passage")).to_have_value(passage)
    answer.get_by_label("Category").select_option(label="Willingness to cooperate")
    answer.get_by_role("button", name="Code the passage").click()
    expect(page.locator("#q12b mark")).to_have_text(passage)
    page.get_by_role("button", name="Send to the institution for validation").click()


def validate(page: Page) -> None:
    """The focal point of another institution signs in and agrees to what will be published."""
    page.goto("/en/accounts/login/?next=/en/rounds/red-2026/responses/UY-MIDES/")
    page.locator("[name=login]").fill("punto.focal.uy@demo.ayni")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/responses/UY-MIDES/")  # in the person's own language, Spanish
    page.goto("/en/rounds/red-2026/responses/UY-MIDES/")
    page.get_by_role("button", name="Validate what will be published").click()
    expect(page.locator(".messages")).to_contain_text("Validated")


def freeze_and_publish(page: Page) -> None:
    page.goto("/en/rounds/red-2026/editions/red-2026/")
    expect(page.get_by_role("button", name="Freeze")).to_have_count(0)
    page.get_by_role("link", name="See the round").click()
    page.get_by_role("link", name="Close the round").click()
    page.get_by_role("button", name="Close the round").click()
    page.get_by_role("link", name="Editions of the diagnosis").click()
    page.locator("article.card a").click()
    # Four validated: the three of before, and the one of now.
    expect(page.locator(".key-figure__number").first).to_have_text("4")
    page.get_by_role("button", name="Freeze").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".messages")).to_contain_text("frozen")
    page.get_by_role("link", name="Compute it again and compare").click()
    expect(page.locator("#verify")).to_contain_text("byte for byte")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")
