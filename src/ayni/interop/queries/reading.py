"""The records of a file in their order, the broken ones among them; what is to be said of the file as a whole apart."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from ayni.iati.findings import Finding
from ayni.iati.read import Read, read

NUMBERED = re.compile(r"\[(\d+)\]$")
# What says that the file goes on where nobody can read it.
ENDS_EARLY = frozenset({"truncated", "unreadable"})


class Records:
    """Iterate once over the records after the first `done`; afterwards `findings` are those about the file as a whole.

    A record that is not well-formed comes as a Read without a record, in its place.
    """

    def __init__(self, source: Path | bytes, done: int = 0) -> None:
        self._source = source
        self._done = done
        self._broken: list[Read] = []
        self.findings: list[Finding] = []

    def __iter__(self) -> Iterator[Read]:
        # The reader tells what is broken in a stretch of the file before the records of that stretch.
        for one in read(BytesIO(self._source) if isinstance(self._source, bytes) else self._source):
            if one.record is None and not one.position:
                self._set_apart(one.findings)
                continue
            while self._broken and self._broken[0].position < one.position:
                yield from self._wanted(self._broken.pop(0))
            yield from self._wanted(one)
        for one in self._broken:
            yield from self._wanted(one)

    def _wanted(self, one: Read) -> Iterator[Read]:
        if one.position > self._done:
            yield one

    def _set_apart(self, findings: Iterable[Finding]) -> None:
        broken, about = set_apart(findings)
        self.findings += about
        self._broken = sorted([*self._broken, *broken], key=lambda one: one.position)


def set_apart(findings: Iterable[Finding]) -> tuple[list[Read], list[Finding]]:
    """What the reader says of records, each as a Read without a record, and what it says of the file."""
    broken, about = [], []
    for finding in findings:
        number = NUMBERED.search(finding.path)
        if number is None:
            about.append(finding)
        else:
            broken.append(Read(None, int(number.group(1)), finding.line, (finding,)))
    return broken, about


def in_batches(reads: Iterable[Read], size: int) -> Iterator[list[Read]]:
    """Lists of at most `size`, each in its order."""
    batch: list[Read] = []
    for one in reads:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
