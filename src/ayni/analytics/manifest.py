"""The snapshot as it is read: which one is in force, and its tables. See snapshot.py for how one is made.

Apart from the making, because a page that answers needs neither Ibis nor DuckDB, whose import alone takes longer than the answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ayni.analytics.schema import TEXTS

MANIFEST = "manifest.json"
ROWS = "rows"
# The same rows as columns.py lays them down, in a file of Arrow's own.
COLUMNS = "columns"
# The marts beside the rows: made by marts.py, held by cubes.py.
PAIRS, SECTOR_YEARS, SECTOR_RECIPIENTS = "pairs", "sector_years", "sector_recipients"
PROVIDER_REGIONS, TOPIC_MODALITIES = "provider_regions", "topic_modalities"
# What lies in the folder of a snapshot. One that an earlier version made is none: `./ayni snapshot` makes it anew.
FORM = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made` is the moment as ISO 8601; `data_version` what the registry's record had come to; `names` {code: name} of what no
    list of ours names; `sources` what each source says of its files; `form` which files it consists of."""

    checksum: str
    made: str
    data_version: int
    rows: int
    names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Mapping[str, Any], ...] = ()
    form: int = 1


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a source brings: tables of SCHEMA, the names of codes that no list of ours has, and what it says of its files."""

    tables: tuple[pa.Table, ...]
    names: Mapping[str, str]
    about: tuple[Mapping[str, Any], ...]


def manifest_of(folder: Path) -> Manifest | None:
    """The snapshot in force; None where there is none, or its manifest cannot be read, or was written by an earlier version."""
    try:
        value = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        found = Manifest(**{**value, "sources": tuple(value["sources"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if found.form == FORM else None


def home_of(folder: Path, checksum: str) -> Path:
    """Where a snapshot's files lie: the same rows in another form lie elsewhere."""
    return folder / f"{checksum}-{FORM}"


def path_of(folder: Path, manifest: Manifest, name: str = ROWS) -> Path:
    """The file of the rows, of their columns, or of a mart."""
    return home_of(folder, manifest.checksum) / f"{name}.{'arrow' if name == COLUMNS else 'parquet'}"


def read_table(path: Path, *, dictionaries: bool = False) -> pa.Table:
    """A whole Parquet file, texts as dictionaries if wanted.

    Without the machinery for many files, whose import alone takes a third of a second.
    """
    with pq.ParquetFile(path, read_dictionary=list(TEXTS) if dictionaries else None) as file:
        return file.read()
