"""A frame as its page shows it: by level, each indicator with baseline, target, value and progress."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ayni.methods.results.progress import Progress, progress
from ayni.methods.results.tree import Rolled
from ayni.methods.results.values import Measure as PlainMeasure
from ayni.methods.results.values import Tally, over_periods
from ayni.registry.models import Indicator, Level, Measure, Period, Result
from ayni.registry.queries.results.rollup import Roll
from ayni.registry.queries.results.words import baseline_of, days, plain, reached, target_of, told


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period with what it comes to; `reporting` of `sources` indicators below have told something."""

    period: Period
    days: str
    target: str
    value: str
    number: Decimal | None
    progress: Progress
    words: str
    own: str
    reporting: int
    sources: int


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with all its periods; `value` is what they come to together."""

    indicator: Indicator
    baseline: str
    target: str
    value: str
    progress: Progress
    words: str
    periods: Sequence[PeriodLine]
    rolled: Rolled

    @property
    def unlocked(self) -> int:
        return sum(not one.period.locked for one in self.periods)

    @property
    def latest(self) -> PeriodLine | None:
        """The last period that says something."""
        return next((one for one in reversed(self.periods) if one.value), None)


@dataclass(frozen=True, slots=True)
class LevelPart:
    """The results of one level, each with its indicators."""

    level: Level
    results: Sequence[tuple[Result, Sequence[IndicatorLine]]]


def by_level(results: Sequence[Result], roll: Roll) -> list[LevelPart]:
    """Impact, outcomes, outputs; levels without a result are left out."""
    return [
        LevelPart(level, [(one, [line_of(row, roll) for row in one.indicators.all()]) for one in here])
        for level in Level
        if (here := [one for one in results if one.level == level])
    ]


def line_of(indicator: Indicator, roll: Roll) -> IndicatorLine:
    """An indicator with what it comes to."""
    found = roll.indicators[indicator.pk]
    periods = sorted(indicator.periods.all(), key=lambda period: period.starts_on)
    measure = PlainMeasure(indicator.measure)
    lines = [period_line(indicator, period, found) for period in periods]
    whole = over_periods(measure, [found.total[one.pk] for one in periods], cumulative=indicator.cumulative)
    target = target_over(indicator, periods)
    way = progress(whole.value, _start(indicator), target, ascending=indicator.ascending)
    return IndicatorLine(
        indicator,
        baseline=plain(baseline_of(indicator), indicator),
        target=plain(target, indicator),
        value=told(whole, indicator),
        progress=way,
        words=reached(way),
        periods=lines,
        rolled=found,
    )


def period_line(indicator: Indicator, period: Period, found: Rolled) -> PeriodLine:
    """One period with what it comes to."""
    total: Tally = found.total[period.pk]
    target = target_of(period)
    way = progress(total.value, baseline_of(indicator), target, ascending=indicator.ascending)
    return PeriodLine(
        period,
        days=days(period.starts_on, period.ends_on),
        target=plain(target, indicator),
        value=told(total, indicator),
        number=total.value,
        progress=way,
        words=reached(way),
        own=told(found.own[period.pk], indicator),
        reporting=found.told[period.pk],
        sources=len(found.parts),
    )


def target_over(indicator: Indicator, periods: Sequence[Period]) -> Decimal | None:
    """What the periods are to reach together, put together as their values are; None when one that would be added has none."""
    if not periods:
        return None
    targets = [target_of(one) for one in periods]
    if indicator.cumulative or indicator.measure == Measure.SCORE:
        return next((one for one in reversed(targets) if one is not None), None)
    if any(one is None for one in targets):
        return None
    if indicator.measure == Measure.PERCENTAGE:
        numerators = sum((one.target_numerator or Decimal(0) for one in periods), Decimal(0))
        denominators = sum((one.target_denominator or Decimal(0) for one in periods), Decimal(0))
        return 100 * numerators / denominators if denominators else None
    return sum((one for one in targets if one is not None), Decimal(0))


def trend(line: IndicatorLine) -> Iterator[tuple[int, int]]:
    """The points of a small picture of the values, in a box of 200 by 48, the first and last of what is told at its edges."""
    numbers = [(place, one.number) for place, one in enumerate(line.periods) if one.number is not None]
    if len(numbers) < 2:
        return
    values = [value for _place, value in numbers]
    least, most = min(values), max(values)
    first, last = numbers[0][0], numbers[-1][0]
    for place, value in numbers:
        x = 4 + round(192 * (place - first) / (last - first))
        y = 24 if least == most else 44 - round(40 * (value - least) / (most - least))
        yield x, y


def _start(indicator: Indicator) -> Decimal | None:
    """From where the way over all periods begins: sums begin at 0, whatever a single period's baseline is."""
    if indicator.measure == Measure.UNIT and not indicator.cumulative:
        return None
    return baseline_of(indicator)
