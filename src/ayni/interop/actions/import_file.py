"""Reads a file and puts it in, batch after batch; what is broken off is taken up again where it was."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ayni.iati.findings import Finding
from ayni.iati.read import Read, read
from ayni.interop.actions.importing import FileFacts, close_import, keep_batch, open_import
from ayni.interop.models import SourceFile, SourceKind
from ayni.interop.queries.comparing import in_batches

BATCH = 200
CHUNK = 1 << 20
# Called with how many records have been dealt with.
Progress = Callable[[int], None]


class ImportOfFile:
    """The import of one file on behalf of a person (None: the command line)."""

    def __init__(self, by: Any, path: Path, *, name: str = "", address: str = "", licence: str = "") -> None:
        self._by = by
        self._path = path
        self._facts = FileFacts(
            SourceKind.IATI_ACTIVITIES, name or path.name, checksum(path), path.stat().st_size, address, licence
        )

    def run(self, *, sector: str = "", progress: Progress = lambda done: None) -> SourceFile:
        """Put the file in; returns it with its counts. Raises PermissionDenied, Conflict, OSError."""
        file = open_import(by=self._by, facts=self._facts, sector=sector)
        reading = _Reading(self._path, file.position)
        for batch in in_batches(reading, BATCH):
            file = keep_batch(by=self._by, file=file, reads=batch)
            progress(file.position)
        return close_import(by=self._by, file=file, findings=reading.findings)


class _Reading:
    """The records of a file after the first `done`; afterwards, what is to be said of the file as a whole."""

    def __init__(self, path: Path, done: int) -> None:
        self._path = path
        self._done = done
        self.findings: list[Finding] = []

    def __iter__(self) -> Iterator[Read]:
        for one in read(self._path):
            if one.record is None and not one.position:
                self.findings += one.findings
            elif one.position > self._done:
                yield one


def checksum(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    whole = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            whole.update(piece)
    return whole.hexdigest()
