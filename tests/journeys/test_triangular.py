"""A triangular project from its mission to ex-post: Brazil and Chile offer to Paraguay, and what Paraguay learned comes back as its offer.

Three countries, each in a language of its own; the path goes through the pages alone.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from ayni.directory.models import Component
from ayni.exchange.models import Mission, Offer
from ayni.learning.models import Criterion, Evaluation, Lesson
from ayni.registry.models import Activity, Initiative, Measurement, Period
from tests.factories.agreements import agreement, form

TODAY = date.today()
YEAR = TODAY.year
# Who takes part: an e-mail or a role, and the language in which they read.
PEOPLE = {
    "paraguay": ("mds.py@demo.ayni", "es"),
    "paraguay's coordination": ("coordinacion.py@demo.ayni", "es"),
    "brazil": ("colega@demo.ayni", "pt"),
    "brazil's coordination": ("coordinacion.br@demo.ayni", "pt"),
    "chile": ("mdsf@demo.ayni", "en"),
    "chile's coordination": ("coordinacion@demo.ayni", "en"),
    "secretariat": ("secretariat", "es"),
    "observer": ("observer", "en"),
    "public": ("public", "es"),
}


class Reader:
    """Somebody at a browser, who reads in one language and finds the way by the pages' own links and buttons."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def open(self, path: str, status: int = 200) -> "Reader":
        """A page of the site."""
        assert self.page.goto(f"/{self.language}/{path}").status == status, path
        return self

    def follow(self, ending: str) -> "Reader":
        """The first link of the page whose address ends so."""
        self.page.locator(f"main a[href$='{ending}']").first.click()
        return self

    def press(self, ending: str) -> "Reader":
        """The button of the form that is sent there, for what needs no question; the page tells that it was done."""
        self.page.locator(f"main form[action$='{ending}'] button").first.click()
        expect(self.page.locator(".alert--error")).to_have_count(0)
        return self

    def step(self, ending: str) -> "Reader":
        """Choose a step, and say yes on the page that asks."""
        self.follow(ending)
        self.page.locator("main form button").first.click()
        expect(self.page.locator(".alert--error")).to_have_count(0)
        return self

    def fill(self, *, many: dict[str, str] | None = None, **values: str | int | date) -> "Reader":
        """Fill the form of the page and save it; `many`: {list of boxes: the one that is ticked}."""
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            field.evaluate("field => field.closest('details')?.setAttribute('open', '')")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(f"{value}")
            else:
                field.fill(f"{value}")
        for name, value in (many or {}).items():
            self.page.locator(f"main [name={name}][value='{value}']").check()
        self.page.locator("main form.form .actions button").first.click()
        expect(self.page.locator("[aria-invalid=true], .error-summary")).to_have_count(0)
        return self

    def sees(self, text: str | re.Pattern) -> "Reader":
        """The page says so."""
        expect(self.page.locator("main")).to_contain_text(text)
        return self

    def sees_not(self, text: str | re.Pattern) -> "Reader":
        """The page does not say so."""
        expect(self.page.locator("main")).not_to_contain_text(text)
        return self


@pytest.fixture
def people(demonstration, signed_in):
    """The ministries and the coordinations of the three countries, and the network's own people."""
    return {name: Reader(signed_in(email), language) for name, (email, language) in PEOPLE.items()}


def opened(people) -> str:
    """Two countries accept the mission that the secretariat proposed; Paraguay opens the initiative. Its code."""
    mission = Mission.objects.get(state="proposed", demand__institution__code="PY-MDS")
    here = f"missions/{mission.pk}/"
    for name, country in (("brazil's coordination", "BRA"), ("chile's coordination", "CHL")):
        people[name].open(here).step(f"/accept/{country}/")
    people["secretariat"].open(here).step("/hand-over/")
    people["paraguay's coordination"].open(here).press("/initiative/").sees("riangular")
    return Mission.objects.get(pk=mission.pk).initiative.code


