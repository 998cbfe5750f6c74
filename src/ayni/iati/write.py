"""Writes records as one file of version 2.03."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import BinaryIO

from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.templates import elements_of

VERSION = "2.03"
_TOGETHER = 100
"""Records that are written at once."""


def write(
    records: Iterable[Activity] | Iterable[Organisation], out: BinaryIO, *, generated: datetime | None = None
) -> int:
    """Writes activities (or organisations; not both in one file) into ``out`` and returns how many.

    A character that XML cannot hold is left out. Raises TypeError for records of two kinds.
    """
    moment = (generated or datetime.now(UTC)).isoformat(timespec="seconds")
    kind: type | None = None
    count = 0
    some: Iterator[Activity | Organisation] = iter(records)
    while together := list(islice(some, _TOGETHER)):
        if kind is None:
            kind = type(together[0])
            out.write(_opening(kind, moment).encode())
        if any(type(record) is not kind for record in together):
            raise TypeError("A file of the standard holds either activities or organisations.")
        count += len(together)
        out.write("\n".join([*_texts_of(together, kind), ""]).encode())
    if kind is None:
        out.write(_opening(Activity, moment).encode())
    out.write(b"</iati-organisations>\n" if kind is Organisation else b"</iati-activities>\n")
    return count


def _opening(kind: type, moment: str) -> str:
    name = "iati-organisations" if kind is Organisation else "iati-activities"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} version="{VERSION}" generated-datetime="{moment}">\n'


def _texts_of(records: Sequence[Activity | Organisation], kind: type) -> list[str]:
    """Each record as the text of its element."""
    name = "iati-organisation" if kind is Organisation else "iati-activity"
    return elements_of(name, kind)(records, [record.language for record in records])
