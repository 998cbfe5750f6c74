"""The first rows of a file, kept with a profile as its example: as JSON holds them, cut to what a page shows."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from ayni.interop.formats.national.cells import Line
from ayni.interop.formats.national.values import Value, text_of
from ayni.interop.queries.national.looking import KEPT_COLUMNS, KEPT_LETTERS, KEPT_ROWS
from ayni.interop.queries.national.reading import lines_of


def sample_of(data: bytes, name: str, sheet: str = "") -> list[list[Any]]:
    """[[number of the row, [cells]], …]. Raises Refused for a file that cannot be read."""
    return [[line.number, _cells(line)] for line in lines_of(data, name, sheet)[:KEPT_ROWS]]


def titles_of(sample: Sequence[Sequence[Any]]) -> list[str]:
    """What stands in the row with the most texts: most likely the titles."""
    rows = [[text_of(value) for value in cells] for _number, cells in sample]
    best = max(rows, key=lambda row: sum(bool(text) and not text[:1].isdigit() for text in row), default=[])
    return [text for text in dict.fromkeys(best) if text]


def _cells(line: Line) -> list[Any]:
    last = min(max(line.cells, default=0), KEPT_COLUMNS)
    return [_kept(line.cells.get(at)) for at in range(1, last + 1)]


def _kept(value: Value) -> str | int | float | bool:
    if value is None:
        return ""
    if isinstance(value, date | datetime | time | str):
        return text_of(value)[:KEPT_LETTERS]
    # No number that JSON has no word for.
    return value if value == value and abs(value) != float("inf") else ""
