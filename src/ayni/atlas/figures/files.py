"""A picture as a file: SVG, PNG, CSV and JSON."""

import json
from dataclasses import dataclass

from ayni.atlas.figures.picture import Picture
from ayni.atlas.figures.render import NUMBERS, png
from ayni.atlas.figures.themes import as_tokens
from ayni.common.delimited import csv_file

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content_type: str
    content: bytes


def file_of(picture: Picture, file_format: str) -> File:
    """The picture in one of TYPES (KeyError for any other), named after edition, figure and language."""
    write = {"svg": svg_bytes, "png": lambda drawn: png(drawn.svg), "csv": csv_bytes, "json": json_bytes}[file_format]
    asked = "-".join(picture.question.asked().values()).replace(" ", "-").lower()
    stem = "-".join(part for part in (picture.edition, picture.code.lower(), asked, picture.lang) if part)
    return File(f"{stem}.{file_format}", TYPES[file_format], write(picture))


def svg_bytes(picture: Picture) -> bytes:
    return picture.svg.encode()


def csv_bytes(picture: Picture) -> bytes:
    """The facts that are drawn, under their headings."""
    return csv_file((picture.columns, *picture.rows))


def json_bytes(picture: Picture) -> bytes:
    """The facts with what they mean; for charts also the Vega-Lite specification and how the language writes numbers."""
    value = {
        "edition": picture.edition,
        "figure": picture.code,
        "language": picture.lang,
        "question": picture.question.asked(),
        "title": picture.title,
        "description": picture.description,
        "notes": picture.notes,
        "source": picture.source,
        "columns": picture.columns,
        "rows": picture.rows,
        "vega_lite": picture.spec,
        "number_format": NUMBERS[picture.lang],
    }
    text = json.dumps(value, ensure_ascii=False)
    return (as_tokens(text) if picture.theme == "page" else text).encode()
