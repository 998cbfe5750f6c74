"""What remains of an initiative in each of its countries: the checks over time, what they mean, when the next is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.directory.models import Country, Institution
from ayni.learning.models import LASTING, CheckMoment, SustainabilityCheck
from ayni.learning.queries.evaluations.parties import institutions_of, receiving, with_people
from ayni.methods.sustainability import Replication, Score, Survival, months_after, replication, score, survival
from ayni.registry.models import Initiative, InitiativeState

MONTHS: Mapping[str, int] = {CheckMoment.CLOSURE: 0, CheckMoment.AFTER_12: 12, CheckMoment.AFTER_24: 24}
# A later check may be made, and is asked for, from so long before its day.
EARLY = timedelta(days=60)
CHECKED_STATES = (InitiativeState.CLOSURE, InitiativeState.EX_POST, InitiativeState.ARCHIVED)
ITEMS: Mapping[str, Promise] = {
    "norm": _("A norm holds it"),
    "budget": _("It has a budget line"),
    "staff": _("Those who were trained stay"),
    "owner": _("A unit owns it"),
    "materials": _("The materials are in use"),
    "government": _("It survived a change of government"),
    "local_funding": _("It is paid with own funds"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A check of one institution at one moment, and what it means; without a check, from when it can be made and until when."""

    moment: CheckMoment
    check: SustainabilityCheck | None
    due: date | None
    overdue: bool
    opens: bool
    score: Score | None = None
    survival: Survival | None = None
    replication: Replication | None = None


@dataclass(frozen=True, slots=True)
class SideChecks:
    """One institution's checks: a cell for each moment; `rows`: (item, its value at each moment: 0 to 3, None, or "" not asked)."""

    institution: Institution
    may_write: bool
    receives: bool
    cells: tuple[Cell, ...]
    rows: tuple[tuple[Promise, tuple[int | str | None, ...]], ...]

    @property
    def has_any(self) -> bool:
        return any(cell.check for cell in self.cells)


def due_on(initiative: Initiative, moment: str) -> date | None:
    """The day of a check, from the day of the closure; None before that."""
    return months_after(initiative.closed_on, MONTHS[moment]) if initiative.closed_on else None


def opens(initiative: Initiative, moment: str, today: date) -> bool:
    """Whether a check of this moment can be made today."""
    if initiative.state not in CHECKED_STATES:
        return False
    day = due_on(initiative, moment)
    return moment == CheckMoment.CLOSURE or (day is not None and today >= day - EARLY)


def scores_of(check: SustainabilityCheck) -> dict[str, int | None]:
    """The items that apply: the change of government only once there was one."""
    asked = [item for item in LASTING if item != "government" or check.government_changed]
    return {item: getattr(check, item) for item in asked}


def sides(initiative: Initiative, user: Any, today: date) -> list[SideChecks]:
    """Each institution of a country with its checks; who receives, and who has told something, comes first."""
    made: dict[int, dict[str, SustainabilityCheck]] = {}
    for check in initiative.checks.all():
        made.setdefault(check.institution_id, {})[check.moment] = check
    places = {country.pk for country in receiving(initiative)}
    found = [
        _side(initiative, one, made.get(one.pk, {}), one.country_id in places, user, today)
        for one in institutions_of(initiative)
        if one.country_id
    ]
    return sorted(found, key=lambda side: (not side.receives, not side.has_any))


def unchecked(initiative: Initiative, moment: str) -> list[Country]:
    """The receiving countries that have people here and of which no institution has made the check."""
    told = {
        check.institution.country_id for check in initiative.checks.filter(moment=moment).select_related("institution")
    }
    waiting = [country for country in receiving(initiative) if country.pk not in told]
    if not waiting:
        return []
    parties = [one for one in institutions_of(initiative) if one.country_id]
    here = with_people(parties)
    reached = {one.country_id for one in parties if one.pk in here}
    return [country for country in waiting if country.pk in reached]


def _side(
    initiative: Initiative,
    institution: Institution,
    made: Mapping[str, SustainabilityCheck],
    receives: bool,
    user: Any,
    today: date,
) -> SideChecks:
    first = made.get(CheckMoment.CLOSURE)
    cells = tuple(_cell(initiative, moment, made.get(moment), first, today) for moment in CheckMoment)
    rows = tuple((label, tuple(_values(item, cells))) for item, label in ITEMS.items())
    return SideChecks(institution, may(user, KEEP_INITIATIVES, institution), receives, cells, rows)


def _cell(
    initiative: Initiative,
    moment: CheckMoment,
    check: SustainabilityCheck | None,
    first: SustainabilityCheck | None,
    today: date,
) -> Cell:
    day = due_on(initiative, moment)
    late = check is None and day is not None and day < today
    ready = opens(initiative, moment, today)
    if check is None:
        return Cell(moment, None, day, late, ready)
    later = first is not None and first.pk != check.pk
    return Cell(
        moment,
        check,
        day,
        late,
        ready,
        score(scores_of(check)),
        survival(scores_of(first), scores_of(check)) if first is not None and later else None,
        replication(check.components_reused, check.national, check.third_countries),
    )


def _values(item: str, cells: Iterable[Cell]) -> Iterable[int | str | None]:
    for cell in cells:
        if cell.check is None or (item == "government" and not cell.check.government_changed):
            yield ""
        else:
            yield getattr(cell.check, item)
