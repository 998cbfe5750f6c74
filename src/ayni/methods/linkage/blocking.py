"""Which pairs are compared at all: those that share a key; only of few records is each compared with each other one.

A key is made of traits of a record, such as two countries and a year. FAMILIES says which traits make keys; a record has a key for each
combination of its traits' values.

See docs/methods/linkage.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ayni.methods.linkage.record import Record
from ayni.methods.linkage.table import Table

Places = npt.NDArray[np.int64]
# Years that are one apart, and amounts of which one is half the other, have a value in common.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("countries", "year"),
    ("countries", "amount"),
    ("countries", "word"),
    ("country", "sector", "year"),
    ("country", "word", "year"),
    ("country", "words"),
)
# So many of a title's rarest concepts are traits.
RAREST = 3
# A key that more pairs than this share says too little: it is left out, and `Candidates.common` counts it.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of places in the table, `one` < `other` throughout, in their order; `common` keys were left out."""

    one: Places
    other: Places
    common: int

    def __len__(self) -> int:
        return len(self.one)


def traits_of(record: Record, rarest: Sequence[int]) -> dict[str, list[str]]:
    """The values of each trait; `rarest` are the numbers of the title's rarest concepts."""
    countries, rare = sorted(record.countries), sorted(rarest)
    return {
        "country": countries,
        "countries": [f"{one}-{other}" for one, other in combinations(countries, 2)],
        "year": [] if record.first is None else [f"{record.first}", f"{record.first + 1}"],
        "amount": _bands(record.usd),
        "sector": sorted(record.sectors),
        "word": [f"{number}" for number in rare],
        "words": [f"{one}-{other}" for one, other in combinations(rare, 2)],
    }


def _bands(usd: float | None) -> list[str]:
    if usd is None:
        return []
    band = int(np.floor(np.log2(usd)))
    return [f"{band}", f"{band + 1}"]


def candidates(table: Table, *, most: int = MOST, families: Sequence[Sequence[str]] = FAMILIES) -> Candidates:
    """Every pair of records of two reporters (or of unknown ones) that shares a key of at most `most` pairs."""
    rows: dict[str, tuple[list[int], list[str]]] = {trait: ([], []) for family in families for trait in family}
    for place, (record, rare) in enumerate(zip(table.records, rarest_concepts(table), strict=True)):
        traits = traits_of(record, rare)
        for trait, (places, kept) in rows.items():
            places.extend([place] * len(traits[trait]))
            kept.extend(traits[trait])
    with duckdb.connect() as base:
        base.register("reporters", pa.table({"place": np.arange(len(table)), "reporter": table.reporter}))
        for trait, (places, kept) in rows.items():
            base.register(
                trait, pa.table({"place": pa.array(places, pa.int64()), "value": pa.array(kept, pa.string())})
            )
        base.execute(f"CREATE TABLE keys AS {' UNION ALL '.join(map(_keys, families))}")
        base.execute(_COMMON, [most])
        counted = base.execute("SELECT count(*) FROM common").fetchone()
        found = base.execute(_PAIRS).fetchnumpy()
    return Candidates(
        one=np.asarray(found["a"], dtype=np.int64),
        other=np.asarray(found["b"], dtype=np.int64),
        common=counted[0] if counted else 0,
    )


def all_pairs(table: Table) -> Candidates:
    """Every pair of records of two reporters (or of unknown ones): where there are few, none needs a key."""
    one, other = (side.astype(np.int64) for side in np.triu_indices(len(table), 1))
    apart = (table.reporter[one] != table.reporter[other]) | (table.reporter[one] < 0)
    return Candidates(one=one[apart], other=other[apart], common=0)


def rarest_concepts(table: Table) -> list[list[int]]:
    """Of each record the RAREST concepts of its title that some other record has too, the rarest first."""
    indices, ends = table.titles.indices, table.titles.indptr
    times = np.bincount(indices, minlength=table.titles.shape[1])
    rows = np.repeat(np.arange(len(table)), np.diff(ends))
    shared = times[indices] > 1
    order = np.lexsort((indices[shared], times[indices][shared], rows[shared]))
    rows, concepts = rows[shared][order], indices[shared][order]
    first = np.searchsorted(rows, np.arange(len(table)))
    last = np.minimum(np.searchsorted(rows, np.arange(len(table)), side="right"), first + RAREST)
    numbers = concepts.tolist()
    return [numbers[start:stop] for start, stop in zip(first.tolist(), last.tolist(), strict=True)]


def _keys(family: Sequence[str]) -> str:
    """The SQL that gives each record its keys of a family."""
    name, values = "+".join(family), ", ".join(f"{trait}.value" for trait in family)
    joined = " JOIN ".join([family[0], *(f"{trait} USING (place)" for trait in family[1:])])
    return f"SELECT place, reporter, hash('{name}', {values}) AS key FROM {joined} JOIN reporters USING (place)"


# Of a key's n records, those of one reporter make no pairs with one another; those of unknown reporters (-1) do.
_COMMON = """
    CREATE TABLE common AS
    SELECT key FROM (SELECT key, reporter, count(*) AS n FROM keys GROUP BY ALL)
    GROUP BY key HAVING (sum(n) * sum(n) - sum(CASE WHEN reporter >= 0 THEN n * n ELSE n END)) / 2 > ?
"""
_PAIRS = """
    WITH kept AS (SELECT * FROM keys WHERE key NOT IN (SELECT key FROM common))
    SELECT DISTINCT l.place AS a, r.place AS b
    FROM kept l JOIN kept r ON l.key = r.key AND l.place < r.place AND (l.reporter <> r.reporter OR l.reporter < 0)
    ORDER BY a, b
"""
