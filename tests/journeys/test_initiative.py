"""From an agreed mission to an initiative under way: Peru asks, Uruguay offers; in Spanish and in English."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from ayni.exchange.models import Mission
from ayni.registry.models import Initiative
from tests.factories.agreements import agreement, form

# What other parts of the registry ask for besides is held by their own journeys.
GUARDS = ("ayni.registry.queries.initiatives.guards", "ayni.exchange.queries.initiative_gaps")


@pytest.fixture
def people(demonstration, signed_in, settings):
    settings.INITIATIVE_GUARDS = GUARDS
    return {
        "secretariat": signed_in("secretariat", viewport={"width": 320, "height": 700}),
        "peru": signed_in("midis@demo.ayni"),
        "peru's coordination": signed_in("coordinacion.pe@demo.ayni"),
        "uruguay's coordination": signed_in("coordinacion.uy@demo.ayni"),
    }


def name_counterpart(page: Page, address: str, institution: str, person: str, hours: int) -> None:
    """Who answers for the initiative at an institution, with the hours a month."""
    page.goto(address)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=institution)).first
    row.locator("a[href*='/institutions/'][href*='/initiatives/']").click()
    page.locator("[name=counterpart]").fill(person)
    page.locator("[name=hours_a_month]").fill(f"{hours}")
    page.locator("main form .actions button").first.click()


def taken(page: Page, step: str) -> None:
    """Choose a step on the page, and say yes on the page that asks."""
    page.locator(f"main a[href$='/step/{step}/']").click()
    page.locator("main form button").first.click()


def test_an_agreed_mission_becomes_an_initiative_that_both_countries_approve(people):
    secretariat, peru = people["secretariat"], people["peru"]
    mission = Mission.objects.get(state="agreed")
    agreement("UY-MIDES", "PE-MIDIS", signed=True, state="in-force", form=form("framework"))
    training = agreement("UY-MIDES", "PE-MIDIS", signed=True, state="in-force", form=form("inter-institutional"))
    # The secretariat hands it over and opens the initiative, on a small screen.
    secretariat.goto(f"/en/missions/{mission.pk}/")
    secretariat.get_by_role("link", name="Hand over to the registry").click()
    secretariat.get_by_role("button", name="Hand over").click()
    secretariat.get_by_role("button", name="Open the initiative").click()
    expect(secretariat.locator("h1")).to_contain_text("A care system for older people")
    assert secretariat.evaluate("document.documentElement.scrollWidth <= innerWidth")
    made = Initiative.objects.latest("pk")
    assert Mission.objects.get(pk=mission.pk).initiative == made
    secretariat.goto(f"/en/missions/{mission.pk}/")
    secretariat.locator(f"main a[href$='/initiatives/{made.code}/']").click()
    expect(secretariat).to_have_url(re.compile(made.code))
    # The ministry that asked completes the record, in Spanish; the page leads it to what is missing.
    here = f"/es/initiatives/{made.code}/"
    peru.goto(here)
    expect(peru.locator("main")).to_contain_text("Uruguay → Perú")
    taken(peru, "formulate")
    name_counterpart(peru, here, "MIDIS", "Milagros Quispe", 16)
    # The other side's coordination names its own; in English.
    uruguay = people["uruguay's coordination"]
    there = f"/en/initiatives/{made.code}/"
    name_counterpart(uruguay, there, "MIDES", "Ana Lucía Pereira", 12)
    expect(uruguay.locator("main")).to_contain_text("12 hours a month")
    # Two agreements in force cover the three quadrants; until they are chosen nobody can approve.
    expect(uruguay.locator("main")).to_contain_text("Quadrant Q1")
    uruguay.get_by_role("button", name="Approve for Uruguay").click()
    expect(uruguay.locator("main")).to_contain_text("Something is missing")
    uruguay.get_by_role("link", name=re.compile("Quadrant Q1")).click()
    expect(uruguay.locator("[name=agreements]")).to_have_count(2)
    for box in uruguay.locator("[name=agreements]").all():
        box.check()
    uruguay.locator("main form .actions button").first.click()
    expect(uruguay.locator("main")).not_to_contain_text("Before the next step")
    assert training in made.agreements.all()
    # Each country approves for itself; with the second one it is approved.
    uruguay.get_by_role("button", name="Approve for Uruguay").click()
    coordination = people["peru's coordination"]
    coordination.goto(here)
    coordination.locator("form[action$='/approve/PER/'] button").click()
    made.refresh_from_db()
    assert (made.state, made.approved_on) == ("approved", date.today())
    # Who keeps it begins.
    peru.goto(here)
    taken(peru, "begin")
    made.refresh_from_db()
    assert (made.state, made.began_on) == ("execution", date.today())
    expect(peru.locator("[aria-label] .is-current")).to_have_count(1)


def test_coordinators_of_two_countries_in_two_browsers_lose_nothing(demonstration, signed_in):
    made = Initiative.objects.get(code="UY-2026-0001")
    first, second = signed_in("coordinacion.uy@demo.ayni"), signed_in("coordinacion.cr@demo.ayni")
    for page in (first, second):
        page.goto(f"/es/initiatives/{made.code}/edit/")
    first.locator("[name=objective_es]").fill("Cuidados en cada barrio.")
    first.locator("main form .actions button").first.click()
    second.locator("[name=objective_es]").fill("Cuidados en cada pueblo.")
    second.locator("main form .actions button").first.click()
    expect(second.locator("main")).to_contain_text("Cuidados en cada barrio.")
    expect(second.locator("[name=objective_es]")).to_have_value("Cuidados en cada pueblo.")
    made.refresh_from_db()
    assert made.objective == {"es": "Cuidados en cada barrio."}
