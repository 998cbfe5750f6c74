"""The life of an activity as one table (ADR 20), and when a plan can be written at all."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.registry.models import Activity, ActivityState, Initiative, InitiativeState
from ayni.registry.queries.initiatives.lifecycle import WRITABLE

S = ActivityState
STEPS = (
    # One side after the other, each for itself (queries/plan/consents.py): the state changes with the last one.
    Step("agree", (S.PLANNED,), S.AGREED, "activity agreed", _("Agree on the dates"), KEEP_INITIATIVES, "either"),
    # Done already: the report is corrected.
    Step(
        "report",
        (S.PLANNED, S.AGREED, S.DONE),
        S.DONE,
        "activity done",
        _("Report that it is done"),
        KEEP_INITIATIVES,
        main=True,
    ),
    Step(
        "cancel",
        (S.PLANNED, S.AGREED),
        S.CANCELLED,
        "activity cancelled",
        _("Cancel the activity"),
        KEEP_INITIATIVES,
        reason=True,
    ),
    Step("resume", (S.CANCELLED, S.DONE), S.PLANNED, "activity taken up again", _("Take up again"), KEEP_INITIATIVES),
)
# It can still be moved, and experts be booked for it.
OPEN = (S.PLANNED, S.AGREED)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that an activity's life does not know."""
    return {step.code: step for step in STEPS}[code]


def plan_is_open(initiative: Initiative, *, follow_up: bool) -> bool:
    """Whether activities can be written: until the initiative is closed; follow-up also in ex-post."""
    if initiative.merged_into_id is not None:
        return False
    return initiative.state in WRITABLE or (follow_up and initiative.state == InitiativeState.EX_POST)


def may_plan(user: Any, initiative: Initiative) -> bool:
    """Whether `user` can add an activity now: follow-up alone in ex-post."""
    return plan_is_open(initiative, follow_up=True) and may(user, KEEP_INITIATIVES, initiative)


def open_steps(user: Any, activity: Activity) -> list[Step]:
    """The steps of the whole activity that `user` can take now; agreeing on dates is each side's own."""
    if not plan_is_open(activity.initiative, follow_up=activity.follow_up):
        return []
    if not may(user, KEEP_INITIATIVES, activity.initiative):
        return []
    return [step for step in STEPS if activity.state in step.before and step.code != "agree"]
