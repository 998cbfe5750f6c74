"""What the institutions measured of an indicator, period by period, and who must act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from ayni.common.lifecycle import Turn
from ayni.directory.models import Institution
from ayni.registry.models import Dimension, Disaggregation, Indicator, Measurement, MeasurementState, Period
from ayni.registry.queries.results.frames import measurements_of, parties
from ayni.registry.queries.results.lifecycle import WRITABLE, turn_of
from ayni.registry.queries.results.shown import IndicatorLine, PeriodLine
from ayni.registry.queries.results.words import CATEGORIES, days, number, of_measurement


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A measurement in words."""

    measurement: Measurement
    value: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """A period with its measurements; `missing` have still to measure it; `mine`: (code, name) of those that the reader measures for."""

    line: PeriodLine
    rows: Sequence[MeasuredLine]
    missing: Sequence[str]
    mine: Sequence[tuple[str, str]]
    due: bool


@dataclass(frozen=True, slots=True)
class Split:
    """Approved values by the categories of one dimension; `rows`: the category, then what each period comes to."""

    dimension: str
    periods: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


def by_period(line: IndicatorLine, *, works: bool, mine: Sequence[Institution], today: date) -> list[PeriodPart]:
    """Each period with its measurements; who does not work in the frame sees the approved ones alone."""
    indicator = line.indicator
    found: dict[int, list[Measurement]] = {}
    for one in measurements_of(indicator):
        if works or one.state == MeasurementState.APPROVED:
            found.setdefault(one.period_id, []).append(one)
    there = _parties(indicator) if works else []
    return [_part(one, indicator, found.get(one.period.pk, []), there, mine, today) for one in line.periods]


def splits(indicator: Indicator) -> list[Split]:
    """How the approved values divide, by each dimension of the indicator; dimensions that nobody told are left out."""
    if not indicator.dimensions:
        return []
    rows = (
        Disaggregation.objects.filter(
            measurement__period__indicator=indicator, measurement__state=MeasurementState.APPROVED
        )
        .order_by()
        .values_list("dimension", "category", "measurement__period")
        .annotate(Sum("value"))
    )
    found = {(dimension, category, period): total for dimension, category, period, total in rows}
    periods = sorted(indicator.periods.all(), key=lambda one: one.starts_on)
    names = [days(one.starts_on, one.ends_on) for one in periods]
    return [
        Split(str(Dimension(dimension).label), names, _categories(dimension, periods, found))
        for dimension in indicator.dimensions.split()
        if any(key[0] == dimension for key in found)
    ]


def _categories(
    dimension: str, periods: Sequence[Period], found: dict[tuple[str, str, int], Any]
) -> list[tuple[str, list[str]]]:
    return [
        (str(label), [number(found.get((dimension, category, one.pk))) for one in periods])
        for category, label in CATEGORIES[dimension].items()
    ]


def _part(
    line: PeriodLine,
    indicator: Indicator,
    rows: Sequence[Measurement],
    there: Sequence[Institution],
    mine: Sequence[Institution],
    today: date,
) -> PeriodPart:
    told = {one.institution_id: one for one in rows}
    open_ = not line.period.locked
    return PeriodPart(
        line,
        [MeasuredLine(one, of_measurement(one, indicator), turn_of(one)) for one in rows],
        [one.with_country for one in there if open_ and one.pk not in told],
        [
            (one.code, one.with_country)
            for one in mine
            if open_ and (one.pk not in told or told[one.pk].state in WRITABLE)
        ],
        line.period.locked and line.period.ends_on <= today,
    )


def _parties(indicator: Indicator) -> list[Institution]:
    frame = indicator.result.frame
    # Any institution of the two countries of a pair may measure; the one that keeps the frame is waited for.
    waited = [frame.institution_id] if frame.institution_id is not None else parties(frame)
    return list(
        Institution.objects.filter(pk__in=waited).select_related("country").prefetch_related("names").order_by("code")
    )
