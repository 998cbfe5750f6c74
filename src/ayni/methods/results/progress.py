"""How far a value has gone from its baseline to its target (docs/methods/results.md)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ONE = Decimal(1)


class Why(StrEnum):
    """Why no share of the way can be told."""

    NO_VALUE = "no-value"
    NO_TARGET = "no-target"
    # Less is better, or the target is 0: without a baseline there is no way to measure.
    NO_BASELINE = "no-baseline"
    # The target is the baseline: it is held or it is not.
    HOLD = "hold"
    # The target lies on the wrong side of the baseline.
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` of the way from baseline to target, 1 at the target, below 0 when it went back, above 1 when it went beyond; not clipped.

    `met` whether the target is reached, whatever the baseline; `from_zero` when an unknown baseline was taken as 0.
    """

    share: Decimal | None = None
    met: bool | None = None
    why: Why | None = None
    from_zero: bool = False

    @property
    def bar(self) -> Decimal | None:
        """The share for a bar: clipped to 0 … 1."""
        return None if self.share is None else min(max(self.share, Decimal(0)), ONE)


def progress(value: Decimal | None, baseline: Decimal | None, target: Decimal | None, *, ascending: bool) -> Progress:
    """(value − baseline) / (target − baseline), the same for indicators of which more is better and of which less is."""
    if value is None:
        return Progress(why=Why.NO_VALUE)
    if target is None:
        return Progress(why=Why.NO_TARGET)
    met = value >= target if ascending else value <= target
    if baseline is None:
        if not ascending or target <= 0:
            return Progress(met=met, why=Why.NO_BASELINE)
        return Progress(value / target, met, from_zero=True)
    way = target - baseline
    if not way:
        return Progress(met=met, why=Why.HOLD)
    if (way > 0) != ascending:
        return Progress(met=met, why=Why.AGAINST)
    return Progress((value - baseline) / way, met)
