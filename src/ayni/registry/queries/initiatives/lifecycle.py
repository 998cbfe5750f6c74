"""The life of an initiative as one table (domain.md section 6; ADR 20)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import APPROVE_INITIATIVES, KEEP_INITIATIVES, may
from ayni.registry.models import Initiative, InitiativeState

S = InitiativeState
STEPS = (
    Step(
        "formulate",
        (S.IDENTIFICATION,),
        S.FORMULATION,
        "initiative formulated",
        _("Begin the formulation"),
        KEEP_INITIATIVES,
        main=True,
    ),
    # One country after the other: the state changes with the last approval.
    Step(
        "approve",
        (S.FORMULATION,),
        S.APPROVED,
        "initiative approved",
        _("Approve for the country"),
        APPROVE_INITIATIVES,
        main=True,
    ),
    Step(
        "revise",
        (S.FORMULATION, S.APPROVED),
        S.IDENTIFICATION,
        "initiative sent back",
        _("Send back to its authors"),
        APPROVE_INITIATIVES,
        reason=True,
    ),
    Step(
        "begin", (S.APPROVED,), S.EXECUTION, "initiative begun", _("Begin the execution"), KEEP_INITIATIVES, main=True
    ),
    Step(
        "suspend",
        (S.EXECUTION,),
        S.SUSPENDED,
        "initiative suspended",
        _("Suspend"),
        APPROVE_INITIATIVES,
        reason=True,
    ),
    Step("resume", (S.SUSPENDED,), S.EXECUTION, "initiative resumed", _("Resume"), APPROVE_INITIATIVES, main=True),
    Step("close", (S.EXECUTION,), S.CLOSURE, "initiative closing", _("Close"), KEEP_INITIATIVES, main=True),
    Step(
        "reopen",
        (S.CLOSURE,),
        S.EXECUTION,
        "initiative reopened",
        _("Take up the execution again"),
        APPROVE_INITIATIVES,
        reason=True,
    ),
    Step("follow", (S.CLOSURE,), S.EX_POST, "initiative closed", _("Pass to ex-post"), APPROVE_INITIATIVES, main=True),
    Step("archive", (S.EX_POST,), S.ARCHIVED, "initiative archived", _("Archive"), APPROVE_INITIATIVES, main=True),
    Step(
        "cancel",
        (S.IDENTIFICATION, S.FORMULATION, S.APPROVED, S.EXECUTION, S.SUSPENDED),
        S.CANCELLED,
        "initiative cancelled",
        _("Cancel"),
        APPROVE_INITIATIVES,
        reason=True,
    ),
)
# Its frame can be edited: title, dates, participations, components.
WRITABLE = (S.IDENTIFICATION, S.FORMULATION, S.APPROVED, S.EXECUTION, S.SUSPENDED, S.CLOSURE)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that an initiative's life does not know."""
    return {step.code: step for step in STEPS}[code]


def next_step(initiative: Initiative) -> str:
    """The step by which it goes on from where it stands, whoever takes it; "" at its end."""
    return next((step.code for step in STEPS if step.main and initiative.state in step.before), "")


def may_take(user: Any, initiative: Initiative, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state."""
    return step.permission is not None and may(user, step.permission, initiative)


def open_steps(user: Any, initiative: Initiative) -> Iterator[Step]:
    """The steps that `user` can take now."""
    return (step for step in STEPS if initiative.state in step.before and may_take(user, initiative, step))
