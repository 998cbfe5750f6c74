"""A month of activities as weeks: bars that run from day to day, and how many more there are than find a place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from ayni.methods.schedule import DAY, Span, busy, days_of, lanes, months_later, weeks
from ayni.registry.models import Activity
from ayni.registry.queries.plan.lists import is_overdue

# Lanes that a week shows, and activities that are drawn at all: beyond them days tell how many more there are.
LANES = 4
DRAWN = 200
YEARS = (1950, 2100)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid, how many activities it has, and how many of them find no place in it."""

    date: date
    inside: bool
    today: bool
    count: int
    more: int


@dataclass(frozen=True, slots=True)
class Cell:
    """`days` of a lane: empty, or an activity that may go on from the week before and into the next."""

    days: int
    activity: Activity | None = None
    look: str = ""
    goes_on: bool = False
    came_from: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, the lanes below them, and whether some day has more than they show."""

    days: tuple[Day, ...]
    lanes: tuple[tuple[Cell, ...], ...]
    more: bool


def month_of(text: str, today: date) -> date:
    """The first day of the month that is written as 2026-11; the present month for anything else."""
    year, _dash, month = text.partition("-")
    if len(text) == 7 and year.isdecimal() and month.isdecimal():
        if YEARS[0] <= int(year) <= YEARS[1] and 1 <= int(month) <= 12:
            return date(int(year), int(month), 1)
    return today.replace(day=1)


def span_of(month: date) -> Span:
    """The days of a month."""
    return Span(month, months_later(month, 1) - DAY)


def grid(rows: QuerySet[Activity], month: date, today: date) -> list[Week]:
    """The weeks of a month. `rows` are those that have a day in the weeks shown; two queries."""
    shown = weeks(month)
    whole = Span(shown[0].first, shown[-1].last)
    drawn = list(rows.select_related("initiative").order_by("starts_on", "-ends_on", "pk")[:DRAWN])
    counts = _counts(rows, whole)
    return [_week(week, month, today, drawn, counts) for week in shown]


def whole_weeks(month: date) -> Span:
    """The days that the grid of a month shows."""
    shown = weeks(month)
    return Span(shown[0].first, shown[-1].last)


def _counts(rows: QuerySet[Activity], whole: Span) -> Counter[date]:
    """How many activities each day has: those of the same days are counted by the database."""
    found: Counter[date] = Counter()
    for first, last, count in rows.order_by().values_list("starts_on", "ends_on").annotate(count=Count("pk")):
        for day in busy([Span(first, last)], whole):
            found[day] += count
    return found


def _week(week: Span, month: date, today: date, drawn: Sequence[Activity], counts: Counter[date]) -> Week:
    parts = [(part, one) for one in drawn if (part := Span(one.starts_on, one.ends_on).within(week)) is not None]
    placed: list[list[tuple[Span, Activity]]] = [[] for _lane in range(LANES)]
    there: Counter[date] = Counter()
    for (part, one), lane in zip(parts, lanes([part for part, _one in parts]), strict=True):
        if lane < LANES:
            placed[lane].append((part, one))
            there.update(days_of(part))
    days = tuple(
        Day(day, day.month == month.month, day == today, counts[day], counts[day] - there[day]) for day in days_of(week)
    )
    rows = tuple(tuple(_cells(week, lane, today)) for lane in placed if lane)
    return Week(days, rows, any(day.more for day in days))


def _cells(week: Span, lane: list[tuple[Span, Activity]], today: date) -> Iterable[Cell]:
    day = week.first
    for part, one in sorted(lane, key=lambda pair: pair[0]):
        if part.first > day:
            yield Cell((part.first - day).days)
        look = "overdue" if is_overdue(one, today) else one.state
        yield Cell(part.days, one, look, goes_on=one.ends_on > week.last, came_from=one.starts_on < week.first)
        day = part.last + DAY
    if day <= week.last:
        yield Cell((week.last - day).days + 1)
