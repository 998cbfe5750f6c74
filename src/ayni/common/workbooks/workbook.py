"""Workbooks as grids of plain values, row numbers and column letters kept. Reads .xlsx, .xlsm and .xls after the gate.

A formula is marked as one and carries the result it had when the workbook was last saved, which a reader may decline.
"""

import io
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

import openpyxl
import xlrd
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from ayni.common.workbooks.findings import Finding
from ayni.common.workbooks.safe_upload import FileType

CellValue = str | bool | int | float | date | datetime | time
# How a workbook writes what XML cannot hold: a carriage return, and the mark itself.
ESCAPED = re.compile("_x(005F|000D)_")
LAST_ROW = 1_048_576  # what a spreadsheet can hold; a file that says more is not one
LONGEST_GAP = (
    1_000  # empty rows, after which a sheet is taken to be over: some end in a million that were only formatted
)


@dataclass(frozen=True)
class Cell:
    """A cell that holds something. `value` is None for a formula never calculated or a cell in error."""

    value: CellValue | None
    is_formula: bool = False
    is_error: bool = False

    @property
    def text(self) -> str:
        """As one reads it: whole numbers without decimals, no blanks around."""
        return as_text(self.value)


@dataclass(frozen=True)
class Row:
    """The cells of a row that hold something, by column number counted from 1."""

    number: int
    cells: Mapping[int, Cell]

    def text(self, column: int | None) -> str:
        """What stands in `column`; empty when there is nothing or no such column."""
        cell = self.cells.get(column) if column else None
        return cell.text if cell else ""


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows that hold something. `given_up` is the row where reading stopped, after LONGEST_GAP empty ones."""

    name: str
    rows: tuple[Row, ...]
    given_up: int | None = None

    def finding(self, message: str, row: int | None = None, column: int | None = None, **more: Any) -> Finding:
        """A finding about a place of this sheet; `column` is a number counted from 1."""
        return Finding(message, sheet=self.name, row=row, column=letters(column), **more)


class UnreadableWorkbook(Exception):
    """The workbook cannot be read; `finding` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True)
class Workbook:
    """The names of all sheets in order, and those sheets that were asked for."""

    names: tuple[str, ...]
    sheets: Mapping[str, Sheet]


def letters(column: int | None) -> str:
    """The letters of a column number; empty for none."""
    return get_column_letter(column) if column else ""


