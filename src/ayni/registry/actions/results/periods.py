"""The periods of an indicator: their days, their targets, whether they take measurements."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS
from ayni.registry.actions.results.holding import held, meet, write_down
from ayni.registry.models import Indicator, Measure, Period, ResultFrame
from ayni.registry.queries.results.frames import due_periods
from ayni.registry.queries.results.words import days


@dataclass(frozen=True)
class PeriodFacts:
    """From which day to which, and what is to be reached, as it was filled in."""

    starts_on: date
    ends_on: date
    target: Decimal | None
    target_numerator: Decimal | None
    target_denominator: Decimal | None
    target_note: dict[str, str]


@transaction.atomic
def add_period(*, by: Any, indicator: Indicator, facts: PeriodFacts) -> Period:
    """Another period, locked. Raises Refused when it meets one that is there, or its target is of another measure."""
    frame, indicator = _held(by, indicator)
    _check(facts, indicator, None)
    period = indicator.periods.create(**vars(facts))
    _count(indicator)
    write_down(by=by, frame=frame, verb="period added", before=None, after=snapshot(period))
    return period


@transaction.atomic
def edit_period(*, by: Any, period: Period, base: int, facts: PeriodFacts) -> Period:
    """Other days, another target. Raises Conflict when somebody else has changed the indicator since revision `base`.

    Raises Refused for other days once something was measured for them.
    """
    frame, indicator = _held(by, period.indicator)
    meet(base, indicator.revision)
    period = Period.objects.get(pk=period.pk)
    _check(facts, indicator, period)
    moved = (facts.starts_on, facts.ends_on) != (period.starts_on, period.ends_on)
    if moved and period.measurements.exists():
        raise Refused(_("Something was measured for these days already: they stay."))
    before = snapshot(period)
    for name, value in vars(facts).items():
        setattr(period, name, value)
    period.save()
    _count(indicator)
    write_down(by=by, frame=frame, verb="period changed", before=before, after=snapshot(period))
    return period


@transaction.atomic
def remove_period(*, by: Any, period: Period) -> None:
    """Take a period out. Raises Refused once something was measured."""
    frame, indicator = _held(by, period.indicator)
    if period.measurements.exists():
        raise Refused(_("Something was measured already: the period stays."))
    before = snapshot(period)
    period.delete()
    _count(indicator)
    write_down(by=by, frame=frame, verb="period removed", before=before, after=None)


@transaction.atomic
def lock_period(*, by: Any, period: Period, locked: bool) -> Period:
    """Open a period for measurements, or lock it again: the coordination of a side. What was submitted stays to be approved."""
    frame, _indicator = _held(by, period.indicator, REVIEW_RESULTS)
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.locked == locked:
        return period
    before = snapshot(period)
    period.locked = locked
    period.save(update_fields=["locked"])
    if locked:
        write_down(by=by, frame=frame, verb="period locked", before=before, after=snapshot(period))
    else:
        write_down(by=by, frame=frame, verb="period opened", before=before, after=snapshot(period))
    return period


@transaction.atomic
def open_due_periods(*, by: Any, frame: ResultFrame, today: date) -> int:
    """Open every locked period of a frame that has ended by `today` without a measurement. Returns how many were opened."""
    frame = held(by=by, frame=frame, permission=REVIEW_RESULTS)
    found = list(due_periods(frame, today))
    for period in found:
        lock_period(by=by, period=period, locked=False)
    return len(found)


def _held(by: Any, indicator: Indicator, permission: str = KEEP_INITIATIVES) -> tuple[ResultFrame, Indicator]:
    frame = held(by=by, frame=indicator.result.frame, permission=permission)
    return frame, Indicator.objects.select_for_update().get(pk=indicator.pk)


def _count(indicator: Indicator) -> None:
    indicator.revision += 1
    indicator.save(update_fields=["revision"])


def _check(facts: PeriodFacts, indicator: Indicator, period: Period | None) -> None:
    if facts.starts_on > facts.ends_on:
        raise Refused(_("The last day comes before the first."))
    others = indicator.periods.exclude(pk=period.pk) if period else indicator.periods.all()
    met = others.filter(starts_on__lte=facts.ends_on, ends_on__gte=facts.starts_on).first()
    if met is not None:
        raise Refused(
            _("These days meet the period %(days)s: periods do not overlap.")
            % {"days": days(met.starts_on, met.ends_on)}
        )
    _check_target(facts, indicator)


def _check_target(facts: PeriodFacts, indicator: Indicator) -> None:
    two = (facts.target_numerator, facts.target_denominator)
    if indicator.measure != Measure.PERCENTAGE:
        if two != (None, None):
            raise Refused(_("Only percentages have a numerator and a denominator."))
        best = indicator.best
        if best is not None and facts.target is not None and not 0 <= facts.target <= best:
            raise Refused(_("A score lies between 0 and %(best)d.") % {"best": best})
    elif facts.target is not None or (two[0] is None) != (two[1] is None):
        raise Refused(_("The target of a percentage has a numerator and a denominator."))
    elif two[1] is not None and two[1] <= 0:
        raise Refused(_("The denominator of the target is above 0."))
