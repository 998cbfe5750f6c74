"""A plan as strips of one time axis, placed in hundredths of its width: a page draws them without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import get_language

from ayni.methods.schedule import Axis, Span, axis
from ayni.registry.queries.plan.lists import Row
from ayni.registry.queries.plan.totals import Timetable

# Narrower than this a bar is hardly seen.
LEAST = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a part of the axis begins; `above` and `below` are its two lines of text."""

    at: str
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Where an activity lies."""

    at: str
    width: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of the chart."""

    row: Row
    bar: Bar


@dataclass(frozen=True, slots=True)
class Chart:
    """`today` is where the present day lies, "" when the axis does not have it."""

    first: date
    last: date
    ticks: tuple[Tick, ...]
    today: str
    strips: tuple[Strip, ...]
    joint: tuple[Bar, ...]


def chart(rows: Sequence[Row], joint: Timetable | None, today: date) -> Chart | None:
    """The chart of a plan; None where there is nothing to draw."""
    if not rows:
        return None
    along = axis([row.span for row in rows])
    inside = along.span.first <= today <= along.span.last
    return Chart(
        first=along.span.first,
        last=along.span.last,
        ticks=_ticks(along),
        today=_percent(along.share(today)) if inside else "",
        strips=tuple(Strip(row, _bar(along, row.span)) for row in rows),
        joint=tuple(_bar(along, span) for span in joint.spans) if joint else (),
    )


def _bar(along: Axis, span: Span) -> Bar:
    width = max(along.width(span), LEAST)
    return Bar(_percent(min(along.share(span.first), 1 - width)), _percent(width))


def _ticks(along: Axis) -> tuple[Tick, ...]:
    found: list[Tick] = []
    before: date | None = None
    for day in along.ticks:
        above, below = _words(along.unit, day)
        new_year = before is None or before.year != day.year
        found.append(Tick(_percent(along.share(day)), above, below if new_year else ""))
        before = day
    return tuple(found)


def _words(unit: str, day: date) -> tuple[str, str]:
    if unit == "week":
        return f"{day.day} {_month(day)}", f"{day.year}"
    if unit == "month":
        return _month(day), f"{day.year}"
    return f"{day.year}", ""


def _month(day: date) -> str:
    """Its short name as it is written within a sentence: only English has a capital."""
    return date_format(day, "M" if get_language() == "en" else "b")


def _percent(share: Fraction) -> str:
    return f"{float(share) * 100:.2f}%"
