"""Cells of a file of flows: numbers, years, codes."""

import math
import re
from typing import Any

from django.utils.translation import gettext as _

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
NOTHING = frozenset(("", "..", "-", "na", "n.a.", "nan", "null", "none"))
GREATEST = 1e15
# Control characters and halves of a pair (Unicode): no database and no file keeps them all.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
FIRST_YEAR, LAST_YEAR = 1950, 2100


class Unclear(ValueError):
    """A cell cannot be understood; the message is a translated sentence that says what to do."""


def text(cell: Any) -> str:
    """A cell as text. Raises Unclear for what is a list or a table of its own, and for what is no text."""
    if cell is None:
        return ""
    if isinstance(cell, (list, dict)):
        raise Unclear(_("A single value is expected, not a list."))
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < GREATEST:
        return str(int(cell))
    written = " ".join(str(cell).split())
    if UNWRITABLE.search(written):
        raise Unclear(_("The cell holds signs that are no text. Correct the cell, or the encoding of the file."))
    return written


def number(cell: Any) -> float | None:
    """A number with a decimal point; None where the cell says nothing. Raises Unclear for anything else."""
    written = text(cell)
    if written.casefold() in NOTHING:
        return None
    if not NUMBER.fullmatch(written):
        raise Unclear(_("“%(text)s” is not a number. Write digits with a decimal point.") % {"text": shown(written)})
    value = float(written)
    if not math.isfinite(value) or abs(value) > GREATEST:
        raise Unclear(_("“%(text)s” is too large. Correct the number.") % {"text": shown(written)})
    return value


def year(cell: Any) -> int:
    """A year of four figures, from 1950 to 2100, also at the beginning of a date. Raises Unclear otherwise."""
    written = text(cell)
    found = re.match(r"(\d{4})(-\d{2}(-\d{2}.*)?)?$", written, re.ASCII)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Unclear(_("“%(text)s” is not a year from 1950 to 2100.") % {"text": shown(written)})
    return int(found[1])


def code(cell: Any) -> str:
    """A short code in letters, figures, dots and hyphens; "" for anything else."""
    written = text(cell)
    return written if re.fullmatch(r"[\w.-]{1,20}", written, re.ASCII) else ""


def shown(written: str) -> str:
    """As much of a cell as a message can hold."""
    return written if len(written) <= 40 else f"{written[:40]}…"
