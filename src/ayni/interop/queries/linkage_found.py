"""All records compared anew with what was learned so far: the pairs that somebody may be asked about. Nothing is written."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils import timezone

from ayni.interop.models import RecordPair
from ayni.interop.models.linkage import MIXED, OF_INITIATIVES, OF_REPORTS
from ayni.interop.queries.linkage_records import compared, records, taught
from ayni.methods.linkage.features import FEATURES

# Less probable pairs are not kept: nobody is asked about them.
LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` {columns that are unique together: pairs, not saved}; `at` when the comparison was made."""

    rows: dict[tuple[str, ...], list[RecordPair]]
    at: datetime

    @property
    def number(self) -> int:
        """How many pairs were found."""
        return sum(len(some) for some in self.rows.values())


def find_pairs() -> Found:
    """The pairs whose records are of the same cooperation with a chance of at least LEAST, with their evidence."""
    found = compared(records())
    model, now = taught(), timezone.now()
    chances = model.probabilities(found.found)
    kept = np.flatnonzero(chances >= LEAST)
    evidence = model.evidence(found.found[kept])
    rows: dict[tuple[str, ...], list[RecordPair]] = {OF_INITIATIVES: [], MIXED: [], OF_REPORTS: []}
    for place, told in zip(kept.tolist(), evidence, strict=True):
        kind, keys = _columns(*found.keys(place))
        rows[kind].append(
            RecordPair(
                **keys,
                chance=float(chances[place]),
                certainty=abs(float(chances[place]) - 0.5),
                features={
                    name: None if np.isnan(x) else round(float(x), 4)
                    for name, x in zip(FEATURES, found.found[place], strict=True)
                },
                evidence={name: round(weight, 3) for name, weight in told.items()},
                compared_at=now,
            )
        )
    return Found(rows, now)


def _columns(one: str, other: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """The columns of a pair of two keys ("i" or "r" with a number): an initiative first, of two of a kind the earlier one."""
    keys = sorted((key[0], int(key[1:])) for key in (one, other))
    kind = {"ii": OF_INITIATIVES, "ir": MIXED, "rr": OF_REPORTS}["".join(letter for letter, _number in keys)]
    return kind, {f"{name}_id": number for name, (_letter, number) in zip(kind, keys, strict=True)}
