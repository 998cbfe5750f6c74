"""Reports of editions that differ from that of 2010: many institutions, a draft, an invented round, a second edition."""

import io
import json

import docx
import pypdf
import pytest

from ayni.atlas.reports import docx as docx_writer
from ayni.atlas.reports import html, pdf, xlsx
from ayni.atlas.reports.document import Number, Paragraph, Table, text_of
from ayni.atlas.reports.files import edition_report
from ayni.surveys.actions.editions import create_edition, freeze_edition
from ayni.surveys.models import Round

pytestmark = pytest.mark.django_db


def with_institutions(edition, number):
    """The content of 2010 as if `number` institutions had answered, each like SEDESOL."""
    content = json.loads(edition.content)
    matrix, coverage = content["tables"]["T3"], content["tables"]["T13"]
    codes = [f"X-{place:03}" for place in range(number)]
    like, row = content["institutions"]["MX-SEDESOL"], coverage["rows"][0]
    content["institutions"] = {code: like | {"acronym": code} for code in codes}
    matrix["institutions"] = codes
    for line in matrix["rows"]:
        mark = next(iter(line["marks"].values()))
        line["marks"] = dict.fromkeys(codes, mark)
        line["count"] = number
    matrix["totals"] = dict.fromkeys(codes, 57)
    matrix["subtotals"] = {region: dict.fromkeys(codes, sums["partners"]) for region, sums in matrix["regions"].items()}
    coverage["rows"] = [row | {"institution": code} for code in codes]
    return json.dumps(content)


def table(report, code):
    (found,) = (table for table in report.tables() if table.code == code)
    return found


def test_a_matrix_of_many_institutions_lies_across(edition):
    report = edition_report(edition, with_institutions(edition, 20), "es")
    assert table(report, "T3").wide
    pages = pypdf.PdfReader(io.BytesIO(pdf.write(report))).pages
    assert any(page.mediabox.width > page.mediabox.height for page in pages)
    sections = docx.Document(io.BytesIO(docx_writer.write(report))).sections
    assert {section.page_width > section.page_height for section in sections} == {True, False}


def test_of_a_great_many_institutions_each_country_has_one_column(edition):
    report = edition_report(edition, with_institutions(edition, 300), "en")
    matrix = table(report, "T3")
    assert len(matrix.columns) == 5
    assert matrix.rows[1].cells[-1] == Number(300, "300")
    assert [text_of(cell) for cell in matrix.rows[-1].cells[1:]] == ["26", "29", "21", "34"]
    coverage = table(report, "T13")
    assert sum(cell.value for cell in coverage.rows[0].cells if isinstance(cell, Number)) == 300
    for writer in (pdf, docx_writer, xlsx, html):
        assert writer.write(report)


def test_an_invented_round_says_so_on_the_cover(edition):
    content = json.loads(edition.content)
    content["round"]["fictional"] = True
    assert "fictional" in edition_report(edition, json.dumps(content), "en").banner


def test_a_draft_says_that_it_may_change(edition):
    draft = create_edition(by=None, round=Round.objects.get(code="oas-2010"), code="second", title={"en": "Second"})
    report = edition_report(draft, edition.content, "en")
    assert "Draft" in report.banner
    assert "How to cite" not in [fact.term for fact in report.facts]
    assert pdf.write(report).startswith(b"%PDF")


def test_a_second_edition_tells_the_change(edition):
    round_ = Round.objects.get(code="oas-2010")
    second = create_edition(by=None, round=round_, code="second", title={"en": "Second"}, previous=edition)
    second = freeze_edition(by=None, edition=second)
    report = edition_report(second, second.content, "en")
    rows = [[text_of(cell) for cell in row.cells] for row in table(report, "C1").rows]
    assert ["Partner countries", "57", "57", "0"] in rows
    assert ["Concentration (HHI) of Mexico", "0.3512", "0.3512", "0.0000"] in rows
    for writer in (pdf, docx_writer, xlsx, html):
        assert writer.write(report)


def test_a_table_without_rows_becomes_a_sentence(edition):
    content = json.loads(edition.content)
    for code in ("T1", "T2", "T5", "T6", "T7", "T10", "T4"):
        content["tables"][code]["rows"] = []
    content["tables"]["T10"]["systems"] = []
    report = edition_report(edition, json.dumps(content), "en")
    assert {block.code for block in report.tables()} == {"T3", "T3.1", "T13", "A1", "Q1"}
    blocks = [block for section in report.sections for block in section.blocks]
    assert sum(isinstance(block, Paragraph) and "say nothing" in block.text for block in blocks) == 7
    assert not any(isinstance(block, Table) and not block.rows for block in blocks)
    assert pdf.write(report)


def test_sources_are_named_in_the_readers_language(edition):
    report = edition_report(edition, edition.content, "es")
    assert table(report, "T3").source == "Sección IV, Tabla 3"


def test_a_round_that_no_document_reports_rests_on_its_answers(edition):
    content = json.loads(edition.content)
    content["round"]["source"] = ""
    report = edition_report(edition, json.dumps(content), "en")
    assert {table.source for table in report.tables()} == {"the answers of the round", ""}
