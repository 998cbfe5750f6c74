"""Any question at once: the rows in memory as small codes, a filter as a scan, sums by counting. See docs/methods/cubes.md.

The rows of a basis stand together and by year, so that a basis and a span of years cost nothing: they are a slice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ayni.analytics.columns import WAYS, bases_of, labelled, read
from ayni.analytics.cubes import Floats, Plane
from ayni.analytics.manifest import COLUMNS, Manifest, path_of
from ayni.analytics.schema import DIMENSIONS, MEASURES, Basis, Codes

MOST_SPANS = 12
# The two ways that most figures ask for: where they were added up together, either alone is in it.
PAIR = ("provider", "recipient")
# Counted beside the measures.
ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Question:
    """The rows of a basis, of these years (both ends included; None: open), whose codes are among those given for each way to cut.

    `filters` {way: codes}; a way that is not named is open. Ways are provider, recipient, region, sector, sector_group, topic, modality.
    """

    basis: Basis
    since: int | None = None
    until: int | None = None
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(self.filters) - set(WAYS)
        if unknown:
            raise ValueError(f"there is no way to cut by {', '.join(sorted(unknown))}")


class Rows:
    """All rows of a snapshot."""

    def __init__(self, columns: pa.RecordBatch) -> None:
        """`columns` as ayni.analytics.columns makes them."""
        self.labels: dict[str, list[str]] = {}
        self._codes: dict[str, Codes] = {}
        for name in WAYS:
            self.labels[name], self._codes[name] = labelled(columns[name])
        self._years = np.from_dlpack(columns["year"])
        self._measures = {name: np.from_dlpack(columns[name]) for name in MEASURES}
        self.bases = bases_of(columns)

    def cut(self, question: Question) -> "Cut":
        """The rows that a question asks of."""
        start, stop = self._span(question)
        mask: npt.NDArray[np.bool_] | None = None
        for name, wanted in question.filters.items():
            found = self._matching(name, wanted, start, stop)
            mask = found if mask is None else np.logical_and(mask, found, out=mask)
        places = None if mask is None else np.flatnonzero(mask)
        return Cut(self, start, stop, places)

    def _span(self, question: Question) -> tuple[int, int]:
        start, stop = self.bases.get(question.basis, (0, 0))
        years = self._years[start:stop]
        first = 0 if question.since is None else int(np.searchsorted(years, question.since, "left"))
        last = len(years) if question.until is None else int(np.searchsorted(years, question.until, "right"))
        return start + first, start + max(first, last)

    def _matching(self, name: str, wanted: Collection[str], start: int, stop: int) -> npt.NDArray[np.bool_]:
        codes = self._codes[name][start:stop]
        chosen = [number for number, label in enumerate(self.labels[name]) if label in wanted]
        spans = _spans(chosen)
        if len(spans) > MOST_SPANS:
            known = np.zeros(len(self.labels[name]), dtype=bool)
            known[chosen] = True
            return np.asarray(known[codes], dtype=np.bool_)
        masks = [_within(codes, first, last) for first, last in spans]
        return reduce(_either, masks) if masks else np.zeros(len(codes), dtype=np.bool_)

    def told(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """The rows of these numbers, in the order of SCHEMA, but for the columns of their bases."""
        places = np.asarray(numbers, dtype=np.intp)
        columns: dict[str, list[Any]] = {"year": self._years[places].tolist()}
        for name in DIMENSIONS:
            labels = self.labels[name]
            columns[name] = [labels[code] for code in self._codes[name][places].tolist()]
        columns |= {name: values[places].tolist() for name, values in self._measures.items()}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def column(self, name: str, start: int, stop: int, places: npt.NDArray[np.intp] | None) -> Codes:
        """Codes or measures of these rows."""
        whole = self._years if name == "year" else self._measures.get(name)
        part: Codes = (self._codes[name] if whole is None else whole)[start:stop]
        return part if places is None else part[places]


class Cut:
    """The rows that a question chose; each sum is made when it is first asked for, and kept."""

    def __init__(self, rows: Rows, start: int, stop: int, places: npt.NDArray[np.intp] | None) -> None:
        self._rows, self._start, self._stop, self._places = rows, start, stop, places
        self._columns: dict[str, Codes] = {}
        self._sums: dict[tuple[str, ...], Floats] = {}

    def __len__(self) -> int:
        return self._stop - self._start if self._places is None else len(self._places)

    @property
    def empty(self) -> bool:
        return len(self) == 0

    def numbers(self, after: int, most: int) -> list[int]:
        """The numbers of its rows behind the row `after`, at most so many."""
        if self._places is None:
            return list(range(max(self._start, after + 1), self._stop)[:most])
        first = int(np.searchsorted(self._places, after + 1 - self._start))
        return (self._places[first : first + most] + self._start).tolist()

    def column(self, name: str) -> Codes:
        if name not in self._columns:
            self._columns[name] = self._rows.column(name, self._start, self._stop, self._places)
        return self._columns[name]

    def total(self, measure: str = "value") -> float:
        return float(self.column(measure).sum())

    def sums(self, way: str, measure: str = "value") -> Floats:
        """Sums by a way to cut, in the order of its labels (of `years` for "year"); of "rows" how many there are."""
        key = (way, measure)
        if key not in self._sums:
            both = self._sums.get((*PAIR, measure)) if way in PAIR else None
            codes, size = self._index(way)
            self._sums[key] = (
                self._counted(codes, measure, size) if both is None else both.sum(axis=1 - PAIR.index(way))
            )
        return self._sums[key]

    def by(self, way: str, measure: str = "value") -> dict[Any, float]:
        """{label: sum} of those labels that have a row."""
        labels, sums = self.labels(way), self.sums(way, measure)
        return {labels[place]: float(sums[place]) for place in np.flatnonzero(self.sums(way, ROWS)).tolist()}

    def plane(self, one: str, other: str, measure: str = "value") -> Plane:
        """Sums by two ways, dense."""
        return Plane(tuple(self.labels(one)), tuple(self.labels(other)), self._pairs(one, other, measure))

    def labels(self, way: str) -> list[Any]:
        return list(self.years) if way == "year" else self._rows.labels[way]

    @cached_property
    def years(self) -> range:
        """From the first year to the last."""
        years = self.column("year")
        return range(int(years[0]), int(years[-1]) + 1) if len(years) else range(0)

    def _pairs(self, one: str, other: str, measure: str) -> Floats:
        key = (one, other, measure)
        if key not in self._sums:
            (first, height), (second, width) = self._index(one), self._index(other)
            both = first * np.uint32(width) + second
            self._sums[key] = self._counted(both, measure, height * width).reshape(height, width)
        return self._sums[key]

    def _counted(self, codes: Codes, measure: str, size: int) -> Floats:
        weights = None if measure == ROWS else self.column(measure)
        return np.asarray(np.bincount(codes, weights=weights, minlength=size), dtype=np.float64)

    def _index(self, way: str) -> tuple[Codes, int]:
        if way == "year":
            return self.column("year") - (self.years.start if len(self.years) else 0), len(self.years)
        return self.column(way), len(self._rows.labels[way])


def _either(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return np.logical_or(one, other, out=one)


def _spans(chosen: list[int]) -> list[tuple[int, int]]:
    """Rising numbers as spans (first, last): comparing with a span is many times faster than looking each code up."""
    spans: list[tuple[int, int]] = []
    for number in chosen:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans


def _within(codes: Codes, first: int, last: int) -> npt.NDArray[np.bool_]:
    kind = codes.dtype.type
    if first == last:
        return np.asarray(codes == kind(first), dtype=np.bool_)
    # Two comparisons: subtracting first would lay down all codes once more.
    mask = np.asarray(codes >= kind(first), dtype=np.bool_)
    return np.logical_and(mask, codes <= kind(last), out=mask)


def load(folder: Path, manifest: Manifest) -> Rows:
    """The rows of a snapshot."""
    return mapped(path_of(folder, manifest, COLUMNS))


def mapped(path: Path) -> Rows:
    """The rows of a file of columns; nothing of them is read before it is asked for. Raises FileNotFoundError."""
    return Rows(read(path))
