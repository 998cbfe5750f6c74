"""The reports that stand behind an initiative, as its pages show them, and what a side can say with its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ayni.directory.models import Country, Institution
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.reporters import Known, institutions_in, known
from ayni.registry.models import Declaration, Initiative, Stance
from ayni.registry.queries.declarations.lifecycle import voices
from ayni.registry.queries.initiatives.sides import countries_of


@dataclass(frozen=True, slots=True)
class Behind:
    """A report, the side whose institution has published it (None: no side's), what that side says, what the reader can do for it.

    `answers` is "", "confirm" or "dispute": what it would come to if the side answered with this report.
    """

    report: ReportedActivity
    side: Country | None
    said: Declaration | None
    answers: str


def shown_behind(initiative: Initiative, reports: Sequence[ReportedActivity], user: Any) -> list[Behind]:
    """Each report with its side. Five queries, whatever their number."""
    directory = known() if reports else Known({}, {})
    sides = {one.pk: one for one in countries_of(initiative)}
    said = {one.country_id: one for one in initiative.declarations.all()}
    mine = voices(user, initiative) if user.is_authenticated and initiative.merged_into_id is None else set()
    rows = []
    for one in reports:
        own = directory.country_of(one.publisher, one.publisher_name)
        side = sides.get(own.pk) if own else None
        answer = said.get(side.pk) if side else None
        waits = side is not None and side.pk in mine and answer is not None and answer.stance == Stance.NOTIFIED
        answers = ("dispute" if claims_of(initiative, one) else "confirm") if waits else ""
        rows.append(Behind(one, side, answer, answers))
    return rows


def claims_of(initiative: Initiative, report: ReportedActivity) -> dict[str, tuple[str, str]]:
    """The declared days of which the report says something else: {field: (ISO date, the report's identifier)}."""
    pairs = ((name, getattr(initiative, name), getattr(report, name)) for name in ("starts_on", "ends_on"))
    return {name: (told.isoformat(), report.identifier) for name, stands, told in pairs if told and told != stands}


def parties_of(reports: Sequence[ReportedActivity]) -> list[Institution]:
    """The institutions of the directory that the reports name, where they are of two countries at least; none otherwise.

    Bodies of countries come before international ones, which keep no record.
    """
    found = sorted(institutions_in(reports, known()), key=lambda one: one.country_id is None)
    return found if len({one.country_id for one in found if one.country_id}) > 1 else []
