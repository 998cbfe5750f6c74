"""The report as PDF/UA-1: tagged, with its language, title and the alternative texts of its pictures."""

import json
import re
from pathlib import Path
from typing import Any

import typst

from ayni.atlas.reports import typesetting
from ayni.atlas.reports.document import Block, Entries, Figure, Paragraph, Report, Table, text_of

TEMPLATE = Path(__file__).with_name("report.typ").read_bytes()
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 62 44" fill="none" stroke-width="5">
<path stroke="#0d5563" d="M26.96 38.26A17 17 0 1 1 38.87 19.94"/>
<path stroke="#9c3f16" d="M35.04 5.74A17 17 0 1 1 23.13 24.06"/></svg>"""
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


def write(report: Report) -> bytes:
    """The bytes of the PDF. A letter that no face has becomes "?", for PDF/UA refuses what nobody can read.

    Raises typst.TypstError when the document cannot be set.
    """
    data = data_of(report)
    while True:
        try:
            return set_pages(data, report.made)
        except typst.TypstError as error:
            missing = NO_GLYPH.search(error.message)
            if missing is None or missing[1] not in data:
                raise
            data = data.replace(missing[1], "?" * len(missing[1]))


def data_of(report: Report) -> str:
    """The report as the template reads it: JSON."""
    return json.dumps(_document(report), ensure_ascii=False)


def set_pages(data: str, made: int) -> bytes:
    """Set what `data_of` gave. Raises typst.TypstError, also for a letter that no face has."""
    return typesetting.pdf(TEMPLATE, data, made)


def _document(report: Report) -> dict[str, Any]:
    return {
        "code": report.code,
        "lang": report.lang,
        "title": report.title,
        "network": report.network,
        "period": report.period,
        "banner": report.banner,
        "mark": report.mark,
        "logo": LOGO,
        "facts": [{"term": fact.term, "text": fact.text} for fact in report.facts],
        "key_numbers": [{"value": key.value.text, "label": key.label} for key in report.key_numbers],
        "words": {"contents": report.words.contents, "source": report.words.source}
        | {"table": report.words.table, "figure": report.words.figure},
        "sections": [
            {"number": section.number, "title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "source": block.source}
        case Entries():
            return {
                "kind": "entries",
                "entries": [{"term": e.term, "text": e.text, "source": e.source} for e in block.entries],
            }
        case Figure():
            return {
                "kind": "figure",
                "code": block.code,
                "title": block.title,
                "description": block.description,
                "svg": block.svg,
                "notes": list(block.notes),
                "legend": [{"shape": s.shape, "colour": s.colour, "text": s.text} for s in block.legend],
                "source": block.source,
            }
        case Table():
            return _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "code": table.code,
        "title": table.title,
        "wide": table.wide,
        "notes": list(table.notes),
        "source": table.source,
        "columns": [{"label": c.label, "kind": c.kind, "weight": c.weight} for c in table.columns],
        "rows": [{"kind": row.kind, "cells": [text_of(cell) for cell in row.cells]} for row in table.rows],
    }
