"""Lessons as lists and pages show them: who sees which, and what a list asks for."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ayni.common.i18n import folded
from ayni.common.permissions import KEEP_INITIATIVES, READ_DRAFTS, may
from ayni.directory.models import Country
from ayni.learning.models import Lesson, LessonState
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.reach import own

TEXTS = ("title", "text", "recognition", "proposal")


def lessons_for(user: Any) -> QuerySet[Lesson]:
    """Reviewed lessons of the initiatives that `user` may read; captured ones for their two institutions and who reads drafts."""
    rows = Lesson.objects.filter(initiative__in=initiatives_for(user))
    if may(user, READ_DRAFTS):
        return rows
    return rows.filter(~Q(state=LessonState.CAPTURED) | mine(user))


def mine(user: Any) -> Q:
    """The lessons of the institutions for which `user` keeps the record, those that name one as the other included."""
    return own(user, "institution", KEEP_INITIATIVES) | own(user, "joint_with", KEEP_INITIATIVES)


def filtered(rows: QuerySet[Lesson], **asked: str) -> QuerySet[Lesson]:
    """The rows that answer every question asked; every word has to be there, in any language, with or without accents."""
    for name in ("state", "kind"):
        if name in asked:
            rows = rows.filter(**{name: asked[name]})
    if "topic" in asked:
        has = Lesson.topics.through.objects.filter(lesson=OuterRef("pk"), concept__code=asked["topic"])
        rows = rows.filter(Exists(has))
    if "country" in asked:
        rows = rows.filter(
            Q(institution__country=asked["country"])
            | Q(joint_with__country=asked["country"], joint_agreed_at__isnull=False)
        )
    if "text" in asked:
        rows = rows.filter(with_words(asked["text"]))
    return rows


def with_words(text: str) -> Q:
    """The rows in whose texts, in any language, every word stands."""
    found = Q()
    for word in folded(text).split():
        found &= Q(words__contains=word)
    return found


def with_all(rows: QuerySet[Lesson]) -> QuerySet[Lesson]:
    """With what lists and pages show, in a few queries for all."""
    return rows.select_related(
        "initiative", "activity", "institution__country", "joint_with__country", "reviewed_by", "disseminated_by"
    ).prefetch_related(
        "institution__names",
        "joint_with__names",
        "topics",
        "uses__programme_version__programme",
        "uses__component__programme",
        "uses__verified_by",
    )


def countries_there() -> list[Country]:
    """The countries of which an institution has captured some lesson."""
    there = Lesson.objects.filter(Q(institution__country=OuterRef("pk")) | Q(joint_with__country=OuterRef("pk")))
    return list(Country.objects.filter(Exists(there)))


def counts_by_state(rows: QuerySet[Lesson]) -> dict[str, int]:
    """How many stand in each state, {state: number}; states without one are there with 0."""
    found = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in LessonState.values}