def formulated(people, code: str) -> None:
    """Counterparts, results, the design of the evaluation, the agreement: the page leads to each that is missing."""
    here = f"initiatives/{code}/"
    paraguay = people["paraguay"]
    paraguay.open(here).sees("Brasil, Chile → Paraguay").step("/step/formulate/")
    counterparts = (
        ("paraguay", "PY-MDS", "Carmen Villalba", 24),
        ("brazil", "BR-MDS", "Thiago Moura", 12),
        ("chile", "CL-MDSF", "Javiera Soto", 10),
    )
    found = Initiative.objects.get(code=code)
    for name, institution, counterpart, hours in counterparts:
        row = found.participations.get(institution__code=institution, part=None)
        people[name].open(here).follow(f"/institutions/{row.pk}/").fill(counterpart=counterpart, hours_a_month=hours)
    paraguay.open(here).follow(f"/initiatives/{code}/results/").press("/results/open/")
    paraguay.follow("/add/").fill(level="outcome", title_es="Los hogares están en un solo registro")
    paraguay.follow("/indicators/add/").fill(
        title_es="Hogares registrados", unit_es="hogares", baseline=12000, baseline_on=date(YEAR - 1, 12, 31)
    )
    paraguay.sees("Línea de base").follow("/periods/add/").fill(
        starts_on=date(YEAR, 1, 1), ends_on=date(YEAR, 12, 31), target=80000
    )
    paraguay.open(here).follow("/evaluations/new/").fill(
        instrument="final-report",
        planned_on=TODAY,
        title_es="Informe final",
        process_questions_es="¿Se decidió en conjunto?",
        result_questions_es="¿Cuántos hogares entraron?",
    )
    # The framework agreement of Brazil and Paraguay stands in force already; it serves both quadrants of the mission.
    standing = agreement("BR-MDS", "PY-MDS", signed=True, state="in-force", form=form("framework"))
    paraguay.open(here).sees("Antes del próximo paso").follow(f"/initiatives/{code}/edit/").fill(
        many={"agreements": f"{standing.pk}"}
    )
    paraguay.sees_not("Antes del próximo paso")


def approved_and_begun(people, code: str) -> None:
    """Each country approves for itself; each agrees on the dates of the first visit; then it begins."""
    here = f"initiatives/{code}/"
    for name, country in (("paraguay's coordination", "PRY"), ("brazil's coordination", "BRA")):
        people[name].open(here).press(f"/approve/{country}/")
    people["chile's coordination"].open(here).sees("Still to approve: Chile").press("/approve/CHL/")
    paraguay = people["paraguay"]
    paraguay.open(here).follow(f"/initiatives/{code}/plan/").follow("/plan/add/").fill(
        title_es="Visita a tres municipios",
        modality="field-visits",
        institution="PY-MDS",
        starts_on=TODAY,
        ends_on=TODAY,
    )
    visit = Activity.objects.get(initiative__code=code)
    for name, country in (("paraguay", "PRY"), ("brazil", "BRA"), ("chile", "CHL")):
        people[name].open(f"{here}plan/{visit.number}/").press(f"/agree/{country}/")
    paraguay.open(here).step("/step/begin/")


def carried_out(people, code: str) -> None:
    """The visit is reported; Paraguay measures, Brazil approves; the initiative comes to its closure."""
    here = f"initiatives/{code}/"
    people["chile"].open(f"{here}plan/").follow("/plan/1/").follow("/report/").fill(
        women=14, men=6, hours=8, report_en="Three municipalities register households together."
    )
    period = Period.objects.get(indicator__result__frame__initiative__code=code)
    indicator = f"results/indicators/{period.indicator_id}/"
    people["brazil's coordination"].open(indicator).press("/unlock/")
    paraguay = people["paraguay"]
    paraguay.open(indicator).follow("/measure/PY-MDS/").fill(value=61000, note_es="Conteo del registro.")
    measured = Measurement.objects.get(period=period)
    paraguay.open(f"results/measurements/{measured.pk}/").step("/submit/")
    reviewer = people["brazil's coordination"].open("desk/").follow(f"/initiatives/{code}/results/")
    reviewer.follow(f"/{indicator}").follow(f"/results/measurements/{measured.pk}/").step("/approve/")
    paraguay.open(here).step("/step/close/")


