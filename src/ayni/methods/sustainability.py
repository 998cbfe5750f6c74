"""What remains of an initiative after its end: its score, what survives, what is replicated. See docs/methods/sustainability.md.

An item is 0 (nothing) to 3 (wholly). One that is not known may still be any of these: what is computed is an interval.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LEAST, MOST = 0, 3
# From here on an item stands: "mostly" or "wholly".
STANDS = 2

Scores = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Score:
    """`mean` (0 to 3) of the items known, None without any; `least`, `most`: the mean when the unknown ones turn out 0, or 3."""

    mean: float | None
    least: float
    most: float
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Survival:
    """Of the items that stood first (`stood`), those that still do (`kept`), no longer do (`lost`), and are not known.

    `least`, `most`: the share kept, 0 to 1, when the unknown ones turn out lost, or kept; None where nothing stood.
    """

    stood: tuple[str, ...]
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    unknown: tuple[str, ...]
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Replication:
    """How many of the three forms of replication are there at `least`, and at `most` (0 to 3)."""

    least: int
    most: int


def score(scores: Scores) -> Score:
    """The mean of a check's items. An item that does not apply is left out of `scores`; None is one that is not known.

    Raises ValueError without any item, or for a value outside 0 to 3.
    """
    _check(scores)
    known = [value for value in scores.values() if value is not None]
    unknown, total = len(scores) - len(known), sum(known)
    return Score(
        mean=total / len(known) if known else None,
        least=(total + unknown * LEAST) / len(scores),
        most=(total + unknown * MOST) / len(scores),
        known=len(known),
        unknown=unknown,
    )


def survival(first: Scores, later: Scores) -> Survival:
    """What of that which stood at the first check stands at a later one; an item that is not in `later` is not known there.

    Raises ValueError as `score` does.
    """
    _check(first)
    _check(later)
    stood = tuple(item for item, value in first.items() if value is not None and value >= STANDS)
    told = {item: later.get(item) for item in stood}
    kept = tuple(item for item, value in told.items() if value is not None and value >= STANDS)
    lost = tuple(item for item, value in told.items() if value is not None and value < STANDS)
    unknown = tuple(item for item, value in told.items() if value is None)
    least = len(kept) / len(stood) if stood else None
    most = (len(kept) + len(unknown)) / len(stood) if stood else None
    return Survival(stood, kept, lost, unknown, least, most)


def replication(components_reused: int | None, national: bool | None, third_countries: int | None) -> Replication:
    """Components used elsewhere, the pilot grown to national scale, other countries that took it up; None: not known.

    Raises ValueError for a number below zero.
    """
    for number in (components_reused, third_countries):
        if number is not None and number < 0:
            raise ValueError("A number of components or countries is not below zero.")
    forms = (components_reused, national, third_countries)
    there = sum(bool(one) for one in forms)
    return Replication(there, there + sum(one is None for one in forms))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _check(scores: Scores) -> None:
    if not scores:
        raise ValueError("A check has at least one item.")
    wrong = [item for item, value in scores.items() if value is not None and not LEAST <= value <= MOST]
    if wrong:
        raise ValueError(f"An item is {LEAST} to {MOST}: {', '.join(sorted(wrong))}.")
