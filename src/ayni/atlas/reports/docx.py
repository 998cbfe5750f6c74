"""The report as a Word document: real headings, repeated table heads, alternative texts, its language set."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ayni.atlas.reports import docx_parts as parts
from ayni.atlas.reports.archive import with_fixed_dates
from ayni.atlas.reports.document import Block, Entries, Figure, Paragraph, Report, Section, Table
from ayni.atlas.reports.house import ACCENT, INK, MUTED, TAGS, WARM
from ayni.atlas.reports.typesetting import png

SERIF, SANS = "Georgia", "Calibri"
STYLES = (
    # name, kind, face, points, colour, bold, space before and after in points
    ("Normal", SANS, 10.5, INK, False, 0, 6),
    ("Title", SERIF, 28, ACCENT, False, 120, 12),
    ("Subtitle", SERIF, 16, INK, False, 0, 24),
    ("Heading 1", SERIF, 20, ACCENT, False, 24, 10),
    ("Heading 2", SERIF, 14, ACCENT, False, 14, 6),
    ("Caption", SERIF, 11, INK, True, 20, 4),
    ("Table Text", SANS, 8.5, INK, False, 1, 1),
    ("Small", SANS, 8.5, MUTED, False, 2, 2),
    ("Contents", SERIF, 11, INK, False, 2, 2),
)


def write(report: Report) -> bytes:
    """The bytes of the document; the same report gives the same bytes."""
    document = docx.Document()
    _styles(document, report.lang)
    _properties(document, report)
    _page(document.sections[0])
    _running(document.sections[0], report)
    _cover(document, report)
    for position, section in enumerate(report.sections):
        _section(document, section, position, report)
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_dates(stream.getvalue())


def _styles(document: Any, lang: str) -> None:
    for name, face, size, colour, bold, before, after in STYLES:
        known = name in document.styles
        style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size, style.font.bold = face, Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for which in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{which}"), face)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        border = style.element.find(f".//{qn('w:pBdr')}")
        if border is not None:
            border.getparent().remove(border)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parts.language_xml(TAGS[lang]))
    document.styles["Caption"].paragraph_format.keep_with_next = True


def _properties(document: Any, report: Report) -> None:
    made = datetime.fromtimestamp(report.made, UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author, properties.subject = report.title, report.network, report.period
    properties.language, properties.keywords, properties.comments = TAGS[report.lang], report.code, ""
    properties.created = properties.modified = made
    properties.last_modified_by, properties.revision = "Ayni", 1


def _page(section: Any, *, across: bool = False) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(20 if across else 25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)


def _running(section: Any, report: Report) -> None:
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].style = "Small"
    section.header.paragraphs[0].text = report.title
    foot = section.footer.paragraphs[0]
    foot.style = "Small"
    foot.add_run(" · ".join(word for word in ("Ayni", report.code, report.mark) if word) + "\t\t")
    for run in (*parts.field("PAGE"), foot.add_run(" / ")._r, *parts.field("NUMPAGES")):
        foot._p.append(run)


def _cover(document: Any, report: Report) -> None:
    document.add_paragraph(report.network, "Small")
    if report.banner:
        document.add_paragraph().add_run(report.banner).font.color.rgb = RGBColor.from_string(WARM)
    document.add_paragraph(report.title, "Title")
    document.add_paragraph(report.period, "Subtitle")
    for key in report.key_numbers:
        line = document.add_paragraph()
        number = line.add_run(f"{key.value.text} ")
        number.font.name, number.font.size = SERIF, Pt(18)
        number.font.color.rgb = RGBColor.from_string(ACCENT)
        line.add_run(key.label)
    for fact in report.facts:
        line = document.add_paragraph(style="Small")
        line.add_run(f"{fact.term}: ").bold = True
        line.add_run(fact.text)
    heading = document.add_paragraph(report.words.contents, "Subtitle")
    heading.paragraph_format.page_break_before = True
    for position, section in enumerate(report.sections):
        document.add_paragraph(style="Contents")._p.append(parts.link_to(f"section{position}", _title(section)))


def _title(section: Section) -> str:
    return f"{section.number}. {section.title}" if section.number else section.title


def _section(document: Any, section: Section, position: int, report: Report) -> None:
    heading = document.add_paragraph(_title(section), "Heading 1")
    heading.paragraph_format.page_break_before = bool(section.number) or position == 0
    start, end = parts.bookmark(f"section{position}", position)
    heading._p.insert(1, start)
    heading._p.append(end)
    for block in section.blocks:
        _block(document, block, report)


def _block(document: Any, block: Block, report: Report) -> None:
    match block:
        case Paragraph():
            document.add_paragraph(block.text)
            _source(document, block.source, report)
        case Entries():
            for entry in block.entries:
                if entry.term:
                    document.add_paragraph(entry.term, "Heading 2")
                document.add_paragraph(entry.text)
                _source(document, entry.source, report)
        case Table():
            _table(document, block, report)
        case Figure():
            _figure(document, block, report)


def _table(document: Any, table: Table, report: Report) -> None:
    if table.wide:
        _page(document.add_section(WD_SECTION.NEW_PAGE), across=True)
    document.add_paragraph(f"{table.code}  {table.title}", "Caption")
    document.element.body.insert(len(document.element.body) - 1, parts.table_xml(table))
    for note in table.notes:
        document.add_paragraph(note, "Small")
    _source(document, table.source, report)
    if table.wide:
        _page(document.add_section(WD_SECTION.NEW_PAGE))


def _figure(document: Any, figure: Figure, report: Report) -> None:
    document.add_paragraph(f"{figure.code}  {figure.title}", "Caption")
    picture = document.add_picture(io.BytesIO(png(figure.svg)), width=Mm(160))
    if picture.height > Mm(190):
        picture.width, picture.height = int(picture.width * Mm(190) / picture.height), Mm(190)
    named = picture._inline.docPr
    named.set("descr", figure.description)
    named.set("title", figure.title)
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for note in (figure.description, *figure.notes):
        document.add_paragraph(note, "Small")
    _source(document, figure.source, report)


def _source(document: Any, source: str, report: Report) -> None:
    if source:
        document.add_paragraph(f"{report.words.source}: {source}", "Small")
