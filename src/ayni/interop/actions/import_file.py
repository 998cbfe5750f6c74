"""Reads a file and puts it in, batch after batch; what is broken off is taken up again where it was."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ayni.interop.actions.batches import KEPT
from ayni.interop.actions.importing import FileFacts, close_import, keep_batch, open_import
from ayni.interop.models import SourceFile, SourceKind
from ayni.interop.queries.judging import tally
from ayni.interop.queries.reading import Records, in_batches

BATCH = 200
# Called with how many records have been dealt with.
Progress = Callable[[int], None]


class ImportOfFile:
    """The import of one file, on the disk or uploaded, on behalf of a person (None: the command line)."""

    def __init__(self, by: Any, source: Path | bytes, *, name: str = "", address: str = "", licence: str = "") -> None:
        self._by = by
        self._source = source
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        name = name or (source.name if isinstance(source, Path) else "")
        self._facts = FileFacts(SourceKind.IATI_ACTIVITIES, name, checksum(source), size, address, licence)

    def run(self, *, sector: str = "", progress: Progress = lambda done: None) -> SourceFile:
        """Put the file in; returns it with its counts. Raises PermissionDenied, Conflict, OSError."""
        file = open_import(by=self._by, facts=self._facts, sector=sector)
        reading = Records(self._source, file.position)
        for batch in in_batches(reading, BATCH):
            file = keep_batch(by=self._by, file=file, reads=batch)
            progress(file.position)
        found = tally(self._source, KEPT)
        return close_import(by=self._by, file=file, findings=[*reading.findings, *found.kept], more=found.more)


def checksum(source: Path | bytes) -> str:
    """The SHA-256 of a file; one on the disk is read in pieces."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
