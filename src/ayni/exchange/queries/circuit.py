"""The live feedback circuit (Figure 2, R7): from an activity to a lesson, its use at home, and back into the supply."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from ayni.directory.models import Country
from ayni.exchange.models import Match, MatchState, Offer
from ayni.exchange.queries.circuit_roles import Sides, passages_of, sides_of
from ayni.exchange.queries.visible import matches_for, offers_for
from ayni.learning.models import Lesson, LessonState
from ayni.learning.queries.lessons import lessons_for, with_all
from ayni.methods.loop import LessonFact, Passage, Rate, loop_rate, swaps
from ayni.registry.models import Activity, ActivityState, Initiative, Participation
from ayni.registry.queries.initiatives.linked import seen_initiatives
from ayni.registry.queries.initiatives.lists import initiatives_for

# Station, what it counts, and what it is.
STATIONS = (
    ("activities", gettext_lazy("Activities carried out")),
    ("lessons", gettext_lazy("Lessons captured")),
    ("reviewed", gettext_lazy("Lessons reviewed")),
    ("used", gettext_lazy("Lessons used: a version changed")),
    ("verified", gettext_lazy("Lessons with a verified use")),
    ("offers", gettext_lazy("New offers")),
    ("demands", gettext_lazy("Demands that met them")),
    ("initiatives", gettext_lazy("New initiatives")),
)
# A match that stands, or did until it became an initiative.
LIVING = (MatchState.SUGGESTED, MatchState.NEGOTIATING, MatchState.CONVERTED)


@dataclass(frozen=True)
class Scope:
    """What a circuit is about: its initiatives, and the lessons learned in them that it follows."""

    initiatives: QuerySet[Initiative]
    lessons: QuerySet[Lesson]


@dataclass(frozen=True)
class Way:
    """How far one lesson has come; `sides`: who gave and who received in the initiative, part by part.

    `seen`: the keys of the initiatives that the reader may see.
    """

    lesson: Lesson
    sides: Sides
    offers: list[Offer]
    matches: list[Match]
    seen: frozenset[int] = frozenset()

    @property
    def asked(self) -> list[tuple[Match, Initiative | None]]:
        """Each match with the initiative that it became, None where the reader may not see that."""
        return [(one, one.initiative if one.initiative_id in self.seen else None) for one in self.matches]

    @property
    def turned(self) -> bool:
        """Who received what taught the lesson offers now."""
        return bool(self.offers) and self.lesson.institution.country in self.sides.receivers

    @property
    def back(self) -> bool:
        """One that gave in the initiative asks for it now."""
        return self.turned and any(match.recipient in self.sides.givers for match in self.matches)


@dataclass(frozen=True)
class Turned:
    """A country that received and gave later: the days of both, and whether it gave back to one from whom it had received."""

    country: Country
    received: date
    gave: date
    back: bool


@dataclass(frozen=True)
class Circuit:
    """`numbers` {station: how many}, `rate` the loop rate, `matches` of the offers that came back."""

    numbers: dict[str, int]
    rate: Rate
    matches: list[Match] = field(default_factory=list)

    @cached_property
    def turned(self) -> list[Turned]:
        """Who has changed sides; asked for by the pages that tell it."""
        return _turned(self.matches)


def whole(user: Any) -> Scope:
    """All that the reader may see."""
    return Scope(initiatives_for(user), lessons_for(user))


def of_initiative(user: Any, initiative: Initiative) -> Scope:
    """One initiative and its lessons."""
    return Scope(initiatives_for(user).filter(pk=initiative.pk), lessons_for(user).filter(initiative=initiative))


def of_country(user: Any, country: Country) -> Scope:
    """The initiatives in which the country takes part, and the lessons that it learned in them."""
    mine = Q(institution__country=country) | Q(joint_with__country=country, joint_agreed_at__isnull=False)
    return Scope(initiatives_for(user).filter(_with(country)), lessons_for(user).filter(mine))


def of_pair(user: Any, one: Country, other: Country) -> Scope:
    """The initiatives in which both take part, and what either learned in them."""
    both = initiatives_for(user).filter(_with(one), _with(other))
    mine = lessons_for(user).filter(initiative__in=both, institution__country__in=[one, other])
    return Scope(both, mine)


def circuit_of(user: Any, scope: Scope) -> Circuit:
    """The numbers of every station, the loop rate, and the matches that led back."""
    states = list(
        scope.lessons.order_by()
        .annotate(used=Count("uses", distinct=True))
        .annotate(verified=Count("uses", filter=Q(uses__verified_at__isnull=False), distinct=True))
        .values_list("state", "used", "verified")
    )
    rate = loop_rate(LessonFact(state != LessonState.CAPTURED, verified) for state, _used, verified in states)
    offers = offers_for(user).filter(lesson__in=scope.lessons.order_by().values("pk"))
    matches = list(matches_seen(user, offers))
    done = Activity.objects.filter(initiative__in=scope.initiatives.order_by().values("pk"), state=ActivityState.DONE)
    seen = set(initiatives_for(user).filter(match__in=matches).values_list("pk", flat=True)) if matches else set()
    numbers = {
        "activities": done.count(),
        "lessons": len(states),
        "reviewed": rate.whole,
        "used": sum(used > 0 for _state, used, _verified in states),
        "verified": rate.part,
        "offers": offers.count(),
        "demands": len({match.demand_id for match in matches}),
        "initiatives": len(seen),
    }
    return Circuit(numbers, rate, matches)


def ways(user: Any, scope: Scope) -> QuerySet[Lesson]:
    """The lessons, those that came back first, with what `ways_of` reads of them."""
    again = Exists(offers_for(user).filter(lesson=OuterRef("pk")))
    rows = with_all(scope.lessons).annotate(again=again).order_by("-again", "-captured_on", "-pk")
    return rows.select_related("activity__part").prefetch_related(
        "initiative__participations__role", "initiative__participations__institution__country"
    )


def ways_of(user: Any, lessons: Iterable[Lesson]) -> list[Way]:
    """How far each of the lessons of a page has come. Two queries for all."""
    rows = list(lessons)
    offers = list(offers_for(user).filter(lesson__in=rows).select_related("institution__country").order_by("pk"))
    matches = list(matches_seen(user, Offer.objects.filter(pk__in=[one.pk for one in offers]))) if offers else []
    seen = frozenset(seen_initiatives(user, [one.initiative for one in matches]))
    return [
        Way(
            lesson,
            sides_of(lesson),
            [one for one in offers if one.lesson_id == lesson.pk],
            [one for one in matches if one.offer.lesson_id == lesson.pk],
            seen,
        )
        for lesson in rows
    ]


def matches_seen(user: Any, offers: QuerySet[Offer]) -> QuerySet[Match]:
    """The living matches of the offers: those of the reader's own sides, and those that became initiatives."""
    own = Q(pk__in=matches_for(user).order_by().values("pk")) | Q(state=MatchState.CONVERTED)
    rows = Match.objects.filter(own, offer__in=offers.order_by().values("pk"), state__in=LIVING)
    return rows.select_related("offer__lesson", "demand", "provider", "recipient", "initiative").order_by("pk")


def _with(country: Country) -> Q:
    has = Participation.objects.filter(initiative=OuterRef("pk"), institution__country=country)
    return Q(Exists(has))


def _turned(matches: Iterable[Match]) -> list[Turned]:
    """Who received in an initiative whose lesson came back, and gives in a match of that offer."""
    rows = list(matches)
    taught = {one.offer.lesson.initiative_id for one in rows if one.offer.lesson}
    passages = passages_of(Initiative.objects.filter(pk__in=taught)) if taught else []
    passages += [
        Passage(2 * one.suggested_at.date().toordinal() + 1, one.provider_id, one.recipient_id) for one in rows
    ]
    found = swaps(passages)
    places = Country.objects.in_bulk([one.country for one in found])
    return [Turned(places[one.country], _day(one.received), _day(one.gave), one.back) for one in found]


def _day(turn: int) -> date:
    return date.fromordinal(turn // 2)
