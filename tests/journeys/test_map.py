"""Explore the map by keyboard, and make a chart interactive, in a real browser under the site's own CSP."""

import pytest
from django.conf import settings

from ayni.atlas.figures.bundle import write_bundle

BOLIVIA = "Bolivia: named by 5 institutions of 4 countries"


@pytest.fixture
def public(demonstration, signed_in):
    """A reader's page; what the browser complains of makes the test fail."""
    page = signed_in("public", viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert not complaints


def focused(page) -> str:
    return (
        page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent") or ""
    )


def test_explore_the_map_by_keyboard(public):
    public.goto("/en/map/")
    public.get_by_role("link", name="Skip the map and go to the table").focus()
    countries = []
    for _press in range(12):
        public.keyboard.press("Tab")
        countries.append(focused(public))
        if countries[-1] == BOLIVIA:
            break
    # In the order of the alphabet, each told with what is said of it.
    assert countries[0].startswith("Angola: ") and countries[-1] == BOLIVIA
    assert countries == sorted(countries)
    outline = public.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    public.keyboard.press("Enter")
    public.wait_for_url("**/en/countries/**")
    assert "/en/countries/bol" in public.url.lower()
    assert "Bolivia" in public.locator("h1").inner_text()


def test_a_small_island_can_be_clicked_on_a_telephone(demonstration, signed_in):
    page = signed_in("public", viewport={"width": 320, "height": 700})
    page.goto("/en/map/?view=caribbean")
    island = page.locator("a[aria-label^='Barbados']")
    island.scroll_into_view_if_needed()
    box = island.locator(".map__hit").bounding_box()
    assert box["width"] >= 20 and box["height"] >= 20
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/en/countries/**")
    assert "/en/countries/brb" in page.url.lower()


def test_a_chart_becomes_interactive_without_breaking_the_rules_of_the_page(public):
    write_bundle(settings.DATA_FOLDER / "generated")
    public.goto("/es/concentration/")
    public.locator(".figure__interactive").click()
    public.locator(".figure__interactive").wait_for(state="detached")
    public.locator(".figure__picture svg .mark-rect path").first.hover()
    tooltip = public.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert "Colombia" in tooltip.inner_text() and "90,5" in tooltip.inner_text()
