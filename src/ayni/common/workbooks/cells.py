"""Writing workbooks: every text stays a text, whatever it begins with."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from ayni.common.delimited import FORMULA_STARTS

WIDEST = 60
# A workbook of the same content has the same bytes.
CREATED = datetime(2010, 7, 15, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Validation:
    """A list to choose from in the cells of a column, rows counted from 0; `source` is a formula such as "=sheet!$A$2:$A$9"."""

    first: int
    last: int
    column: int
    source: str


class WorkbookWriter:
    """Sheets of texts, numbers and days. `written()` gives the workbook's bytes, once.

    `streamed` for lists of any length: rows go to the disk one by one and are not kept in memory.
    """

    def __init__(self, *, streamed: bool = False) -> None:
        self._buffer = BytesIO()
        self._workbook = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": not streamed,
                "constant_memory": streamed,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._workbook.set_properties({"created": CREATED})
        self._plain = self._workbook.add_format({"text_wrap": True, "valign": "top"})
        self._day = self._workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._faint = self._workbook.add_format({"text_wrap": True, "valign": "top", "font_color": "#666666"})
        self._head = self._workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        self._quoted = self._workbook.add_format({"text_wrap": True, "valign": "top"})
        # Keeps a text that looks like a formula a text even after someone edits the cell.
        self._quoted.set_quote_prefix()

    def add_sheet(
        self,
        name: str,
        heads: Sequence[Sequence[str]],
        rows: Iterable[Mapping[int, object]],
        widths: Sequence[int],
        validations: Sequence[Validation] = (),
        *,
        hidden: Collection[int] = (),
        faint: Collection[int] = (),
        fixed: int = 0,
    ) -> None:
        """A sheet with `heads` in bold above, then `rows`: column number from 0 -> text, number or day.

        The columns `hidden` are folded away, those `faint` are grey; `fixed` columns at the left stay in view.
        """
        sheet = self._workbook.add_worksheet(name)
        for row, head in enumerate(heads):
            for column, title in enumerate(head):
                sheet.write_string(row, column, title, self._head)
        for row, cells in enumerate(rows, start=len(heads)):
            for column, value in cells.items():
                self._write(sheet, row, column, value, self._faint if column in faint else self._plain)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST), None, {"hidden": column in hidden})
        for one in validations:
            sheet.data_validation(
                one.first, one.column, one.last, one.column, {"validate": "list", "source": one.source}
            )
        sheet.freeze_panes(len(heads), fixed)

    def _write(self, sheet: Any, row: int, column: int, value: object, plain: Any) -> None:
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, plain)
            return
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
            return
        text = str(value)
        sheet.write_string(row, column, text, self._quoted if text.startswith(FORMULA_STARTS) else plain)

    def written(self) -> bytes:
        """The workbook. Nothing can be added afterwards."""
        self._workbook.close()
        return self._buffer.getvalue()
