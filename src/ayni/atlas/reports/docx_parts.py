"""WordprocessingML that python-docx has no words for: whole tables, fields, bookmarks, language."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ayni.atlas.reports.document import Cell, Row, Table, text_of
from ayni.atlas.reports.house import ACCENT, HAIR, INK, TINT

# Twentieths of a point: the width of the text on A4 upright and across.
UPRIGHT, ACROSS = 9070, 14570
NARROW = 700
SIDES = {"text": "left", "number": "right", "mark": "center"}


def table_xml(table: Table) -> Any:
    """The whole table at once: cell by cell through python-docx takes a second for a report."""
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell(column.label, width, SIDES[column.kind], bold=True, border=_line("bottom", INK, 8))
        for column, width in zip(table.columns, widths, strict=True)
    )
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w={quoteattr(str(sum(widths)))} w:type='dxa'/>"
        f"<w:tblBorders>{_line('top', INK, 12)}</w:tblBorders>"
        "<w:tblLayout w:type='fixed'/><w:tblLook w:firstRow='1' w:firstColumn='1' w:noVBand='1'/>"
        f"<w:tblCaption w:val={quoteattr(_clean(table.title))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        + "".join(_row(row, table, widths) for row in table.rows)
        + "</w:tbl>"
    )


def _row(row: Row, table: Table, widths: list[int]) -> str:
    if row.kind == "group":
        cells = _cell(
            row.cells[0],
            sum(widths),
            "left",
            span=len(widths),
            bold=True,
            colour=ACCENT,
            border=_line("bottom", ACCENT, 6),
        )
    else:
        border = _line("top", INK, 8) + _line("bottom", INK, 8) if row.kind == "total" else _line("bottom", HAIR, 4)
        cells = "".join(
            _cell(
                cell,
                width,
                SIDES[column.kind],
                bold=row.kind in ("total", "subtotal"),
                fill=TINT if row.kind == "subtotal" else "",
                border=border,
            )
            for cell, column, width in zip(row.cells, table.columns, widths, strict=True)
        )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(
    cell: Cell,
    width: int,
    side: str,
    *,
    border: str,
    span: int = 1,
    bold: bool = False,
    colour: str = "",
    fill: str = "",
) -> str:
    return (
        f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>"
        + (f"<w:gridSpan w:val='{span}'/>" if span > 1 else "")
        + f"<w:tcBorders>{border}</w:tcBorders>"
        + (f"<w:shd w:val='clear' w:color='auto' w:fill='{fill}'/>" if fill else "")
        + f"</w:tcPr><w:p><w:pPr><w:pStyle w:val='TableText'/>{'<w:keepNext/>' if span > 1 else ''}<w:jc w:val='{side}'/>"
        + "</w:pPr><w:r><w:rPr>"
        + ("<w:b/>" if bold else "")
        + (f"<w:color w:val='{colour}'/>" if colour else "")
        + f"</w:rPr><w:t xml:space='preserve'>{escape(_clean(text_of(cell)))}</w:t></w:r></w:p></w:tc>"
    )


def _line(edge: str, colour: str, eighths: int) -> str:
    return f"<w:{edge} w:val='single' w:sz='{eighths}' w:space='0' w:color='{colour}'/>"


def _widths(table: Table) -> list[int]:
    room = ACROSS if table.wide else UPRIGHT
    fixed = [0 if column.weight else NARROW for column in table.columns]
    weights = sum(column.weight for column in table.columns) or 1
    left = room - sum(fixed)
    return [own or int(left * column.weight / weights) for own, column in zip(fixed, table.columns, strict=True)]


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def field(instruction: str, shown: str = "1") -> list[Any]:
    """The runs of a field (a page number, a list of contents) with what it shows until Word works it out."""
    runs = (
        "<w:fldChar w:fldCharType='begin'/>",
        f"<w:instrText xml:space='preserve'> {escape(instruction)} </w:instrText>",
        "<w:fldChar w:fldCharType='separate'/>",
        f"<w:t>{escape(shown)}</w:t>",
        "<w:fldChar w:fldCharType='end'/>",
    )
    return [parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>") for run in runs]


def bookmark(name: str, number: int) -> tuple[Any, Any]:
    start = f"<w:bookmarkStart {nsdecls('w')} w:id='{number}' w:name={quoteattr(name)}/>"
    return parse_xml(start), parse_xml(f"<w:bookmarkEnd {nsdecls('w')} w:id='{number}'/>")


def link_to(name: str, text: str) -> Any:
    """A link inside the document to a bookmark."""
    return parse_xml(
        f"<w:hyperlink {nsdecls('w')} w:anchor={quoteattr(name)} w:history='1'><w:r>"
        f"<w:t xml:space='preserve'>{escape(_clean(text))}</w:t></w:r></w:hyperlink>"
    )


def language_xml(tag: str) -> Any:
    return parse_xml(f"<w:lang {nsdecls('w')} w:val={quoteattr(tag)} w:eastAsia={quoteattr(tag)}/>")
