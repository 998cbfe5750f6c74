"""Who gives and who receives in an initiative, part by part: roles may differ between its components."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ayni.directory.models import Country
from ayni.learning.models import Lesson
from ayni.methods.loop import Passage
from ayni.methods.roles import GIVING, RECEIVING
from ayni.registry.models import Initiative, Participation


@dataclass(frozen=True)
class Sides:
    """The countries that give and those that receive, each once, in the order of the roles."""

    givers: tuple[Country, ...]
    receivers: tuple[Country, ...]

    @property
    def both(self) -> bool:
        """Each gives and receives."""
        return bool(self.givers) and set(self.givers) == set(self.receivers)


def sides_of(lesson: Lesson) -> Sides:
    """The sides of the part of the initiative in which the lesson was learned, or of the whole where the part has no roles."""
    rows = list(lesson.initiative.participations.all())
    part = lesson.activity.part_id if lesson.activity else None
    own = [one for one in rows if one.part_id == part]
    return sides(own or [one for one in rows if one.part_id is None])


def sides(rows: Iterable[Participation]) -> Sides:
    """The sides of some participations."""
    found = [(one.role.code, one.institution.country) for one in rows]
    givers = dict.fromkeys(country for role, country in found if country and role in GIVING)
    receivers = dict.fromkeys(country for role, country in found if country and role in RECEIVING)
    return Sides(tuple(givers), tuple(receivers))


def passages_of(initiatives: QuerySet[Initiative]) -> list[Passage]:
    """Who gave to whom in each initiative that has a first day; the turn is that day, before the matches of the same day."""
    found = []
    rows = initiatives.prefetch_related("participations__role", "participations__institution__country")
    for initiative in rows:
        day = initiative.began_on or initiative.starts_on
        if day is None:
            continue
        parts: dict[int | None, list[Participation]] = {}
        for one in initiative.participations.all():
            parts.setdefault(one.part_id, []).append(one)
        for group in parts.values():
            both = sides(group)
            pairs = ((giver.pk, receiver.pk) for giver in both.givers for receiver in both.receivers)
            found += [Passage(2 * day.toordinal(), giver, receiver) for giver, receiver in pairs if giver != receiver]
    return found
