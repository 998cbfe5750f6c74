"""Writes records as one file of version 2.03."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation


def write(
    records: Iterable[Activity] | Iterable[Organisation], out: BinaryIO, *, generated: datetime | None = None
) -> int:
    """Writes activities (or organisations; not both in one file) into ``out`` and returns how many."""
    raise NotImplementedError
