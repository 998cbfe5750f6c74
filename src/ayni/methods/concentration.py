"""How far something is spread or gathered in few places. See docs/methods/concentration.md."""

import math
from collections.abc import Sequence


def shares(counts: Sequence[float]) -> tuple[float, ...]:
    """Each count over their sum. Raises ValueError for negative counts or when all are zero."""
    if any(count < 0 or not math.isfinite(count) for count in counts):
        raise ValueError(f"Counts are finite and not negative: {list(counts)}.")
    total = math.fsum(counts)
    if total == 0:
        raise ValueError("Nothing was counted: the sum is zero.")
    return tuple(count / total for count in counts)


def hhi(counts: Sequence[float]) -> float:
    """Herfindahl-Hirschman index: the sum of squared shares, from 1/n (evenly spread) to 1 (all in one place)."""
    return math.fsum(share * share for share in shares(counts))


def normalised_hhi(counts: Sequence[float]) -> float:
    """The index over 0 to 1: (H - 1/n) / (1 - 1/n); 1 when there is one place only."""
    if len(counts) == 1:
        shares(counts)
        return 1.0
    even = 1 / len(counts)
    return max(0.0, (hhi(counts) - even) / (1 - even))


def entropy(counts: Sequence[float]) -> float:
    """Shannon's entropy of the shares, in bits: 0 when all are in one place, log2(n) when evenly spread."""
    return -math.fsum(share * math.log2(share) for share in shares(counts) if share > 0) + 0.0


def normalised_entropy(counts: Sequence[float]) -> float:
    """Entropy over its greatest value, 0 to 1; 0 when there is one place only."""
    return entropy(counts) / math.log2(len(counts)) if len(counts) > 1 else 0.0