def as_text(value: CellValue | None) -> str:
    """A cell's value as text: 3.0 as "3", dates in ISO form, no blanks around."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return ESCAPED.sub(lambda found: "_" if found.group(1) == "005F" else "", str(value)).strip()


def read_workbook(
    data: bytes,
    file_type: FileType,
    *,
    wanted: Callable[[Sequence[str]], Collection[str]],
    max_rows: int,
    max_columns: int,
) -> Workbook:
    """The sheets whose names `wanted` picks from all names.

    At most `max_rows` rows that hold something are taken from a sheet: with one more the workbook is refused, and the rest of
    it is not read. Columns after `max_columns` are not read. Raises UnreadableWorkbook.
    """
    read = _read_xls if file_type is FileType.XLS else _read_xlsx
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl announces every extension of Excel that it leaves out
            return read(data, wanted, max_rows, max_columns)
    except (UnreadableWorkbook, MemoryError):
        raise
    except Exception as error:
        # A damaged file can break the parsers anywhere, with any exception.
        message = _(
            "The workbook is damaged and cannot be read. Open it with your spreadsheet program and save it again."
        )
        raise UnreadableWorkbook(Finding(message)) from error


def _taken(name: str, rows: Iterable[Row], max_rows: int) -> Sheet:
    kept: list[Row] = []
    empty = 0
    for row in rows:
        empty = 0 if row.cells else empty + 1
        if empty > LONGEST_GAP:
            return Sheet(name, tuple(kept), row.number)
        if not row.cells:
            continue
        if len(kept) == max_rows:
            message = _("The sheet has more than %(limit)d rows. Split it into several files.") % {"limit": max_rows}
            raise UnreadableWorkbook(Finding(message, sheet=name, row=row.number))
        kept.append(row)
    return Sheet(name, tuple(kept))


def _read_xlsx(
    data: bytes, wanted: Callable[[Sequence[str]], Collection[str]], max_rows: int, max_columns: int
) -> Workbook:
    written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        names = tuple(written.sheetnames)
        picked = [name for name in names if name in wanted(names)]
        sheets = {name: _taken(name, _xlsx_rows(written[name], max_columns), max_rows) for name in picked}
    finally:
        written.close()
    if any(cell.is_formula for sheet in sheets.values() for row in sheet.rows for cell in row.cells.values()):
        sheets = _with_results(data, sheets, max_columns)
    return Workbook(names, sheets)


def _xlsx_rows(worksheet: Any, max_columns: int) -> Iterator[Row]:
    if not hasattr(worksheet, "reset_dimensions"):
        return  # a sheet that holds only a chart
    worksheet.reset_dimensions()  # what the file says of its own extent may be wrong
    for number, cells in enumerate(worksheet.iter_rows(max_col=max_columns), start=1):
        if number > LAST_ROW:
            raise UnreadableWorkbook(
                Finding(_("The sheet says it has more rows than a spreadsheet can have."), sheet=worksheet.title)
            )
        yield Row(
            number,
            {
                column: Cell(cell.value, cell.data_type == "f", cell.data_type == "e")
                for column, cell in enumerate(cells, start=1)
                if not _is_blank(cell.value)
            },
        )


def _with_results(data: bytes, sheets: Mapping[str, Sheet], max_columns: int) -> dict[str, Sheet]:
    """The same sheets, each formula with the result it was saved with."""
    calculated = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        return {
            name: replace(sheet, rows=tuple(_results_in(sheet, _xlsx_rows(calculated[name], max_columns))))
            for name, sheet in sheets.items()
        }
    finally:
        calculated.close()


def _results_in(sheet: Sheet, calculated: Iterable[Row]) -> Iterator[Row]:
    wanted = {row.number for row in sheet.rows}
    last = max(wanted, default=0)
    reached = takewhile(lambda row: row.number <= last, calculated)
    results = {row.number: row.cells for row in reached if row.number in wanted}
    for row in sheet.rows:
        found = results.get(row.number, {})
        yield Row(
            row.number,
            {column: _result(found.get(column)) if cell.is_formula else cell for column, cell in row.cells.items()},
        )


def _result(cell: Cell | None) -> Cell:
    if cell is None or cell.is_error:
        return Cell(None, is_formula=True, is_error=cell is not None)
    return Cell(cell.value, is_formula=True)


def _read_xls(
    data: bytes, wanted: Callable[[Sequence[str]], Collection[str]], max_rows: int, max_columns: int
) -> Workbook:
    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    try:
        names = tuple(book.sheet_names())
        picked = [name for name in names if name in wanted(names)]
        sheets = {
            name: _taken(name, _xls_rows(book.sheet_by_name(name), book.datemode, max_columns), max_rows)
            for name in picked
        }
        return Workbook(names, sheets)
    finally:
        book.release_resources()


def _xls_rows(sheet: Any, datemode: int, max_columns: int) -> Iterator[Row]:
    for index in range(sheet.nrows):
        cells = {
            column: _xls_cell(cell, datemode) for column, cell in enumerate(sheet.row(index)[:max_columns], start=1)
        }
        yield Row(index + 1, {column: cell for column, cell in cells.items() if cell is not None})


def _xls_cell(cell: Any, datemode: int) -> Cell | None:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(None, is_error=True)
    if _is_blank(cell.value):
        return None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(bool(cell.value))
    if cell.ctype != xlrd.XL_CELL_DATE:
        return Cell(cell.value)
    try:
        moment = xlrd.xldate_as_datetime(cell.value, datemode)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return Cell(None, is_error=True)
    return Cell(moment.time() if cell.value < 1 else moment)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
