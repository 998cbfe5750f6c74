"""The rows of the snapshot for open data (`settings.FLOW_ROWS`): a page of them, all of them, how many.

Read from the columns that the atlas scans (ayni.analytics.columns), which lie in the memory that all processes share. Rows are in the
snapshot's own order.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ayni.analytics.manifest import COLUMNS, Manifest, home_of, manifest_of
from ayni.analytics.scan import Cut, Question, Rows, mapped
from ayni.analytics.schema import BASIS, DIMENSIONS, Basis
from ayni.atlas.queries.flows.held import folder

A_TIME = 5_000
CHECKSUM = re.compile(r"[0-9a-f]{64}")
# A snapshot and the one before it.
KEPT = 2
Row = dict[str, Any]


def in_force() -> str:
    """The checksum of the snapshot in force; "" while there is none."""
    manifest = manifest_of(folder())
    return manifest.checksum if manifest else ""


def page(asked: Mapping[str, Any], after: list[Any] | None, limit: int) -> tuple[list[Row], list[Any] | None]:
    """At most `limit` rows that answer, and the key of the last where more follow: [checksum, row number].

    A page that follows another is of the same snapshot. Raises LookupError when that is gone, or was never there.
    """
    manifest = manifest_of(folder())
    if manifest is None:
        return [], None
    checksum, last = _place(after) if after is not None else (manifest.checksum, -1)
    rows, tell = _rows(checksum), _teller(manifest)
    found: list[Row] = []
    number = last
    for basis, cut in _cuts(rows, asked, last + 1):
        numbers = cut.numbers(last, limit - len(found) + 1)
        if len(found) + len(numbers) > limit:
            numbers = numbers[: limit - len(found)]
            number = numbers[-1] if numbers else number
            return found + tell(rows, basis, numbers), [checksum, number]
        found += tell(rows, basis, numbers)
        number = numbers[-1] if numbers else number
    return found, None


def every() -> Iterator[Row]:
    """All rows of the snapshot in force, some thousands at a time."""
    manifest = manifest_of(folder())
    if manifest is None:
        return
    rows, tell = _rows(manifest.checksum), _teller(manifest)
    for basis, (start, stop) in rows.bases.items():
        for first in range(start, stop, A_TIME):
            yield from tell(rows, basis, list(range(first, min(first + A_TIME, stop))))


def count(asked: Mapping[str, Any]) -> int:
    """How many rows of the snapshot in force answer."""
    checksum = in_force()
    return sum(len(cut) for _basis, cut in _cuts(_rows(checksum), asked)) if checksum else 0


def _place(key: list[Any]) -> tuple[str, int]:
    match key:
        case [str(checksum), int(row)] if CHECKSUM.fullmatch(checksum) and 0 <= row < 2**62:
            return checksum, row
    raise LookupError(str(key))


def _rows(checksum: str) -> Rows:
    """The rows of a snapshot. Raises LookupError for one that is gone."""
    path = home_of(folder(), checksum) / f"{COLUMNS}.arrow"
    if not path.exists():
        raise LookupError(checksum)
    return _mapped(path)


_mapped = lru_cache(maxsize=KEPT)(mapped)


def _cuts(rows: Rows, asked: Mapping[str, Any], first: int = 0) -> Iterator[tuple[Basis, Cut]]:
    """The rows that answer, basis by basis, in the order of their numbers; bases that end before `first` are passed over."""
    filters = {name: [asked[name]] for name in DIMENSIONS if name in asked}
    if "sector" in asked:
        filters["sector"] = [code for code in rows.labels["sector"] if code.startswith(asked["sector"])]
    year = asked.get("year")
    for basis, (_start, stop) in rows.bases.items():
        if stop > first and all(getattr(basis, name) == asked[name] for name in BASIS if name in asked):
            yield basis, rows.cut(Question(basis, year, year, filters))


def _teller(manifest: Manifest) -> Any:
    invented = {str(one.get("source")) for one in manifest.sources if one.get("fictional")}
    names = manifest.names

    def told(rows: Rows, basis: Basis, numbers: list[int]) -> list[Row]:
        of_all = {**asdict(basis), "fictional": basis.source in invented}
        return [
            {
                **of_all,
                **row,
                "provider_name": names.get(row["provider"], ""),
                "recipient_name": names.get(row["recipient"], ""),
            }
            for row in rows.told(numbers)
        ]

    return told
