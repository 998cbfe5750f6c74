"""Two countries agree on dates, each in a browser of its own; what was planned is done, and stands in the month for everybody."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ayni.registry.models import Activity
from tests.factories.plan import TODAY, initiative
from tests.pages.test_axe import SETTLED


def fill(page: Page, first: date, last: date) -> None:
    page.locator("[name=modality]").select_option("field-visits")
    page.locator("[name=institution]").select_option("BR-MDS")
    page.locator("[name=starts_on]").fill(f"{first}")
    page.locator("[name=ends_on]").fill(f"{last}")


@pytest.fixture
def made(demonstration):
    return initiative("BR-MDS", "CL-FOSIS", validation="published", title={"es": "Guías", "pt": "Guias"})


def test_dates_are_agreed_by_both_sides_and_the_visit_is_seen_in_the_month(made, signed_in):
    brazil, chile = signed_in("focal-point"), signed_in("national-coordinator", viewport={"width": 320, "height": 700})
    here = f"/es/initiatives/{made.code}/plan/"
    brazil.goto(here)
    brazil.get_by_role("link", name="Agregar una actividad").first.click()
    brazil.locator("[name=title_es]").fill("Visita a Recife")
    fill(brazil, TODAY - timedelta(days=1), TODAY)
    brazil.locator("form.form button").click()
    brazil.get_by_role("button", name="Aceptar las fechas por Brasil").click()
    visit = Activity.objects.get(title__es="Visita a Recife")
    # Chile has the page open while Brazil moves the visit: what Chile agrees to is what it has seen.
    one = f"{here}{visit.number}/"
    chile.goto(one)
    brazil.goto(f"{one}edit/")
    brazil.locator("[name=starts_on]").fill(f"{TODAY}")
    brazil.locator("form.form button").click()
    chile.get_by_role("button", name="Aceptar las fechas por Chile").click()
    visit.refresh_from_db()
    assert visit.state == "planned" and not visit.consents.exists()
    chile.get_by_role("button", name="Aceptar las fechas por Chile").click()
    expect(chile.get_by_text("falta: Brasil")).to_be_visible()
    brazil.goto("/es/desk/")
    brazil.get_by_role("link", name="Visita a Recife").first.click()
    brazil.get_by_role("button", name="Aceptar las fechas por Brasil").click()
    visit.refresh_from_db()
    assert visit.state == "agreed" and visit.consents.count() == 2
    chile.goto(f"{one}report/")
    chile.locator("[name=women]").fill("12")
    chile.locator("[name=hours]").fill("8")
    chile.locator("[name=report_es]").fill("Se acordó el formulario.")
    chile.locator("form.form button").click()
    expect(chile.get_by_text("Se acordó el formulario.")).to_be_visible()
    public = signed_in("public", viewport={"width": 1280, "height": 900})
    public.goto("/es/calendar/")
    bar = public.locator(".month__bar--done", has_text="Visita a Recife")
    expect(bar.first).to_be_visible()
    assert not Axe().run(public).response["violations"]
    bar.first.click()
    expect(public.locator("h1")).to_have_text("Visita a Recife")
    narrow = signed_in("public", viewport={"width": 320, "height": 700})
    for path in ("/es/calendar/", here, one):
        narrow.goto(path)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, path
        for scheme in ("light", "dark"):
            narrow.emulate_media(color_scheme=scheme)
            narrow.evaluate(SETTLED)
            assert not Axe().run(narrow).response["violations"], (path, scheme)
    plain = signed_in("public", viewport={"width": 320, "height": 700}, java_script_enabled=False)
    plain.goto("/es/calendar/")
    expect(plain.locator(".plan-table").get_by_role("link", name="Visita a Recife")).to_be_visible()
