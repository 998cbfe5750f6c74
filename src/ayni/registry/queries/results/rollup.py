"""What a frame's indicators come to, their sources' values included: added in the database, rolled up by `methods.results`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from ayni.methods.results.tree import Node, Rolled, Span, Way, roll_up
from ayni.methods.results.values import ZERO, Tally
from ayni.methods.results.values import Measure as PlainMeasure
from ayni.registry.models import (
    Indicator,
    InitiativeState,
    Measure,
    Measurement,
    MeasurementState,
    Period,
    ResultFrame,
    Validation,
)
from ayni.registry.queries.initiatives.lists import RECORDS, initiatives_for

GRAIN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Roll:
    """`indicators`: of each what its periods come to; `frame_of`: in which frame each stands.

    `apart`: how many frames that the reader may see stand below and are in no total (see `adds`).
    """

    indicators: dict[int, Rolled]
    frame_of: dict[int, int]
    periods_of: dict[int, tuple[Span, ...]]
    apart: int = 0


def rolled(user: Any, frame: ResultFrame) -> Roll:
    """The frame and all below it that counts and that `user` may read, in a few queries, whatever their number."""
    frames, apart = _with_all_below(user, frame)
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
        apart,
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


def adds(above: str, below: str) -> bool:
    """Whether what a record of standing `below` reports joins the total of one of standing `above` (domain.md section 6).

    Validated and unilateral records are never added; of a record that is not public yet, those that are not yet either count too.
    """
    if above in RECORDS["validated"]:
        return below in RECORDS["validated"]
    return (above == Validation.UNILATERAL) == (below == Validation.UNILATERAL)


def _with_all_below(user: Any, frame: ResultFrame) -> tuple[list[int], int]:
    """The frame, those below it, those below these (a query for each floor), and how many are left apart.

    What was cancelled or joined another record counts nowhere.
    """
    counting = initiatives_for(user).exclude(state=InitiativeState.CANCELLED).order_by().values("pk")
    rows = ResultFrame.objects.filter(initiative__in=counting).order_by()
    top = frame.initiative.validation if frame.initiative else ""
    standing: dict[int, str] = {frame.pk: top}
    floor, apart = [frame.pk], 0
    while floor:
        below = rows.filter(parent__in=floor).exclude(pk__in=list(standing))
        floor = []
        for pk, parent, validation in below.values_list("pk", "parent", "initiative__validation"):
            if parent is not None and adds(standing[parent], validation):
                standing[pk] = validation
                floor.append(pk)
            else:
                apart += 1
    return list(standing), apart
