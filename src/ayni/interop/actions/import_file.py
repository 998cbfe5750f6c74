"""Reads a file and puts it in, batch after batch; what is broken off is taken up again where it was."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from ayni.iati.read import opened, refused
from ayni.iati.source import Header, Unreadable
from ayni.iati.validate import over
from ayni.interop.actions.batches import KEPT
from ayni.interop.actions.importing import FileFacts, close_import, keep_batch, open_import
from ayni.interop.models import SourceFile, SourceKind
from ayni.interop.queries.judging import judges
from ayni.interop.queries.preparing import Tally, placed, prepare

BATCH = 200
KINDS = {"iati-activities": SourceKind.IATI_ACTIVITIES, "iati-organisations": SourceKind.IATI_ORGANISATIONS}
# Called with how many records have been dealt with.
Progress = Callable[[int], None]


class ImportOfFile:
    """The import of one file, on the disk or uploaded, on behalf of a person (None: the command line)."""

    def __init__(
        self,
        by: Any,
        source: Path | bytes,
        *,
        name: str = "",
        address: str = "",
        licence: str = "",
        fictional: bool = False,
    ) -> None:
        self._by = by
        self._source = source
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        name = name or (source.name if isinstance(source, Path) else "")
        kind = SourceKind.IATI_ACTIVITIES
        self._facts = FileFacts(kind, name, checksum(source), size, address, licence, fictional=fictional)

    def run(self, *, sector: str = "", progress: Progress = lambda done: None) -> SourceFile:
        """Put the file in; returns it with its counts. Raises PermissionDenied, Conflict, OSError.

        `sector` is asked of activities; an organisation has none, and goes in whatever is asked.
        """
        with ExitStack() as stack:
            try:
                source = BytesIO(self._source) if isinstance(self._source, bytes) else self._source
                header = stack.enter_context(opened(source))
            except Unreadable as error:
                file = open_import(by=self._by, facts=self._facts, sector=sector)
                return close_import(by=self._by, file=file, findings=[refused(error)])
            file = open_import(by=self._by, facts=replace(self._facts, kind=KINDS[header.kind]), sector=sector)
            return self._read(header, file, progress)

    def _read(self, header: Header, file: SourceFile, progress: Progress) -> SourceFile:
        about = Tally(KEPT)
        work = partial(prepare, judges=judges(), sector=file.sector)
        line, records = header.line, 0
        try:
            for _batch, made in over(header, work, processes=1 if isinstance(self._source, bytes) else None):
                found = placed(made, line, records, file.position)
                line, records = line + made.lines, records + made.records
                about.take(found.about)
                for some in found.in_pieces(BATCH):
                    file = keep_batch(by=self._by, file=file, known=some.known, findings=some.of_judges)
                    progress(file.position)
        except Unreadable as error:
            about.take([refused(error)])
        return close_import(by=self._by, file=file, findings=about.kept, more=about.more)


def checksum(source: Path | bytes) -> str:
    """The SHA-256 of a file; one on the disk is read in pieces."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
