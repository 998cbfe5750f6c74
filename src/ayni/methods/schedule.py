"""The arithmetic of a work plan: spans of days that meet, lanes for drawing, busy days, the axis of a Gantt chart.

Described in docs/methods/schedule.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
# Days a tick stands for, or months: the smallest unit that needs no more ticks than asked for is taken.
WEEKS = (1, 2)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first day to the last, both among them. Raises ValueError when the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def meets(self, other: "Span") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Span") -> "Span | None":
        """The days that it has in common with `other`."""
        if not self.meets(other):
            return None
        return Span(max(self.first, other.first), min(self.last, other.last))


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that a chart shows, the first day of each of its parts, and what a part is: "week", "month" or "year"."""

    span: Span
    ticks: tuple[date, ...]
    unit: str

    def share(self, day: date) -> Fraction:
        """Where the morning of `day` lies: 0 at the left edge, 1 at the right. Days outside lie on the edge."""
        past = (day - self.span.first).days
        return min(max(Fraction(past, self.span.days), Fraction(0)), Fraction(1))

    def width(self, span: Span) -> Fraction:
        """How much of the axis the span takes, from the morning of its first day to the evening of its last."""
        return self.share(span.last + DAY) - self.share(span.first)


def overlaps(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The pairs of positions (the smaller first) of spans that have a day in common, in order."""
    order = sorted(range(len(spans)), key=lambda position: spans[position])
    found: list[tuple[int, int]] = []
    open_: list[int] = []
    for position in order:
        open_ = [one for one in open_ if spans[one].last >= spans[position].first]
        found += [(min(one, position), max(one, position)) for one in open_]
        open_.append(position)
    return sorted(found)


def lanes(spans: Sequence[Span]) -> list[int]:
    """A lane for each span, from 0, so that no two in a lane meet; no drawing does with fewer lanes."""
    free_from: list[date] = []
    found = [0] * len(spans)
    for position in sorted(range(len(spans)), key=lambda one: (spans[one].first, -spans[one].days, one)):
        span = spans[position]
        lane = next((number for number, day in enumerate(free_from) if day <= span.first), len(free_from))
        if lane == len(free_from):
            free_from.append(span.last + DAY)
        free_from[lane] = span.last + DAY
        found[position] = lane
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as spans that neither meet nor follow one another, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def busy(spans: Iterable[Span], during: Span) -> dict[date, int]:
    """How many spans have each day of `during`; days of which none has it are left out."""
    change: Counter[date] = Counter()
    for span in spans:
        part = span.within(during)
        if part is not None:
            change[part.first] += 1
            change[part.last + DAY] -= 1
    found: dict[date, int] = {}
    there, day = 0, during.first
    while day <= during.last:
        there += change[day]
        if there:
            found[day] = there
        day += DAY
    return found


def days_of(span: Span, *, weekends: bool = True) -> list[date]:
    """The days of a span, without Saturdays and Sundays unless `weekends`."""
    every = (span.first + timedelta(days=number) for number in range(span.days))
    return [day for day in every if weekends or day.isoweekday() <= 5]


def weeks(month: date) -> list[Span]:
    """The weeks from Monday to Sunday that hold the days of a month, those before and after it included."""
    first = month.replace(day=1)
    last = months_later(first, 1) - DAY
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        found.append(Span(monday, monday + timedelta(days=6)))
        monday += timedelta(days=7)
    return found


def axis(spans: Collection[Span], *, most: int = 6) -> Axis:
    """An axis of whole weeks or months that holds all the spans, with no more than `most` ticks where that can be.

    Raises ValueError when there is no span.
    """
    if not spans:
        raise ValueError("an axis needs a span")
    whole = Span(min(span.first for span in spans), max(span.last for span in spans))
    for count in WEEKS:
        begin = whole.first - timedelta(days=whole.first.weekday())
        ticks = _weekly(begin, whole.last, count)
        if len(ticks) <= most:
            return Axis(Span(begin, ticks[-1] + timedelta(days=7 * count) - DAY), ticks, "week")
    found: tuple[date, ...] = ()
    for count in MONTHS:
        found = _monthly(whole, count)
        if len(found) <= most:
            break
    return Axis(Span(found[0], months_later(found[-1], count) - DAY), found, "month" if count < 12 else "year")


def months_later(day: date, count: int) -> date:
    """The first day of the month that is `count` months from that of `day` (before it when below zero)."""
    number = day.year * 12 + day.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def _weekly(begin: date, last: date, count: int) -> tuple[date, ...]:
    ticks, day = [], begin
    while day <= last:
        ticks.append(day)
        day += timedelta(days=7 * count)
    return tuple(ticks)


def _monthly(whole: Span, count: int) -> tuple[date, ...]:
    """Parts of `count` months that begin where the year is divided so: quarters in January, April, July, October."""
    number = whole.first.year * 12 + whole.first.month - 1
    begin = number - number % count
    ticks, day = [], date(begin // 12, begin % 12 + 1, 1)
    while day <= whole.last:
        ticks.append(day)
        day = months_later(day, count)
    return tuple(ticks)
