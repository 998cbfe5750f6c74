"""How a cooperation is carried out, computed from its record: process indicators. See docs/methods/process.md.

Each has a numerator and a denominator, and is not known (with the reason) where the record does not tell: not known is not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

# What is counted is whole, money is decimal, months are fractions: each exact.
Number = int | Decimal | Fraction
# Days of an average month (Gregorian calendar: 146,097 days in 400 years).
MONTH = Fraction(146_097, 4_800)
DAYS = ("response-days", "start-days")
SHARES = (
    "activities-done",
    "counterpart-hours",
    "counterpart-turnover",
    "interpretation-hours",
    "interpretation-cost-A",
    "interpretation-cost-B",
    "joint-decisions",
    "sides-agreeing",
    "budget-A",
    "budget-B",
)
INDICATORS = (*DAYS, *SHARES)
# Money of several initiatives is added up in this currency alone.
POOLED_IN = "USD"
DONE, CANCELLED = "done", "cancelled"


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity of the plan. `state` is planned, agreed, done or cancelled; hours are None where nobody wrote them down."""

    ends_on: date
    state: str
    hours: int | None = None
    counterpart_hours: int | None = None
    interpretation_hours: int = 0


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Who answers at one institution: hours a month promised (None: not told), and how many persons have held it (0: nobody named)."""

    hours_a_month: int | None
    persons: int


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money over another, both in `measure`; None where one of them is not known."""

    numerator: Decimal
    denominator: Decimal
    measure: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record of an initiative tells.

    `sides` is the number of countries, `agreeing` how many of them declare or confirm the record; both None before anybody declared.
    `money` {indicator: sum} holds what could be computed of the costs.
    """

    requested_on: date | None = None
    answered_on: date | None = None
    approved_on: date | None = None
    began_on: date | None = None
    closed_on: date | None = None
    activities: Sequence[Planned] = ()
    counterparts: Sequence[Counterpart] = ()
    decisions: int = 0
    joint_decisions: int = 0
    sides: int | None = None
    agreeing: int | None = None
    money: Mapping[str, Sum] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator's value, its numerator and denominator in `unit`; `why` tells the reason where it is not known.

    `told` of `of` rows of the record had what was asked for, where that is not all of them.
    """

    code: str
    numerator: Number | None = None
    denominator: Number | None = None
    unit: str = ""
    why: str = ""
    told: int | None = None
    of: int | None = None

    @property
    def known(self) -> bool:
        return self.numerator is not None and bool(self.denominator)

    @property
    def value(self) -> Fraction | None:
        """Days, or a share (1 is all); None where it is not known."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)


def measure(facts: Facts, today: date) -> dict[str, Measured]:
    """Every indicator of one initiative, in the order of INDICATORS; what has no end yet is counted until `today`."""
    found = [
        _between("response-days", facts.requested_on, facts.answered_on),
        _between("start-days", facts.approved_on, facts.began_on),
        _activities(facts.activities, today),
        _counterpart_hours(facts, today),
        _turnover(facts.counterparts),
        _interpretation(facts.activities),
        _money("interpretation-cost-A", facts),
        _money("interpretation-cost-B", facts),
        _share("joint-decisions", facts.joint_decisions, facts.decisions, "decisions", "none-recorded"),
        _share("sides-agreeing", facts.agreeing, facts.sides, "sides", "not-declared"),
        _money("budget-A", facts),
        _money("budget-B", facts),
    ]
    return {one.code: one for one in found}


@dataclass(frozen=True, slots=True)
class Pooled:
    """An indicator over several initiatives: known of `known` of `of`.

    Shares: the sum of the numerators over that of the denominators. Days: the median (`value`), `least` and `most`.
    """

    code: str
    value: Fraction | None
    known: int
    of: int
    numerator: Number | None = None
    denominator: Number | None = None
    least: Fraction | None = None
    most: Fraction | None = None


def pool(code: str, measured: Iterable[Measured]) -> Pooled:
    """One indicator of several initiatives together; money that is not in dollars is not known here."""
    rows = list(measured)
    if any(one.code != code for one in rows):
        raise ValueError("Only one indicator is pooled.")
    known = [one for one in rows if one.known and _poolable(one)]
    if not known:
        return Pooled(code, None, 0, len(rows))
    if code in DAYS:
        days = sorted(one.value for one in known if one.value is not None)
        return Pooled(code, median(days), len(known), len(rows), None, None, days[0], days[-1])
    above, below = _sum(one.numerator for one in known), _sum(one.denominator for one in known)
    return Pooled(code, Fraction(above) / Fraction(below), len(known), len(rows), above, below)


def double_validated(records: Iterable[str]) -> Pooled:
    """Of the records that somebody has declared, those that every side confirms ("validated" or "published").

    `records`: what the sides say of each; "private" ones, which nobody has declared, do not count.
    """
    declared = [one for one in records if one != "private"]
    both = sum(one in ("validated", "published") for one in declared)
    value = Fraction(both, len(declared)) if declared else None
    return Pooled("double-validated", value, len(declared), len(declared), both, len(declared))


def median(ordered: Sequence[Fraction]) -> Fraction:
    """The middle value of an ordered sequence; the mean of the two middle ones where their number is even."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def active_months(began_on: date, until: date) -> Fraction:
    """Months of average length from the first day to the last, both counted; none when it has not begun."""
    return max((until - began_on).days + 1, 0) / MONTH


