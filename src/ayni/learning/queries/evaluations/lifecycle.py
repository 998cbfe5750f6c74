"""The life of an evaluation as one table (domain.md section 6; ADR 20)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import APPROVE_INITIATIVES, EVALUATE, may
from ayni.learning.models import Evaluation, EvaluationState
from ayni.learning.queries.evaluations.authors import writes_report
from ayni.registry.models import Initiative, InitiativeState

S = EvaluationState
STEPS = (
    # With who evaluates: `commission_evaluation`.
    Step(
        "commission",
        (S.DESIGNED,),
        S.COMMISSIONED,
        "evaluation commissioned",
        _("Commission"),
        APPROVE_INITIATIVES,
        main=True,
    ),
    Step("begin", (S.COMMISSIONED,), S.DRAFT, "evaluation begun", _("Begin the report"), EVALUATE, main=True),
    Step(
        "send",
        (S.DRAFT,),
        S.RESPONSE,
        "evaluation sent for response",
        _("Send to the parties for response"),
        EVALUATE,
        main=True,
    ),
    Step(
        "return",
        (S.RESPONSE,),
        S.DRAFT,
        "evaluation returned",
        _("Return to who evaluates"),
        APPROVE_INITIATIVES,
        reason=True,
    ),
    Step(
        "redesign",
        (S.COMMISSIONED, S.DRAFT),
        S.DESIGNED,
        "evaluation taken back to its design",
        _("Take back to its design"),
        APPROVE_INITIATIVES,
        reason=True,
    ),
    Step("publish", (S.RESPONSE,), S.PUBLISHED, "evaluation published", _("Publish"), APPROVE_INITIATIVES, main=True),
)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that an evaluation's life does not know."""
    return {step.code: step for step in STEPS}[code]


def may_take(user: Any, evaluation: Evaluation, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state; who writes the report begins and sends it."""
    if step.permission == EVALUATE:
        return writes_report(user, evaluation)
    return step.permission is not None and may(user, step.permission, evaluation)


def open_steps(user: Any, evaluation: Evaluation) -> Iterator[Step]:
    """The steps that `user` can take now; none once the initiative is not evaluated any more."""
    if is_over(evaluation.initiative):
        return iter(())
    return (step for step in STEPS if evaluation.state in step.before and may_take(user, evaluation, step))


def is_over(initiative: Initiative) -> bool:
    """Whether nothing of it is evaluated any more: it was cancelled, or another record counts instead of it."""
    return initiative.state == InitiativeState.CANCELLED or initiative.merged_into_id is not None
