import dataclasses
import io

import openpyxl
import pytest

from ayni.atlas.reports import xlsx as writer
from ayni.atlas.reports.document import Number, Row
from ayni.common.i18n import LANGUAGES

pytestmark = pytest.mark.django_db


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(writer.write(report)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_for_each_table_and_picture_between_cover_and_notes(report_in, lang):
    report = report_in(lang)
    names = opened(report).sheetnames
    assert names[1:-1] == [item.code for item in (*report.tables(), *report.figures(), *report.data)]


def test_numbers_are_numbers_and_equal(report_in):
    report = report_in("fr")
    book = opened(report)
    for table in report.tables():
        rows = list(book[table.code].iter_rows(min_row=5, max_row=4 + len(table.rows), values_only=True))
        for row, shown in zip(table.rows, rows, strict=True):
            wanted = [cell.value for cell in row.cells if isinstance(cell, Number)]
            assert [value for value in shown if isinstance(value, int | float)][-len(wanted) or 99 :] == wanted


def test_the_marks_of_each_institution_add_up_to_its_total(report_in):
    report = report_in("es")
    (matrix,) = (table for table in report.tables() if table.code == "T3")
    rows = list(opened(report)["T3"].iter_rows(min_row=5, max_row=4 + len(matrix.rows), values_only=True))
    counted = [
        sum(row[at] for row, line in zip(rows, matrix.rows, strict=True) if line.kind == "body" and row[at])
        for at in range(1, 6)
    ]
    assert counted == [26, 27, 15, 21, 34] == list(rows[-1][1:6])


def test_every_mark_and_every_passage_can_be_counted_again(report_in):
    book = opened(report_in("es"))
    marks = list(book["D1"].iter_rows(min_row=5, values_only=True))
    assert len(marks) == 123
    assert ("MX-SEDESOL", "SEDESOL", "México", "BRA", "Brasil", "América y el Caribe") in [line[:6] for line in marks]
    passages = list(book["D2"].iter_rows(min_row=5, values_only=True))
    assert {line[0] for line in passages} == {"T1", "T2", "T5", "T6", "T7", "T10"}


def test_the_head_stays_in_sight_and_the_source_is_named(report_in):
    report = report_in("es")
    book = opened(report)
    for table in report.tables():
        assert book[table.code].freeze_panes == "B5"
        if table.source:
            assert any(table.source in str(cell.value) for cell in book[table.code]["A"])


def test_no_text_becomes_a_formula_or_a_link(report_in):
    report = report_in("es")
    section = report.sections[0]
    table = report.tables()[0]
    hostile = dataclasses.replace(table, rows=(Row(("=1+1",)), Row(("@SUM(A1)",)), Row(("https://example.org",))))
    blocks = tuple(hostile if block is table else block for block in section.blocks)
    report = dataclasses.replace(
        report, title="=HYPERLINK(1)", sections=(dataclasses.replace(section, blocks=blocks), *report.sections[1:])
    )
    book = opened(report)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in [cell.value for cell in book[table.code]["A"]]
    assert not any(cell.hyperlink for cell in book[table.code]["A"])


def test_the_same_content_gives_the_same_bytes(report_in):
    assert writer.write(report_in("pt")) == writer.write(report_in("pt"))


def test_long_texts_have_the_room_that_they_need_and_short_ones_no_more(report_in):
    """Some programs open a row as high as it is told, and show wrapped lines over one another."""
    book = opened(report_in("pt"))
    obstacles, coverage = book["T2"], book["T13"]
    for row in obstacles.iter_rows(min_row=5, max_col=2):
        width = obstacles.column_dimensions["B"].width
        if row[1].value and len(row[1].value) > width:
            assert obstacles.row_dimensions[row[1].row].height >= 15 * len(row[1].value) / width
    assert coverage.column_dimensions["B"].width < 20 < coverage.column_dimensions["A"].width
