"""A lesson that comes back as an offer."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.errors import Refused
from ayni.common.permissions import WRITE_EXCHANGE, may
from ayni.exchange.actions.from_lesson import offer_from_lesson
from ayni.exchange.forms.from_lesson import LessonOfferForm
from ayni.exchange.queries.from_lesson import components_changed
from ayni.learning.queries.lessons import lessons_for, with_all


@requires(WRITE_EXCHANGE)
def lesson_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is offered; the draft begins with what the catalogue says of it."""
    lesson = get_object_or_404(with_all(lessons_for(request.user)), pk=pk)
    if not may(request.user, WRITE_EXCHANGE, lesson):
        raise PermissionDenied(WRITE_EXCHANGE)
    form = LessonOfferForm(posted(request), components=list(components_changed(lesson)))
    if request.method == "POST" and form.is_valid():
        try:
            offer = offer_from_lesson(by=current_user(request), lesson=lesson, component=form.chosen())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("offer_edit", offer.pk)
    context = {
        "form": form,
        "lesson": lesson,
        "back_url": reverse("lesson", args=[pk]),
        "crumbs": [{"label": _("Lessons"), "url": reverse("lessons")}],
    }
    return render(request, "exchange/lesson_offer.html", context)
