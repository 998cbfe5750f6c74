import dataclasses
import io

import pypdf
import pytest

from ayni.atlas.reports import pdf
from ayni.common.i18n import LANGUAGES

pytestmark = pytest.mark.django_db
SHARE = {"es": "54,4 %", "pt": "54,4 %", "en": "54.4 %", "fr": "54,4 %"}


def opened(body):
    return pypdf.PdfReader(io.BytesIO(body))


def words(reader):
    """The text of all pages, with one plain space wherever there is white space."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_is_tagged_and_says_that_it_is_pdf_ua(report_in, lang):
    reader = opened(pdf.write(report_in(lang)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == lang
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title == report_in(lang).title


def elements(node):
    """Every element of the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_headings_tables_and_pictures_are_told_to_a_screen_reader(report_in):
    report = report_in("pt")
    reader = opened(pdf.write(report))
    found = list(elements(reader.trailer["/Root"]["/StructTreeRoot"]))
    kinds = [node["/S"] for node in found]
    assert kinds.count("/Table") == len(report.tables())
    assert kinds.count("/H1") >= len(report.sections)
    assert "/TH" in kinds and "/Caption" in kinds and "/TOC" in kinds
    said = [node["/Alt"] for node in found if node["/S"] == "/Figure" and "/Alt" in node]
    assert {figure.description for figure in report.figures()} <= set(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_totals_can_be_read(report_in, lang):
    text = words(opened(pdf.write(report_in(lang))))
    assert SHARE[lang] in text
    assert "Total 26 27 15 21 34 123" in text
    assert "Total 57 100" in text


def test_the_same_content_gives_the_same_bytes(report_in):
    assert pdf.write(report_in("pt")) == pdf.write(report_in("pt"))


def test_a_letter_that_no_face_has_is_replaced(report_in):
    """PDF/UA forbids the empty box; the report is made all the same."""
    report = dataclasses.replace(report_in("es"), title="Título 漢 ñ œ", network="字 ñ")
    text = words(opened(pdf.write(report)))
    assert "Título ? ñ œ" in text and "? ñ" in text