def _sum(values: Iterable[Number | None]) -> Number:
    """The sum of numbers of one type, exact; what is a fraction in one of them is in the sum."""
    found: Any = 0
    for one in values:
        found += one or 0
    return found  # type: ignore[no-any-return]  # Decimal and Fraction never meet: each indicator has one type


def _poolable(one: Measured) -> bool:
    return not one.code.startswith(("budget-", "interpretation-cost-")) or one.unit == POOLED_IN


def _between(code: str, first: date | None, last: date | None) -> Measured:
    if first is None or last is None:
        return Measured(code, unit="days", why="no-days")
    return Measured(code, (last - first).days, 1, "days")


def _share(code: str, above: int | None, below: int | None, unit: str, why: str) -> Measured:
    if above is None or not below:
        return Measured(code, unit=unit, why=why)
    return Measured(code, above, below, unit)


def _activities(activities: Sequence[Planned], today: date) -> Measured:
    """Done, over those whose time has come: done, or planned to end before today. A cancelled one was planned and not done."""
    done = sum(one.state == DONE for one in activities)
    due = sum(one.state == DONE or one.ends_on < today for one in activities)
    return _share("activities-done", done, due, "activities", "none-due")


def _counterpart_hours(facts: Facts, today: date) -> Measured:
    code = "counterpart-hours"
    promised = [one.hours_a_month for one in facts.counterparts if one.hours_a_month is not None]
    done = [one for one in facts.activities if one.state == DONE]
    kept = [one.counterpart_hours for one in done if one.counterpart_hours is not None]
    if facts.began_on is None:
        return Measured(code, unit="hours", why="not-begun")
    months = active_months(facts.began_on, min(facts.closed_on or today, today))
    if not promised or not months:
        return Measured(code, unit="hours", why="nothing-promised" if months else "not-begun")
    if not kept:
        return Measured(code, unit="hours", why="no-hours", told=0, of=len(done))
    return Measured(code, sum(kept), months * sum(promised), "hours", told=len(kept), of=len(done))


def _turnover(counterparts: Sequence[Counterpart]) -> Measured:
    """Changes of the person, over the counterparts named: 0 when everybody stayed."""
    persons = [one.persons for one in counterparts if one.persons]
    changes = sum(number - 1 for number in persons)
    return _share("counterpart-turnover", changes, len(persons), "counterparts", "nobody-named")


def _interpretation(activities: Sequence[Planned]) -> Measured:
    done = [one for one in activities if one.state == DONE]
    told = [one for one in done if one.hours]
    if not told:
        return Measured("interpretation-hours", unit="hours", why="no-hours", told=0, of=len(done))
    above = sum(one.interpretation_hours for one in told)
    below = sum(one.hours or 0 for one in told)
    return Measured("interpretation-hours", above, below, "hours", told=len(told), of=len(done))


def _money(code: str, facts: Facts) -> Measured:
    found = (facts.money or {}).get(code)
    if found is None or not found.denominator:
        return Measured(code, why="no-money")
    return Measured(code, found.numerator, found.denominator, found.measure)
