"""The rows of the snapshot for open data (`settings.FLOW_ROWS`): a page of them, all of them, how many.

Read by DuckDB from the snapshot's Parquet file, so that no process holds them for this. Rows are in the snapshot's own order.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from ayni.analytics.manifest import ROWS, Manifest, manifest_of
from ayni.atlas.queries.flows.held import folder

COLUMNS = (
    "source",
    "status",
    "currency",
    "price_base",
    "year",
    "provider",
    "recipient",
    "region",
    "sector",
    "topic",
    "modality",
    "value",
    "count",
)
A_TIME = 5_000
CHECKSUM = re.compile(r"[0-9a-f]{64}")
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
    path = folder() / checksum / f"{ROWS}.parquet"
    if not path.exists():
        raise LookupError(checksum)
    where, given = _where(asked, last)
    sql = f"SELECT file_row_number, {_listed()} FROM {_file()} {where} LIMIT ?"
    found = _asked(sql, [str(path), *given, limit + 1]).fetchall()
    tell = _teller(manifest)
    return [tell(row[1:]) for row in found[:limit]], [checksum, found[limit - 1][0]] if len(found) > limit else None


def every() -> Iterator[Row]:
    """All rows of the snapshot in force, some thousands at a time."""
    manifest = manifest_of(folder())
    if manifest is None:
        return
    tell = _teller(manifest)
    path = folder() / manifest.checksum / f"{ROWS}.parquet"
    rows = _asked(f"SELECT {_listed()} FROM {_file()}", [str(path)])
    while some := rows.fetchmany(A_TIME):
        yield from map(tell, some)


def count(asked: Mapping[str, Any]) -> int:
    """How many rows of the snapshot in force answer."""
    checksum = in_force()
    if not checksum:
        return 0
    where, given = _where(asked, -1)
    path: Path = folder() / checksum / f"{ROWS}.parquet"
    (found,) = _asked(f"SELECT count(*) FROM {_file()} {where}", [str(path), *given]).fetchone() or (0,)
    return int(found)


def _place(key: list[Any]) -> tuple[str, int]:
    match key:
        case [str(checksum), int(row)] if CHECKSUM.fullmatch(checksum) and 0 <= row < 2**63:
            return checksum, row
    raise LookupError(str(key))


def _listed() -> str:
    return ", ".join(f'"{name}"' for name in COLUMNS)


def _file() -> str:
    return "read_parquet(?, file_row_number = true)"


def _where(asked: Mapping[str, Any], last: int) -> tuple[str, list[Any]]:
    """The condition and what it takes. Names are those of the columns, never a reader's own words."""
    conditions, given = ["file_row_number > ?"], [last]
    for name in COLUMNS:
        if name in asked:
            conditions.append(f'starts_with("{name}", ?)' if name == "sector" else f'"{name}" = ?')
            given.append(asked[name])
    return "WHERE " + " AND ".join(conditions), given


def _teller(manifest: Manifest) -> Any:
    invented = {str(one.get("source")) for one in manifest.sources if one.get("fictional")}
    names = manifest.names

    def told(values: tuple[Any, ...]) -> Row:
        row = dict(zip(COLUMNS, values, strict=True))
        row["provider_name"] = names.get(row["provider"], "")
        row["recipient_name"] = names.get(row["recipient"], "")
        row["fictional"] = row["source"] in invented
        return row

    return told


def _asked(sql: str, given: list[Any]) -> Any:
    """Each question on a cursor of its own: threads may ask at once."""
    return _database().cursor().execute(sql, given)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})
