"""Figures of an account of cooperation: F8 role balance, F11 time line, F12 funnel of demands, F13 goals."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Any

import altair as alt
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ayni.atlas.figures.chartstyle import counting, finished
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.themes import palette, series
from ayni.atlas.queries.cooperation.tables import RoleRow
from ayni.common.i18n import text_in
from ayni.exchange.queries.funnel import Stage

MOST_COUNTRIES = 20
MOST_YEARS = 10


def role_balance(rows: Sequence[RoleRow], theme: str) -> Drawing:
    """F8. What each country receives to the left, what it offers to the right."""
    shown = [row for row in rows if row.balance.received or row.balance.both or row.balance.offered][:MOST_COUNTRIES]
    names = [str(row.country) for row in shown]
    kinds = [_("receives"), _("offers and receives"), pgettext("what a country does", "offers")]
    values: list[dict[str, Any]] = []
    for row in shown:
        one = row.balance
        half = one.both / 2
        values += [
            {"country": str(row.country), "role": kinds[0], "from": -half - one.received, "to": -half},
            {"country": str(row.country), "role": kinds[1], "from": -half, "to": half},
            {"country": str(row.country), "role": kinds[2], "from": half, "to": half + one.offered},
        ]
    left, right = min((one["from"] for one in values), default=0), max((one["to"] for one in values), default=0)
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height={"band": 0.75})
        .encode(
            y=alt.Y("country:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False)),
            x=alt.X(
                "from:Q",
                title=_("Initiatives"),
                axis=counting(right, left, labelExpr="format(abs(datum.value), ',d')"),
            ),
            x2="to:Q",
            color=alt.Color(
                "role:N", sort=kinds, title=_("Role"), scale=alt.Scale(domain=kinds, range=series(theme, 3))
            ),
        )
        .properties(width=440, height=alt.Step(24))
    )
    return Drawing(
        title=_("Balance of roles"),
        description=_("Bars: in how many validated initiatives each country receives, does both, and offers."),
        columns=[_("Country"), *kinds, _("role not known"), _("Dual role")],
        rows=[
            [
                str(row.country),
                row.balance.received,
                row.balance.both,
                row.balance.offered,
                row.balance.unknown,
                row.balance.dual,
            ]
            for row in rows
        ],
        method="roles",
        spec=finished(chart, theme),
    )


def timeline(rows: Sequence[dict[str, Any]], theme: str) -> Drawing:
    """F11. Initiatives under way by year and type of cooperation; validated above, of one side alone below, never added."""
    records = _records()
    values = [
        {"year": row["year"], "type": row["type"], "record": label, "count": row[name]}
        for row in rows
        for name, label in records.items()
    ]
    used = {value["type"] for value in values if value["count"]}
    totals = Counter[tuple[int, str]]()
    for value in values:
        totals[value["year"], value["record"]] += value["count"]
    kinds = [label for label in dict.fromkeys(row["type"] for row in rows) if label in used]
    chart = (
        alt.Chart(alt.Data(values=[value for value in values if value["type"] in used]))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, values=_some_years(rows))),
            y=alt.Y("count:Q", title=_("Initiatives under way"), axis=counting(max(totals.values(), default=0))),
            color=alt.Color(
                "type:N",
                sort=kinds,
                title=_("Type of cooperation"),
                scale=alt.Scale(domain=kinds, range=series(theme, len(kinds))),
            ),
        )
        .properties(width=520, height=150)
        .facet(row=alt.Row("record:N", sort=list(records.values()), title=None))
    )
    return Drawing(
        title=_("Initiatives under way, by year"),
        description=_("Bars: how many initiatives were under way in each year, by type of cooperation."),
        columns=[_("Year"), _("Type of cooperation"), *records.values()],
        rows=[
            [str(row["year"]), row["type"], row["validated"], row["unilateral"]]
            for row in rows
            if row["validated"] or row["unilateral"]
        ],
        method="accounts",
        spec=finished(chart, theme),
    )


def demands(stages: Sequence[Stage], theme: str) -> Drawing:
    """F12. How far the demands of the year came."""
    names = [str(stage.label) for stage in stages]
    values = [{"stage": str(stage.label), "count": stage.demands} for stage in stages]
    return Drawing(
        title=_("How far the demands of the year came"),
        description=_("Bars: of the demands submitted in the year, how many reached each stage."),
        columns=[_("Stage"), _("Demands")],
        rows=[[str(stage.label), stage.demands] for stage in stages if any(one.demands for one in stages)],
        method="accounts",
        spec=_bars(values, "stage", names, _("Demands"), theme),
    )


def goals(rows: Sequence[dict[str, Any]], theme: str) -> Drawing:
    """F13. Initiatives by Sustainable Development Goal: a bar for validated ones, another for those of one side alone."""
    records = _records()
    names = [text_in(row["label"]) for row in rows]
    values = [
        {"goal": text_in(row["label"]), "record": label, "count": row[name]}
        for row in rows
        for name, label in records.items()
    ]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            y=alt.Y("goal:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=300)),
            yOffset=alt.YOffset("record:N", sort=list(records.values())),
            x=alt.X("count:Q", title=_("Initiatives"), axis=counting(max((one["count"] for one in values), default=0))),
            color=alt.Color(
                "record:N",
                sort=list(records.values()),
                title=None,
                scale=alt.Scale(domain=list(records.values()), range=series(theme, 2)),
            ),
        )
        .properties(width=400, height=alt.Step(12))
    )
    return Drawing(
        title=_("Initiatives by Sustainable Development Goal"),
        description=_("Bars: how many initiatives serve each goal; one initiative may serve several."),
        columns=[_("Goal"), *records.values()],
        rows=[[text_in(row["label"]), row["validated"], row["unilateral"]] for row in rows],
        method="accounts",
        spec=finished(chart, theme),
    )


def _some_years(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The years that the axis names: ten at most, at even distances, the last one among them."""
    years = sorted({row["year"] for row in rows})
    return years[:: -ceil(len(years) / MOST_YEARS)][::-1] if years else []


def _records() -> dict[str, str]:
    """The two kinds of public records, which are never added."""
    return {"validated": _("Validated"), "unilateral": _("Unilateral")}


def _bars(values: list[dict[str, Any]], field: str, names: list[str], title: str, theme: str) -> dict[str, Any]:
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(f"{field}:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=300)),
        x=alt.X("count:Q", title=title, axis=counting(max((one["count"] for one in values), default=0))),
    )
    numbers = base.mark_text(align="left", dx=4).encode(
        text=alt.Text("count:Q", format=",d"), color=alt.value(palette(theme)["ink"])
    )
    bars = base.mark_bar(height={"band": 0.75}, color=series(theme, 1)[0])
    return finished(alt.layer(bars, numbers).properties(width=400, height=alt.Step(24)), theme)
