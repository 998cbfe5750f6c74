"""The demonstration's exchange rounds, one at each place that a round comes to. All content is fictional."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import Row, table, texts
from ayni.directory.models import Concept, Country, Institution
from ayni.exchange.actions import demo_exchange_results as results
from ayni.exchange.actions.rounds import delegations, interests, setting_up, steps
from ayni.exchange.actions.rounds.timetable import save_timetable
from ayni.exchange.models import Delegation, ExchangeRound, RoundProgramme
from ayni.exchange.queries.rounds.plan import read_plan
from ayni.exchange.queries.rounds.planning import solve
from ayni.surveys.actions.demonstration import PEOPLE

CODE, OPEN_CODE, RUNNING_CODE, CLOSED_CODE = "rueda-demo", "rueda-abierta", "rueda-en-curso", "rueda-cerrada"
TITLES = {
    CODE: {
        "es": "Rueda de intercambio de demostración (ficticia)",
        "pt": "Rodada de intercâmbio de demonstração (fictícia)",
        "en": "Demonstration exchange round (fictional)",
        "fr": "Cycle d'échange de démonstration (fictif)",
    },
    OPEN_CODE: {
        "es": "Próxima rueda de intercambio (ficticia)",
        "pt": "Próxima rodada de intercâmbio (fictícia)",
        "en": "Next exchange round (fictional)",
        "fr": "Prochain cycle d'échange (fictif)",
    },
    RUNNING_CODE: {
        "es": "Rueda del Cono Sur en curso (ficticia)",
        "pt": "Rodada do Cone Sul em curso (fictícia)",
        "en": "Southern Cone round, being held (fictional)",
        "fr": "Cycle du Cône Sud en cours (fictif)",
    },
    CLOSED_CODE: {
        "es": "Rueda andina cerrada (ficticia)",
        "pt": "Rodada andina encerrada (fictícia)",
        "en": "Andean round, closed (fictional)",
        "fr": "Cycle andin clos (fictif)",
    },
}
PLACE = {
    "es": "Ciudad de Panamá (ficticio)",
    "pt": "Cidade do Panamá (fictício)",
    "en": "Panama City (fictional)",
    "fr": "Panama (fictif)",
}
DAYS = (date(2026, 10, 14), date(2026, 10, 15))
# Begin, end, whether it is a break.
HOURS = (
    (time(9, 0), time(9, 40), False),
    (time(9, 45), time(10, 25), False),
    (time(10, 25), time(10, 50), True),
    (time(10, 50), time(11, 30), False),
    (time(11, 35), time(12, 15), False),
    (time(12, 15), time(14, 0), True),
    (time(14, 0), time(14, 40), False),
    (time(14, 45), time(15, 25), False),
)
ROOMS = ("Sala Ceiba", "Sala Quetzal", "Sala Guaraní", "Sala Jacaranda", "Sala Coquí", "Sala Titicaca")
INTERPRETERS = ((("en", "es"), 2), (("es", "fr"), 1))
OPEN_TO = ("BR-MDS", "CHL", "UY-MIDES", "JAM", "HTI", "CO-DPS")
RUNNING_WITH = ("BR-MDS", "CHL", "UY-MIDES", "PY-MDS", "ARG")
CLOSED_WITH = ("CO-DPS", "PE-MIDIS", "CHL", "COL", "PER")
AHEAD = 60


@transaction.atomic
def load_demo_exchange_rounds(*, by: Any) -> bool:
    """Enter the rounds, unless they are there. Returns whether they were entered."""
    if ExchangeRound.objects.filter(code=CODE).exists():
        return False
    people = {role: User.objects.get(email=email) for role, email, *_rest in PEOPLE}
    _committee(people)
    _open(people["secretariat"])
    _running(people)
    _closed(people)
    return True


def _committee(people: Mapping[str, User]) -> None:
    """The round in the shape of 2012's: 34 programmes, 13 countries, 54 delegates; its committee scores."""
    by = people["secretariat"]
    round_ = _held(by, CODE, DAYS, [row["institution"] or row["country"] for row in _rows()])
    coming = {one.code: one for one in round_.delegations.all()}
    for row in table("demo/rueda/delegates.csv"):
        delegations.add_delegate(
            by=by,
            delegation=coming[row["delegation"]],
            name=row["name"],
            position=row["position"],
            leads=row["leads"] == "yes",
        )
    results.fill_forms(by_side=_sides(people), secretariat=by, round_=round_)
    steps.close_forms(by=by, round=round_)
    results.score(secretariat=by, reviewers=[people[role] for role in results.REVIEWERS], round_=round_)
    results.select(secretariat=by, actions=round_.actions.all()[:3])


def _running(people: Mapping[str, User]) -> None:
    """A round whose meetings are being held: some forms are filled."""
    by = people["secretariat"]
    today = timezone.localdate()
    round_ = _held(by, RUNNING_CODE, (today - timedelta(days=1),), RUNNING_WITH, ends_on=today)
    held = round_.meetings.exclude(one__code="BR-MDS").exclude(other__code="BR-MDS").first()
    if held is not None:
        told = results.reports.Told(
            interest=1, sees_action=False, why_not="[Ficticio] Este año no hay horas para ello."
        )
        results.reports.save_report(by=by, meeting=held, delegation=held.one, told=told)


