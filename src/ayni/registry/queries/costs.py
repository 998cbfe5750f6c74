"""Costs over all initiatives that a reader may see: by country, kind and year, the three groups apart."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayni.directory.models import Country
from ayni.methods.contributions import VALUED, Execution, Given, Rates, Total, total, totals
from ayni.registry.models import Contribution, ContributionKind, Group, Initiative, Stage
from ayni.registry.queries.contributions import carried_out
from ayni.registry.queries.initiatives.lists import RECORDS, initiatives_for
from ayni.registry.queries.rates import rates_of

COLUMNS = ("institution__country", "kind", "group", "quantity", "unit", "on", "amount", "currency", "stage")


@dataclass(frozen=True, slots=True)
class CostLine:
    """A country, a kind or a year: what was planned and what was executed."""

    label: str
    planned: Total
    executed: Total
    execution: Execution | None


@dataclass(frozen=True, slots=True)
class CostGroup:
    """One of the three groups, in three tables and its sum."""

    group: Group
    sum: CostLine
    by_country: Sequence[CostLine]
    by_kind: Sequence[CostLine]
    by_year: Sequence[CostLine]

    @property
    def valued(self) -> bool:
        """Whether it is money, so that executed stands beside planned as a share."""
        return self.group in VALUED


@dataclass(frozen=True, slots=True)
class Costs:
    """`initiatives` is how many records have a contribution that was asked for; `missing` {currency: contributions without a rate}."""

    groups: Sequence[CostGroup]
    initiatives: int
    missing: dict[str, int]
    fictional: bool


def records(user: Any, record: str) -> QuerySet[Initiative]:
    """The initiatives that `user` may read and that count: "validated", or (never together with them) "unilateral"."""
    return initiatives_for(user).filter(validation__in=RECORDS[record])


def costs(
    user: Any, *, record: str, country: str = "", kind: str = "", year: int | None = None, but: Sequence[str] = ()
) -> Costs:
    """The contributions to those records, `but` for initiatives in some states. Five queries at most."""
    counted = records(user, record).exclude(state__in=but).order_by()
    rows = Contribution.objects.filter(initiative__in=counted.values("pk")).order_by()
    if country:
        rows = rows.filter(institution__country=country)
    if kind:
        rows = rows.filter(kind=kind)
    if year is not None:
        rows = rows.filter(on__year=year)
    given: dict[str, list[Given]] = {stage: [] for stage in Stage.values}
    for *plain, stage in rows.values_list(*COLUMNS).iterator():
        given[stage].append(Given(plain[0] or "", *plain[1:]))
    every = [*given[Stage.PLANNED], *given[Stage.EXECUTED]]
    rates = rates_of({one.currency for one in every})
    names = {one.pk: str(one) for one in Country.objects.all()}
    return Costs(
        [_group(Group(group), given, rates, names) for group in Group.values],
        rows.values("initiative").distinct().count(),
        _missing(every, rates),
        bool(every) and rows.filter(initiative__fictional=True).exists(),
    )


def years(user: Any) -> list[int]:
    """The years of which there is a contribution to a record that `user` may read, the latest first."""
    rows = Contribution.objects.filter(initiative__in=initiatives_for(user).order_by().values("pk"))
    return [day.year for day in rows.dates("on", "year", order="DESC")]


def contributing(user: Any) -> list[Country]:
    """The countries that contribute to a record that `user` may read."""
    rows = Contribution.objects.filter(initiative__in=initiatives_for(user).order_by().values("pk"))
    return list(Country.objects.filter(pk__in=rows.order_by().values("institution__country")))


def _group(group: Group, given: dict[str, list[Given]], rates: Rates, names: dict[str, str]) -> CostGroup:
    planned, executed = (
        [one for one in given[stage] if one.group == group] for stage in (Stage.PLANNED, Stage.EXECUTED)
    )
    plan, done = (total(group, rows, rates) for rows in (planned, executed))

    def lines(key: Callable[[Given], Hashable], label: Callable[[Any], str]) -> list[CostLine]:
        before, after = (totals(rows, key, rates)[group] for rows in (planned, executed))
        empty = total(group, (), rates)
        made = []
        for name in {*before, *after}:
            one, other = before.get(name, empty), after.get(name, empty)
            made.append(CostLine(label(name), one, other, carried_out(other, one)))
        return sorted(made, key=lambda line: line.label)

    return CostGroup(
        group,
        CostLine("", plan, done, carried_out(done, plan)),
        lines(lambda one: one.contributor, lambda code: names.get(code, _("International institutions"))),
        lines(lambda one: one.kind, lambda kind: str(ContributionKind(kind).label)),
        lines(lambda one: one.on.year, str),
    )


def _missing(given: Iterable[Given], rates: Rates) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in given:
        if one.amount is not None and rates.dollars(one.amount, one.currency, one.on) is None:
            found[one.currency] = found.get(one.currency, 0) + 1
    return dict(sorted(found.items()))
