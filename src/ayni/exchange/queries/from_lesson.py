"""A lesson that comes back as an offer (R7): which components it changed, and what an offer says of where it comes from."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ayni.directory.models import Component
from ayni.exchange.models import Offer
from ayni.learning.models import Lesson, LessonUse
from ayni.learning.queries.lessons import lessons_for, with_all
from ayni.methods.roles import GIVING
from ayni.registry.models import Participation


@dataclass(frozen=True)
class Origin:
    """The lesson behind an offer, and the countries that gave what taught it."""

    lesson: Lesson
    givers: list[str]


def components_changed(lesson: Lesson) -> QuerySet[Component]:
    """What can be offered of a lesson: its own country's components that a verified use names, or whose programme it does."""
    verified = LessonUse.objects.filter(lesson=lesson, verified_at__isnull=False)
    named = Q(pk__in=verified.exclude(component=None).values("component"))
    within = Q(programme__in=verified.exclude(programme_version=None).values("programme_version__programme"))
    home = Q(programme__country=lesson.institution.country_id)
    return Component.objects.filter(home, named | within, retired=False).select_related("programme")


def is_used(lesson: Lesson) -> bool:
    """Whether somebody has verified a use of it."""
    return lesson.uses.filter(verified_at__isnull=False).exists()


def origin_of(user: Any, offer: Offer) -> Origin | None:
    """Where an offer comes from; None for one that no lesson led to, or whose lesson the reader may not see."""
    if offer.lesson_id is None:
        return None
    lesson = with_all(lessons_for(user)).filter(pk=offer.lesson_id).first()
    if lesson is None:
        return None
    rows = Participation.objects.filter(initiative=lesson.initiative_id, role__code__in=GIVING)
    rows = rows.exclude(institution__country=offer.institution.country_id).select_related("institution__country")
    return Origin(lesson, sorted({str(one.institution.country) for one in rows if one.institution.country}))
