"""The results of public initiatives as the IATI standard tells them: approved measurements alone."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db.models import Prefetch

from ayni.common.i18n import LANGUAGES
from ayni.iati.results import Indicator, Measurement, Period, Result
from ayni.iati.shape import Texts
from ayni.registry import models

LEVELS = {"output": "1", "outcome": "2", "impact": "3"}
MEASURES = {"unit": "1", "percentage": "2", "score": "4"}


def results_of(initiatives: Sequence[models.Initiative]) -> Mapping[int, tuple[Result, ...]]:
    """{number of the initiative: its results that have an indicator}. Four queries."""
    approved = models.Measurement.objects.filter(state="approved", not_applicable=False)
    rows = models.Result.objects.filter(frame__initiative__in=initiatives).select_related("frame")
    parts = rows.prefetch_related(Prefetch("indicators__periods__measurements", approved)).order_by("frame", "number")
    found: dict[int, tuple[Result, ...]] = {}
    for row in parts:
        indicators = tuple(_indicator(one) for one in row.indicators.all())
        if indicators and row.frame.initiative_id:
            said = Result(
                type=LEVELS[row.level],
                titles=_texts(row.title),
                descriptions=_texts(row.description),
                indicators=indicators,
            )
            found[row.frame.initiative_id] = (*found.get(row.frame.initiative_id, ()), said)
    return found


def _indicator(one: models.Indicator) -> Indicator:
    return Indicator(
        measure=MEASURES[one.measure],
        ascending=one.ascending,
        titles=_texts(one.title),
        periods=tuple(_period(period) for period in one.periods.all()),
    )


def _period(one: models.Period) -> Period:
    target = _value(one.target, one.target_numerator, one.target_denominator)
    return Period(
        start=one.starts_on,
        end=one.ends_on,
        targets=(Measurement(value=target),) if target else (),
        actuals=tuple(_actuals(one)),
    )


def _actuals(one: models.Period) -> Iterator[Measurement]:
    for row in one.measurements.all():
        value = _value(row.value, row.numerator, row.denominator)
        if value:
            yield Measurement(value=value)


def _value(value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> str:
    if value is None and numerator is not None and denominator:
        value = round(100 * numerator / denominator, 4)
    return format(value.normalize(), "f") if value is not None else ""


def _texts(value: Mapping[str, str]) -> Texts:
    return tuple((code, value[code]) for code in LANGUAGES if value.get(code))
