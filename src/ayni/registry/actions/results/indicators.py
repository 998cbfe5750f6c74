"""How results are measured: indicators, with what they roll up into."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Refused
from ayni.methods.results.tree import Way, closes_ring, misfit
from ayni.methods.results.values import Measure as PlainMeasure
from ayni.registry.actions.results.holding import held, meet, write_down
from ayni.registry.models import Indicator, Measure, Measurement, Result, ResultFrame
from ayni.registry.queries.results.words import MISFITS


@dataclass(frozen=True)
class IndicatorFacts:
    """How a result is measured, as it was filled in. Without a baseline it is unknown."""

    title: dict[str, str]
    measure: str
    unit: dict[str, str]
    best: int | None
    ascending: bool
    cumulative: bool
    rolls_into: Indicator | None
    baseline_on: date | None
    baseline: Decimal | None
    baseline_numerator: Decimal | None
    baseline_denominator: Decimal | None
    dimensions: tuple[str, ...]
    verification: dict[str, str]
    national_target: dict[str, str]


@transaction.atomic
def add_indicator(*, by: Any, result: Result, facts: IndicatorFacts) -> Indicator:
    """Another indicator of a result. Raises Refused where it does not hold together, or does not fit its parent."""
    frame = held(by=by, frame=result.frame)
    _check(facts, frame, None)
    last = result.indicators.order_by("-number").values_list("number", flat=True).first() or 0
    indicator = result.indicators.create(number=last + 1, **_columns(facts))
    write_down(by=by, frame=frame, verb="indicator added", before=None, after=snapshot(indicator))
    return indicator


@transaction.atomic
def edit_indicator(*, by: Any, indicator: Indicator, base: int, facts: IndicatorFacts) -> Indicator:
    """Change an indicator. Raises Conflict when somebody else has changed it or its periods since revision `base`.

    Raises Refused for another way of measuring once there are periods, or once others roll up into it.
    """
    frame = held(by=by, frame=indicator.result.frame)
    indicator = Indicator.objects.get(pk=indicator.pk)
    meet(base, indicator.revision)
    _check(facts, frame, indicator)
    before = snapshot(indicator)
    for name, value in _columns(facts).items():
        setattr(indicator, name, value)
    indicator.revision += 1
    indicator.save()
    write_down(by=by, frame=frame, verb="indicator changed", before=before, after=snapshot(indicator))
    return indicator


@transaction.atomic
def remove_indicator(*, by: Any, indicator: Indicator) -> None:
    """Take an indicator out, with its periods. Raises Refused once something was measured, or while others roll up into it."""
    frame = held(by=by, frame=indicator.result.frame)
    if Measurement.objects.filter(period__indicator=indicator).exists():
        raise Refused(_("Something was measured already: the indicator stays."))
    if indicator.sources.exists():
        raise Refused(_("Indicators of other frames roll up into this one: unlink them first."))
    before = snapshot(indicator)
    indicator.delete()
    write_down(by=by, frame=frame, verb="indicator removed", before=before, after=None)


def way_of(row: Indicator | IndicatorFacts) -> Way:
    """How an indicator is measured, as the methods take it."""
    return Way(PlainMeasure(row.measure), row.ascending, row.cumulative, row.best)


def _columns(facts: IndicatorFacts) -> dict[str, Any]:
    return vars(facts) | {"dimensions": " ".join(facts.dimensions)}


def _check(facts: IndicatorFacts, frame: ResultFrame, indicator: Indicator | None) -> None:
    if not facts.title:
        raise Refused(_("Say what is measured."))
    _check_measure(facts)
    if indicator is not None:
        _check_change(facts, indicator)
    if facts.rolls_into is not None:
        _check_parent(facts, frame, indicator, facts.rolls_into)
    if facts.national_target and frame.initiative is not None:
        raise Refused(_("National targets belong to the frame of a pair of countries."))


def _check_measure(facts: IndicatorFacts) -> None:
    two = (facts.baseline_numerator, facts.baseline_denominator)
    if facts.measure == Measure.PERCENTAGE:
        if facts.baseline is not None or (two[0] is None) != (two[1] is None):
            raise Refused(_("The baseline of a percentage has a numerator and a denominator."))
        if two[1] is not None and two[1] <= 0:
            raise Refused(_("The denominator of the baseline is above 0."))
    elif two != (None, None):
        raise Refused(_("Only percentages have a numerator and a denominator."))
    if facts.measure != Measure.SCORE:
        if facts.best is not None:
            raise Refused(_("Only a score has a best value."))
    elif not facts.best:
        raise Refused(_("Say which is the best score."))
    elif facts.baseline is not None and not 0 <= facts.baseline <= facts.best:
        raise Refused(_("A score lies between 0 and %(best)d.") % {"best": facts.best})
    elif facts.dimensions:
        raise Refused(_("Scores do not add up: they are not split by dimensions."))


def _check_change(facts: IndicatorFacts, indicator: Indicator) -> None:
    if way_of(facts) == way_of(indicator):
        return
    if indicator.periods.exists():
        raise Refused(_("The indicator has periods: how it is measured no longer changes. Add another indicator."))
    if indicator.sources.exists():
        raise Refused(_("Indicators of other frames roll up into this one: unlink them first."))


def _check_parent(facts: IndicatorFacts, frame: ResultFrame, indicator: Indicator | None, into: Indicator) -> None:
    if frame.parent_id is None or into.result.frame_id != frame.parent_id:
        raise Refused(_("An indicator rolls up into one of the parent frame: choose that frame first."))
    if reason := misfit(way_of(facts), way_of(into)):
        raise Refused(
            _("It cannot roll up into “%(indicator)s”: %(reason)s.") % {"indicator": into, "reason": MISFITS[reason]}
        )
    linked = dict(Indicator.objects.filter(rolls_into__isnull=False).values_list("pk", "rolls_into"))
    if indicator is not None and closes_ring(linked.get, indicator.pk, into.pk):
        raise Refused(_("The indicator would roll up into itself."))
