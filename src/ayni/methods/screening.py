"""Screening a demand: 13 items scored together with its author, and what their scores allow. See docs/methods/screening.md."""

from collections.abc import Mapping
from dataclasses import dataclass

# Each item answers one of the obstacles of Table 2 of the document.
ITEMS = (
    "problem",
    "objective",
    "expectations",
    "results",
    "policy",
    "sponsor",
    "counterpart",
    "budget",
    "legal",
    "data",
    "sustainability",
    "scale",
    "components",
)
# A zero in one of these returns the demand, whatever the others say.
NEEDED = ("objective", "counterpart", "expectations")
MOST = 3
# From these means on a demand is eligible, or is worth formulating together.
ELIGIBLE, CO_FORMULATION = 2, 1
# The best first. "declined" may also mean that it is referred: the secretariat says which, and why.
RESULTS = ("eligible", "co-formulation", "returned", "declined")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What 13 scores allow. `least` and `most` bound the mean: `missing` items may still be anything from 0 to 3.

    `results` are those that are still possible, the best first; one alone is settled. `zeros` are the needed items that return the
    demand. `holds_back` are the items below what an eligible demand has on average, the one that weighs most first. `rise`
    {item: score} is the smallest rise that makes sure of a better result than the worst of `results`; empty where there is none.
    """

    least: float
    most: float
    missing: tuple[str, ...]
    results: tuple[str, ...]
    zeros: tuple[str, ...]
    holds_back: tuple[str, ...]
    rise: Mapping[str, int]

    @property
    def result(self) -> str | None:
        """The result, once the missing items cannot change it."""
        return self.results[0] if len(self.results) == 1 else None


def screen(scores: Mapping[str, int | None]) -> Outcome:
    """The outcome of the scores; an item that is None or not there has not been answered yet.

    Raises ValueError for an item that is not one of the 13, or a score that is not 0, 1, 2 or 3.
    """
    _check(scores)
    missing = tuple(item for item in ITEMS if scores.get(item) is None)
    known = {item: score for item in ITEMS if (score := scores.get(item)) is not None}
    least = sum(known.values())
    most = least + MOST * len(missing)
    zeros = tuple(item for item in NEEDED if known.get(item) == 0)
    results = _possible(least, most, missing, zeros)
    below = [item for item, score in known.items() if score < ELIGIBLE]
    holds_back = tuple(sorted(below, key=lambda item: (item not in zeros, known[item], ITEMS.index(item))))
    rise = _rise({item: known.get(item, 0) for item in ITEMS}, results[-1])
    return Outcome(least / len(ITEMS), most / len(ITEMS), missing, results, zeros, holds_back, rise)


def _check(scores: Mapping[str, int | None]) -> None:
    for item, score in scores.items():
        if item not in ITEMS:
            raise ValueError(f"{item} is none of the items: {', '.join(ITEMS)}.")
        if score is not None and score not in range(MOST + 1):
            raise ValueError(f"{item}: a score is 0, 1, 2 or 3.")


def _possible(least: int, most: int, missing: tuple[str, ...], zeros: tuple[str, ...]) -> tuple[str, ...]:
    """The results that some answer to the missing items gives. Sums between the least and the most all occur."""
    if zeros:
        return ("returned",)
    open_needed = sum(item in NEEDED for item in missing)
    # The demand is not returned: the needed items that are still open have one point at least.
    least += open_needed
    eligible, together = ELIGIBLE * len(ITEMS), CO_FORMULATION * len(ITEMS)
    possible = {
        "eligible": most >= eligible,
        "co-formulation": most >= together and least < eligible,
        "returned": open_needed > 0,
        "declined": least < together,
    }
    return tuple(result for result in RESULTS if possible[result])


def _rise(scores: dict[str, int], worst: str) -> dict[str, int]:
    """The new scores of the items to raise, as few points as possible, the lowest items first."""
    if worst == "eligible":
        return {}
    mark = (ELIGIBLE if worst == "co-formulation" else CO_FORMULATION) * len(ITEMS)
    raised = {item: max(score, 1) if item in NEEDED else score for item, score in scores.items()}
    while sum(raised.values()) < mark:
        lowest = min(ITEMS, key=lambda item: (raised[item], item not in NEEDED, ITEMS.index(item)))
        raised[lowest] += 1
    return {item: score for item, score in raised.items() if score > scores[item]}
