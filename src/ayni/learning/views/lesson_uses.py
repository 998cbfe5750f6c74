"""What changed by a lesson: recording a use, taking it out, verifying it."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires
from ayni.common.permissions import KEEP_INITIATIVES, VERIFY_LESSONS
from ayni.directory.models import Component, ProgrammeVersion
from ayni.learning.actions import lesson_uses as actions
from ayni.learning.forms.lessons import UseForm
from ayni.learning.models import Lesson, LessonUse
from ayni.learning.views.form_page import form_page
from ayni.learning.views.lesson_writing import kept_lesson
from ayni.learning.views.lessons import find_lesson


@requires(KEEP_INITIATIVES)
def lesson_use_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Which version changed, with its evidence."""
    lesson = kept_lesson(request, pk)
    home = _home(lesson)
    versions = ProgrammeVersion.objects.filter(home).select_related("programme").order_by("programme__code", "-number")
    components = Component.objects.filter(home, retired=False).select_related("programme")
    form = UseForm(posted(request), versions=list(versions), components=list(components))

    def record() -> object:
        return actions.record_use(by=current_user(request), lesson=lesson, use=form.use())

    back = reverse("lesson", args=[pk])
    return form_page(request, form, _("Record what changed by the lesson"), record, eyebrow=lesson, back_url=back)


@requires(KEEP_INITIATIVES)
@require_POST
def lesson_use_remove(request: HttpRequest, pk: int, use: int) -> HttpResponse:
    """Take a use out."""
    found = _use(kept_lesson(request, pk), use)
    attempt(request, lambda: actions.remove_use(by=current_user(request), use=found), _("Removed."))
    return redirect("lesson", pk)


@requires(VERIFY_LESSONS)
@require_POST
def lesson_use_verify(request: HttpRequest, pk: int, use: int) -> HttpResponse:
    """Somebody who observes has seen the evidence."""
    found = _use(find_lesson(request, pk), use)
    attempt(request, lambda: actions.verify_use(by=current_user(request), use=found), _("Verified."))
    return redirect("lesson", pk)


def _use(lesson: Lesson, pk: int) -> LessonUse:
    return get_object_or_404(LessonUse.objects.select_related("lesson"), lesson=lesson, pk=pk)


def _home(lesson: Lesson) -> Q:
    found = Q(programme__country=lesson.institution.country_id)
    if lesson.joint_with is not None and lesson.joint_agreed_at is not None:
        found |= Q(programme__country=lesson.joint_with.country_id)
    return found
