"""How every chart looks: one configuration of Vega-Lite from the design tokens."""

from typing import Any

import altair as alt
from altair.utils.schemapi import disable_debug_mode

from ayni.atlas.figures.themes import palette

# Altair holds each part to the schema of Vega-Lite as it is made, which takes longer than making it; the tests do that.
disable_debug_mode()
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def finished(chart: Any, theme: str) -> dict[str, Any]:
    """The specification of a chart in the colours of `theme`."""
    with alt.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = chart.properties(
            background="transparent" if theme == "page" else palette(theme)["paper"]
        ).to_dict(validate=False)
    spec["config"] = configuration(theme)
    return spec


def configuration(theme: str) -> dict[str, Any]:
    colour = palette(theme)
    return {
        "font": FONT,
        "view": {"stroke": None},
        "padding": 4,
        "text": {"fill": colour["ink"], "fontSize": 12, "font": FONT},
        "axis": {
            "labelColor": colour["muted"],
            "titleColor": colour["muted"],
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": colour["grid"],
            "domainColor": colour["field"],
            "tickColor": colour["field"],
            "labelLimit": 220,
        },
        "axisQuantitative": {"domain": False, "ticks": False},
        "header": {
            "labelColor": colour["ink"],
            "titleColor": colour["muted"],
            "labelFontSize": 13,
            "labelFontWeight": "bold",
        },
        "legend": {
            "labelColor": colour["ink"],
            "titleColor": colour["muted"],
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "orient": "top",
            "symbolType": "square",
        },
        "rule": {"color": colour["field"]},
    }
