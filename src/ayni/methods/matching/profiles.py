"""What a match looks at on both sides. What is not known is None, never zero. See docs/methods/matching.md."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

# Weights of the nine criteria, together 100: Ayni's own judgement, edited by the secretariat.
WEIGHTS: Mapping[str, float] = {
    "topic": 25,
    "quadrant": 15,
    "context": 15,
    "evidence": 12,
    "readiness": 10,
    "experts": 8,
    "language": 5,
    "modality": 5,
    "cost": 5,
}
CRITERIA = tuple(WEIGHTS)
# What makes two contexts alike. The list is fixed beforehand: what one side does not tell of it stays open.
FEATURES = ("region", "income", "population", "state")
# Where no topic is shared, a text that means the same is worth this much of the criterion.
WORDED = 0.5
# The highest level of evidence, and the highest mean of a screening.
MOST = 3.0


@dataclass(frozen=True, slots=True)
class Offer:
    """`evidence` 0 to 3; `context` {feature: value}; `months` {"2026-03": expert-days}; `used` how often the provider was taken."""

    id: str
    country: str
    topics: frozenset[str] | None = None
    quadrants: frozenset[str] | None = None
    modalities: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    evidence: float | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[str, float] | None = None
    cost: float | None = None
    used: int = 0
    published: bool = True

    def __post_init__(self) -> None:
        _check(self.id, "evidence", self.evidence, MOST)
        _check(self.id, "cost", self.cost, math.inf)
        for days in (self.months or {}).values():
            _check(self.id, "months", days, math.inf)


@dataclass(frozen=True, slots=True)
class Demand:
    """`readiness` is the mean of its screening, 0 to 3; `agreements` the countries with one in force; `days` expert-days in all.

    `wording` {offer: how alike its text is to the demand's, 0 to 1}; an offer that is not there has no text to look at.
    """

    id: str
    country: str
    topics: frozenset[str] | None = None
    quadrants: frozenset[str] | None = None
    modalities: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    interpretation: bool = False
    readiness: float | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    months: frozenset[str] | None = None
    days: float | None = None
    budget: float | None = None
    agreements: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()
    eligible: bool = True
    wording: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for alike in self.wording.values():
            _check(self.id, "wording", alike, 1.0)
        _check(self.id, "readiness", self.readiness, MOST)
        _check(self.id, "days", self.days, math.inf)
        _check(self.id, "budget", self.budget, math.inf)


def _check(code: str, name: str, value: float | None, most: float) -> None:
    if value is not None and not 0 <= value <= most:
        raise ValueError(f"{code}: {name} is between 0 and {most:g}.")
