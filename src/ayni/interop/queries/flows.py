"""What the loaded files bring to the snapshot (settings.SNAPSHOT_SOURCES)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings

from ayni.analytics.manifest import Gathered, read_table
from ayni.interop.models import FlowFile

FOLDER = "flows"
# Files that are marked as fictional, whatever their format.
FICTIONAL = "demo"


def path_of(file: FlowFile) -> Path:
    """Where the rows of a file lie."""
    return Path(settings.MEDIA_ROOT) / file.rows_file


def gather() -> Gathered:
    """The rows of every loaded file, with its names and what is said of it."""
    return Gathered(tuple(tables()), names(), tuple(about()))


def tables() -> Iterator[pa.Table]:
    """The rows of every loaded file. Invented ones are a source of their own, never added to what was reported."""
    for file in FlowFile.objects.defer("report"):
        if path_of(file).exists():
            table = read_table(path_of(file))
            yield _renamed(table, source_of(file)) if file.fictional else table


def source_of(file: FlowFile) -> str:
    """The source of the snapshot that a file belongs to."""
    return FICTIONAL if file.fictional else file.format


def _renamed(table: pa.Table, source: str) -> pa.Table:
    place = table.column_names.index("source")
    column = pa.DictionaryArray.from_arrays(pa.array([0] * table.num_rows, pa.int32()), pa.array([source]))
    return table.set_column(place, table.schema.field("source"), column)


def names() -> dict[str, str]:
    """{code: name} of organisations and regions, as the files write them."""
    found: dict[str, str] = {}
    for report in FlowFile.objects.values_list("report", flat=True):
        for code, name in report.get("names", {}).items():
            found.setdefault(code, name)
    return found


def about() -> list[dict[str, Any]]:
    """What the page on coverage says of each file."""
    return [
        {
            "source": source_of(file),
            "name": file.name,
            "checksum": file.checksum,
            "loaded": file.loaded_at.isoformat(),
            "rows": file.rows,
            "apart": file.report.get("apart", {}),
            "problems": file.problems,
            "gaps": file.report.get("gaps", {}),
            "fictional": file.fictional,
            "lost": not path_of(file).exists(),
        }
        for file in FlowFile.objects.all()
    ]
