"""Figures of an edition as Vega-Lite specifications, made with Altair."""

from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from ayni.atlas.figures.chartstyle import finished
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question
from ayni.atlas.figures.regions import counted_by_region
from ayni.atlas.figures.themes import palette, series
from ayni.atlas.queries.facts import Atlas


def regions(atlas: Atlas, question: Question, theme: str) -> Drawing:
    """F5. Partners by region, a bar for each reporting country."""
    names, counts, totals = counted_by_region(atlas, question.scheme)
    reporters = [atlas.name(code) for code in atlas.reporters]
    values = [
        {"region": names[region], "reporter": atlas.name(code), "count": counts[code][region]}
        for region in totals
        for code in atlas.reporters
    ]
    reporter = _("Reporting country")
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("reporter:N", sort=reporters, title=None, axis=None),
        x=alt.X("count:Q", title=_("Partner countries"), axis=alt.Axis(tickMinStep=1, format=",d")),
        color=alt.Color(
            "reporter:N",
            sort=reporters,
            title=reporter,
            scale=alt.Scale(domain=reporters, range=series(theme, len(reporters))),
        ),
        tooltip=[
            alt.Tooltip("region:N", title=_("Region")),
            alt.Tooltip("reporter:N", title=reporter),
            alt.Tooltip("count:Q", title=_("Partner countries"), format=",d"),
        ],
    )
    numbers = base.mark_text(align="left", dx=4).encode(
        text=alt.Text("count:Q", format=",d"), color=alt.value(palette(theme)["ink"])
    )
    chart = (
        alt.layer(base.mark_bar(height={"band": 0.86}), numbers)
        .properties(width=440, height=alt.Step(17))
        .facet(
            row=alt.Row(
                "region:N",
                sort=[names[region] for region in totals],
                title=None,
                header=alt.Header(labelAngle=0, labelAlign="left", labelLimit=170, labelPadding=8),
            ),
            spacing=10,
        )
    )
    return Drawing(
        title=_("Partner countries by region"),
        description=_("Bars: in each region, how many partner countries each reporting country names."),
        columns=[_("Region"), _("Partner countries"), *reporters],
        rows=_rows(atlas, names, counts, totals),
        method="partner-matrix",
        spec=finished(chart, theme),
    )


def _rows(
    atlas: Atlas, names: dict[str, str], counts: dict[str, dict[str, int]], totals: dict[str, int]
) -> list[list[Any]]:
    return [
        [names[region], total, *(counts[code][region] for code in atlas.reporters)] for region, total in totals.items()
    ]
