"""Process indicators of initiatives, from their record: a fixed number of queries for any number of initiatives."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ayni.directory.models import Country, Institution
from ayni.methods.contributions import VALUED, Rates, common_measure, in_measure, total
from ayni.methods.process import (
    INDICATORS,
    Counterpart,
    Facts,
    Measured,
    Planned,
    Pooled,
    Sum,
    double_validated,
    measure,
    pool,
)
from ayni.registry.models import (
    Activity,
    Contribution,
    Declaration,
    Initiative,
    JointDecision,
    Participation,
    Stage,
    Stance,
)
from ayni.registry.queries.contributions import as_given, carried_out
from ayni.registry.queries.costs import records
from ayni.registry.queries.initiatives.lists import in_year, initiatives_for
from ayni.registry.queries.rates import rates_of

AGREEING = (Stance.DECLARED, Stance.CONFIRMED, Stance.RECONCILED)
DAYS = ("requested_on", "answered_on", "approved_on", "began_on", "closed_on")
TWO = ("validated", "unilateral")


def measured(initiative: Initiative, today: date | None = None) -> dict[str, Measured]:
    """Every indicator of one initiative."""
    return _measured(Initiative.objects.filter(pk=initiative.pk), today, in_dollars=False)[initiative.pk]


@dataclass(frozen=True, slots=True)
class PartnerBudget:
    """What a partner carried out of what it planned, in one group: `found` where it is known."""

    institution: Institution
    group: str
    found: Measured


def by_partner(rows: Sequence[Contribution], rates: Rates) -> list[PartnerBudget]:
    """Executed over planned of each contributor, groups apart."""
    made = []
    sides = {row.institution_id: row.institution for row in rows}
    for group in VALUED:
        for pk, institution in sides.items():
            own = [row for row in rows if row.group == group and row.institution_id == pk]
            if own:
                code = f"budget-{group}"
                sums = _sums(own, rates, in_dollars=False).get(code)
                facts = Facts(money={code: sums} if sums else {})
                made.append(PartnerBudget(institution, group, measure(facts, timezone.localdate())[code]))
    return made


@dataclass(frozen=True, slots=True)
class NetworkProcess:
    """Each indicator over the validated records and, apart, over those of one side alone; the same by country (validated alone)."""

    indicators: Sequence[tuple[str, Pooled, Pooled]]
    countries: Sequence[tuple[Country, Mapping[str, Pooled]]]
    double: Pooled
    validated: int
    unilateral: int
    fictional: bool


def network(user: Any, *, country: str = "", year: int | None = None) -> NetworkProcess:
    """The indicators over the initiatives that `user` may read, of a country and a year where they are asked for."""
    told = {record: _measured(_asked(records(user, record), country, year)) for record in TWO}
    pooled = {record: _pooled(found.values()) for record, found in told.items()}
    places = _places(told["validated"], country)
    names = {one.pk: one for one in Country.objects.filter(pk__in=places)}
    by_country = [
        (names[code], _pooled(told["validated"][pk] for pk in initiatives)) for code, initiatives in places.items()
    ]
    every = _asked(initiatives_for(user), country, year).exclude(state="cancelled")
    return NetworkProcess(
        [(code, pooled["validated"][code], pooled["unilateral"][code]) for code in INDICATORS],
        sorted(by_country, key=lambda pair: str(pair[0])),
        double_validated(every.order_by().values_list("validation", flat=True)),
        len(told["validated"]),
        len(told["unilateral"]),
        every.filter(fictional=True).exists(),
    )


def _asked(rows: QuerySet[Initiative], country: str, year: int | None) -> QuerySet[Initiative]:
    if country:
        rows = rows.filter(
            pk__in=Participation.objects.filter(institution__country=country).order_by().values("initiative")
        )
    return rows.filter(in_year(year)) if year is not None else rows


def _pooled(found: Iterable[Mapping[str, Measured]]) -> dict[str, Pooled]:
    rows = list(found)
    return {code: pool(code, [one[code] for one in rows]) for code in INDICATORS}


def _places(found: Iterable[int], country: str) -> dict[str, list[int]]:
    """{country: the initiatives in which it takes part}, of those found."""
    rows = Participation.objects.filter(institution__country__isnull=False).order_by()
    if country:
        rows = rows.filter(institution__country=country)
    wanted, places = set(found), defaultdict(list)
    for initiative, place in rows.values_list("initiative", "institution__country").distinct():
        if initiative in wanted:
            places[str(place)].append(initiative)
    return dict(places)


def _measured(
    rows: QuerySet[Initiative], today: date | None = None, *, in_dollars: bool = True
) -> dict[int, dict[str, Measured]]:
    """{initiative: its indicators}, money in dollars where several are put together. Seven queries."""
    day = today or timezone.localdate()
    which = rows.order_by().values("pk")
    activities, counterparts = _activities(which), _counterparts(which)
    decisions, sides, money = _decisions(which), _sides(which), _money(which, in_dollars=in_dollars)
    found = {}
    for pk, *days in rows.order_by().values_list("pk", *DAYS):
        joint, every = decisions.get(pk, (0, 0))
        agreeing, declared = sides.get(pk, (None, None))
        facts = Facts(
            **dict(zip(DAYS, days, strict=True)),
            activities=activities.get(pk, ()),
            counterparts=counterparts.get(pk, ()),
            decisions=every,
            joint_decisions=joint,
            sides=declared,
            agreeing=agreeing,
            money=money.get(pk),
        )
        found[pk] = measure(facts, day)
    return found


def _activities(which: Any) -> dict[int, list[Planned]]:
    found = defaultdict(list)
    rows = Activity.objects.filter(initiative__in=which, follow_up=False).order_by()
    columns = ("initiative", "ends_on", "state", "hours", "counterpart_hours", "interpretation_hours")
    for pk, *values in rows.values_list(*columns):
        found[pk].append(Planned(*values))
    return found


def _counterparts(which: Any) -> dict[int, list[Counterpart]]:
    """Of the roles in the whole initiative. Nobody named is nobody, whatever the rows of changes say."""
    found = defaultdict(list)
    rows = Participation.objects.filter(initiative__in=which, part__isnull=True).order_by()
    told = rows.annotate(persons=Count("changes")).values_list("initiative", "hours_a_month", "counterpart", "persons")
    for pk, hours, name, persons in told:
        found[pk].append(Counterpart(hours, max(persons, 1) if name else persons))
    return found


def _decisions(which: Any) -> dict[int, tuple[int, int]]:
    rows = JointDecision.objects.filter(initiative__in=which).order_by().values("initiative")
    told = rows.annotate(every=Count("pk"), together=Count("pk", filter=Q(joint=True)))
    return {row["initiative"]: (row["together"], row["every"]) for row in told}


def _sides(which: Any) -> dict[int, tuple[int, int]]:
    rows = Declaration.objects.filter(initiative__in=which).order_by().values("initiative")
    told = rows.annotate(every=Count("pk"), agreeing=Count("pk", filter=Q(stance__in=AGREEING)))
    return {row["initiative"]: (row["agreeing"], row["every"]) for row in told}


def _money(which: Any, *, in_dollars: bool) -> dict[int, dict[str, Sum]]:
    by_initiative: dict[int, list[Contribution]] = defaultdict(list)
    for row in Contribution.objects.filter(initiative__in=which, group__in=VALUED).order_by():
        by_initiative[row.initiative_id].append(row)
    rates = rates_of({row.currency for rows in by_initiative.values() for row in rows})
    return {pk: _sums(rows, rates, in_dollars=in_dollars) for pk, rows in by_initiative.items()}


def _sums(rows: Sequence[Contribution], rates: Rates, *, in_dollars: bool) -> dict[str, Sum]:
    """Executed over planned, and interpretation over all that was executed; each group for itself.

    Where nothing executed is marked as interpretation its part is not known: it may lie within other services.
    """
    found = {}
    for group in VALUED:
        planned, executed, spoken = (
            total(group, [as_given(row) for row in rows if row.group == group and asked(row)], rates)
            for asked in (_is_planned, _is_executed, _is_spoken)
        )
        budget = carried_out(executed, planned, in_dollars=in_dollars)
        if budget is not None:
            found[f"budget-{group}"] = Sum(budget.executed, budget.planned, budget.measure)
        if executed.money is not None and spoken.money is not None and spoken.count:
            unit = common_measure(executed.money, in_dollars=in_dollars)
            above, below = in_measure(spoken.money, unit), in_measure(executed.money, unit)
            if above is not None and below:
                found[f"interpretation-cost-{group}"] = Sum(above, below, unit)
    return found


def _is_planned(row: Contribution) -> bool:
    return row.stage == Stage.PLANNED


def _is_executed(row: Contribution) -> bool:
    return row.stage == Stage.EXECUTED


def _is_spoken(row: Contribution) -> bool:
    return row.stage == Stage.EXECUTED and row.interpretation
