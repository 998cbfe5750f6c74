"""CSV files of any common encoding and separator -> rows of texts. What cannot be told apart is refused, never guessed."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from ayni.common.errors import Refused

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
# What a spreadsheet, or a program that reads its CSV export, may take for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
SEPARATORS = ",;\t|"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What texts in our four languages hold beyond ASCII, as Windows-1252 writes it. Anything else means another encoding.
WESTERN = frozenset("áéíóúâêîôûàèìòùäëïöüãõñçÁÉÍÓÚÂÊÎÔÛÀÈÙÄËÏÖÜÃÕÑÇœŒæ¿¡ºª°«»–—‘’“”…·×€\u00a0")
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def read_rows(data: bytes, *, most: int = MOST_ROWS, most_columns: int = MOST_COLUMNS) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with the line it begins in (from 1). The first is the header.

    Raises Refused: the file is too large, empty, has more than `most` rows or `most_columns` columns, or its encoding cannot be
    told.
    """
    if len(data) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 2**20
        raise Refused(_("The file is larger than %(limit)d MB. Split it.") % {"limit": limit})
    text = decoded(data)
    if "\x00" in text:
        raise Refused(_("The file holds characters that no text has. Save it as CSV in UTF-8."))
    rows: list[tuple[int, list[str]]] = []
    for number, cells in _numbered(text):
        if any(cells[most_columns:]):
            message = _("Line %(line)d has more than %(limit)d columns. Remove those that are not asked for.")
            raise Refused(message % {"line": number, "limit": most_columns})
        if any(cells):
            rows.append((number, cells[:most_columns]))
        if len(rows) > most + 1:
            raise Refused(_("The file has more than %(limit)d rows. Split it into several files.") % {"limit": most})
    if not rows:
        raise Refused(_("The file is empty. Choose another one."))
    return rows


@dataclass(frozen=True)
class TitledRow:
    """A row with the line it begins in; `surplus` when it holds something beyond the last column."""

    number: int
    values: Mapping[str, str]
    surplus: bool = False


def titled_rows(
    data: bytes, *, columns: Collection[str], required: Iterable[Sequence[str]], most: int = MOST_ROWS
) -> tuple[list[str], list[TitledRow]]:
    """The column titles (lower case), and the rows below them by title.

    Of each of `required` one column must stand; the first is named where none does. Raises Refused as `read_rows` does, when
    columns are missing, or one of `columns` stands twice.
    """
    lines = read_rows(data, most=most)
    header = [title.lower() for title in lines[0][1]]
    missing = [any_of[0] for any_of in required if not any(name in header for name in any_of)]
    if missing:
        raise Refused(
            _("Columns are missing: %(names)s. The first row names the columns.") % {"names": ", ".join(missing)}
        )
    doubled = {name for name, times in Counter(header).items() if times > 1 and name in columns}
    if doubled:
        raise Refused(_("Columns stand twice: %(names)s.") % {"names": ", ".join(sorted(doubled))})
    rows = [
        TitledRow(number, dict(zip(header, cells, strict=False)), any(cells[len(header) :]))
        for number, cells in lines[1:]
    ]
    return header, rows


def csv_file(rows: Iterable[Iterable[object]]) -> bytes:
    """The rows as a CSV file (RFC 4180) in UTF-8 with its mark, as spreadsheet programs want it; texts are `guarded`, None is empty."""
    text = io.StringIO(newline="")
    # In a long file the same few texts stand again and again.
    safe = lru_cache(maxsize=4096)(guarded)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def guarded(text: str) -> str:
    """The text as a cell of a CSV file: one that looks like a formula gets an apostrophe before it."""
    return f"'{text}" if _would_be_a_formula(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _would_be_a_formula(text) else text


def _would_be_a_formula(text: str) -> bool:
    """Under its apostrophes, if any: what was guarded already is guarded once more, so that it comes back."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252. Raises Refused for what may be anything else."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if encoding != "utf-8":
            raise Refused(_("The file is damaged: line %(line)d cannot be read.") % {"line": line}) from None
    if MULTIBYTE.search(data):
        message = _(
            "The file mixes two encodings; line %(line)d is not in UTF-8 as other lines are. Save it again as CSV in UTF-8."
        )
        raise Refused(message % {"line": line})
    text = data.decode("cp1252", errors="replace")
    strange = next((mark for mark in text if ord(mark) > 127 and mark not in WESTERN), None)
    if strange is not None:
        message = _(
            "It cannot be told how the file's accents are written (line %(line)d). Save it again as CSV in UTF-8."
        )
        raise Refused(message % {"line": line})
    return text


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1, [cell.strip() for cell in cells]
            before = reader.line_num
    except csv.Error:
        message = _("Line %(line)d is not well-formed CSV: perhaps a quotation mark is missing.")
        raise Refused(message % {"line": before + 1}) from None
