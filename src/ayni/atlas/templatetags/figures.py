"""`{% load figures %}{% figure picture %}`: a picture with its words, its files, its facts as a table and its source."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ayni.atlas.figures import Picture
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.render import vega_svg
from ayni.atlas.figures.world import WorldPicture
from ayni.atlas.queries.links import address
from ayni.common.i18n import language
from ayni.common.numbers import Writer, number_writer

register = template.Library()
FORMATS = ("svg", "png", "csv", "json")


@register.inclusion_tag("atlas/figure.html")
def figure(picture: Picture, level: int = 2, table: bool = True, description: bool = True) -> dict[str, Any]:
    """Draw `picture`; its title is a heading of `level`. `table=False` leaves out the facts where the page shows them anyway."""
    return {
        "picture": picture,
        "level": level,
        "anchor": f"figure-{picture.code.lower()}",
        "svg": drawn(picture),
        "is_map": picture.code == "F4",
        "table": table,
        "told": description,
        **_table(picture.columns, picture.rows),
        "files": [{"label": name.upper(), "url": file_url(picture, name)} for name in FORMATS],
        "data_url": file_url(picture, "json") if picture.spec else "",
        **note(picture, picture.method),
    }


@register.simple_tag
@lru_cache(maxsize=512)
def flow_figure(picture: WorldPicture) -> SafeString:
    """Draw a figure of flows with its words, files, table, method and the day of the snapshot. The same picture is written once."""
    return render_to_string("atlas/figure.html", _flow_figure(picture))


def _flow_figure(picture: WorldPicture) -> dict[str, Any]:
    drawing = picture.drawing
    asked = picture.asked.address()
    query = f"?{asked}" if asked else ""
    day = date_format(datetime.fromisoformat(picture.made), "DATE_FORMAT")
    return {
        "picture": {
            "title": drawing.title,
            "description": drawing.description,
            "legend": drawing.legend,
            "notes": drawing.notes,
            "source": f"{picture.said}, {day}",
        },
        "level": 2,
        "anchor": f"figure-{picture.code}",
        "svg": mark_safe(drawing.svg),
        "is_map": picture.code == "map",
        "table": True,
        "told": True,
        **_table(drawing.columns, drawing.rows),
        "files": [
            {"label": name.upper(), "url": reverse("flow_figure", args=[picture.code, name]) + query}
            for name in FORMATS
        ],
        "more": picture.total - len(drawing.rows),
        "data_url": "",
        "source_url": "",
        "method_url": address("method", drawing.method),
        "coverage_url": reverse("flows_coverage"),
    }


@register.inclusion_tag("components/tabs.html")
def flow_tabs(current: str) -> dict[str, Any]:
    """The pages about the world's flows."""
    names = {"flows": _("Flows"), "flows_compare": _("Compare two questions"), "flows_coverage": _("How we know")}
    tabs = [{"label": label, "url": reverse(name), "current": name == current} for name, label in names.items()]
    return {"label": _("Pages about flows"), "tabs": tabs}


@register.inclusion_tag("components/tabs.html")
def picture_tabs(current: str) -> dict[str, Any]:
    """The ways to look at an edition, with the one of this page marked. `current` is the name of an address."""
    names = {
        "map": _("Map"),
        "network": _("Network"),
        "regions": _("Regions"),
        "concentration": _("Concentration"),
        "flows": _("Flows"),
    }
    tabs = [{"label": label, "url": reverse(name), "current": name == current} for name, label in names.items()]
    return {"label": _("Ways to look at the cooperation"), "tabs": tabs}


@register.inclusion_tag("components/source_note.html")
def source_note(picture: Picture, method: str = "") -> dict[str, str]:
    """The source, method and coverage of numbers that stand beside `picture`."""
    return note(picture, method or picture.method)


def note(picture: Picture, method: str) -> dict[str, str]:
    """What components/source_note.html shows."""
    return {
        "source": picture.source_link["label"],
        "source_url": picture.source_link["url"],
        "method_url": address("method", method),
        "coverage_url": picture.coverage,
    }


@register.simple_tag
def drawn_now(drawing: Drawing) -> SafeString:
    """The picture of a drawing that belongs to no edition. Its texts are escaped as they are drawn."""
    spec = drawing.spec or {}
    return mark_safe(
        vega_svg(spec, lang=language(), theme="page", title=drawing.title, description=drawing.description)
    )


@register.filter
def percent(value: float) -> str:
    """A percentage with one decimal place, as the page's language writes it."""
    return _("%(number)s %%") % {"number": number_format(round(value, 1), decimal_pos=1)}


@register.simple_tag
def page_of(name: str, *args: str) -> str:
    """The address of a page; "" where this site has no such page."""
    return address(name, *args)


def drawn(picture: Picture) -> SafeString:
    """The picture itself. Every text in it was escaped when it was drawn."""
    return mark_safe(picture.svg)


def file_url(picture: Picture, file_format: str) -> str:
    """The address of a picture's file, with what was asked of it."""
    path = reverse("figure", args=[picture.edition, picture.code, file_format])
    asked = picture.question.asked()
    return f"{path}?{urlencode(asked)}" if asked else path


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, Any]:
    """The heads of a table and its body, written in one go: a template takes ten times as long for some hundred cells."""
    write = number_writer()
    numbers = [all(isinstance(row[position], int | float) for row in rows) for position in range(len(columns))]
    return {
        "columns": [{"label": label, "number": number} for label, number in zip(columns, numbers, strict=True)],
        "body": mark_safe("".join(f"<tr>{_cells(row, numbers, write)}</tr>\n" for row in rows)),
    }


def _cells(row: Sequence[object], numbers: Sequence[bool], write: Writer) -> str:
    first, *others = (_written(value, write) for value in row)
    rest = (
        f'<td class="number">{cell}</td>' if number else f"<td>{cell}</td>"
        for cell, number in zip(others, numbers[1:], strict=True)
    )
    return f'<th scope="row">{first}</th>{"".join(rest)}'


def _written(value: object, write: Writer) -> str:
    """A cell as the page's language writes it, escaped."""
    if isinstance(value, int | float):
        return write(value, 4 if isinstance(value, float) else 0)
    return escape(_("not known") if value is None else str(value))
