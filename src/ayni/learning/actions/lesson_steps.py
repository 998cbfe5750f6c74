"""The steps of a lesson's life, with what each asks for before."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.lifecycle import Step
from ayni.learning.actions.lessons import is_public, locked
from ayni.learning.models import Lesson
from ayni.learning.queries.lesson_steps import gaps, learned, may_take, step_of
from ayni.methods.learning_types import type_of


@transaction.atomic
def take_step(*, by: Any, lesson: Lesson, step: str, reason: str = "") -> Lesson:
    """Take a step of a lesson's life. Verifying is `verify_use`, one use after the other.

    Raises PermissionDenied and Refused as the table and the guards say; the refusal names all that is missing.
    """
    lesson, asked = locked(lesson), step_of(step)
    if not may_take(by, lesson, asked):
        raise PermissionDenied(asked.permission)
    refuse_unless_possible(lesson, asked, reason)
    if asked.code == "verify":
        raise Refused(_("Each use is verified for itself: choose one."))
    return carry_out(by=by, lesson=lesson, step=asked, reason=reason.strip())


def refuse_unless_possible(lesson: Lesson, step: Step, reason: str) -> None:
    """Raises Refused with what stands in the way."""
    if lesson.state not in step.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": step.label, "state": lesson.get_state_display()}
        )
    if step.reason and not reason.strip():
        raise Refused(_("Give the reason: the other side reads it."))
    missing = list(gaps(lesson, step.code))
    if missing:
        raise Refused(_("Something is missing: %(what)s") % {"what": " ".join(missing)})


@transaction.atomic
def carry_out(*, by: Any, lesson: Lesson, step: Step, reason: str = "") -> Lesson:
    """Change the state of a lesson that is held, and what goes with it, and write it down."""
    before, shown = snapshot(lesson), is_public(lesson)
    lesson.state, lesson.reason = step.after, reason
    if step.code == "review":
        lesson.reviewed_at, lesson.reviewed_by = timezone.now(), by
    elif step.code == "return":
        lesson.reviewed_at = lesson.reviewed_by = None
    elif step.code == "type":
        lesson.kind = type_of(learned(lesson))
    elif step.code == "reopen":
        lesson.kind = ""
    elif step.code == "disseminate":
        lesson.disseminated_at, lesson.disseminated_by = timezone.now(), by
    lesson.revision += 1
    lesson.save()
    shown = shown or is_public(lesson)
    record(by=by, verb=step.verb, on=lesson, before=before, after=snapshot(lesson), public=shown)
    return lesson
