"""The matrix as files: what its page shows, as CSV and as a workbook of three sheets."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ayni.common.delimited import csv_file
from ayni.common.i18n import text_in
from ayni.common.workbooks.cells import WorkbookWriter
from ayni.exchange.queries.matrix_page import Cell, Page

Lines = list[list[str | int]]


def as_csv(page: Page) -> bytes:
    """A line for each cell of the table that holds something."""
    return csv_file([_table_head(), *_table(page)])


def as_xlsx(page: Page) -> bytes:
    """The quadrants with what they ask for, the cells of the table, and the countries."""
    book = WorkbookWriter()
    _sheet(book, _("Quadrants"), _quadrant_head(), _quadrants(page), (8, 30, 40, 40, 40, 40, 10, 10, 12, 44))
    _sheet(book, _("Topics and modalities"), _table_head(), _table(page), (24, 44, 24, 44, 10, 10, 12, 44))
    _sheet(book, _("Countries"), _country_head(), _countries(page), (8, 36, 10, 10, 12, 44))
    return book.written()


def _sheet(book: WorkbookWriter, name: str, head: list[str], lines: Lines, widths: Sequence[int]) -> None:
    book.add_sheet(name[:31], [head], [dict(enumerate(line)) for line in lines], widths)


def _numbers() -> list[str]:
    return [_("Offers"), _("Demands"), _("Balance"), _("Source")]


def _table_head() -> list[str]:
    return [_("Code of the topic"), _("Topic"), _("Code of the modality"), _("Modality"), *_numbers()]


def _quadrant_head() -> list[str]:
    asks = [_("Experts"), _("Prior agreements"), _("Mechanisms"), _("Monitoring and evaluation")]
    return [_("Code"), _("Quadrant"), *asks, *_numbers()]


def _country_head() -> list[str]:
    return [_("Code"), _("Country"), *_numbers()]


def _table(page: Page) -> Lines:
    return [
        [row.code, row.label, column.code, column.label, *_counted(cell), _source(page)]
        for row in page.rows
        for column, cell in zip(page.columns, row.cells, strict=True)
        if cell.supply or cell.demand
    ]


def _quadrants(page: Page) -> Lines:
    return [
        [
            one.quadrant.quadrant.code,
            text_in(one.quadrant.name),
            text_in(one.quadrant.experts),
            text_in(one.quadrant.agreements),
            ", ".join(str(mechanism) for mechanism in one.quadrant.mechanisms.all()),
            text_in(one.quadrant.monitoring),
            *_counted(one.cell),
            _source(page),
        ]
        for one in page.quadrants
        if one.cell
    ]


def _countries(page: Page) -> Lines:
    return [[code, name, *_counted(cell), _source(page)] for code, name, cell in page.countries]


def _source(page: Page) -> str:
    """What every line leaves with: the matrix is a reconstruction, and some of what is counted may be fictional."""
    version = page.quadrants[0].quadrant.scheme.version if page.quadrants else 1
    told = _("Reconstruction by Ayni, version %(version)d of the matrix") % {"version": version}
    fictional = _("With fictional entries of the demonstration")
    return f"{told}. {fictional}" if page.fictional else told


def _counted(cell: Cell) -> list[str | int]:
    return [cell.supply, cell.demand, cell.word]
