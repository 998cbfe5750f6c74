"""Any question at once: the rows in memory as small codes, a filter as a scan, sums by counting. See docs/methods/cubes.md.

The rows of a basis stand together and by year, so that a basis and a span of years cost nothing: they are a slice.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ayni.analytics.columns import WAYS, bases_of, labelled, read
from ayni.analytics.cubes import Floats, Plane
from ayni.analytics.manifest import COLUMNS, Manifest, path_of
from ayni.analytics.schema import MEASURES, Basis, Codes

MOST_SPANS = 12


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
        mask = np.zeros(len(codes), dtype=np.bool_)
        for first, last in spans:
            mask |= _within(codes, first, last)
        return mask

    def column(self, name: str, start: int, stop: int, places: npt.NDArray[np.intp] | None) -> Codes:
        """Codes or measures of these rows."""
        whole = self._years if name == "year" else self._measures.get(name)
        part: Codes = (self._codes[name] if whole is None else whole)[start:stop]
        return part if places is None else part[places]


class Cut:
    """The rows that a question chose; each sum is made when it is asked for."""

    def __init__(self, rows: Rows, start: int, stop: int, places: npt.NDArray[np.intp] | None) -> None:
        self._rows, self._start, self._stop, self._places = rows, start, stop, places
        self._kept: dict[str, Codes] = {}

    def __len__(self) -> int:
        return self._stop - self._start if self._places is None else len(self._places)

    @property
    def empty(self) -> bool:
        return len(self) == 0

    def column(self, name: str) -> Codes:
        if name not in self._kept:
            self._kept[name] = self._rows.column(name, self._start, self._stop, self._places)
        return self._kept[name]

    def total(self, measure: str = "value") -> float:
        return float(self.column(measure).sum())

    def sums(self, way: str, measure: str = "value") -> Floats:
        """Sums by a way to cut, in the order of its labels (of `years` for "year")."""
        codes, size = self._index(way)
        return np.asarray(np.bincount(codes, weights=self.column(measure), minlength=size), dtype=np.float64)

    def by(self, way: str, measure: str = "value") -> dict[Any, float]:
        """{label: sum} of those labels that have a row."""
        codes, size = self._index(way)
        sums = self.sums(way, measure).tolist()
        there = np.bincount(codes, minlength=size).tolist()
        return {label: total for label, total, rows in zip(self.labels(way), sums, there, strict=True) if rows}

    def plane(self, one: str, other: str, measure: str = "value") -> Plane:
        """Sums by two ways, dense."""
        first, height = self._index(one)
        second, width = self._index(other)
        flat = np.bincount(
            first.astype(np.intp) * width + second, weights=self.column(measure), minlength=height * width
        )
        return Plane(
            tuple(self.labels(one)), tuple(self.labels(other)), np.asarray(flat, np.float64).reshape(height, width)
        )

    def labels(self, way: str) -> list[Any]:
        return list(self.years) if way == "year" else self._rows.labels[way]

    @cached_property
    def years(self) -> range:
        """From the first year to the last."""
        years = self.column("year")
        return range(int(years.min()), int(years.max()) + 1) if len(years) else range(0)

    def _index(self, way: str) -> tuple[Codes, int]:
        if way == "year":
            return self.column("year") - (self.years.start if len(self.years) else 0), len(self.years)
        return self.column(way), len(self._rows.labels[way])


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
    # Below `first` the difference wraps around and is large.
    return np.asarray(codes - kind(first) <= kind(last - first), dtype=np.bool_)


def load(folder: Path, manifest: Manifest) -> Rows:
    """The rows of a snapshot; nothing of them is read before it is asked for."""
    return Rows(read(path_of(folder, manifest, COLUMNS)))
