"""A list as a workbook (with the lists of codes and a sheet that explains it) or as CSV: readable, coded, ready to come back."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from django.utils.translation import gettext as _

from ayni.common.delimited import guarded
from ayni.common.sheets.sheet import CODE, REVISION, Column, Kind, Sheet, Standing, Use, marks
from ayni.common.workbooks.cells import Validation, WorkbookWriter

# The days that a spreadsheet program knows.
FIRST_DAY = date(1900, 3, 1)
# So far down a list to choose from is offered.
LAST = 20_000
NARROW, WIDE = 16, 60


def workbook(sheet: Sheet, rows: Iterable[Standing]) -> bytes:
    """The rows with their headings frozen; then the codes, and how the file is used, in the page's language."""
    writer = WorkbookWriter(streamed=True)
    columns = list(_columns(sheet))
    last = len(columns) - 1
    lists = list(_lists(sheet))
    writer.add_sheet(
        sheet.name,
        [[heading for heading, _column, _code in columns]],
        (_line(sheet, columns, row) for row in rows),
        [column.width if column else NARROW for _heading, column, _code in columns],
        [Validation(1, LAST, at, source) for at, source in _validations(columns, lists)],
        hidden={last},
        faint={at for at, (_heading, column, _code) in enumerate(columns) if column is None or column.use is Use.READ},
        fixed=1,
    )
    told = [{0: name, 1: code, 2: label} for name, code, label in lists]
    writer.add_sheet(_("Codes"), [[_("Column"), _("Code"), _("What it means")]], told, [24, 32, WIDE])
    explained = [dict(enumerate(line)) for line in _explained(sheet)]
    writer.add_sheet(_("Read me"), [[str(sheet.title)]], explained, [34, 28, WIDE])
    return writer.written()


def write_csv(sheet: Sheet, rows: Iterable[Standing], to: TextIO) -> None:
    """The rows as CSV in UTF-8 with a mark, which spreadsheet programs ask for."""
    to.write("\ufeff")
    writer = csv.writer(to, lineterminator="\r\n")
    columns = list(_columns(sheet))
    writer.writerow([heading for heading, _column, _code in columns])
    for row in rows:
        writer.writerow([guarded(cell) for cell in _texts(sheet, columns, row)])


Head = tuple[str, Column | None, bool]


def _columns(sheet: Sheet) -> Iterator[Head]:
    """Each column of the file: its heading with its code, what it shows, whether as a code."""
    for column in sheet.columns:
        yield f"{column.heading} [{column.name}]", column, False
        if column.choices is not None:
            heading = _("%(column)s: code") % {"column": column.heading}
            yield f"{heading} [{column.name}{CODE}]", column, True
    yield f"{_('Revision')} [{REVISION}]", None, False


def _texts(sheet: Sheet, columns: list[Head], row: Standing) -> Iterator[str]:
    for _heading, column, coded in columns:
        if column is None:
            yield " ".join([str(row.revision), *marks(sheet, row.cells)])
        else:
            value = row.cells.get(column.name, "")
            yield value if coded else column.readable(value)


def _line(sheet: Sheet, columns: list[Head], row: Standing) -> dict[int, object]:
    found: dict[int, object] = {}
    for at, (text, (_heading, column, _coded)) in enumerate(zip(_texts(sheet, columns, row), columns, strict=True)):
        if text:
            found[at] = _typed(text, column.kind if column else Kind.TEXT)
    return found


def _typed(text: str, kind: Kind) -> object:
    if kind is Kind.DAY and date.fromisoformat(text) >= FIRST_DAY:
        return date.fromisoformat(text)
    if kind is Kind.NUMBER and len(text) < 15:
        return float(text) if "." in text else int(text)
    return text


def _lists(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for column in sheet.columns:
        if column.choices is not None and column.use is not Use.READ:
            for code, label in column.choices.shown():
                yield column.name, code, label


def _validations(columns: list[Head], lists: list[tuple[str, str, str]]) -> Iterator[tuple[int, str]]:
    """The cells in which one thing is chosen offer what can be chosen."""
    for at, (_heading, column, coded) in enumerate(columns):
        if column is None or column.several:
            continue
        rows = [number for number, (name, _code, _label) in enumerate(lists, 2) if name == column.name]
        if rows:
            letter = "B" if coded else "C"
            yield at, f"='{_('Codes')}'!${letter}${rows[0]}:${letter}${rows[-1]}"


def _explained(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    yield (_("Change the cells, add rows below, save, and upload the file on the page that it came from."),)
    yield (_("You then see, row by row, what it would change; nothing is written until you confirm it."),)
    yield (_("A column that you take out changes nothing; an emptied cell empties what stands there."),)
    yield (_("A row that you take out of the file stays in the list as it is."),)
    yield (_("Where a column stands twice, as text and as code, change either; several are separated by “;”."),)
    yield (_("Leave the grey columns as they are: they are only shown, or tell what the file was made from."),)
    if sheet.numbered:
        told = _("Leave “%(column)s” empty in a new row: the site gives it.")
        given = next(name for name in sheet.key if sheet.by_name[name].use is Use.READ)
        yield (told % {"column": sheet.by_name[given].heading},)
    yield ("",)
    yield (_("Column"), _("Code"), _("What it holds"))
    for column in sheet.columns:
        yield str(column.heading), column.name, _holds(column)


def _holds(column: Column) -> str:
    told = {
        Use.READ: _("Only shown."),
        Use.BEGIN: _("Only told in a new row."),
        Use.WRITE: _("Can be changed."),
    }[column.use]
    parts = [told]
    if column.use is not Use.READ:
        if column.required:
            parts.append(_("Cannot be empty."))
        if column.choices is not None:
            several = _("One or several of the sheet “Codes”.") if column.several else _("One of the sheet “Codes”.")
            parts.append(several)
        elif column.kind is Kind.DAY:
            parts.append(_("A day."))
    return " ".join(parts)
