"""A reader comes from the home page, checks a number against its source, and takes the diagnosis home as a PDF."""

from pathlib import Path

from playwright.sync_api import expect


def test_read_the_diagnosis_and_download_the_pdf(demonstration, signed_in):
    page = signed_in("public", accept_downloads=True)
    page.goto("/en/")
    expect(page.locator(".key-figure__number").first).to_have_text("57")
    page.get_by_role("link", name="Read the diagnosis").click()
    page.wait_for_url("**/en/diagnosis/oas-2010/")

    # The contents lead to the partner matrix; a count leads to who stands behind it, and from there to the document.
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="T3").click()
    table = page.get_by_role("group", name="Partner countries of each institution")
    expect(table.get_by_role("row", name="Total: 57 countries")).to_contain_text("34")
    table.get_by_role("row", name="Brazil").get_by_role("link", name="declared, role unknown; one side only").click()
    expect(page.get_by_text("Mexico declares Brazil; Brazil does not declare Mexico.")).to_be_visible()
    page.get_by_role("link", name="Section IV, Table 3").first.click()
    expect(page.locator("#section-iv-table-3")).to_be_in_viewport()

    page.goto("/en/diagnosis/oas-2010/")
    with page.expect_download() as wanted:
        page.get_by_role("link", name="The diagnosis as PDF").click()
    assert Path(wanted.value.path()).read_bytes().startswith(b"%PDF-")


def test_read_without_javascript_on_a_small_screen(demonstration, signed_in):
    page = signed_in("public", java_script_enabled=False, viewport={"width": 320, "height": 800})
    page.goto("/es/diagnosis/oas-2010/")
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("#t3 table").count() == 1
    page.goto("/es/compare/?left=BRA&right=CHL")
    expect(page.locator(".comparison__part")).to_have_count(3)
