"""What an edition of the diagnosis says of the records of cooperation (T2, T7-T12; F2, F8, F11-F13; domain.md section 9).

The records go on changing. So it is taken once, on the day the edition is frozen, in every language, and kept in its content:
tables as they are read, pictures as Vega-Lite with the names of their colours.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.render import vega_svg
from ayni.atlas.figures.themes import as_tokens, in_colours
from ayni.atlas.queries.cooperation.fiction import shows_fictional
from ayni.atlas.queries.cooperation.scope import Scope, years
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports.account import figure_of, sections_of
from ayni.atlas.reports.document import Block, Cell, Column, Figure, Mark, Number, Paragraph, Row, Section, Table
from ayni.common.i18n import LANGUAGES

CODE = "live"
# Before the codes of its tables and pictures: the questionnaires give tables of the same names.
PREFIX = "R-"


def live(year: int) -> dict[str, Any] | None:
    """What stands today of a year, as plain values; None when there is no public record of it."""
    scope = Scope(year)
    if year not in years() or not scope.initiatives().exists():
        return None
    return {
        "day": timezone.localdate().isoformat(),
        "year": year,
        "fictional": shows_fictional(scope),
        "blocks": {lang: _taken(scope, lang) for lang in LANGUAGES},
    }


def _taken(scope: Scope, lang: str) -> list[dict[str, Any]]:
    with override(lang):
        sections = sections_of(scope, "page", _sketched)
        blocks = [block for section in sections for block in section.blocks]
        if unread := {type(block).__name__ for block in blocks} - set(READ):
            # An edition never changes: what could not be read back is not frozen.
            raise ValueError(f"no way to read {sorted(unread)} back")
        return [{"kind": type(block).__name__, **asdict(block)} for block in blocks]


def _sketched(code: str, drawing: Drawing) -> Block:
    return figure_of(code, drawing, as_tokens(json.dumps(drawing.spec or {}, ensure_ascii=False, sort_keys=True)))


def section(atlas: Atlas, lang: str, theme: str) -> Section | None:
    """The section that an edition adds to those of the document; None where its content holds nothing of the kind."""
    kept = atlas.content.get(CODE)
    if kept is None:
        return None
    told = _("As the records of %(year)s stood on %(day)s. They have not been computed again since.") % {
        "year": kept["year"],
        "day": date_format(date.fromisoformat(kept["day"]), "DATE_FORMAT"),
    }
    opening = [Paragraph(told)]
    if kept["fictional"]:
        opening.append(Paragraph(_("Demonstration: part of the content of this report is fictional.")))
    blocks = [READ[one["kind"]](one, lang, theme) for one in kept["blocks"][lang]]
    return Section(CODE, "", _("From the records of cooperation"), (*opening, *blocks))


def _paragraph(kept: Mapping[str, Any], lang: str, theme: str) -> Block:
    return Paragraph(kept["text"], kept["source"])


def _table(kept: Mapping[str, Any], lang: str, theme: str) -> Block:
    return Table(
        code=PREFIX + kept["code"],
        title=kept["title"],
        columns=tuple(Column(**one) for one in kept["columns"]),
        rows=tuple(Row(_cells(one["cells"]), one["kind"]) for one in kept["rows"]),
        source=kept["source"],
        notes=tuple(kept["notes"]),
        wide=kept["wide"],
    )


def _figure(kept: Mapping[str, Any], lang: str, theme: str) -> Block:
    title, description = kept["title"], kept["description"]
    spec = json.loads(in_colours(kept["svg"], theme))
    return Figure(
        code=PREFIX + kept["code"],
        title=title,
        description=description,
        svg=vega_svg(spec, lang=lang, theme=theme, title=title, description=description),
        columns=tuple(kept["columns"]),
        rows=tuple(map(_cells, kept["rows"])),
        source=kept["source"],
        notes=tuple(kept["notes"]),
    )


def _cells(kept: list[Any]) -> tuple[Cell, ...]:
    return tuple(one if isinstance(one, str) else Number(**one) if "value" in one else Mark(**one) for one in kept)


READ: dict[str, Callable[[Mapping[str, Any], str, str], Block]] = {
    "Paragraph": _paragraph,
    "Table": _table,
    "Figure": _figure,
}
