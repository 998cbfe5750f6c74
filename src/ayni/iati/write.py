"""Writes records as one file of version 2.03."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import BinaryIO

from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.templates import element_of

VERSION = "2.03"
_FLUSHED = 1 << 20


def write(
    records: Iterable[Activity] | Iterable[Organisation], out: BinaryIO, *, generated: datetime | None = None
) -> int:
    """Writes activities (or organisations; not both in one file) into ``out`` and returns how many.

    A character that XML cannot hold is left out. Raises TypeError for records of two kinds.
    """
    moment = (generated or datetime.now(UTC)).isoformat(timespec="seconds")
    pieces: list[str] = []
    kind: type | None = None
    count, weight = 0, 0
    for record in records:
        count += 1
        if kind is None:
            kind = type(record)
            pieces.append(_opening(kind, moment))
        elif type(record) is not kind:
            raise TypeError("A file of the standard holds either activities or organisations.")
        piece = text_of(record)
        pieces.append(piece)
        weight += len(piece)
        if weight > _FLUSHED:
            out.write("".join(pieces).encode())
            pieces, weight = [], 0
    if kind is None:
        pieces.append(_opening(Activity, moment))
    pieces.append("</iati-organisations>\n" if kind is Organisation else "</iati-activities>\n")
    out.write("".join(pieces).encode())
    return count


def _opening(kind: type, moment: str) -> str:
    name = "iati-organisations" if kind is Organisation else "iati-activities"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} version="{VERSION}" generated-datetime="{moment}">\n'


def text_of(record: Activity | Organisation) -> str:
    """One record as the text of its element."""
    name = "iati-organisation" if isinstance(record, Organisation) else "iati-activity"
    return (
        element_of(name, Organisation if isinstance(record, Organisation) else Activity)(record, record.language) + "\n"
    )
