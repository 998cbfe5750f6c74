"""From a need to a mission: a demand written in Spanish, screened by both sides, matched with Brazil, served by several countries."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from ayni.exchange.models import Demand, Match, Mission, Offer

COORDINATORS = {
    "BRA": "coordinacion.br@demo.ayni",
    "CHL": "coordinacion@demo.ayni",
    "COL": "coordinacion.co@demo.ayni",
    "CRI": "coordinacion.cr@demo.ayni",
    "MEX": "coordinacion.mx@demo.ayni",
    "PER": "coordinacion.pe@demo.ayni",
    "URY": "coordinacion.uy@demo.ayni",
}


def month(later: int) -> str:
    """The month that is so many from now, as a field of the form takes it."""
    number = date.today().year * 12 + date.today().month - 1 + later
    return f"{number // 12}-{number % 12 + 1:02d}"


@pytest.fixture
def people(demonstration, signed_in):
    """The pages of those who take part."""
    return {
        "ministry": signed_in("mds.py@demo.ayni"),
        "coordination": signed_in("coordinacion.py@demo.ayni"),
        "secretariat": signed_in("secretariat"),
        "brazil": signed_in("focal-point", viewport={"width": 320, "height": 700}),
    }


def confirmed(page: Page, button: str) -> None:
    """Choose a step, and say yes on the page that asks."""
    page.get_by_role("link", name=button, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()


def score_everything(page: Page, address: str, score: str, text: str) -> None:
    page.goto(address)
    for choice in page.locator("select[name$=_score]").all():
        choice.select_option(score)
    for box in page.locator("textarea[name$=_text]").all():
        box.fill(text)
    page.get_by_role("button", name="Guardar los puntajes").click()


def test_a_demand_is_written_screened_ranked_matched_and_served_by_a_mission(people, signed_in):
    ministry, secretariat = people["ministry"], people["secretariat"]
    ministry.goto("/es/demands/new/")
    ministry.get_by_label("Título").fill("Un registro social nuevo")
    ministry.get_by_role("button", name="Empezar el borrador").click()
    # What is written is saved by itself, also when the connection breaks in between.
    ministry.get_by_label("El problema").fill("Hay muchas listas.")
    ministry.context.set_offline(True)
    ministry.get_by_label("Lo que quieren lograr").fill("Una sola lista.")
    ministry.wait_for_timeout(2_500)
    ministry.context.set_offline(False)
    expect(ministry.locator("#save-state")).to_contain_text("Guardado", timeout=15_000)
    demand = Demand.objects.latest("pk")
    assert demand.problem == {"es": "Hay muchas listas."} and demand.objective == {"es": "Una sola lista."}
    for name in ("expects", "gives"):
        ministry.locator(f"[name={name}]").fill("Un equipo de cuatro personas.")
    ministry.get_by_label("Registro único de beneficiarios").check()
    ministry.locator("[name=days_Q1]").fill("10")
    ministry.locator("[name=days_Q2]").fill("8")
    ministry.locator("[name=starts]").fill(month(1))
    ministry.locator("[name=deadline]").fill(month(11))
    ministry.get_by_label("Español", exact=True).check()
    ministry.get_by_role("button", name="Guardar y ver").click()
    confirmed(ministry, "Enviar")
    people["coordination"].goto("/es/desk/")
    people["coordination"].get_by_role("link", name=re.compile("Un registro social nuevo")).first.click()
    confirmed(people["coordination"], "Avalar")
    here = f"/es/demands/{demand.pk}/"
    score_everything(ministry, f"{here}screening/", "3", "Anexo 1.")
    score_everything(secretariat, f"{here}screening/", "3", "")
    secretariat.get_by_role("link", name="Decidir").click()
    secretariat.get_by_label("Motivos").fill("Todo está claro.")
    secretariat.get_by_role("button", name="Decidir").click()
    demand.refresh_from_db()
    assert demand.state == "eligible"
    secretariat.goto(f"{here}ranking/")
    offer = Offer.objects.get(title__es="Registro único de familias de bajos ingresos: diseño y operación")
    first = secretariat.locator(".ranked").first
    expect(first).to_contain_text(str(offer.title["es"]))
    expect(first).to_contain_text("100")
    first.get_by_role("button").click()
    match = Match.objects.latest("pk")
    ministry.goto(f"/es/matches/{match.pk}/")
    confirmed(ministry, "Aceptar")
    expect(ministry.locator(".turn")).to_contain_text("MDS")
    brazil = people["brazil"]
    brazil.goto("/pt/notices/")
    brazil.get_by_role("link", name=re.compile("Um registro|Un registro social nuevo")).first.click()
    confirmed(brazil, "Aceitar")
    match.refresh_from_db()
    demand.refresh_from_db()
    assert (match.state, demand.state) == ("negotiating", "matched")
    assert brazil.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The ministry needs more than one country can give: it rejects the match, and the other side is told why.
    ministry.goto(f"/es/matches/{match.pk}/")
    ministry.get_by_role("link", name="Rechazar").click()
    ministry.get_by_label("Motivo").fill("Hacen falta dos países.")
    ministry.get_by_role("button", name="Rechazar").click()
    brazil.goto("/pt/notices/")
    expect(brazil.locator("main")).to_contain_text("Hacen falta dos países.")
    # A mission is planned over the months, and every side accepts it.
    secretariat.goto(f"{here}mission/")
    expect(secretariat.locator("main")).to_contain_text("Demostrado")
    secretariat.get_by_role("button", name="Proponer esta misión").first.click()
    mission = Mission.objects.get(demand=demand)
    address = f"missions/{mission.pk}/"
    accepted(people["coordination"], f"/es/{address}", "Aceptar")
    for provider in mission.providers.all():
        accepted(signed_in(COORDINATORS[provider.country_id]), f"/pt/{address}", "Aceitar")
    mission.refresh_from_db()
    demand.refresh_from_db()
    assert (mission.state, demand.state) == ("agreed", "matched")
    secretariat.goto(f"/es/{address}")
    expect(secretariat.locator("main")).to_contain_text("acordada", ignore_case=True)


def accepted(page: Page, address: str, word: str) -> None:
    """Accept a mission for one's own side."""
    page.goto(address)
    page.get_by_role("link", name=re.compile(f"^{word}")).first.click()
    page.locator("main form button").first.click()


def test_two_people_of_one_ministry_write_at_once_and_see_both_texts(people):
    first, second = people["ministry"], people["coordination"]
    demand = Demand.objects.get(title__es="Un registro social que sirva a todos los programas")
    offer = Demand.objects.filter(institution=demand.institution, state="coformulation").get()
    for page in (first, second):
        page.goto(f"/es/demands/{offer.pk}/edit/")
    first.get_by_label("Lo que quieren lograr").fill("Diez comedores con huerta.")
    expect(first.locator("#save-state")).to_contain_text("Guardado", timeout=15_000)
    second.get_by_label("Lo que quieren lograr").fill("Cinco comedores con cocina.")
    expect(second.locator("#save-state")).to_contain_text("Otra persona", timeout=15_000)
    second.get_by_role("button", name="Guardar", exact=True).click()
    expect(second.locator("main")).to_contain_text("Diez comedores con huerta.")
    expect(second.get_by_label("Lo que quieren lograr")).to_have_value("Cinco comedores con cocina.")
