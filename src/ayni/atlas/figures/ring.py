"""F7, the network of declared cooperation: reporters inside, their partners in a ring around them."""

import math
from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from ayni.atlas.figures.chartstyle import finished
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question
from ayni.atlas.figures.themes import palette
from ayni.atlas.queries.facts import Atlas

SIZE, LABELS, REACH = 640, 1.06, 1.5


def draw(atlas: Atlas, question: Question, theme: str) -> Drawing:
    nodes, edges = _nodes(atlas), _edges(atlas)
    reporters = [node for node in nodes if node["kind"] == "reporter"]
    partners = [node for node in nodes if node["kind"] == "partner"]
    chart = alt.layer(
        _lines(edges, palette(theme)["field"]),
        _marks(partners, palette(theme)["map-3"], 46),
        _marks(reporters, palette(theme)["data-2"], 190),
        *_around(partners, theme),
        _inside(reporters, theme),
    ).properties(width=SIZE, height=SIZE)
    return Drawing(
        title=_("Network of declared cooperation"),
        description=_(
            "Network: the reporting countries inside, the countries that they name in a ring around them, "
            "and a line for each declared cooperation."
        ),
        columns=[_("Country"), _("Reported"), _("Countries tied to it"), _("Reporting countries that name it")],
        rows=[
            [node["name"], _("yes") if node["kind"] == "reporter" else _("no"), node["degree"], node["mentions"]]
            for node in nodes
        ],
        method="network",
        spec=finished(chart, theme),
        notes=[
            _(
                "The place of a country in the drawing has no meaning: partners of the same reporters stand side by side."
            )
        ],
    )


def _nodes(atlas: Atlas) -> list[dict[str, Any]]:
    found = {node["id"]: node for node in atlas.figures["F7"]["nodes"]}
    return [_node(found[code], atlas.name(code)) for code in atlas.by_name(found)]


def _node(node: dict[str, Any], name: str) -> dict[str, Any]:
    """A node with its label: written outwards from the centre, and on the left side turned so that it can be read."""
    angle = math.degrees(math.atan2(node["y"], node["x"]))
    left = abs(angle) > 90
    return {
        "name": name,
        "kind": "reporter" if node["reporter"] else "partner",
        "degree": node["degree"],
        "mentions": node["mentions"],
        "x": node["x"],
        "y": node["y"],
        "lx": round(LABELS * math.cos(math.radians(angle)), 4),
        "ly": round(LABELS * math.sin(math.radians(angle)), 4),
        "turn": round((180 - angle if left else -angle) % 360, 2),
        "left": left,
    }


def _edges(atlas: Atlas) -> list[dict[str, Any]]:
    place = {node["id"]: (node["x"], node["y"]) for node in atlas.figures["F7"]["nodes"]}
    return [
        {
            "pair": _("%(one)s and %(other)s") % {"one": atlas.name(one), "other": atlas.name(other)},
            "x": place[one][0],
            "y": place[one][1],
            "x2": place[other][0],
            "y2": place[other][1],
        }
        for one, other in atlas.figures["F7"]["edges"]
    ]


def _axis(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": alt.Scale(domain=[-REACH, REACH], nice=False),
    }


def _lines(edges: list[dict[str, Any]], colour: str) -> alt.Chart:
    return (
        alt.Chart(alt.Data(values=edges))
        .mark_rule(color=colour, opacity=0.55, strokeWidth=0.9)
        .encode(
            x=alt.X(**_axis("x")),
            y=alt.Y(**_axis("y")),
            x2="x2:Q",
            y2="y2:Q",
            tooltip=[alt.Tooltip("pair:N", title=_("Declared cooperation"))],
        )
    )


def _marks(nodes: list[dict[str, Any]], colour: str, size: int) -> alt.Chart:
    return (
        alt.Chart(alt.Data(values=nodes))
        .mark_point(filled=True, opacity=1, size=size, color=colour)
        .encode(
            x=alt.X(**_axis("x")),
            y=alt.Y(**_axis("y")),
            tooltip=[
                alt.Tooltip("name:N", title=_("Country")),
                alt.Tooltip("degree:Q", title=_("Countries tied to it"), format=",d"),
                alt.Tooltip("mentions:Q", title=_("Reporting countries that name it"), format=",d"),
            ],
        )
    )


def _around(nodes: list[dict[str, Any]], theme: str) -> list[alt.Chart]:
    return [
        alt.Chart(alt.Data(values=[node for node in nodes if node["left"] is left]))
        .mark_text(align="right" if left else "left", baseline="middle", fontSize=12, color=palette(theme)["ink"])
        .encode(
            x=alt.X(**_axis("lx")),
            y=alt.Y(**_axis("ly")),
            text="name:N",
            angle=alt.Angle("turn:Q", scale=None),
        )
        for left in (False, True)
    ]


def _inside(nodes: list[dict[str, Any]], theme: str) -> alt.Chart:
    colour = palette(theme)
    return (
        alt.Chart(alt.Data(values=nodes))
        .mark_text(dy=-16, fontSize=14, fontWeight="bold", color=colour["ink"])
        .encode(x=alt.X(**_axis("x")), y=alt.Y(**_axis("y")), text="name:N")
    )
