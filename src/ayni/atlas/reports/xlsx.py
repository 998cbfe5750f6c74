"""The report as a workbook: a sheet for each table and picture, numbers as numbers, nothing that could be a formula."""

import io
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from ayni.atlas.reports.document import Cell, Column, Entries, Figure, Mark, Number, Paragraph, Report, Row, Table
from ayni.atlas.reports.house import ACCENT, HAIR, INK, MUTED, TINT

HEAD = 3
WIDEST = 60
COVER = 90
# Points of a line of text.
LINE = 15
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(report: Report) -> bytes:
    """The bytes of the workbook; the same report gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    made = datetime.fromtimestamp(report.made, UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": report.title, "author": report.network, "keywords": report.code, "created": made, "comments": ""}
    )
    looks = _Looks(book)
    _cover(book, looks, report)
    for table in report.tables():
        _Sheet(book, looks, table.code, table.title, report).table(table)
    for figure in report.figures():
        _Sheet(book, looks, figure.code, figure.title, report).figure(figure)
    for table in report.data:
        _Sheet(book, looks, table.code, table.title, report).table(table)
    _texts(book, looks, report)
    book.close()
    return stream.getvalue()


class _Looks:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        wrapped = {"text_wrap": True, "valign": "top"}
        self.title = self.of(font_name="Georgia", font_size=16, font_color=f"#{ACCENT}")
        self.small = self.of(font_size=9, font_color=f"#{MUTED}", **wrapped)
        self.term = self.of(bold=True, valign="top", font_color=f"#{ACCENT}")
        self.text = self.of(**wrapped)

    def of(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def head(self, kind: str) -> Any:
        return self.of(
            bold=True, text_wrap=True, valign="bottom", top=2, bottom=1, border_color=f"#{INK}", **_side(kind)
        )

    def cell(self, row: str, kind: str, shown: str = "General") -> Any:
        look: dict[str, Any] = {
            "valign": "top",
            "num_format": shown,
            "bottom": 1,
            "bottom_color": f"#{HAIR}",
            **_side(kind),
        }
        if kind == "text":
            look["text_wrap"] = True
        if row == "group":
            look |= {"bold": True, "font_color": f"#{ACCENT}", "bottom_color": f"#{ACCENT}"}
        if row in ("subtotal", "total"):
            look |= {"bold": True}
        if row == "subtotal":
            look |= {"bg_color": f"#{TINT}"}
        if row == "total":
            look |= {"top": 1, "top_color": f"#{INK}", "bottom_color": f"#{INK}"}
        return self.of(**look)


def _side(kind: str) -> dict[str, str]:
    return {"align": {"text": "left", "number": "right", "mark": "center"}[kind]}


class _Sheet:
    """A sheet: its title, the head in row 4 (which stays in sight), the rows, then notes and source."""

    def __init__(self, book: Any, looks: _Looks, code: str, title: str, report: Report) -> None:
        self._sheet, self._looks, self._report = book.add_worksheet(code), looks, report
        self._sheet.write_string(0, 0, f"{code}  {title}", looks.title)
        self._sheet.write_string(1, 0, f"{report.title} · {report.code}", looks.of(font_size=9, font_color=f"#{MUTED}"))
        self._sheet.freeze_panes(HEAD + 1, 1)
        self._sheet.repeat_rows(HEAD)
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.hide_gridlines(2)

    def table(self, table: Table) -> None:
        if table.wide:
            self._sheet.set_landscape()
        self._fill(table.columns, table.rows)
        self._below(len(table.rows), (*table.notes, self._source(table.source)))

    def figure(self, figure: Figure) -> None:
        """The facts that the picture shows."""
        kinds = [any(isinstance(row[at], Number) for row in figure.rows) for at in range(len(figure.columns))]
        columns = tuple(
            Column(label, "number" if counts else "text") for label, counts in zip(figure.columns, kinds, strict=True)
        )
        self._fill(columns, tuple(Row(row) for row in figure.rows))
        self._below(len(figure.rows), (figure.description, *figure.notes, self._source(figure.source)))

    def _source(self, source: str) -> str:
        return f"{self._report.words.source}: {source}" if source else ""

    def _fill(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        widths = [_width(column, at, rows) for at, column in enumerate(columns)]
        for at, column in enumerate(columns):
            self._sheet.write_string(HEAD, at, column.label, self._looks.head(column.kind))
            self._sheet.set_column(at, at, widths[at])
        for line, row in enumerate(rows, HEAD + 1):
            if row.kind != "group":
                _tall(self._sheet, line, zip(row.cells, widths, strict=False))
            for at, cell in enumerate(row.cells):
                self._cell(line, at, cell, row.kind, columns[at].kind)

    def _cell(self, line: int, at: int, cell: Cell, row: str, kind: str) -> None:
        match cell:
            case Number():
                self._sheet.write_number(line, at, cell.value, self._looks.cell(row, kind, _shown(cell)))
            case Mark():
                # One, shown as its sign: a column of marks can be added up.
                self._sheet.write_number(line, at, 1, self._looks.cell(row, kind, f'"{cell.text}"'))
            case str() if cell:
                self._sheet.write_string(line, at, cell, self._looks.cell(row, kind))
            case _:
                self._sheet.write_blank(line, at, None, self._looks.cell(row, kind))

    def _below(self, rows: int, lines: tuple[str, ...]) -> None:
        for at, text in enumerate((line for line in lines if line), HEAD + rows + 2):
            self._sheet.write_string(at, 0, text, self._looks.of(font_size=9, font_color=f"#{MUTED}"))


def _shown(cell: Number) -> str:
    digits = "." + "0" * cell.digits if cell.digits else ""
    return f"0{digits}%" if cell.percent else f"#,##0{digits}"


def _width(column: Column, at: int, rows: tuple[Row, ...]) -> float:
    if column.kind != "text":
        return max(11, min(18, len(column.label) * 0.7))
    cells = (row.cells[at] for row in rows if row.kind != "group" and at < len(row.cells))
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return max(12, min(WIDEST, longest * 1.05), min(WIDEST, len(column.label)))


def _tall(sheet: Any, line: int, cells: Iterable[tuple[object, float]]) -> None:
    """Room for the longest text of a row: not every program finds it by itself."""
    lines = max((math.ceil(len(cell) / width * 1.1) for cell, width in cells if isinstance(cell, str)), default=1)
    if lines > 1:
        sheet.set_row(line, lines * LINE)


def _cover(book: Any, looks: _Looks, report: Report) -> None:
    sheet = book.add_worksheet(report.words.cover[:31])
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, COVER)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, report.title, looks.title)
    sheet.write_string(1, 0, f"{report.network} · {report.period}", looks.of(font_size=11))
    line = 3
    if report.banner:
        sheet.write_string(line, 0, report.banner, looks.term)
        line += 2
    for key in report.key_numbers:
        sheet.write_number(line, 0, key.value.value, looks.of(bold=True, align="left", num_format=_shown(key.value)))
        sheet.write_string(line, 1, key.label, looks.text)
        line += 1
    for fact in report.facts:
        line += 1
        sheet.write_string(line, 0, fact.term, looks.term)
        sheet.write_string(line, 1, fact.text, looks.text)
        _tall(sheet, line, [(fact.text, COVER)])
    line += 2
    sheet.write_string(line, 0, report.words.contents, looks.term)
    items: list[Table | Figure] = [*report.tables(), *report.figures(), *report.data]
    for item in items:
        line += 1
        sheet.write_url(
            line, 0, f"internal:'{item.code}'!A1", looks.of(font_color=f"#{ACCENT}", underline=1), item.code
        )
        sheet.write_string(line, 1, item.title, looks.text)


def _texts(book: Any, looks: _Looks, report: Report) -> None:
    """What the report says in words: a line for each paragraph and note, with its section and source."""
    sheet = book.add_worksheet(report.words.notes[:31])
    for at, (label, width) in enumerate(
        ((report.words.section, 34), (report.words.text, 100), (report.words.source, 34))
    ):
        sheet.write_string(0, at, label, looks.head("text"))
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    line = 0
    for section in report.sections:
        for text, source in _lines(section.blocks):
            line += 1
            told = (f"{section.number} {section.title}".strip(), text, source)
            for at, value in enumerate(told):
                sheet.write_string(line, at, value, looks.text)
            _tall(sheet, line, zip(told, (34, 100, 34), strict=True))


def _lines(blocks: tuple[Any, ...]) -> list[tuple[str, str]]:
    found = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append((block.text, block.source))
            case Entries():
                found += [(": ".join(filter(None, (e.term, e.text))), e.source) for e in block.entries]
    return found
