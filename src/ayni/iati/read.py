"""Reads a file of the standard, one record after the other, whatever its size."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ayni.iati.findings import Finding
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Read:
    """One record of the file with what was found while reading it; ``record`` None when only findings are to be told.

    ``line`` is where the record begins; ``position`` counts the records from 1.
    """

    record: Activity | Organisation | None
    position: int = 0
    line: int = 0
    findings: tuple[Finding, ...] = ()


def read(source: Path | str | BinaryIO) -> Iterator[Read]:
    """Every activity or organisation of ``source``, in order; what cannot be read is told in ``findings`` and never raised."""
    raise NotImplementedError
