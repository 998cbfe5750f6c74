"""What two countries report about cooperation with each other, side by side and never added up (docs/methods/two-sides.md)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

# The class of what bears no code, or a code that leads to no term.
NONE = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A record as one side tells it.

    `own` is the side's identifier of it, `theirs` those that it says the record has with the other side. `amounts` are
    {currency: what was committed}; `classes` {dimension: terms}, empty where the record leads to no term.
    """

    key: str
    own: str = ""
    theirs: frozenset[str] = frozenset()
    starts: date | None = None
    ends: date | None = None
    status: str = ""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """How many records of each side are of a class; a record of two classes counts in both."""

    code: str
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports held to be of the same cooperation: `named` one names the other; otherwise by likeness, with its `chance`, 0 to 1."""

    one: Report
    other: Report
    named: bool
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two reports of the same tell different things; `what` is "starts", "ends", "status", "amount" or a dimension."""

    what: str
    one: tuple[str, ...]
    other: tuple[str, ...]


def tally(one: Iterable[Report], other: Iterable[Report], dimension: str) -> list[Row]:
    """The classes of a dimension that either side has, in their order, what has none last."""
    mine, theirs = (Counter(code for report in side for code in _classes(report, dimension)) for side in (one, other))
    codes = sorted({*mine, *theirs}, key=lambda code: (code == NONE, code))
    return [Row(code, mine[code], theirs[code]) for code in codes]


def years(one: Iterable[Report], other: Iterable[Report]) -> list[Row]:
    """By the year in which each record begins, as four digits; without a begin last."""
    mine, theirs = (Counter(_year(report) for report in side) for side in (one, other))
    codes = sorted({*mine, *theirs}, key=lambda code: (code == NONE, code))
    return [Row(code, mine[code], theirs[code]) for code in codes]


def amounts(one: Iterable[Report], other: Iterable[Report]) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """(currency, what the one says was committed, what the other says); None where a side says nothing in that currency."""
    mine, theirs = _sums(one), _sums(other)
    return [(code, mine.get(code), theirs.get(code)) for code in sorted({*mine, *theirs})]


def pairs(
    one: Sequence[Report], other: Sequence[Report], chances: Mapping[tuple[str, str], float], *, least: float = 0.5
) -> list[Pair]:
    """Which reports are of the same cooperation: each is in one pair at most.

    First those of which one names the other by its identifier, in the order of the sides; then, the likeliest first, those
    whose chance {(key of the one, key of the other): 0 to 1} is at least `least`. Ties go by key.
    """
    found = _named(one, other)
    mine = {each.key: each for each in one if all(each is not pair.one for pair in found)}
    theirs = {each.key: each for each in other if all(each is not pair.other for pair in found)}
    for chance, first, second in sorted((-chance, *keys) for keys, chance in chances.items() if chance >= least):
        if first in mine and second in theirs:
            found.append(Pair(mine.pop(first), theirs.pop(second), False, -chance))
    return found


def differences(pair: Pair, dimensions: Sequence[str]) -> list[Difference]:
    """What the two tell differently. What one side leaves out is no difference; nor are amounts in different currencies."""
    one, other = pair.one, pair.other
    told: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        ("starts", _day(one.starts), _day(other.starts)),
        ("ends", _day(one.ends), _day(other.ends)),
        ("status", _known(one.status), _known(other.status)),
    ]
    for currency in sorted({*one.amounts} & {*other.amounts}):
        mine, theirs = (_amount(side.amounts[currency], currency) for side in (one, other))
        told.append(("amount", mine, theirs))
    for dimension in dimensions:
        mine, theirs = (tuple(sorted(side.classes.get(dimension, ()))) for side in (one, other))
        told.append((dimension, mine, theirs))
    return [Difference(what, mine, theirs) for what, mine, theirs in told if mine and theirs and mine != theirs]


def _named(one: Sequence[Report], other: Sequence[Report]) -> list[Pair]:
    """The pairs of which one names the other."""
    left = list(other)
    found = []
    for report in one:
        partner = next((each for each in left if each.own and each.own in report.theirs), None) or next(
            (each for each in left if report.own and report.own in each.theirs), None
        )
        if partner is not None:
            left.remove(partner)
            found.append(Pair(report, partner, True))
    return found


def _classes(report: Report, dimension: str) -> frozenset[str]:
    return report.classes.get(dimension) or frozenset({NONE})


def _year(report: Report) -> str:
    return f"{report.starts.year:04d}" if report.starts else NONE


def _sums(side: Iterable[Report]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for report in side:
        for currency, amount in report.amounts.items():
            found[currency] = found.get(currency, Decimal(0)) + amount
    return found


def _day(day: date | None) -> tuple[str, ...]:
    return (day.isoformat(),) if day else ()


def _known(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _amount(amount: Decimal, currency: str) -> tuple[str, ...]:
    return (f"{amount.normalize():f} {currency}".strip(),)
