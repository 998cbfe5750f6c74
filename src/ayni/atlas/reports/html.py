"""The report as one HTML file that needs nothing beside it: semantic, ready to print."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from ayni.atlas.reports.document import Block, Report, Section, Table, text_of

# Our own style sheet, without user input. This is a file to keep, not a page of the site: its styles travel with it.
STYLES = mark_safe(f"<style>{Path(__file__).with_name('report.css').read_text(encoding='utf-8')}</style>")


def write(report: Report) -> bytes:
    sections = blocks_of(report.sections)
    shown = {name: getattr(report, name) for name in ("lang", "title", "network", "period", "banner", "words")}
    context = {
        "styles": STYLES,
        "report": {**shown, "sections": sections, "key_numbers": report.key_numbers, "facts": report.facts},
    }
    return render_to_string("atlas/report/report.html", context).encode()


def blocks_of(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """The sections with their blocks, each with the name of its kind, as templates read them."""
    return [
        {
            "code": section.code,
            "number": section.number,
            "title": section.title,
            "blocks": [(type(block).__name__, _block(block)) for block in section.blocks],
        }
        for section in sections
    ]


def _block(block: Block) -> Any:
    if not isinstance(block, Table):
        return block
    kinds = [column.kind for column in block.columns]
    return {
        "code": block.code,
        "title": block.title,
        "columns": block.columns,
        "notes": block.notes,
        "source": block.source,
        "rows": [
            (row.kind, [(text_of(cell), kind) for cell, kind in zip(row.cells, kinds, strict=False)])
            for row in block.rows
        ],
    }
