"""Reads a file of the standard, one record after the other, whatever its size."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ayni.iati.elements import record_of
from ayni.iati.findings import Finding, Severity, moved
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.parsing import Parsed, parse, records
from ayni.iati.source import Header, Unreadable, batches, header_of, plain

_COPIED = 1 << 20


@dataclass(frozen=True, slots=True)
class Read:
    """One record of the file with what was found while reading it; ``record`` None when only findings are to be told.

    ``line`` is where the record begins; ``position`` counts the records from 1; ``generated`` is when its file was made, as it says.
    """

    record: Activity | Organisation | None
    position: int = 0
    line: int = 0
    findings: tuple[Finding, ...] = ()
    generated: str = ""


@contextmanager
def opened(source: Path | str | BinaryIO) -> Iterator[Header]:
    """The header of a file, ready to be cut into batches: copied first where it is a stream or in wide characters. Raises Unreadable."""
    with tempfile.TemporaryDirectory(prefix="iati-") as folder:
        path = Path(source) if isinstance(source, str | Path) else _copy(source, Path(folder))
        try:
            header = header_of(plain(path, Path(folder)))
        except OSError as error:
            raise Unreadable("unopened", {"reason": error.strerror or "?"}, 0) from error
        yield header


def _copy(stream: BinaryIO, folder: Path) -> Path:
    copy = folder / "stream.xml"
    with copy.open("wb") as target:
        while block := stream.read(_COPIED):
            target.write(block)
    return copy


def refused(error: Unreadable) -> Finding:
    """The finding that a file is not read at all."""
    return Finding(Severity.READ, "", "/", error.line, error.key, error.parameters, "unreadable")


def read(source: Path | str | BinaryIO) -> Iterator[Read]:
    """Every activity or organisation of ``source``, in order; what cannot be read is told in ``findings`` and never raised."""
    try:
        with opened(source) as header:
            line, position = header.line, 0
            for batch in batches(header):
                parsed = parse(batch)
                yield from values(header, parsed, line, position)
                line, position = line + parsed.lines, position + parsed.records
    except Unreadable as error:
        yield Read(None, findings=(refused(error),))


def values(header: Header, parsed: Parsed, line: int, position: int) -> Iterator[Read]:
    """The records of a batch that begins on ``line`` after ``position`` records: first what was found, then each record."""
    if parsed.findings:
        yield Read(None, findings=tuple(moved(each, line, position) for each in parsed.findings))
    model = Activity if header.kind == "iati-activities" else Organisation
    for part in parsed.parts:
        for number, element in records(part, header):
            record = record_of(element, model, header.version)
            at = (element.sourceline or 0) + part.shift + line
            yield Read(record, position + number, at, generated=header.generated)