def _closed(people: Mapping[str, User]) -> None:
    """A round whose selection is published."""
    by = people["secretariat"]
    round_ = _held(by, CLOSED_CODE, (date(2026, 6, 10),), CLOSED_WITH)
    topic, modality = Concept.objects.current("topics")[0], Concept.objects.current("modalities")[0]
    meeting = round_.meetings.select_related("one", "other").first()
    assert meeting is not None
    for side, stance in ((meeting.one, "offer"), (meeting.other, "receive")):
        told = results.reports.Told(
            interest=3,
            sees_action=True,
            stance=stance,
            modality=modality,
            topic=topic,
            what="[Ficticio] Una visita de campo y un curso corto para el personal que lo aplica.",
            next_step="[Ficticio] Acordar las fechas.",
        )
        results.reports.save_report(by=by, meeting=meeting, delegation=side, told=told)
    steps.close_forms(by=by, round=round_)
    reviewers = [people[role] for role in ("observer", "expert")]
    results.score(secretariat=by, reviewers=reviewers, round_=round_)
    results.select(secretariat=by, actions=round_.actions.all())
    steps.close_exchange_round(by=by, round=round_)


def _open(by: User) -> None:
    """A round to which delegations can still say whom they want to meet."""
    first = timezone.localdate() + timedelta(days=AHEAD)
    round_ = _prepared(by, OPEN_CODE, (first,), first - timedelta(days=AHEAD // 2))
    coming = _coming(by, round_, [row for row in _rows() if (row["institution"] or row["country"]) in OPEN_TO])
    programmes = _programmes(by, coming)
    steps.open_interests(by=by, round=round_)
    given = [row for row in table("demo/rueda/interests.csv") if row["delegation"] in ("UY-MIDES", "JAM", "HTI")]
    _interests(by, coming, programmes, given)


def _held(
    by: User, code: str, days: tuple[date, ...], who: Collection[str], ends_on: date | None = None
) -> ExchangeRound:
    """A round up to its meetings, with the interests of those who come in one another."""
    round_ = _prepared(by, code, days, days[0] - timedelta(days=14), ends_on)
    coming = _coming(by, round_, [row for row in _rows() if (row["institution"] or row["country"]) in who])
    programmes = _programmes(by, coming)
    steps.open_interests(by=by, round=round_)
    _interests(by, coming, programmes, table("demo/rueda/interests.csv"))
    steps.close_interests(by=by, round=round_)
    save_timetable(by=by, round=round_, found=solve(read_plan(round_)))
    return steps.begin_meetings(by=by, round=round_)


def _rows() -> list[Row]:
    return table("demo/rueda/delegations.csv")


def _sides(people: Mapping[str, User]) -> dict[str, User]:
    """The delegations for which somebody of the demonstration speaks."""
    return {"BR-MDS": people["focal-point"], "CHL": people["national-coordinator"]}


def _prepared(by: User, code: str, days: tuple[date, ...], until: date, ends_on: date | None = None) -> ExchangeRound:
    frame = setting_up.RoundFrame(
        title=TITLES[code],
        place=PLACE,
        starts_on=days[0],
        ends_on=ends_on or days[-1],
        interests_until=until,
        time_zone="America/Panama",
        languages=("es", "pt", "en", "fr"),
        fictional=True,
    )
    round_ = setting_up.create_exchange_round(by=by, code=code, frame=frame)
    for day in days:
        for starts_at, ends_at, is_break in HOURS:
            setting_up.add_slot(by=by, round=round_, day=day, starts_at=starts_at, ends_at=ends_at, is_break=is_break)
    for name in ROOMS:
        setting_up.add_room(by=by, round=round_, name=name)
    for pair, count in INTERPRETERS:
        setting_up.set_interpreters(by=by, round=round_, pair=pair, count=count)
    return round_


def _coming(by: User, round_: ExchangeRound, rows: list[Row]) -> dict[str, Delegation]:
    institutions = {one.code: one for one in Institution.objects.select_related("country").prefetch_related("names")}
    countries = {one.pk: one for one in Country.objects.all()}
    return {
        row["institution"] or row["country"]: delegations.add_delegation(
            by=by,
            round=round_,
            country=countries[row["country"]],
            institution=institutions.get(row["institution"]),
            languages=row["languages"].split(),
        )
        for row in rows
    }


def _programmes(by: User, coming: Mapping[str, Delegation]) -> dict[str, RoundProgramme]:
    """By their place in the file, as the interests name them."""
    topics, quadrants = _terms("topics"), _terms("quadrants")
    return {
        str(number): delegations.add_programme(
            by=by,
            delegation=coming[row["delegation"]],
            name=texts(row, "name"),
            topic=topics[row["topic"]],
            quadrant=quadrants[row["quadrant"]],
        )
        for number, row in enumerate(table("demo/rueda/programmes.csv"), 1)
        if row["delegation"] in coming
    }


def _interests(
    by: User, coming: Mapping[str, Delegation], programmes: Mapping[str, RoundProgramme], rows: list[Row]
) -> None:
    topics, quadrants = _terms("topics"), _terms("quadrants")
    for row in _between(coming, rows):
        wanted = interests.Wanted(
            partner=coming[row["partner"]],
            aim=row["aim"],
            topic=topics[row["topic"]],
            quadrant=quadrants[row["quadrant"]],
            programme=programmes.get(row["programme"]),
            weight=int(row["weight"]),
            note=row["note"],
        )
        interests.add_interest(by=by, delegation=coming[row["delegation"]], wanted=wanted)


def _between(coming: Mapping[str, Delegation], rows: list[Row]) -> Iterator[Row]:
    """The interests of those who come in others who come."""
    return (row for row in rows if row["delegation"] in coming and row["partner"] in coming)


def _terms(scheme: str) -> dict[str, Concept]:
    return {one.code: one for one in Concept.objects.current(scheme)}
