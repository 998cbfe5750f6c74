"""Measured values and what they come to together (docs/methods/results.md).

Units are numbers of things (at least 0 or not, as they are), percentages a numerator over a denominator above 0, scores a number from 0
to the best of their scale; "not applicable" is an answer but not a number, and never 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)


class Measure(StrEnum):
    """How an indicator is measured."""

    UNIT = "unit"
    PERCENTAGE = "percentage"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Units:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Percentage:
    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    value: Decimal


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """It was asked, and it does not apply."""


Value = Units | Percentage | Score | NotApplicable
TYPES: dict[type, Measure] = {Units: Measure.UNIT, Percentage: Measure.PERCENTAGE, Score: Measure.SCORE}


@dataclass(frozen=True, slots=True)
class Measured:
    """A value and whether a second person has approved it."""

    value: Value
    approved: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """What values of one measure come to, kept so that tallies can be added in any order.

    `total` is the sum of units, of numerators or of scores; `base` the sum of denominators (0 for others); `count` how many were numbers;
    `not_applicable` how many were told not to apply.
    """

    measure: Measure
    total: Decimal = ZERO
    base: Decimal = ZERO
    count: int = 0
    not_applicable: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Raises ValueError for tallies of two measures: they never add."""
        if self.measure != other.measure:
            raise ValueError(f"{self.measure} and {other.measure} do not add")
        return Tally(
            self.measure,
            self.total + other.total,
            self.base + other.base,
            self.count + other.count,
            self.not_applicable + other.not_applicable,
        )

    @property
    def told(self) -> bool:
        """Whether anybody has answered, be it that it does not apply."""
        return bool(self.count or self.not_applicable)

    @property
    def value(self) -> Decimal | None:
        """Units, a percentage from 0 to 100 (or above), or a mean score; None without a number."""
        if not self.count:
            return None
        if self.measure == Measure.UNIT:
            return self.total
        if self.measure == Measure.SCORE:
            return self.total / self.count
        return 100 * self.total / self.base if self.base else None


def tally(measure: Measure, measured: Iterable[Measured]) -> Tally:
    """What the approved ones come to. Raises ValueError for a value of another measure."""
    found = Tally(measure)
    for one in measured:
        if one.approved:
            found += _tally_of(measure, one.value)
    return found


def over_periods(measure: Measure, tallies: Sequence[Tally], *, cumulative: bool) -> Tally:
    """What the periods, in their order, come to.

    Cumulative values, and scores, are those of the last period that has one; units and percentages are added (percentages by their
    numerators and denominators). Where no period has a number, only how often it did not apply is told.
    """
    found = Tally(measure)
    for one in tallies:
        found += one
    if found.count and (cumulative or measure == Measure.SCORE):
        return next(one for one in reversed(tallies) if one.count)
    return found


def beyond(whole: Decimal, shares: Iterable[tuple[str, Decimal]]) -> list[str]:
    """The dimensions whose shares add up to more than the whole: (dimension, share) for each category told."""
    sums: dict[str, Decimal] = {}
    for dimension, share in shares:
        sums[dimension] = sums.get(dimension, ZERO) + share
    return [dimension for dimension, found in sums.items() if found > whole]


def _tally_of(measure: Measure, value: Value) -> Tally:
    if isinstance(value, NotApplicable):
        return Tally(measure, not_applicable=1)
    if TYPES[type(value)] != measure:
        raise ValueError(f"{value} is no {measure}")
    if isinstance(value, Percentage):
        return Tally(measure, value.numerator, value.denominator, 1)
    return Tally(measure, value.value, ZERO, 1)