def evaluated_and_closed(people, code: str) -> None:
    """The final report is commissioned, written, answered by the three parties, published; Paraguay says what remains."""
    here = f"initiatives/{code}/"
    one = Evaluation.objects.get(initiative__code=code)
    coordination, observer = people["paraguay's coordination"], people["observer"]
    coordination.open(here).follow(f"/initiatives/{code}/evaluations/").follow(f"/evaluations/{one.pk}/")
    coordination.follow("/commission/").fill(evaluator="Universidad Nacional de Asunción")
    observer.open(f"evaluations/{one.pk}/").step("/step/begin/").follow("/report/").fill(
        process_findings_en="Three countries decided together.",
        findings_en="61,000 households.",
        recommendations_en="Go on with the indigenous communities.",
    )
    for criterion in Criterion.values:
        observer.follow(f"/criteria/{criterion}/").fill(score=3, finding_en="Mostly.")
    observer.step("/step/send/")
    for name, institution in (("paraguay", "PY-MDS"), ("brazil", "BR-MDS"), ("chile", "CL-MDSF")):
        reader = people[name]
        words = {f"text_{reader.language}": "De acuerdo.", f"measures_{reader.language}": "Lo haremos."}
        reader.open("desk/").follow(f"/evaluations/{one.pk}/").follow(f"/respond/{institution}/").fill(
            answer="accepted", due_on=date(YEAR + 1, 6, 30), **words
        )
    coordination.open(f"evaluations/{one.pk}/").step("/step/publish/")
    # What remains is missing still: the page leads there.
    people["paraguay"].open(here).follow(f"/initiatives/{code}/evaluations/").follow("/checks/closure/PY-MDS/").fill(
        norm=3, budget=2, staff=2, owner=3, materials=3, local_funding=1, evidence_es="Decreto del registro."
    )
    coordination.open(here).step("/step/follow/")
    found = Initiative.objects.get(code=code)
    assert (found.state, found.closed_on) == ("ex-post", TODAY)


def learned(people, code: str) -> Lesson:
    """A lesson of the visit changes Tekoporã; an observer verifies it."""
    paraguay = people["paraguay"]
    paraguay.open(f"initiatives/{code}/lessons/").follow("/lessons/add/").fill(
        activity=1,
        title_es="Registrar en pareja",
        text_es="Una guía y un funcionario municipal registran juntos.",
        many={"topics": "single-registry"},
    )
    lesson = Lesson.objects.get(initiative__code=code)
    paraguay.follow(f"/lessons/{lesson.pk}/").step("/step/review/")
    paraguay.open("programmes/PY-TEKO/").follow("/edit/").follow("/versions/add/").fill(
        changes_es="Las guías registran en pareja."
    )
    version = lesson_version()
    paraguay.open(f"lessons/{lesson.pk}/").follow("/uses/add/").fill(
        what=f"version-{version}", changed_es="Las guías registran en pareja.", evidence="https://example.org/res-3"
    )
    paraguay.step("/step/type/").step("/step/incorporate/")
    use = lesson.uses.get()
    people["observer"].open("desk/").follow(f"/lessons/{lesson.pk}/").press(f"/uses/{use.pk}/verify/")
    return lesson


def lesson_version() -> int:
    """The version that Paraguay has just entered."""
    return Component.objects.get(code="family-guides").programme.versions.latest("number").pk


def offered(people, code: str, lesson: Lesson) -> None:
    """What was received comes back as an offer; the circuit shows the swap."""
    paraguay = people["paraguay"]
    guides = Component.objects.get(programme__code="PY-TEKO", code="family-guides")
    paraguay.open(f"lessons/{lesson.pk}/").follow(f"/lessons/{lesson.pk}/offer/").fill(component=guides.pk)
    offer = Offer.objects.latest("pk")
    assert (offer.lesson, offer.institution.code) == (lesson, "PY-MDS")
    paraguay.open(f"initiatives/{code}/circuit/").sees("Brasil, Chile → Paraguay").sees("100 %")


def declared(people, code: str) -> None:
    """Paraguay declares, Brazil and Chile confirm, the record is published: everybody reads it."""
    here = f"initiatives/{code}/"
    record = f"{here}declarations/"
    public = people["public"]
    public.open(here, status=404)
    people["paraguay's coordination"].open(here).follow("/declarations/").press("/PRY/declare/")
    for name, country in (("brazil's coordination", "BRA"), ("chile's coordination", "CHL")):
        people[name].open("desk/").follow(f"/{record}").press(f"/{country}/confirm/")
    people["paraguay's coordination"].open(record).press("/publish/")
    public.open(here).sees("Brasil, Chile → Paraguay")


def disseminated(people, code: str, lesson: Lesson) -> None:
    """Now that the record is public, the lesson is too: everybody reads it, and the circuit."""
    people["secretariat"].open(f"lessons/{lesson.pk}/").step("/step/disseminate/")
    public = people["public"]
    public.open(f"lessons/{lesson.pk}/").sees("Registrar en pareja")
    public.open(f"initiatives/{code}/circuit/").sees("100 %")


def test_a_triangular_project_from_its_mission_to_ex_post_and_back_as_an_offer(people):
    code = opened(people)
    formulated(people, code)
    approved_and_begun(people, code)
    carried_out(people, code)
    evaluated_and_closed(people, code)
    lesson = learned(people, code)
    offered(people, code, lesson)
    declared(people, code)
    disseminated(people, code, lesson)
