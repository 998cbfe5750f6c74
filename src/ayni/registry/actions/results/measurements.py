"""Measurements: an institution writes and submits its own, a coordination of a side approves or returns them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.lifecycle import Step
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Institution
from ayni.methods.results.values import beyond
from ayni.registry.actions.results.holding import meet, shown, still_open
from ayni.registry.models import Dimension, Indicator, Measure, Measurement, MeasurementState, Period
from ayni.registry.queries.results.frames import parties
from ayni.registry.queries.results.lifecycle import WRITABLE, may_take, step_of
from ayni.registry.queries.results.words import CATEGORIES


@dataclass(frozen=True)
class MeasurementFacts:
    """What an institution measured, as it was filled in. `shares`: (dimension, category, how many of the value or numerator)."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    not_applicable: bool = False
    note: dict[str, str] | None = None
    evidence: str = ""
    shares: tuple[tuple[str, str, Decimal], ...] = ()


@transaction.atomic
def save_measurement(
    *, by: Any, period: Period, institution: Institution, base: int, facts: MeasurementFacts, submit: bool = False
) -> Measurement:
    """Keep what the institution measured, and `submit` it with that when asked.

    `base` is the revision that the form was opened on, 0 when nothing stood.

    Raises PermissionDenied for another's side, Refused for a locked period, a value that is submitted or approved, or that does not hold
    together; Conflict when somebody else saved meanwhile.
    """
    require(by, KEEP_INITIATIVES, institution)
    period = _writable(period)
    frame = period.indicator.result.frame
    if institution.pk not in set(parties(frame)):
        raise Refused(_("%(institution)s does not take part: it measures nothing here.") % {"institution": institution})
    standing = period.measurements.select_for_update().filter(institution=institution).first()
    meet(base, standing.revision if standing else 0)
    if standing is not None and standing.state not in WRITABLE:
        raise Refused(
            _("The measurement is “%(state)s”: the coordination returns or reopens it before it is changed.")
            % {"state": standing.get_state_display()}
        )
    _check(facts, period.indicator)
    before = _told(standing) if standing else None
    kept = standing or Measurement(period=period, institution=institution, revision=0)
    kept.value, kept.numerator, kept.denominator = facts.value, facts.numerator, facts.denominator
    kept.not_applicable, kept.note, kept.evidence = facts.not_applicable, facts.note or {}, facts.evidence
    kept.revision += 1
    kept.save()
    kept.shares.all().delete()
    for dimension, category, value in facts.shares:
        kept.shares.create(dimension=dimension, category=category, value=value)
    record(by=by, verb="measurement saved", on=kept, before=before, after=_told(kept), public=False)
    return take_step(by=by, measurement=kept, step="submit") if submit else kept


@transaction.atomic
def take_step(*, by: Any, measurement: Measurement, step: str, reason: str = "") -> Measurement:
    """Submit, approve, return or reopen. Raises PermissionDenied, and Refused as the table says; nobody approves one's own."""
    # The period first, as whoever saves does: two who wait for each other would wait for ever.
    Period.objects.select_for_update().get(pk=measurement.period_id)
    rows = Measurement.objects.select_for_update(of=("self",)).select_related(
        "period__indicator__result__frame__initiative", "institution__country"
    )
    measurement = rows.get(pk=measurement.pk)
    asked = step_of(step)
    own = asked.code == "approve" and by is not None and measurement.submitted_by_id == by.pk
    if own and measurement.state in asked.before:
        raise Refused(_("You submitted this measurement: another person approves it."))
    if not may_take(by, measurement, asked):
        raise PermissionDenied(asked.permission)
    _guard(measurement, asked, reason.strip())
    return _carry_out(by, measurement, asked, reason.strip())


def _guard(measurement: Measurement, step: Step, reason: str) -> None:
    still_open(measurement.period.indicator.result.frame)
    if measurement.state not in step.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": step.label, "state": measurement.get_state_display()}
        )
    if step.reason and not reason:
        raise Refused(_("Give the reason: the other side reads it."))
    if step.code == "submit" and measurement.period.locked:
        raise Refused(_("The period is locked: ask the coordination to open it."))


def _carry_out(by: Any, measurement: Measurement, step: Step, reason: str) -> Measurement:
    before = snapshot(measurement)
    measurement.state, measurement.reason = step.after, reason if step.reason else ""
    if step.code == "submit":
        measurement.submitted_at, measurement.submitted_by = timezone.now(), by
        measurement.reviewed_at = measurement.reviewed_by = None
    else:
        measurement.reviewed_at, measurement.reviewed_by = timezone.now(), by
    measurement.revision += 1
    measurement.save()
    approved = MeasurementState.APPROVED in (before["state"], measurement.state)
    public = approved and shown(measurement.period.indicator.result.frame)
    record(by=by, verb=step.verb, on=measurement, before=before, after=snapshot(measurement), public=public)
    return measurement


def _writable(period: Period) -> Period:
    """The period, held; it may be locked at the same moment by its coordination."""
    rows = Period.objects.select_for_update(of=("self",)).select_related("indicator__result__frame__initiative")
    period = rows.get(pk=period.pk)
    still_open(period.indicator.result.frame)
    if period.locked:
        raise Refused(_("The period is locked: ask the coordination to open it."))
    return period


def _check(facts: MeasurementFacts, indicator: Indicator) -> None:
    given = (facts.value, facts.numerator, facts.denominator)
    if facts.not_applicable:
        if given != (None, None, None) or facts.shares:
            raise Refused(_("What does not apply has no number: leave the numbers empty."))
        return
    if indicator.measure == Measure.PERCENTAGE:
        _check_percentage(facts)
    elif facts.value is None or given[1:] != (None, None):
        raise Refused(_("Give the value, or say that it does not apply."))
    elif indicator.best is not None and not 0 <= facts.value <= indicator.best:
        raise Refused(_("A score lies between 0 and %(best)d.") % {"best": indicator.best})
    _check_shares(facts, indicator)


def _check_percentage(facts: MeasurementFacts) -> None:
    if facts.numerator is None or facts.denominator is None or facts.value is not None:
        raise Refused(_("Give the numerator and the denominator, or say that it does not apply."))
    if facts.denominator <= 0:
        raise Refused(_("The denominator is above 0; without anybody to count, it does not apply."))
    if facts.numerator < 0:
        raise Refused(_("The numerator is 0 or more."))


def _check_shares(facts: MeasurementFacts, indicator: Indicator) -> None:
    for dimension, category, value in facts.shares:
        if dimension not in indicator.dimensions.split() or category not in CATEGORIES[dimension]:
            raise Refused(_("The indicator is not split by this dimension."))
        if value < 0:
            raise Refused(_("A share is 0 or more."))
    whole = facts.value if facts.numerator is None else facts.numerator
    shares = [(dimension, value) for dimension, _category, value in facts.shares]
    if whole is not None and (wrong := beyond(whole, shares)):
        names = ", ".join(str(Dimension(one).label) for one in wrong)
        raise Refused(_("The shares by %(dimensions)s add up to more than the whole.") % {"dimensions": names})


def _told(measurement: Measurement) -> dict[str, Any]:
    """Its columns and shares, as the record keeps them."""
    shares = {f"{one.dimension}: {one.category}": str(one.value) for one in measurement.shares.all()}
    return snapshot(measurement) | ({"shares": shares} if shares else {})
