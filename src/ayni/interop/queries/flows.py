"""What the loaded files bring to the snapshot (settings.SNAPSHOT_SOURCES)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings

from ayni.analytics.snapshot import read_table
from ayni.interop.models import FlowFile

FOLDER = "flows"


def path_of(file: FlowFile) -> Path:
    """Where the rows of a file lie."""
    return Path(settings.MEDIA_ROOT) / file.rows_file


def tables() -> Iterator[pa.Table]:
    """The rows of every loaded file."""
    for file in FlowFile.objects.defer("report"):
        yield read_table(path_of(file))


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
            "source": "iati" if file.format == "datastore" else file.format,
            "name": file.name,
            "checksum": file.checksum,
            "loaded": file.loaded_at.isoformat(),
            "rows": file.rows,
            "apart": file.report.get("apart", {}),
            "problems": file.problems,
            "gaps": file.report.get("gaps", {}),
            "fictional": file.fictional,
        }
        for file in FlowFile.objects.all()
    ]
