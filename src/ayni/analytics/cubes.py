"""Dense cubes in memory: the eight questions of the atlas in microseconds. See docs/methods/cubes.md.

A cube is made from the marts of a snapshot, not from its rows: provider by recipient, group of sectors by year and by recipient,
provider by region, topic by modality. A few megabytes hold what five million rows say of these, and with `Whole` each question that asks
of all rows of a basis.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ayni.analytics.manifest import (
    PAIRS,
    PROVIDER_REGIONS,
    SECTOR_RECIPIENTS,
    SECTOR_YEARS,
    TOPIC_MODALITIES,
    Manifest,
    path_of,
    read_table,
)
from ayni.analytics.schema import BASIS, MEASURES, TOP, Basis, Codes, coded, numbers

Floats = npt.NDArray[np.float64]
PLANES = (PAIRS, SECTOR_YEARS, SECTOR_RECIPIENTS, PROVIDER_REGIONS, TOPIC_MODALITIES)


@dataclass(frozen=True, slots=True)
class Plane:
    """Sums over two ways to cut, as a dense array: `sums[i, j]` of `rows[i]` and `columns[j]`, in the order of their codes."""

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    sums: Floats

    def ranked(self, limit: int) -> list[tuple[Any, Any, float]]:
        """The cells of the greatest sums; of equal ones the first by code."""
        flat = self.sums.ravel()
        if not flat.size:
            return []
        least = np.partition(flat, max(flat.size - limit, 0))[max(flat.size - limit, 0)]
        places = np.flatnonzero((flat >= least) & (flat != 0))
        best = places[np.argsort(-flat[places], kind="stable")][:limit]
        width = len(self.columns)
        return [(self.rows[place // width], self.columns[place % width], float(flat[place])) for place in best]


@dataclass(frozen=True)
class Cube:
    """What one basis says by one measure."""

    pairs: Plane
    sector_years: Plane
    sector_recipients: Plane
    provider_regions: Plane
    topic_modalities: Plane

    def by_provider(self) -> dict[str, float]:
        return _told(self.pairs.rows, self.pairs.sums.sum(axis=1))

    def by_recipient(self) -> dict[str, float]:
        return _told(self.pairs.columns, self.pairs.sums.sum(axis=0))

    def matrix(self) -> Plane:
        return self.pairs

    def sector_by_year(self) -> Plane:
        return self.sector_years

    def top_partners(self) -> list[tuple[str, str, float]]:
        """The ten pairs of the greatest value."""
        return self.pairs.ranked(TOP)

    def sector_shares(self) -> Floats:
        """[group of sectors, recipient]: the share in what the recipient receives; nan where it receives nothing."""
        return shares(self.sector_recipients.sums)

    def herfindahl(self) -> dict[str, float]:
        """{recipient: the sum of its providers' squared shares}, of those that receive something."""
        return _known(self.pairs.columns, (shares(self.pairs.sums) ** 2).sum(axis=0))

    def reciprocity(self) -> float | None:
        """What flows back between the same two over all that flows; None where nothing flows."""
        given = np.maximum(self.pairs.sums, 0)
        whole = float(given.sum())
        if whole <= 0:
            return None
        rows, columns = self._both
        square = given[np.ix_(rows, columns)]
        return float(np.minimum(square, square.T).sum()) / whole

    @cached_property
    def _both(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Where those who give and receive stand among the providers and among the recipients."""
        place = {code: number for number, code in enumerate(self.pairs.columns)}
        both = [(number, place[code]) for number, code in enumerate(self.pairs.rows) if code in place]
        return (
            np.array([one for one, _other in both], dtype=np.intp),
            np.array([other for _one, other in both], dtype=np.intp),
        )


Cubes = Mapping[tuple[Basis, str], Cube]


def load(folder: Path, manifest: Manifest) -> Cubes:
    """The cubes of a snapshot: {(basis, "value" or "count"): its cube}."""
    tables = {name: read_table(path_of(folder, manifest, name)) for name in PLANES}
    return cubes_of(tables)


def cubes_of(tables: Mapping[str, pa.Table]) -> Cubes:
    """Cubes from the marts {name: its table}."""
    planes = {name: _planes(table) for name, table in tables.items()}
    return {key: Cube(*(planes[name][key] for name in PLANES)) for key in planes[PAIRS]}


def _planes(table: pa.Table) -> dict[tuple[Basis, str], Plane]:
    """A mart's planes, one for each basis and measure. Its two ways to cut stand between the basis and the measures."""
    ways = [name for name in table.column_names if name not in (*BASIS, *MEASURES)]
    basis_at = np.zeros(table.num_rows, dtype=np.int64)
    for name in BASIS:
        labels, codes = _places(table[name])
        basis_at = basis_at * max(len(labels), 1) + codes
    (firsts, first_at), (seconds, second_at) = (_places(table[name]) for name in ways)
    values = {measure: numbers(table[measure]) for measure in MEASURES}
    found = {}
    for number in np.unique(basis_at):
        mine = np.flatnonzero(basis_at == number)
        basis = Basis(*(table[name][int(mine[0])].as_py() for name in BASIS))
        rows, row_at = np.unique(first_at[mine], return_inverse=True)
        columns, column_at = np.unique(second_at[mine], return_inverse=True)
        for measure in MEASURES:
            sums = np.zeros((len(rows), len(columns)))
            sums[row_at, column_at] = values[measure][mine]
            found[basis, measure] = Plane(
                tuple(firsts[place] for place in rows), tuple(seconds[place] for place in columns), sums
            )
    return found


def _places(column: pa.ChunkedArray) -> tuple[list[Any], Codes]:
    """The values that there are, in order, and the place of each row's among them."""
    if pa.types.is_integer(column.type):
        known, places = np.unique(numbers(column), return_inverse=True)
        return known.tolist(), places
    return coded(column if pa.types.is_dictionary(column.type) else column.dictionary_encode())


def shares(sums: Floats) -> Floats:
    """Each column's shares of its own total; what is below zero has no share, and a column of nothing has nan."""
    given = np.maximum(sums, 0)
    total = given.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(given / total, dtype=np.float64)


def _told(codes: Sequence[str], sums: Floats) -> dict[str, float]:
    return dict(zip(codes, sums.tolist(), strict=True))


def _known(codes: Sequence[str], values: Floats) -> dict[str, float]:
    return {code: value for code, value in zip(codes, values.tolist(), strict=True) if value == value}
