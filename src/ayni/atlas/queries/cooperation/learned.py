"""What an account says of costs and of learning: T2 obstacles, T9 costs, T10 evaluation, T11 what lasts; F2 the circuit."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from ayni.atlas.queries.cooperation.scope import NOT_COUNTED, Scope
from ayni.exchange.queries.circuit import Circuit, circuit_of, of_country, whole
from ayni.exchange.queries.circuit import Scope as CircuitScope
from ayni.learning.models import (
    LASTING,
    CheckMoment,
    Evaluation,
    EvaluationState,
    Obstacle,
    SustainabilityCheck,
    Worked,
)
from ayni.learning.queries.obstacles import obstacles_for
from ayni.methods.sustainability import STANDS, score
from ayni.registry.models import Validation
from ayni.registry.queries.costs import Costs, costs

# An account is for everybody: it shows what a reader without an account sees.
PUBLIC = AnonymousUser()


@dataclass(frozen=True, slots=True)
class LastingRow:
    """T11: the checks of a moment. Means are of the items that are known; each count is beside what it is a part of."""

    moment: CheckMoment
    checks: int
    mean: float | None
    least: float
    most: float
    survived: int
    changes: int
    national: int
    national_known: int
    third_countries: int | None


def spent(scope: Scope) -> Costs:
    """T9: what was given to validated records in the year, by group."""
    country = scope.country.pk if scope.country else ""
    return costs(PUBLIC, record="validated", country=country, year=scope.year, but=NOT_COUNTED)


def lasting(scope: Scope) -> list[LastingRow]:
    """T11: what remains of the scope's initiatives, at closure, 12 and 24 months later."""
    found = list(checks_of(scope))
    told = ((moment, [one for one in found if one.moment == moment]) for moment in CheckMoment)
    return [_lasting(moment, checks) for moment, checks in told if checks]


def checks_of(scope: Scope) -> QuerySet[SustainabilityCheck]:
    """What T11 counts: the checks up to the end of the year, of validated initiatives of every year."""
    rows = SustainabilityCheck.objects.filter(
        initiative__in=scope.all_years().filter(validation=Validation.PUBLISHED).values("pk"),
        checked_on__year__lte=scope.year,
    )
    return rows if scope.country is None else rows.filter(institution__country=scope.country)


def _lasting(moment: CheckMoment, checks: Sequence[SustainabilityCheck]) -> LastingRow:
    scores = [score(_items(one)) for one in checks]
    means = [one.mean for one in scores if one.mean is not None]
    changed = [one for one in checks if one.government_changed and one.government is not None]
    return LastingRow(
        moment=moment,
        checks=len(checks),
        mean=fmean(means) if means else None,
        least=fmean(one.least for one in scores),
        most=fmean(one.most for one in scores),
        survived=sum((one.government or 0) >= STANDS for one in changed),
        changes=len(changed),
        national=sum(one.national is True for one in checks),
        national_known=sum(one.national is not None for one in checks),
        third_countries=sum(told)
        if (told := [n for n in (one.third_countries for one in checks) if n is not None])
        else None,
    )


def _items(check: SustainabilityCheck) -> dict[str, int | None]:
    """The items that apply: surviving a change of government only where there was one."""
    return {name: getattr(check, name) for name in LASTING if name != "government" or check.government_changed}


def evaluated(scope: Scope) -> list[dict[str, Any]]:
    """T10: evaluations of the scope's initiatives by instrument, and how many of them are published."""
    validated = scope.initiatives().filter(validation=Validation.PUBLISHED)
    rows = Evaluation.objects.filter(initiative__in=validated.values("pk"))
    found = rows.values("instrument__code", "instrument__label").annotate(
        all=Count("pk"),
        published=Count("pk", filter=Q(state=EvaluationState.PUBLISHED)),
        initiatives=Count("initiative", distinct=True),
    )
    return [dict(row) for row in found.order_by("instrument__position")]


def obstacles(scope: Scope) -> list[dict[str, Any]]:
    """T2: obstacles that were registered until the end of the year and had not ended before it, by type."""
    found = (
        obstacles_of(scope)
        .values("kind__code", "kind__label")
        .annotate(
            all=Count("pk"),
            countries=Count("country", distinct=True),
            met=Count("pk", filter=Q(taken_on__isnull=False)),
            worked=Count("pk", filter=Q(worked__in=[Worked.YES, Worked.PARTLY])),
        )
    )
    return [dict(row) for row in found.order_by("-all", "kind__position")]


def obstacles_of(scope: Scope) -> QuerySet[Obstacle]:
    """What T2 counts."""
    rows = obstacles_for(PUBLIC).filter(seen_on__year__lte=scope.year).exclude(ended_on__year__lt=scope.year)
    return rows if scope.country is None else rows.filter(country=scope.country)


def loop(scope: Scope) -> Circuit:
    """F2: the circuit of all public lessons, or of a country's."""
    return circuit_of(PUBLIC, circuit_scope(scope))


def circuit_scope(scope: Scope) -> CircuitScope:
    """What F2 follows: initiatives and lessons of every year."""
    return whole(PUBLIC) if scope.country is None else of_country(PUBLIC, scope.country)
