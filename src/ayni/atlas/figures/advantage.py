"""A country's comparative advantage in the matrix, as a heat map of topics and modalities."""

from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from ayni.atlas.figures.chartstyle import finished
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.themes import palette
from ayni.exchange.queries.matrix import Heading, Sheet
from ayni.exchange.queries.matrix_country import by_cell, kind_of

SHADES = {"none": 0, "below": 1, "near": 3, "above": 5}


def draw(seen: Sheet, country: str, name: str, topics: list[Heading], modalities: list[Heading]) -> Drawing:
    """The cells that anybody offers in, each shaded by how the country's share stands to the network's."""
    words = {
        "none": _("The country offers nothing, others do"),
        "below": _("Less than the network's share"),
        "near": _("About the network's share"),
        "above": _("More than the network's share"),
    }
    rows, columns = _labels(topics, _("Without a topic")), _labels(modalities, _("Without a modality"))
    found = {cell: one for cell, one in by_cell(seen, country).items() if cell[0] in rows and cell[1] in columns}
    values: list[dict[str, Any]] = [
        {
            "topic": rows[topic],
            "modality": columns[modality],
            "count": int(one.count or 0),
            "shade": str(SHADES[kind_of(one)]),
            "words": words[kind_of(one)],
        }
        for (topic, modality), one in found.items()
    ]
    shown_rows = [label for code, label in rows.items() if any(cell[0] == code for cell in found)]
    shown_columns = [label for code, label in columns.items() if any(cell[1] == code for cell in found)]
    shades = [str(shade) for shade in SHADES.values()]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("topic:N", sort=shown_rows, title=None, axis=alt.Axis(labelLimit=420, ticks=False, domain=False)),
        x=alt.X(
            "modality:N",
            sort=shown_columns,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-35, labelLimit=220, ticks=False, domain=False),
        ),
    )
    colours = palette("page")
    cells = base.mark_rect(stroke=colours["paper"], strokeWidth=2).encode(
        color=alt.Color(
            "shade:N",
            legend=None,
            scale=alt.Scale(domain=shades, range=[colours[f"map-{shade}"] for shade in shades]),
        )
    )
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text("count:Q", format=",d"),
        color=alt.condition(alt.datum.shade == "5", alt.value(colours["paper"]), alt.value(colours["ink"])),
        opacity=alt.condition(alt.datum.count > 0, alt.value(1), alt.value(0)),
    )
    chart = (cells + numbers).properties(width=alt.Step(44), height=alt.Step(26))
    return Drawing(
        title=_("Comparative advantage of %(country)s by topic and modality") % {"country": name},
        description=_(
            "Heat map: where the country's share of its supply is more, about the same or less than the network's; with its offers."
        ),
        columns=[_("Topic"), _("Modality"), _("Offers of the country"), _("In words")],
        rows=[[one["topic"], one["modality"], one["count"], one["words"]] for one in values if one["count"]],
        method="matrix",
        spec=finished(chart, "page"),
        legend=[(str(SHADES[kind]), text) for kind, text in words.items()],
    )


def _labels(found: list[Heading], without: str) -> dict[str, str]:
    return {heading.code: heading.label or without for heading in found}
