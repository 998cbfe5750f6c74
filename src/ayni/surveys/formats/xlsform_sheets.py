"""The sheets of an XLSForm workbook as tables: column names understood as XLSForm understands them, places kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.workbooks.findings import Finding, Severity
from ayni.common.workbooks.workbook import Cell, Row, Sheet, Workbook

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
# XLSForm stops reading after this many empty rows.
LONGEST_GAP = 60
# Older and other names of columns, by their first part in snake case.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "caption": ("label",),
    "command": ("type",),
    "tag": ("name",),
    "value": ("name",),
    "relevance": ("relevant",),
    "calculate": ("calculation",),
    "read_only": ("readonly",),
    "constraining_message": ("constraint_message",),
    "requiredmsg": ("required_message",),
    "set_form_title": ("form_title",),
    "title": ("form_title",),
    "set_form_id": ("form_id",),
    "id_string": ("form_id",),
    "count": ("repeat_count",),
}
BINDS = {
    "relevant": "relevant",
    "constraint": "constraint",
    "required": "required",
    "readonly": "readonly",
    "calculate": "calculation",
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
}
TRANSLATED = ("label", "hint")
MEDIA = ("image", "big-image", "audio", "video", "media")


@dataclass(frozen=True)
class Column:
    """A column with a name: `key` is XLSForm's name for it, `language` what follows "::" for labels and hints."""

    number: int
    header: str
    key: str
    language: str = ""


@dataclass(frozen=True)
class Table:
    """A sheet with its column names in the first row."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, key: str) -> int | None:
        """The number of the column of that name, if there is one."""
        return next((column.number for column in self.columns if column.key == key), None)

    def value(self, row: Row, key: str) -> str:
        """What stands in the column of that name, blanks as XLSForm sees them; empty when nothing does."""
        return " ".join(row.text(self.column(key)).split())

    def texts(self, row: Row, key: str) -> dict[str, str]:
        """The words of a translated column by language as the header names it, "" for none named."""
        return {
            column.language: row.text(column.number)
            for column in self.columns
            if column.key == key and row.text(column.number)
        }

    def languages(self) -> tuple[str, ...]:
        """The languages as the headers name them, each once."""
        return tuple(dict.fromkeys(column.language for column in self.columns if column.key in TRANSLATED))

    def finding(self, message: str, row: Row | None = None, key: str = "", **more: Any) -> Finding:
        """A finding about a row, and a column if one is named."""
        return self.sheet.finding(message, row.number if row else None, self.column(key) if key else None, **more)


EMPTY = Table(Sheet("", ()), (), ())


def tables(workbook: Workbook) -> tuple[dict[str, Table], list[Finding]]:
    """The tables by XLSForm's name of the sheet, and what is wrong with their headers and cells."""
    found: dict[str, Table] = {}
    findings: list[Finding] = []
    for name, sheet in workbook.sheets.items():
        key = name.lower()
        known = key if key in SHEETS else "survey"
        found[known], problems = _table(sheet)
        findings += problems
    return found, findings


def form_sheets(names: Sequence[str]) -> set[str]:
    """The sheets that XLSForm reads, among all names; a single sheet is the survey whatever its name."""
    return {names[0]} if len(names) == 1 else {name for name in names if name.lower() in SHEETS}


def _table(sheet: Sheet) -> tuple[Table, list[Finding]]:
    if not sheet.rows:
        return Table(sheet, (), ()), []
    if sheet.rows[0].number != 1:
        message = _("The first row is empty. Put the names of the columns there.")
        return Table(sheet, (), ()), [sheet.finding(message, 1)]
    findings: list[Finding] = []
    columns = tuple(_columns(sheet.rows[0]))
    seen: dict[str, Column] = {}
    for column in columns:
        if column.header in seen:
            message = _("The column “%(name)s” stands here twice. Rename or remove one of the two.")
            findings.append(sheet.finding(message % {"name": column.header}, 1, column.number))
        seen[column.header] = column
    rows, gap = _before_gap(sheet.rows[1:])
    if gap:
        message = _("More than %(count)d empty rows stand before this one; it and what follows are not read.")
        findings.append(sheet.finding(message % {"count": LONGEST_GAP}, gap, severity=Severity.WARNING))
    findings += _cell_findings(sheet, columns, rows)
    return Table(sheet, columns, rows), findings


def _before_gap(rows: Sequence[Row]) -> tuple[tuple[Row, ...], int]:
    last = 1
    for index, row in enumerate(rows):
        if row.number - last - 1 > LONGEST_GAP:
            return tuple(rows[:index]), row.number
        last = row.number
    return tuple(rows), 0


def _cell_findings(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        for column in columns:
            cell = row.cells.get(column.number)
            if cell is not None and (cell.is_formula or cell.is_error):
                yield _cell_finding(sheet, row, column, cell)


def _cell_finding(sheet: Sheet, row: Row, column: Column, cell: Cell) -> Finding:
    if cell.is_error or cell.value is None:
        message = _("The cell holds an error or a formula without a result. Write the text itself.")
        return sheet.finding(message, row.number, column.number)
    message = _("The cell holds a formula; its last result was taken: “%(text)s”. Check it.") % {"text": cell.text[:80]}
    return sheet.finding(message, row.number, column.number, severity=Severity.WARNING)


def _columns(row: Row) -> Iterator[Column]:
    headers = {number: " ".join(cell.text.split()) for number, cell in row.cells.items()}
    double = any("::" in header for header in headers.values())
    for number, header in sorted(headers.items()):
        if header:
            key, language = understood(header, double)
            yield Column(number, header, key, language)


def understood(header: str, double: bool) -> tuple[str, str]:
    """XLSForm's name of a column and the language in it: "caption:English" gives ("label", "English").

    `double` says that the sheet separates by "::", so that a single colon separates nothing.
    """
    parts = [part.strip() for part in header.split("::" if double or "::" in header else ":")]
    if "jr" in parts[:-1]:
        at = parts.index("jr")
        parts[at : at + 2] = [f"jr:{parts[at + 1]}"]
    first = "_".join(parts[0].split()).lower()
    if first == "bind" and len(parts) > 1:
        return BINDS.get(parts[1], "::".join(parts[:2])), parts[2] if len(parts) > 2 else ""
    if first in ("attribute", "control", "body", "instance"):
        return "::".join([first, *parts[1:]]), ""
    key = ALIASES.get(first, (first,))[0]
    if key in MEDIA:
        return "media", ""
    return key, parts[1] if len(parts) > 1 else ""


def for_pyxform(found: Mapping[str, Table], names: Sequence[str]) -> dict[str, Any]:
    """The workbook in the shape that pyxform takes instead of a file, empty rows included so that its row numbers hold."""
    book: dict[str, Any] = {"sheet_names": list(names)}
    for name, table in found.items():
        book[f"{name}_header"] = [{column.header: None for column in table.columns}] if table.columns else []
        by_number = {row.number: row for row in table.rows}
        last = max(by_number, default=1)
        book[name] = [_values(table, by_number.get(number)) for number in range(2, last + 1)]
    return book


def _values(table: Table, row: Row | None) -> dict[str, str]:
    if row is None:
        return {}
    values = {column.header: row.text(column.number).replace("\u00a0", " ") for column in table.columns}
    return {header: value for header, value in values.items() if value}
