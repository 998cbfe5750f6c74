"""What is given to an initiative: who may enter it, and how its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ayni.common.permissions import KEEP_INITIATIVES, ROLES, may
from ayni.directory.models import Institution, Membership
from ayni.methods.contributions import (
    DOLLAR,
    Execution,
    Given,
    Part,
    Rate,
    Rates,
    Total,
    execution,
    shares,
    total,
)
from ayni.registry.models import Contribution, ContributionKind, Group, Initiative, Stage
from ayni.registry.queries.rates import rates_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A contribution with what it is in dollars, and the rate that says so; `may_write` for its own side."""

    row: Contribution
    dollars: Decimal | None
    rate: Rate | None
    may_write: bool

    @property
    def unconverted(self) -> bool:
        return self.row.amount is not None and self.dollars is None


@dataclass(frozen=True, slots=True)
class Line:
    """What one institution gives of one kind (or, without a kind, altogether), planned and executed."""

    institution: Institution | None
    kind: str
    planned: Total
    executed: Total
    execution: Execution | None


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One of the three groups: its lines, its sum, who gave which part (of what was executed; of the plan before that)."""

    group: Group
    lines: Sequence[Line]
    sum: Line
    parts: Sequence[tuple[Institution, Part]]
    parts_of: Stage


def enters_for(user: Any, initiative: Initiative) -> list[Institution]:
    """The institutions that take part for which `user` enters contributions: those of one's own side.

    Where nobody keeps records for an institution (an international one, a country without people here), whoever keeps
    this record does.
    """
    sides = {one.institution_id: one.institution for one in initiative.participations.all()}
    keeps = may(user, KEEP_INITIATIVES, initiative.institution)
    kept = _kept() if keeps else None
    return [
        one
        for one in sides.values()
        if may(user, KEEP_INITIATIVES, one) or (kept is not None and not kept.reaches(one))
    ]


def writes_for(user: Any, initiative: Initiative, institution: Institution) -> bool:
    """The same of one institution, whether it takes part already or not."""
    if may(user, KEEP_INITIATIVES, institution):
        return True
    return may(user, KEEP_INITIATIVES, initiative.institution) and not _kept().reaches(institution)


def rows_of(initiative: Initiative) -> list[Contribution]:
    """The contributions with what pages show, by day. Three queries."""
    rows = initiative.contributions.select_related("activity", "institution__country", "initiative")
    return list(rows.prefetch_related("institution__names").order_by("on", "id"))


def as_given(row: Contribution) -> Given:
    """The plain value that the methods add up."""
    return Given(str(row.institution_id), row.kind, row.group, row.quantity, row.unit, row.on, row.amount, row.currency)


def shown(rows: Iterable[Contribution], rates: Rates, own: Iterable[Institution]) -> list[Shown]:
    """Each contribution with its conversion."""
    mine = {one.pk for one in own}
    return [_shown(row, rates, row.institution_id in mine) for row in rows]


def rates_for(rows: Iterable[Contribution]) -> Rates:
    """The rates of the currencies that occur. One query at most."""
    return rates_of({row.currency for row in rows})


def groups(rows: Sequence[Contribution], rates: Rates) -> list[GroupShown]:
    """The three groups, each for itself."""
    return [_group(Group(group), [row for row in rows if row.group == group], rates) for group in Group.values]


def unconverted(rows: Iterable[Shown]) -> dict[str, int]:
    """{currency: contributions that no rate converts}."""
    found: dict[str, int] = {}
    for one in rows:
        if one.unconverted:
            found[one.row.currency] = found.get(one.row.currency, 0) + 1
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class _Kept:
    """The institutions and countries for which somebody keeps records of initiatives today."""

    institutions: frozenset[int | None]
    countries: frozenset[str | None]

    def reaches(self, institution: Institution) -> bool:
        return institution.pk in self.institutions or (
            institution.country_id is not None and institution.country_id in self.countries
        )


def _kept() -> _Kept:
    roles = [code for code, role in ROLES.items() if KEEP_INITIATIVES in role.permissions]
    held = Membership.objects.in_force().filter(role__in=roles, user__is_active=True)
    pairs = list(held.values_list("institution", "country"))
    return _Kept(
        frozenset(one for one, _country in pairs if one), frozenset(country for one, country in pairs if not one)
    )


def _shown(row: Contribution, rates: Rates, may_write: bool) -> Shown:
    if row.amount is None:
        return Shown(row, None, None, may_write)
    rate = None if row.currency == DOLLAR else rates.at(row.currency, row.on)
    return Shown(row, rates.dollars(row.amount, row.currency, row.on), rate, may_write)


def _group(group: Group, rows: Sequence[Contribution], rates: Rates) -> GroupShown:
    institutions = {str(row.institution_id): row.institution for row in rows}
    pairs: dict[tuple[int, str], list[Contribution]] = {}
    for row in rows:
        pairs.setdefault((row.institution_id, row.kind), []).append(row)
    lines = [
        _line(group, institutions[str(pk)], ContributionKind(kind).label, found, rates)
        for (pk, kind), found in sorted(pairs.items())
    ]
    lines.sort(key=lambda line: str(line.institution))
    executed = [row for row in rows if row.stage == Stage.EXECUTED]
    parted = executed or rows
    parts = shares(group, [as_given(row) for row in parted], rates)
    return GroupShown(
        group,
        lines,
        _line(group, None, "", rows, rates),
        [(institutions[one.contributor], one) for one in parts],
        Stage.EXECUTED if executed else Stage.PLANNED,
    )


def _line(group: Group, institution: Institution | None, kind: Any, rows: Sequence[Contribution], rates: Rates) -> Line:
    planned, executed = (
        total(group, [as_given(row) for row in rows if row.stage == stage], rates)
        for stage in (Stage.PLANNED, Stage.EXECUTED)
    )
    return Line(institution, str(kind), planned, executed, carried_out(executed, planned))


def carried_out(executed: Total, planned: Total, *, in_dollars: bool = False) -> Execution | None:
    """Executed over planned of one group, where both are money that can be compared."""
    if executed.money is None or planned.money is None:
        return None
    return execution(executed.money, planned.money, in_dollars=in_dollars)
