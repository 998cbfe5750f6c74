"""One snapshot of all flows: a Parquet file, typed, dictionary-encoded, sorted, checksummed and dated, with its marts beside it.

    snapshot/manifest.json          which snapshot is in force; replaced last, in one step
    snapshot/<checksum>-<form>/rows.parquet, columns.arrow, and a Parquet file for each mart

Whoever reads follows the manifest, so a snapshot is seen whole or not at all, and one that is being read stays until the next but one.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ayni.analytics import columns
from ayni.analytics.engine import DUCKDB, connect, read
from ayni.analytics.manifest import COLUMNS, FORM, MANIFEST, ROWS, Manifest, home_of
from ayni.analytics.marts import MARTS
from ayni.analytics.schema import BASIS, SCHEMA, coded, fitted, numbers

KEEP = 2
GROUP = 1_000_000


def write(
    folder: Path,
    tables: Iterable[pa.Table],
    *,
    made: str,
    data_version: int,
    names: Mapping[str, str],
    sources: Iterable[Mapping[str, Any]],
    engine: str = DUCKDB,
) -> Manifest:
    """Write a snapshot of the tables (each of SCHEMA) into `folder` and put it in force. Raises ValueError for one that does not fit."""
    folder.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        table = ordered(tables)
        # Without Arrow's own schema in the file: Spark Connect servers that read it know no dictionary types.
        pq.write_table(table, working / f"{ROWS}.parquet", row_group_size=GROUP, compression="zstd", store_schema=False)
        checksum = checksum_of(working / f"{ROWS}.parquet")
        columns.write(working / f"{COLUMNS}.arrow", columns.columns_of(table))
        _write_marts(working, engine)
        manifest = Manifest(checksum, made, data_version, table.num_rows, dict(names), tuple(sources), FORM)
        target = home_of(folder, checksum)
        if target.exists():
            shutil.rmtree(working)
        else:
            working.rename(target)
        _replace(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    finally:
        shutil.rmtree(working, ignore_errors=True)
    _forget(folder, target)
    return manifest


def ordered(tables: Iterable[pa.Table]) -> pa.Table:
    """All rows in one table, sorted by basis and year, so that either is a slice of it."""
    given = [fitted(table) for table in tables]
    table = pa.concat_tables(given).unify_dictionaries() if given else SCHEMA.empty_table()
    order = np.zeros(table.num_rows, dtype=np.int64)
    for name in BASIS:
        labels, codes = coded(table[name])
        order = order * len(labels) + codes
    years = numbers(table["year"]).astype(np.int64)
    order = order * 2**16 + (years + 2**15)
    return table.take(np.argsort(order, kind="stable")).combine_chunks()


def checksum_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_marts(working: Path, engine: str) -> None:
    backend = connect(engine)
    rows = read(backend, working / f"{ROWS}.parquet")
    for name, mart in MARTS.items():
        pq.write_table(mart(rows).to_pyarrow(), working / f"{name}.parquet", compression="zstd")
    backend.disconnect()


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _forget(folder: Path, current: Path) -> None:
    """Remove all but the latest snapshots; who still reads an older one keeps it open."""
    others = [path for path in folder.iterdir() if path.is_dir() and path != current and not path.name.startswith(".")]
    for path in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[KEEP - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
