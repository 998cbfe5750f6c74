"""The pictures of an edition as figures of its report."""

from typing import Any

from ayni.atlas.figures.picture import CODES, picture
from ayni.atlas.figures.themes import palette
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports.document import Cell, Figure, Shape, Sign
from ayni.atlas.reports.wording import number, place

SIGNS: dict[str, tuple[Shape, str]] = {
    "reporter": ("outline", "ink"),
    "arc": ("line", "map-arc"),
    "unilateral": ("broken", "map-arc"),
}


def figure(atlas: Atlas, code: str, lang: str) -> Figure | None:
    """The picture `code` on paper; None where there is nothing to draw."""
    if code not in CODES or code not in atlas.figures:
        return None
    drawn = picture(atlas, code, lang=lang, theme="print")
    return Figure(
        code=code,
        title=drawn.title,
        description=drawn.description,
        svg=drawn.svg,
        columns=tuple(map(str, drawn.columns)),
        rows=tuple(tuple(map(cell, row)) for row in drawn.rows),
        source=place(atlas, drawn.source),
        notes=tuple(drawn.notes),
        legend=tuple(_sign(*line) for line in drawn.legend),
    )


def _sign(kind: str, words: str) -> Sign:
    """A line of the map's legend: `kind` is a step of its scale or what a line or an outline means."""
    area: tuple[Shape, str] = ("area", f"map-{kind}")
    shape, token = SIGNS.get(kind, area)
    return Sign(shape, palette("print").get(token, palette("print")["map-0"]), words)


def cell(value: Any) -> Cell:
    """A value of a picture's table as a report writes it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return number(value, 0 if isinstance(value, int) else 4)
