"""A whole exchange round, in a real browser: two delegations' interests, the timetable, both forms, a selected action."""

from datetime import time, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from ayni.accounts.models import User
from ayni.directory.models import Country, Institution
from ayni.exchange.actions.rounds import delegations, setting_up
from ayni.exchange.models import ExchangeRound
from tests.factories.exchange import ROUNDS

ROUND = "/en/exchange/rounds/viaje/"
TOPIC = "Single registry of beneficiaries"
# What the pages of a delegation say to Brazil, who reads English here, and to Chile, who reads Spanish.
ENGLISH = {
    "want": "Say whom it wants to meet",
    "whom": "Whom to meet",
    "other": "Chile",
    "aim": "We want to learn from it",
    "topic": "Topic",
    "term": TOPIC,
    "weight": "3: it must be held",
    "save": "Save",
    "saved": "The interest is saved",
    "interest": "3: high",
    "yes": "Yes",
    "what": "If yes: what could be done",
    "type": "If yes: of what type",
    "about": "If yes: about what topic",
    "part": "If yes: your part",
    "stance": "would receive the other's experience",
    "filled": "The form is saved",
}
SPANISH = {
    "want": "Decir con quién quiere reunirse",
    "whom": "Con quién reunirse",
    "other": "Brasil · MDS",
    "aim": "Queremos compartir con ella",
    "topic": "Tema",
    "term": "Registro único de beneficiarios",
    "weight": "3: debe realizarse",
    "save": "Guardar",
    "saved": "El interés está guardado",
    "interest": "3: alto",
    "yes": "Sí",
    "what": "Si sí: qué podría hacerse",
    "type": "Si sí: de qué tipo",
    "about": "Si sí: sobre qué tema",
    "part": "Si sí: su parte",
    "stance": "compartiría su experiencia",
    "filled": "El formulario está guardado",
}


def test_from_two_interests_to_a_selected_action(demonstration, signed_in, person):
    prepare(person("secretariat"))
    secretariat = signed_in("secretariat")
    step(secretariat, "Open the interests")

    brazil, chile = signed_in("focal-point"), signed_in("national-coordinator")
    want(brazil, "/en", "BR-MDS", ENGLISH)
    want(chile, "/es", "CHL", SPANISH)

    step(secretariat, "Close the interests")
    secretariat.get_by_role("link", name="Supply and demand", exact=True).first.click()
    expect(secretariat.get_by_role("row", name=TOPIC)).to_contain_text("Both")
    plan(secretariat)
    step(secretariat, "Begin the meetings")

    reader = signed_in("public")
    reader.goto(f"{ROUND}schedules/")
    expect(reader.get_by_role("row", name="Room One").first).to_contain_text("09:00")
    reader.emulate_media(media="print")
    assert reader.pdf(format="A4").startswith(b"%PDF")

    fill(brazil, "/en", "BR-MDS", ENGLISH, "Four days in the field")
    fill(chile, "/es", "CHL", SPANISH, "El manual y dos sesiones")
    expect(chile.locator("#forms")).to_contain_text("Four days in the field")

    step(secretariat, "Close the forms")
    appoint(secretariat, "Winston Clarke")
    appoint(secretariat, "Lucía Treviño")
    step(secretariat, "Open the committee")

    score(signed_in("observer"))
    score(signed_in("expert"))
    select(secretariat)
    step(secretariat, "Close the exchange round")
    reader.emulate_media(media="screen")
    reader.goto(f"{ROUND}actions/")
    expect(reader.locator("article.card")).to_contain_text("selected for follow-up")
    expect(reader.locator("article.card")).to_contain_text("Both have hours for it")


def prepare(by: User) -> None:
    """A round of two delegations, one slot and one room, with interpreters."""
    for model in ROUNDS:
        model.objects.all().delete()
    day = timezone.localdate() + timedelta(days=30)
    frame = setting_up.RoundFrame(
        title={"es": "Rueda", "en": "Round"},
        place={"es": "Lima"},
        starts_on=day,
        ends_on=day,
        interests_until=day,
        time_zone="America/Lima",
        languages=("es", "pt"),
    )
    round_ = setting_up.create_exchange_round(by=by, code="viaje", frame=frame)
    ministry = Institution.objects.get(code="BR-MDS")
    delegations.add_delegation(by=by, round=round_, institution=ministry, languages=("pt",))
    delegations.add_delegation(by=by, round=round_, country=Country.objects.get(pk="CHL"), languages=("es",))
    hours = {"starts_at": time(9), "ends_at": time(10)}
    setting_up.add_slot(by=by, round=round_, day=day, is_break=False, **hours)
    setting_up.add_room(by=by, round=round_, name="Room One")
    setting_up.set_interpreters(by=by, round=round_, pair=("es", "pt"), count=1)


def step(page: Page, name: str) -> None:
    page.goto(ROUND)
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messages")).not_to_be_empty()


def want(page: Page, language: str, code: str, words: dict[str, str]) -> None:
    page.goto(f"{language}/exchange/rounds/viaje/delegations/{code}/")
    page.get_by_role("link", name=words["want"]).first.click()
    page.get_by_label(words["whom"]).select_option(label=words["other"])
    page.get_by_label(words["aim"]).check()
    page.get_by_label(words["topic"]).select_option(label=words["term"])
    page.get_by_label(words["weight"]).check()
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator(".messages")).to_contain_text(words["saved"])


def plan(page: Page) -> None:
    page.goto(f"{ROUND}timetable/")
    page.get_by_role("link", name="Plan the timetable").first.click()
    page.get_by_role("button", name="Plan the timetable").click()
    expect(page.locator(".messages")).to_contain_text("planned")
    expect(page.get_by_text("It is proved that no timetable holds more.")).to_be_visible()


def fill(page: Page, language: str, code: str, words: dict[str, str], what: str) -> None:
    page.goto(f"{language}/exchange/rounds/viaje/meetings/1/forms/{code}/")
    page.get_by_label(words["interest"]).check()
    page.get_by_label(words["yes"], exact=True).check()
    page.get_by_label(words["what"]).fill(what)
    page.get_by_label(words["type"]).select_option(index=1)
    page.get_by_label(words["about"]).select_option(label=words["term"])
    page.get_by_label(words["part"]).select_option(label=words["stance"])
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator(".messages")).to_contain_text(words["filled"])


def appoint(page: Page, name: str) -> None:
    page.goto(f"{ROUND}committee/")
    if not page.get_by_label("Person", exact=True).is_visible():
        page.get_by_text("Appoint a reviewer").click()
    page.get_by_label("Person", exact=True).select_option(label=name)
    page.get_by_role("button", name="Appoint", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("on the committee")


def score(page: Page) -> None:
    """From the desk: the potential action waits there."""
    page.goto("/en/desk/")
    page.get_by_role("link", name="Brazil · MDS – Chile: Round").click()
    expect(page.get_by_role("button", name="Save the review")).to_be_visible()
    page.wait_for_load_state()
    for criterion in page.get_by_label("3: wholly").all():
        criterion.check()
    page.get_by_label("Comment").fill("Both have named people.")
    page.get_by_role("button", name="Save the review").click()
    expect(page.locator(".messages")).to_contain_text("Your review is saved")


def select(page: Page) -> None:
    page.goto(f"{ROUND}committee/")
    expect(page.locator("#ranking")).to_contain_text("3.00")
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Select it for follow-up").check()
    page.get_by_label("Reason").fill("Both have hours for it")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.locator("#ranking")).to_contain_text("selected for follow-up")
    assert ExchangeRound.objects.get(code="viaje").actions.get().decision == "selected"
