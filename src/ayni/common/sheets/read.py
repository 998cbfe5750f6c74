"""A file that comes back -> its rows in the agreed form, each with what is wrong with it; whatever stands in the tables."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from ayni.common.delimited import unguarded
from ayni.common.errors import Refused
from ayni.common.sheets.rules import formula, in_column, tidy
from ayni.common.sheets.sheet import CODE, READ, REVISION, Column, Key, Sheet, digest
from ayni.common.workbooks import workbook
from ayni.common.workbooks.findings import errors
from ayni.common.workbooks.safe_upload import UploadLimits
from ayni.common.workbooks.sheets import read_sheets
from ayni.common.workbooks.workbook import Cell, Row

MOST_ROWS = 5_000
MOST_COLUMNS = 120
UNPACKED = 60 * 1024 * 1024
HEADING = re.compile(r"\[([a-z][a-z0-9_]*)\]\s*$")
BASE = re.compile(r"([0-9]{1,9})((?: [0-9a-f]{8})*)")


@dataclass(frozen=True)
class FileRow:
    """A row: `number` in the sheet; `cells` the columns that the file has; what it was made from: `revision` and `base`."""

    number: int
    key: Key
    cells: Mapping[str, str]
    faults: tuple[str, ...] = ()
    revision: int | None = None
    base: frozenset[str] = frozenset()

    def had(self, column: str, value: str) -> bool:
        """Whether this value stood in the row when the file was made."""
        return digest(self.key, column, value) in self.base


def read_file(sheet: Sheet, data: bytes, *, name: str = "") -> list[FileRow]:
    """The rows of an upload. Raises Refused when it cannot be read or is not a file of this list."""
    limits = UploadLimits(size=settings.UPLOAD_LIMIT, unpacked=UNPACKED)
    read = read_sheets(data, name=name, limits=limits, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS)
    wrong = errors(read.findings)
    if wrong:
        raise Refused(str(wrong[0]))
    for found in read.sheets:
        titles = _titles(sheet, found)
        if titles:
            _check(sheet, titles)
            return [_row(sheet, row, titles, from_csv=not found.name) for row in found.rows[1:]]
    raise Refused(
        _("This is not a file of this list: its first row has to name the columns %(names)s. Begin with a download.")
        % {"names": ", ".join(sheet.key)}
    )


def _titles(sheet: Sheet, found: workbook.Sheet) -> dict[int, str]:
    """{column number: code} of a sheet whose first row names at least the key; empty for any other sheet."""
    if not found.rows:
        return {}
    titles = {number: _code(cell.text) for number, cell in found.rows[0].cells.items()}
    known = set(sheet.by_name) | {f"{column.name}{CODE}" for column in sheet.columns if column.choices} | {REVISION}
    named = {number: code for number, code in titles.items() if code in known}
    return named if set(sheet.key) <= {code.removesuffix(CODE) for code in named.values()} else {}


def _code(heading: str) -> str:
    found = HEADING.search(heading)
    return found.group(1) if found else heading.strip().casefold()


def _check(sheet: Sheet, titles: Mapping[int, str]) -> None:
    doubled = sorted(title for title, times in Counter(titles.values()).items() if times > 1)
    if doubled:
        raise Refused(_("Columns stand twice: %(names)s.") % {"names": ", ".join(doubled)})


def _row(sheet: Sheet, row: Row, titles: Mapping[int, str], *, from_csv: bool) -> FileRow:
    raw: dict[str, str] = dict.fromkeys(titles.values(), "")
    faults: list[str] = []
    for number, title in titles.items():
        cell = row.cells.get(number)
        if cell is None:
            continue
        raw[title] = tidy(unguarded(cell.text) if from_csv else cell.text)
        reason = formula(cell.text) if from_csv else _no_text(cell)
        if reason:
            faults.append(in_column(title, reason))
    base = BASE.fullmatch(raw.pop(REVISION, ""))
    revision = int(base.group(1)) if base else None
    known = frozenset(base.group(2).split()) if base else frozenset()
    cells: dict[str, str] = {}
    for name in sheet.key:
        cells[name] = _told(sheet.by_name[name], raw, (), frozenset(), faults)
    key = tuple(cells[name] for name in sheet.key)
    for column in sheet.columns:
        if column.name not in cells and (column.name in raw or column.name + CODE in raw):
            cells[column.name] = _told(column, raw, key, known, faults)
    return FileRow(row.number, key, cells, tuple(dict.fromkeys(faults)), revision, known)


def _told(column: Column, raw: Mapping[str, str], key: Key, base: frozenset[str], faults: list[str]) -> str:
    """The value of a column that may stand in the file as text, as code, or as both: what was changed of the two counts."""
    text, code = raw.get(column.name), raw.get(column.name + CODE) if column.choices else None
    text_kept = text is not None and digest(key, column.name + (READ if column.choices else ""), text) in base
    code_kept = code is not None and digest(key, column.name, code) in base
    if column.choices is None:
        return _parsed(column, text or "", text_kept, faults)
    if code is None:
        return _parsed(column, text or "", False, faults)
    if text is None or text_kept:
        return _parsed(column, code, code_kept, faults)
    if code_kept or not code:
        return _parsed(column, text, False, faults)
    coded = _parsed(column, code, False, faults)
    said, reason = column.parsed(text)
    if text and not reason and said != coded:
        message = _("The text says “%(text)s”, the code “%(code)s”. Correct one of the two, or empty the text.")
        faults.append(in_column(str(column.heading), message % {"text": text[:60], "code": code[:60]}))
    return coded


def _parsed(column: Column, given: str, kept: bool, faults: list[str]) -> str:
    if kept:
        return given
    value, reason = column.parsed(given)
    if reason:
        faults.append(in_column(str(column.heading), reason))
    return value


def _no_text(cell: Cell) -> str:
    if cell.is_formula:
        return _("The cell holds a formula. Write its result as text.")
    return _("The cell holds an error instead of a value. Correct it.") if cell.is_error else ""


def rows_by_key(sheet: Sheet, rows: Sequence[FileRow]) -> Iterator[tuple[FileRow, int | None]]:
    """Each row with the number of an earlier one of the same key; rows without a key are new ones."""
    first: dict[Key, int] = {}
    for row in rows:
        named = not sheet.begins(row.key)
        yield row, first.get(row.key) if named else None
        if named:
            first.setdefault(row.key, row.number)
