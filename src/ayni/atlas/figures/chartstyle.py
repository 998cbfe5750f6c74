"""How every chart looks: one configuration of Vega-Lite from the design tokens."""

from math import ceil, floor
from typing import Any

import altair as alt
from altair.utils.schemapi import disable_debug_mode

from ayni.atlas.figures.themes import palette

# Altair holds each part to the schema of Vega-Lite as it is made, which takes longer than making it; the tests do that.
disable_debug_mode()
# Up to so many steps each has its own tick.
FEW = 8
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def finished(chart: Any, theme: str) -> dict[str, Any]:
    """The specification of a chart in the colours of `theme`."""
    with alt.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = chart.properties(
            background="transparent" if theme == "page" else palette(theme)["paper"]
        ).to_dict(validate=False)
    spec["config"] = configuration(theme)
    return spec


def counting(greatest: float, least: float = 0, **axis: Any) -> alt.Axis:
    """The axis of a count, named at whole numbers: Vega halves them where there are few, whatever its least step says."""
    few = greatest - least <= FEW
    return alt.Axis(
        **({"values": list(range(floor(least), ceil(greatest) + 1))} if few else {"tickMinStep": 1}),
        format=",d",
        **axis,
    )


def configuration(theme: str) -> dict[str, Any]:
    colour = palette(theme)
    return {
        "font": FONT,
        "view": {"stroke": None},
        # The page writes in the reader's own face, which may run wider than the one that is measured here.
        "padding": {"left": 28, "right": 12, "top": 4, "bottom": 4},
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
            "columnPadding": 28,
        },
        "rule": {"color": colour["field"]},
    }
