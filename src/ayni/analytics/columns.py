"""The rows of a snapshot as a filter reads them: small codes side by side in one Arrow file.

A process maps the file into its memory: nothing is read before it is asked for, and all processes share what was read. The rows of a
basis stand together and by year; where each basis begins and ends is written in the file, and so is the group of each sector.
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from ayni.analytics.schema import BASIS, DIMENSIONS, GROUP, MEASURES, Basis, Codes, coded, numbers, small

SECTOR_GROUP = "sector_group"
WAYS = (*DIMENSIONS, SECTOR_GROUP)
BASES = b"bases"


def columns_of(table: pa.Table) -> pa.RecordBatch:
    """The columns of a table of SCHEMA that is sorted by basis and year: codes of `WAYS` with their labels in order, years, measures."""
    columns = {name: coded(table[name]) for name in DIMENSIONS}
    columns[SECTOR_GROUP] = _groups(*columns["sector"])
    arrays = {
        name: pa.DictionaryArray.from_arrays(codes, pa.array(labels, pa.string()))
        for name, (labels, codes) in columns.items()
    }
    arrays |= {name: pa.array(numbers(table[name])) for name in ("year", *MEASURES)}
    batch = pa.RecordBatch.from_pydict(arrays)
    return batch.replace_schema_metadata({BASES: json.dumps(_bases(table))})


def write(path: Path, columns: pa.RecordBatch) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, columns.schema) as writer:
        writer.write_batch(columns)


def read(path: Path) -> pa.RecordBatch:
    """The columns of a file, none of them read yet. They stay readable when the file is removed."""
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).get_batch(0)


def bases_of(columns: pa.RecordBatch) -> dict[Basis, tuple[int, int]]:
    """{basis: (its first row, the row after its last)}."""
    return {Basis(**told): (start, stop) for told, start, stop in json.loads(columns.schema.metadata[BASES])}


def labelled(column: pa.DictionaryArray) -> tuple[list[str], Codes]:
    """The labels of a column of codes, and the codes."""
    return column.dictionary.to_pylist(), np.from_dlpack(column.indices)


def _groups(sectors: list[str], codes: Codes) -> tuple[list[str], Codes]:
    groups = sorted({label[:GROUP] for label in sectors})
    place = np.array([groups.index(label[:GROUP]) for label in sectors], dtype=small(len(groups)))
    return groups, place[codes] if len(place) else place


def _bases(table: pa.Table) -> list[tuple[dict[str, str], int, int]]:
    size = table.num_rows
    changes: set[int] = {0, size} if size else set()
    for name in BASIS:
        _labels, codes = coded(table[name])
        changes.update((np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist())
    bounds = sorted(changes)
    return [
        (asdict(Basis(*(table[name][start].as_py() for name in BASIS))), start, stop)
        for start, stop in zip(bounds, bounds[1:], strict=False)
    ]
