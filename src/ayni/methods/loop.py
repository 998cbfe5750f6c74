"""How far lessons come back into the supply, and where giving and receiving change sides (R7). See docs/methods/loop.md."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonFact:
    """A lesson: whether it was reviewed, how many uses of it somebody verified."""

    reviewed: bool
    verified_uses: int


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`; the share is not defined (None) when there is nothing to be a part of."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


def loop_rate(lessons: Iterable[LessonFact]) -> Rate:
    """Lessons with a verified use, of the reviewed ones. Raises ValueError for a use verified before the review."""
    whole = part = 0
    for lesson in lessons:
        if lesson.verified_uses < 0 or lesson.verified_uses and not lesson.reviewed:
            raise ValueError("A use is verified once its lesson is reviewed; it is not counted below zero.")
        whole += lesson.reviewed
        part += lesson.verified_uses > 0
    return Rate(part, whole)


@dataclass(frozen=True, slots=True)
class Passage:
    """At `turn` (0, 1, …) `giver` gave something to `receiver` (codes of countries)."""

    turn: int
    giver: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Swap:
    """`country` received at one turn (the first) and gave at a later one (the first after it).

    `back`: to one from whom it had received by then; else it passed on to others what it had learned.
    """

    country: str
    received: int
    gave: int
    back: bool


def swaps(passages: Iterable[Passage]) -> tuple[Swap, ...]:
    """The countries that received and later gave, one row each, by country. Raises ValueError for a gift to oneself."""
    rows = sorted(passages, key=lambda one: one.turn)
    if any(one.giver == one.receiver for one in rows):
        raise ValueError("Nobody gives to itself.")
    found: list[Swap] = []
    for country in sorted({one.receiver for one in rows}):
        received = min(one.turn for one in rows if one.receiver == country)
        later = [one for one in rows if one.giver == country and one.turn > received]
        if later:
            back = any(_had_given(rows, one) for one in later)
            found.append(Swap(country, received, later[0].turn, back))
    return tuple(found)


def _had_given(rows: list[Passage], given: Passage) -> bool:
    return any(one.giver == given.receiver and one.receiver == given.giver and one.turn < given.turn for one in rows)
