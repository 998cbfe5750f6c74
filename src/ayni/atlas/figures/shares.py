"""F9, concentration: in how few regions each reporting country's partners lie."""

from typing import Any

import altair as alt
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.figures.chartstyle import finished
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question
from ayni.atlas.figures.themes import palette, series
from ayni.atlas.queries.facts import Atlas
from ayni.common.i18n import text_in


def draw(atlas: Atlas, question: Question, theme: str) -> Drawing:
    figure = atlas.figures["F9"]
    regions = {code: text_in(name) for code, name in atlas.regions.items()}
    reporters = sorted(figure["hhi"], key=lambda code: -figure["hhi"][code])
    names = [atlas.name(code) for code in reporters]
    values: list[dict[str, Any]] = [
        {
            "reporter": atlas.name(code),
            "region": regions[region],
            "order": position,
            "share": figure["shares"][code].get(region, 0.0),
        }
        for code in reporters
        for position, region in enumerate(regions)
    ]
    indices = [
        {"reporter": atlas.name(code), "index": number_format(figure["hhi"][code], decimal_pos=4)} for code in reporters
    ]
    y = alt.Y("reporter:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelFontSize=13))
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height={"band": 0.7}, stroke=palette(theme)["paper"], strokeWidth=1)
        .encode(
            y=y,
            x=alt.X(
                "share:Q",
                title=_("Share of the partner countries"),
                axis=alt.Axis(format=".0%"),
                scale=alt.Scale(domain=[0, 1]),
            ),
            color=alt.Color(
                "region:N",
                sort=list(regions.values()),
                title=_("Region"),
                scale=alt.Scale(domain=list(regions.values()), range=series(theme, len(regions))),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("reporter:N", title=_("Reporting country")),
                alt.Tooltip("region:N", title=_("Region")),
                alt.Tooltip("share:Q", title=_("Share"), format=".1%"),
            ],
        )
    )
    texts = (
        alt.Chart(alt.Data(values=indices))
        .mark_text(align="left", dx=8, fontSize=13, fontWeight="bold", color=palette(theme)["ink"])
        .encode(y=y, x=alt.datum(1), text="index:N")
    )
    chart = alt.layer(bars, texts).properties(width=470, height=alt.Step(44))
    return Drawing(
        title=_("Concentration of the partners by region"),
        description=_(
            "Bars: the share of each region among a reporting country's partners; beside them the index of "
            "concentration, from evenly spread to 1, all in one region."
        ),
        columns=[_("Reporting country"), _("Index (HHI)"), _("Normalised index"), *regions.values()],
        rows=[
            [
                atlas.name(code),
                figure["hhi"][code],
                figure["normalised"][code],
                *(figure["shares"][code].get(region, 0.0) for region in regions),
            ]
            for code in reporters
        ],
        method="concentration",
        spec=finished(chart, theme),
    )
