"""Vega-Lite specifications become SVG, and SVG becomes PNG, without a browser or a network (vl-convert)."""

import hashlib
import json
import os
import re
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings

from ayni.atlas.figures.themes import as_tokens

VEGA_LITE = "6.4"
FOLDER = "pictures"
# d3-format locales: how numbers are written in each language. The thin space of French is U+202F.
NUMBERS = {
    "es": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " €"]},
    "pt": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["R$ ", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", " €"], "percent": "\u202f%"},
}
STYLE = re.compile(r' style="[^"]*"')
FONT = re.compile(r' font-family="[^"]*"')
ROLES = re.compile(r' (?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"')
OPENING = re.compile(r"<svg\b[^>]*>")
VIEW_BOX = re.compile(r'viewBox="([^"]*)"')


def vega_svg(spec: dict[str, Any], *, lang: str, theme: str, title: str, description: str) -> str:
    """The picture of a Vega-Lite specification as SVG with a title and a description for screen readers.

    A drawing is kept in the data folder under the checksum of everything that decides it: vl-convert takes half a
    second to start, and only a worker that meets something new has to.
    """
    question = json.dumps([version("vl-convert-python"), VEGA_LITE, spec, lang])
    kept = Path(settings.DATA_FOLDER) / FOLDER / f"{hashlib.sha256(question.encode()).hexdigest()[:40]}.svg"
    try:
        drawn = kept.read_text(encoding="utf-8")
    except FileNotFoundError:
        drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, format_locale=NUMBERS[lang])
        _write(kept, drawn)
    return dress(drawn, theme=theme, title=title, description=description)


def dress(svg: str, *, theme: str, title: str, description: str) -> str:
    """One image with a name: no inline style (the pages' CSP forbids it), no roles inside, the page's own font and colours."""
    opening = OPENING.search(svg)
    box = VIEW_BOX.search(opening[0] if opening else "")
    body = svg[opening.end() if opening else 0 :]
    body = ROLES.sub("", STYLE.sub("", body))
    frame = box[1] if box else "0 0 100 100"
    _left, _top, width, height = frame.split()
    size = f'width="{width}" height="{height}"'
    if theme == "page":
        body = as_tokens(FONT.sub("", body))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="{frame}" {size}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{body}"
    )


def png(svg: str, *, scale: float = 2.0) -> bytes:
    return vl_convert.svg_to_png(svg, scale=scale)


def escape(text: object) -> str:
    """Text as it may stand in SVG, in an element or in a quoted attribute."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".svg")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
