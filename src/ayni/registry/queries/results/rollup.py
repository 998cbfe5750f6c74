"""What a frame's indicators come to, their sources' values included: added in the database, rolled up by `methods.results`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from ayni.methods.results.tree import Node, Rolled, Span, Way, roll_up
from ayni.methods.results.values import ZERO, Tally
from ayni.methods.results.values import Measure as PlainMeasure
from ayni.registry.models import Indicator, Measure, Measurement, MeasurementState, Period, ResultFrame

GRAIN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Roll:
    """`indicators`: of each what its periods come to; `frame_of`: in which frame each stands."""

    indicators: dict[int, Rolled]
    frame_of: dict[int, int]
    periods_of: dict[int, tuple[Span, ...]]


def rolled(frame: ResultFrame) -> Roll:
    """The frame and all below it, in a few queries, whatever their number."""
    frames = _with_all_below(frame)
    rows = list(
        Indicator.objects.filter(result__frame__in=frames)
        .order_by("pk")
        .values_list("pk", "measure", "ascending", "cumulative", "best", "rolls_into", "result__frame")
    )
    spans = _spans(frames)
    nodes = [
        Node(pk, Way(PlainMeasure(measure), ascending, cumulative, best), into, spans.get(pk, ()))
        for pk, measure, ascending, cumulative, best, into, _frame in rows
    ]
    measures = {span.key: node.way.measure for node in nodes for span in node.spans}
    # The periods as a list of their own: the rows come in their order from one index, and nothing is sorted.
    periods = Period.objects.filter(indicator__result__frame__in=frames).order_by().values("pk")
    found = Measurement.objects.filter(period__in=periods)
    return Roll(
        roll_up(nodes, tallies(found, measures)),
        {pk: where for pk, *_way, where in rows},
        spans,
    )


def tallies(rows: QuerySet[Measurement], measures: dict[int, PlainMeasure]) -> dict[int, Tally]:
    """What the approved ones come to, by period; `measures` tells how each period is measured."""
    added = (
        rows.filter(state=MeasurementState.APPROVED)
        .order_by()
        .values_list("period")
        .annotate(
            values=Sum("value"),
            numerators=Sum("numerator"),
            denominators=Sum("denominator"),
            numbers=Count("pk", filter=Q(not_applicable=False)),
            none=Count("pk", filter=Q(not_applicable=True)),
        )
    )
    return {
        period: Tally(
            measures[period],
            _exact(numerator if measures[period] == Measure.PERCENTAGE else value),
            _exact(denominator),
            count,
            none,
        )
        for period, value, numerator, denominator, count, none in added
    }


def _exact(found: Decimal | None) -> Decimal:
    """SQLite adds binary fractions: the sum of numbers of four places has four places."""
    return ZERO if found is None else found.quantize(GRAIN)


def _spans(frames: Collection[int]) -> dict[int, tuple[Span, ...]]:
    found: dict[int, list[Span]] = {}
    rows: Iterable[tuple[int, int, object, object]] = (
        Period.objects.filter(indicator__result__frame__in=frames)
        .order_by("indicator", "starts_on")
        .values_list("pk", "indicator", "starts_on", "ends_on")
    )
    for pk, indicator, starts, ends in rows:
        found.setdefault(indicator, []).append(Span(pk, starts, ends))  # type: ignore[arg-type]  # days
    return {indicator: tuple(spans) for indicator, spans in found.items()}


def _with_all_below(frame: ResultFrame) -> list[int]:
    """The frame, those below it, those below these: a query for each floor."""
    found, floor = [frame.pk], [frame.pk]
    while floor:
        floor = list(ResultFrame.objects.filter(parent__in=floor).exclude(pk__in=found).values_list("pk", flat=True))
        found += floor
    return found
