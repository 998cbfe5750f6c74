"""Lessons to read: the list with its filters, one lesson, those of an initiative with its joint products."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.desk import url
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, VERIFY_LESSONS, WRITE_EXCHANGE, may
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.learning.actions.lessons import TEACHING
from ayni.learning.forms.lessons import LessonFilter, LessonForm
from ayni.learning.models import Lesson
from ayni.learning.queries import lessons as queries
from ayni.learning.queries.lesson_steps import (
    KINDS,
    LACKS,
    USABLE,
    VERIFIABLE,
    WRITABLE,
    gaps,
    missing_for_types,
    open_steps,
    order_of,
    turn_of,
)
from ayni.learning.queries.products import products_for
from ayni.learning.views.sheets.lists import LESSONS
from ayni.registry.views.initiatives.door import find, frame

PAGE = 20
QUESTIONS = ("text", "topic", "kind", "state", "country", "page")


@published(*QUESTIONS)
def lessons(request: HttpRequest) -> HttpResponse:
    """The lessons that the reader may see."""
    rows = queries.lessons_for(request.user)
    form = LessonFilter(request.GET, countries=queries.countries_there())
    asked = form.asked()
    page = Paginator(queries.with_all(queries.filtered(rows, **asked)), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "result": ngettext("%(number)d lesson", "%(number)d lessons", count) % {"number": count},
        "files": list_files(request, LESSONS),
        "demo": True,
        "fictional": any(one.fictional for one in page.object_list),
    }
    return render(request, "learning/lessons/list.html", context)


def find_lesson(request: HttpRequest, pk: int) -> Lesson:
    """The lesson, when the reader may see it."""
    return get_object_or_404(queries.with_all(queries.lessons_for(request.user)), pk=pk)


@published()
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """What was by whom, of which type it is, what changed by it, whose turn it is."""
    found = find_lesson(request, pk)
    keeps = may(request.user, KEEP_INITIATIVES, found)
    # Verifying goes use by use.
    steps = [step for step in open_steps(request.user, found) if step.code != "verify"]
    main = next((step.code for step in steps if step.main), "")
    uses = list(found.uses.all())
    used = any(use.verified_at for use in uses)
    asked = found.joint_with is not None and found.joint_agreed_at is None and found.state in WRITABLE
    context: dict[str, Any] = {
        "lesson": found,
        "turn": turn_of(found),
        "steps": steps,
        "lacking": list(gaps(found, main)) if main and main != "type" else [],
        "types": _types(found) if found.state in WRITABLE else [],
        "kind": KINDS.get(found.kind, ""),
        "order": order_of(found.kind),
        "told": [
            {"term": one.label, "value": text_in(getattr(found, one.stem))}
            for one in LessonForm.texts
            if one.stem != "title" and getattr(found, one.stem)
        ],
        "uses": uses,
        "may_write": keeps and found.state in WRITABLE,
        "may_use": keeps and found.state in USABLE,
        "may_verify": may(request.user, VERIFY_LESSONS, found) and found.state in VERIFIABLE,
        "may_agree": asked and may(request.user, KEEP_INITIATIVES, found.joint_with),
        "offer_url": url("lesson_offer", pk) if used and may(request.user, WRITE_EXCHANGE, found) else "",
        "circuit_url": url("circuit", found.initiative.code),
        "method_url": url("method", "learning-types"),
        "demo": found.fictional,
        "fictional": found.fictional,
        "crumbs": [{"label": _("Lessons"), "url": reverse("lessons")}],
    }
    return render(request, "learning/lessons/lesson.html", context)


@published()
def initiative_lessons(request: HttpRequest, code: str) -> HttpResponse:
    """The lessons of one initiative, and what its parties made together."""
    found = find(request, code)
    rows = list(queries.with_all(queries.lessons_for(request.user).filter(initiative=found)))
    context = frame(request, found, "initiative_lessons")
    context |= {
        "lessons": rows,
        "products": list(products_for(request.user).filter(initiative=found)),
        "may_add": context["may_keep"] and found.state in TEACHING,
        "files": list_files(request, LESSONS, on=found, code=found.code),
    }
    return render(request, "learning/lessons/of_initiative.html", context)


def _types(found: Lesson) -> list[dict[str, Any]]:
    """For each type of learning, what the lesson lacks for it."""
    missing = missing_for_types(found)
    return [
        {"label": label, "order": order_of(kind), "missing": [LACKS[code] for code in missing[kind]]}
        for kind, label in KINDS.items()
    ]
