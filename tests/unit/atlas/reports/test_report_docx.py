import io

import docx
import pytest
from docx.oxml.ns import qn

from ayni.atlas.reports import docx as writer
from ayni.common.i18n import LANGUAGES

pytestmark = pytest.mark.django_db
TAGS = {"es": "es-ES", "pt": "pt-BR", "en": "en-GB", "fr": "fr-FR"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_word_opens_it_with_headings_tables_and_its_language(report_in, lang):
    report = report_in(lang)
    document = docx.Document(io.BytesIO(writer.write(report)))
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert len(headings) == len(report.sections)
    assert headings[1].startswith("I. ")
    assert len(document.tables) == len(report.tables())
    assert document.core_properties.title == report.title
    assert document.core_properties.language == TAGS[lang]
    assert f'<w:lang w:val="{TAGS[lang]}"' in document.styles.element.xml


def test_each_table_repeats_its_head_and_has_a_name(report_in):
    document = docx.Document(io.BytesIO(writer.write(report_in("es"))))
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_matrix_adds_up(report_in):
    document = docx.Document(io.BytesIO(writer.write(report_in("es"))))
    ends = [[cell.text for cell in table.rows[-1].cells][1:] for table in document.tables]
    assert ["26", "27", "15", "21", "34", "123"] in ends


def test_each_picture_says_what_it_shows(report_in):
    report = report_in("fr")
    document = docx.Document(io.BytesIO(writer.write(report)))
    said = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert said == [figure.description for figure in report.figures()]
    assert all(said)


def test_the_same_content_gives_the_same_bytes(report_in):
    assert writer.write(report_in("en")) == writer.write(report_in("en"))
