"""Capturing lessons, agreeing with them, the steps of their life."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in, take_base
from ayni.common.errors import Conflict
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.reason import ReasonForm
from ayni.common.views.steps import asked_step, step_page
from ayni.learning.actions import lesson_steps as step_actions
from ayni.learning.actions import lessons as actions
from ayni.learning.forms.lessons import LessonForm
from ayni.learning.models import Lesson
from ayni.learning.queries.lesson_steps import may_take, step_of
from ayni.learning.views.form_page import form_page
from ayni.learning.views.lessons import find_lesson
from ayni.registry.queries.reach import institutions_kept
from ayni.registry.views.initiatives.door import find, kept, part_page


@requires(KEEP_INITIATIVES)
def lesson_capture(request: HttpRequest, code: str) -> HttpResponse:
    """A new lesson of an initiative."""
    found = kept(request, code)
    mine = list(institutions_kept(request.user, KEEP_INITIATIVES))
    form = LessonForm(posted(request), initiative=found, mine=mine)

    def capture() -> object:
        return actions.capture_lesson(
            by=current_user(request), initiative=found, institution=form.keeper(), facts=form.facts()
        )

    return part_page(request, found, form, _("Capture a lesson"), capture, back="initiative_lessons")


@requires(KEEP_INITIATIVES)
def lesson_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a lesson; of two at once the later is shown what the other has saved."""
    lesson = kept_lesson(request, pk)
    initiative = find(request, lesson.initiative.code)
    form = LessonForm(posted(request), initiative=initiative, mine=[], lesson=lesson)
    differing: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_lesson(by=current_user(request), lesson=lesson, base=base, facts=form.facts())
        except Conflict:
            stands, facts = find_lesson(request, pk), form.facts()
            differing.extend(
                {"label": one.label, "value": text_in(getattr(stands, one.stem))}
                for one in form.texts
                if getattr(stands, one.stem) != getattr(facts, one.stem)
            )
            take_base(request, form, stands.revision)
            raise

    back = reverse("lesson", args=[pk])
    return form_page(request, form, lesson, change, eyebrow=initiative, back_url=back, differing=differing)


@requires(KEEP_INITIATIVES)
@require_POST
def lesson_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The other institution learned it too."""
    lesson = _asked(request, pk)
    attempt(request, lambda: actions.agree_joint(by=current_user(request), lesson=lesson), _("Agreed."))
    return redirect("lesson", pk)


@requires(KEEP_INITIATIVES)
def lesson_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The other institution does not share the lesson, and says why."""
    lesson, form = _asked(request, pk), ReasonForm(posted(request))

    def decline() -> object:
        return actions.decline_joint(by=current_user(request), lesson=lesson, reason=form.cleaned_data["reason"])

    back = reverse("lesson", args=[pk])
    return form_page(request, form, _("Decline the common lesson"), decline, eyebrow=lesson, back_url=back)


@signed_in
def lesson_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask before a step, with its reason where it needs one; then take it."""
    lesson = find_lesson(request, pk)
    asked = asked_step(step_of, step, lambda asked: may_take(request.user, lesson, asked))

    def take(reason: str) -> object:
        return step_actions.take_step(by=current_user(request), lesson=lesson, step=step, reason=reason)

    return step_page(request, asked, take, text=str(lesson), back=reverse("lesson", args=[pk]))


def kept_lesson(request: HttpRequest, pk: int) -> Lesson:
    """The lesson, for whom its institution's record is theirs to keep."""
    lesson = find_lesson(request, pk)
    if not may(request.user, KEEP_INITIATIVES, lesson):
        raise PermissionDenied(KEEP_INITIATIVES)
    return lesson


def _asked(request: HttpRequest, pk: int) -> Lesson:
    lesson = find_lesson(request, pk)
    if lesson.joint_with is None or not may(request.user, KEEP_INITIATIVES, lesson.joint_with):
        raise PermissionDenied(KEEP_INITIATIVES)
    return lesson
