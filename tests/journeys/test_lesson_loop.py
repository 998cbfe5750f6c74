"""A lesson of the country that received changes its programme, is verified, and comes back as its own offer: the roles are swapped."""

import pytest
from playwright.sync_api import Page, expect

from ayni.directory.models import Component, Programme
from ayni.exchange.models import Offer
from ayni.learning.models import Lesson
from tests.factories import lessons as made


@pytest.fixture
def people(demonstration, signed_in):
    """The pages of those who take part, and an initiative in which Chile gives and Paraguay receives."""
    of = made.initiative(
        code="PY-2026-9001", givers=("CL-FOSIS",), receivers=("PY-MDS",), title={"es": "Guías de familia"}
    )
    made.activity(of, title={"es": "Visita a dos comunas"})
    return {
        "ministry": signed_in("mds.py@demo.ayni"),
        "observer": signed_in("observer"),
        "secretariat": signed_in("secretariat"),
        "reader": signed_in("public", viewport={"width": 320, "height": 700}),
    }


def confirmed(page: Page, button: str) -> None:
    """Choose a step, and say yes on the page that asks."""
    page.get_by_role("link", name=button, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()


def test_what_was_received_comes_back_as_an_offer(people):
    ministry, observer = people["ministry"], people["observer"]
    ministry.goto("/en/initiatives/PY-2026-9001/lessons/")
    ministry.get_by_role("link", name="Capture a lesson").click()
    ministry.get_by_label("Activity in which it was learned").select_option(label="Visita a dos comunas")
    ministry.get_by_label("Title (English)").fill("Guides in pairs")
    ministry.get_by_label("What was learned (English)").fill("Two guides see more than one.")
    ministry.locator("input[name=topics]").first.check()
    ministry.get_by_role("button", name="Save").click()
    ministry.get_by_role("link", name="Guides in pairs").click()
    lesson = Lesson.objects.get(title__en="Guides in pairs")
    confirmed(ministry, "Say that it is reviewed")
    # Without a change at home there is no type: the page says what is missing.
    confirmed(ministry, "Derive its type")
    expect(ministry.get_by_text("No type applies yet", exact=False)).to_be_visible()

    # The programme's next version, in the catalogue; then the use of the lesson, with its evidence.
    programme = Programme.objects.get(code="PY-TEKO")
    ministry.goto("/en/programmes/PY-TEKO/versions/add/")
    ministry.get_by_label("What changed (English)").fill("Guides visit in pairs.")
    ministry.locator("main form .actions button").first.click()
    expect(ministry.get_by_text("Guides visit in pairs.")).to_be_visible()
    assert programme.versions.filter(number=3).exists()
    ministry.goto(f"/en/lessons/{lesson.pk}/")
    ministry.get_by_role("link", name="Record what changed by the lesson").click()
    ministry.locator("select[name=what]").select_option(label="Tekoporã, version 3")
    ministry.get_by_label("What changed by the lesson (English)").fill("Guides visit in pairs.")
    ministry.get_by_label("Address of the evidence").fill("https://example.org/resolution-3")
    ministry.get_by_role("button", name="Save").click()
    confirmed(ministry, "Derive its type")
    expect(ministry.get_by_text("Internal learning").first).to_be_visible()
    confirmed(ministry, "Say that it is incorporated")
    expect(ministry.get_by_role("link", name="Offer what was learned")).to_have_count(0)

    observer.goto("/en/desk/")
    observer.get_by_role("link", name="Guides in pairs", exact=False).click()
    observer.get_by_role("button", name="I have seen the evidence: verify").click()
    expect(observer.get_by_text("Use verified")).to_be_visible()
    secretariat = people["secretariat"]
    secretariat.goto(f"/en/lessons/{lesson.pk}/")
    confirmed(secretariat, "Disseminate")

    ministry.reload()
    ministry.get_by_role("link", name="Offer what was learned").click()
    guides = Component.objects.get(programme=programme, code="family-guides")
    ministry.locator("select[name=component]").select_option(str(guides.pk))
    ministry.get_by_role("button", name="Begin the draft").click()
    expect(ministry).to_have_url(f"{ministry.url.split('/en/')[0]}/en/offers/{Offer.objects.latest('pk').pk}/edit/")
    offer = Offer.objects.latest("pk")
    assert (offer.lesson, offer.institution.code) == (lesson, "PY-MDS")
    ministry.goto(f"/en/offers/{offer.pk}/")
    expect(ministry.get_by_text("The roles have changed: Paraguay received from Chile", exact=False)).to_be_visible()
    ministry.get_by_role("link", name="See how it came back").click()
    expect(ministry.get_by_role("paragraph").filter(has_text="Chile → Paraguay")).to_be_visible()
    expect(ministry.get_by_text("Roles swapped: who received offers")).to_be_visible()
    expect(ministry.get_by_text("1 with a verified use, of 1 reviewed lesson")).to_be_visible()

    # Anybody reads the lesson and the circuit, on a telephone too; the draft of the offer not yet.
    reader = people["reader"]
    reader.goto("/en/initiatives/PY-2026-9001/circuit/")
    expect(reader.get_by_text("100 %")).to_be_visible()
    expect(reader.get_by_text("Roles swapped:")).to_have_count(0)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
