"""A picture with everything that a reader may take from it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.utils import translation

from ayni.atlas.figures import charts, flows, heat, learning, ring, shares, worldmap
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question, check
from ayni.atlas.figures.render import vega_svg
from ayni.atlas.figures.themes import THEMES
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import Link, coverage_url, source_of
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES, language

KEEP = 256
DRAW: dict[str, Callable[[Atlas, Question, str], Drawing]] = {
    "F1": learning.draw,
    "F4": worldmap.draw,
    "F5": charts.regions,
    "F6": flows.draw,
    "F7": ring.draw,
    "F9": shares.draw,
    "F10": heat.draw,
}
CODES = tuple(DRAW)
_kept: OrderedDict[tuple[Any, ...], "Picture"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of an edition, drawn in one language and theme.

    `description` is a sentence for who cannot see it; `spec` its Vega-Lite specification where it has one; `columns`
    and `rows` the same facts as a table; `legend` [(step or kind, words)] of a map; `notes` what the reader has to know;
    `source` a locator (common.sources), `source_link` its words and address, `coverage` the address that says who
    answered what, `method` the code of its method page.
    """

    edition: str
    code: str
    lang: str
    theme: str
    question: Question
    title: str
    description: str
    svg: str
    spec: dict[str, Any] | None
    columns: list[str]
    rows: list[list[Any]]
    legend: list[tuple[str, str]]
    notes: list[str]
    source: str
    source_link: Link
    coverage: str
    method: str


def picture(atlas: Atlas, code: str, *, lang: str | None = None, theme: str = "page", **question: str) -> Picture:
    """Draw figure `code` ("F4", …) of an edition, once for each question, language and theme.

    Themes: "page" follows the page's light or dark by custom properties; "light", "dark" and "print" carry their colours
    with them. `question` takes the parts of Question. Raises Refused for what the edition does not know.
    """
    lang = lang or language()
    if code not in DRAW or theme not in THEMES or lang not in LANGUAGES:
        raise Refused(f"There is no figure {code} ({theme}, {lang}).")
    asked = Question.read(question)
    key = (atlas.checksum, atlas.edition["code"], code, lang, theme, asked)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    with translation.override(lang):
        check(atlas, asked)
        made = _made(atlas, code, lang, theme, asked)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEEP:
            _kept.popitem(last=False)
    return made


def _made(atlas: Atlas, code: str, lang: str, theme: str, question: Question) -> Picture:
    drawing = DRAW[code](atlas, question, theme)
    source = str(atlas.figures[code].get("source", ""))
    svg = drawing.svg or vega_svg(
        drawing.spec or {}, lang=lang, theme=theme, title=drawing.title, description=drawing.description
    )
    return Picture(
        edition=atlas.edition["code"],
        code=code,
        lang=lang,
        theme=theme,
        question=question,
        title=drawing.title,
        description=drawing.description,
        svg=svg,
        spec=drawing.spec,
        columns=drawing.columns,
        rows=drawing.rows,
        legend=drawing.legend,
        notes=drawing.notes,
        source=source,
        source_link=source_of(atlas, source),
        coverage=coverage_url(atlas),
        method=drawing.method,
    )
