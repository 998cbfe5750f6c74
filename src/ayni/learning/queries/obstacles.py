"""Obstacles as lists and pages show them: who sees which, what a list asks for, what was done about them."""

from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from ayni.directory.models import Concept, Country
from ayni.learning.models import Obstacle, Worked
from ayni.learning.queries.lessons import with_words
from ayni.registry.queries.initiatives.lists import initiatives_for

# What worked first, then what did in part, what nobody knows yet, what did not.
ORDER = (Worked.YES, Worked.PARTLY, Worked.UNKNOWN, Worked.NO)
SHOWN = 8


def obstacles_for(user: Any) -> QuerySet[Obstacle]:
    """Those of a country's cooperation as a whole, and those of the initiatives that `user` may read."""
    return Obstacle.objects.filter(Q(initiative__isnull=True) | Q(initiative__in=initiatives_for(user)))


def filtered(rows: QuerySet[Obstacle], **asked: str) -> QuerySet[Obstacle]:
    """The rows that answer every question asked; a kind stands for those below it too."""
    if "kind" in asked:
        rows = rows.filter(Q(kind__code=asked["kind"]) | Q(kind__broader__code=asked["kind"]))
    if "country" in asked:
        rows = rows.filter(country=asked["country"])
    if "year" in asked:
        rows = rows.filter(seen_on__year=int(asked["year"]))
    if "standing" in asked:
        rows = rows.filter(STANDING[asked["standing"]])
    if "text" in asked:
        rows = rows.filter(with_words(asked["text"]))
    return rows


STANDING = {
    "unmet": Q(taken_on__isnull=True, ended_on__isnull=True),
    "met": Q(taken_on__isnull=False, ended_on__isnull=True),
    "ended": Q(ended_on__isnull=False),
}


def with_all(rows: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    """With what lists and pages show, in a few queries for all."""
    return rows.select_related("country", "kind__broader", "institution__country", "initiative").prefetch_related(
        "institution__names"
    )


def measures(rows: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    """Those about which something was done: what worked first, the latest first."""
    place = Case(
        *(When(worked=worked, then=Value(number)) for number, worked in enumerate(ORDER)), output_field=IntegerField()
    )
    return rows.filter(taken_on__isnull=False).order_by(place, "-taken_on", "-id")


def others_did(user: Any, obstacle: Obstacle) -> QuerySet[Obstacle]:
    """What was done about other obstacles of the same kind, what worked first; a vocabulary's version does not matter."""
    rows = obstacles_for(user).filter(kind__code=obstacle.kind.code).exclude(pk=obstacle.pk)
    return with_all(measures(rows))[:SHOWN]


def countries_there() -> list[Country]:
    """The countries that have registered some obstacle."""
    return list(Country.objects.filter(Exists(Obstacle.objects.filter(country=OuterRef("pk")))))


def kinds() -> list[tuple[Concept, list[Concept]]]:
    """The types of obstacle in force by their group, in the order of Table 2."""
    terms = list(Concept.objects.current("obstacles"))
    groups = [term for term in terms if term.broader_id is None]
    return [(group, [term for term in terms if term.broader_id == group.pk]) for group in groups]
