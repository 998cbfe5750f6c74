"""The life of a measurement as one table (domain.md section 8; ADR 20)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.lifecycle import Step, Turn
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS, may
from ayni.registry.models import Measurement, MeasurementState

S = MeasurementState
# "own": the institution that measured; "either": a side of the frame, never the person who submitted (`approve`).
STEPS = (
    Step(
        "submit",
        (S.DRAFT, S.RETURNED),
        S.SUBMITTED,
        "measurement submitted",
        gettext_lazy("Submit the measurement"),
        KEEP_INITIATIVES,
        main=True,
    ),
    Step(
        "approve",
        (S.SUBMITTED,),
        S.APPROVED,
        "measurement approved",
        gettext_lazy("Approve the measurement"),
        REVIEW_RESULTS,
        side="either",
        main=True,
    ),
    Step(
        "return",
        (S.SUBMITTED,),
        S.RETURNED,
        "measurement returned",
        gettext_lazy("Return to the institution"),
        REVIEW_RESULTS,
        side="either",
        reason=True,
    ),
    Step(
        "reopen",
        (S.APPROVED,),
        S.RETURNED,
        "measurement reopened",
        gettext_lazy("Reopen the approved value"),
        REVIEW_RESULTS,
        side="either",
        reason=True,
    ),
)
# The institution can still change its value.
WRITABLE = (S.DRAFT, S.RETURNED)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that a measurement's life does not know."""
    return {step.code: step for step in STEPS}[code]


def may_take(user: Any, measurement: Measurement, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state; nobody approves what is one's own."""
    if step.side == "own":
        return may(user, KEEP_INITIATIVES, measurement.institution)
    if step.code == "approve" and measurement.submitted_by_id == user.pk:
        return False
    return may(user, REVIEW_RESULTS, measurement.period.indicator.result.frame)


def open_steps(user: Any, measurement: Measurement) -> Iterator[Step]:
    """The steps that `user` can take now."""
    return (step for step in STEPS if measurement.state in step.before and may_take(user, measurement, step))


def turn_of(measurement: Measurement) -> Turn:
    """Who has to act for the measurement to count, and what has to be done."""
    institution = measurement.institution.with_country
    if measurement.state == S.DRAFT:
        return Turn(institution, _("finish and submit it"))
    if measurement.state == S.SUBMITTED:
        return Turn(_("national coordinations of the parties"), _("approve it, or return it with a reason"))
    if measurement.state == S.RETURNED:
        return Turn(institution, _("correct it and submit it again"))
    return Turn("", _("The value is approved and counts."))
