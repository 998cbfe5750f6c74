"""F10, the heat map of topics: which respondent named which topic."""

from typing import Any

import altair as alt
from django.utils.translation import gettext as _

from ayni.atlas.figures.chartstyle import finished
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question
from ayni.atlas.figures.steps import steps_for
from ayni.atlas.figures.themes import palette
from ayni.atlas.queries.facts import Atlas
from ayni.common.i18n import text_in


def draw(atlas: Atlas, question: Question, theme: str) -> Drawing:
    figure = atlas.figures["F10"]
    topics = {code: text_in(atlas.content["concepts"]["topics"][code]["label"]) for code in figure["rows"]}
    columns = {code: _("All together") if code == "together" else atlas.acronym(code) for code in figure["columns"]}
    counts = {(cell["topic"], cell["who"]): cell["count"] for cell in figure["cells"]}
    steps = steps_for(counts.values())
    values: list[dict[str, Any]] = [
        {
            "topic": topics[topic],
            "who": columns[who],
            "count": counts.get((topic, who), 0),
            "step": str(steps.of(counts.get((topic, who), 0))),
        }
        for topic in topics
        for who in columns
    ]
    shades = [str(number) for number in range(6)]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_rect(stroke=palette(theme)["paper"], strokeWidth=2)
        .encode(
            y=alt.Y(
                "topic:N",
                sort=list(topics.values()),
                title=None,
                axis=alt.Axis(labelLimit=640, ticks=False, domain=False),
            ),
            x=alt.X(
                "who:N",
                sort=list(columns.values()),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
            ),
            color=alt.Color(
                "step:N",
                legend=None,
                scale=alt.Scale(domain=shades, range=[palette(theme)[f"map-{shade}"] for shade in shades]),
            ),
            tooltip=[
                alt.Tooltip("topic:N", title=_("Topic")),
                alt.Tooltip("who:N", title=_("Respondent")),
                alt.Tooltip("count:Q", title=_("Times named"), format=",d"),
            ],
        )
        .properties(width=alt.Step(96), height=alt.Step(26))
    )
    together = "together" in columns
    alone = list(columns) == ["together"]
    return Drawing(
        title=_("Topics named") if alone else _("Topics by respondent"),
        description=_("The topics that the source names, for all reporting countries together.")
        if alone
        else _("Heat map: which topics each respondent names."),
        columns=[_("Topic"), *columns.values()],
        rows=[[topics[topic], *(counts.get((topic, who), 0) for who in columns)] for topic in topics],
        method="tallies",
        spec=finished(chart, theme),
        legend=[(str(shade), _times(least, greatest)) for shade, least, greatest in steps.ranges()],
        notes=[_("The source names these topics for all reporting countries together, not for each.")]
        if together
        else [],
    )


def _times(least: int, greatest: int) -> str:
    if least == greatest:
        return _("Named %(number)d times") % {"number": greatest} if greatest > 1 else _("Named")
    return _("Named %(least)d to %(greatest)d times") % {"least": least, "greatest": greatest}
