"""F6, flows from the reporting countries to the regions of their partners, as a Sankey diagram.

Vega-Lite has no such mark; the bands are computed here. Their width is the number of partner countries.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question
from ayni.atlas.figures.regions import Counts, counted_by_region
from ayni.atlas.figures.render import escape
from ayni.atlas.figures.text import frame, label
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.queries.facts import Atlas

WIDTH, LEFT, RIGHT, NODE = 720, 130, 200, 14
GAP, UNIT_HEIGHT, TOP = 14, 4.2, 34


@dataclass(frozen=True, slots=True)
class Band:
    """A flow of `count` from one node to another; `y0` and `y1` are the tops of its two ends."""

    source: str
    target: str
    count: int
    y0: float
    y1: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Nodes as {code: (top, height)} on either side, and the bands between them, in units of the drawing."""

    sources: dict[str, tuple[float, float]]
    targets: dict[str, tuple[float, float]]
    bands: list[Band]
    height: float


def layout(counts: Counts, targets: list[str], *, unit: float, gap: float) -> Layout:
    """Stack the nodes of both sides in their given order and lay the bands so that none crosses another at a node.

    `counts` is {source: {target: count}}; flows of nothing have no band.
    """
    out = {source: sum(row.values()) for source, row in counts.items()}
    into = {target: sum(row.get(target, 0) for row in counts.values()) for target in targets}
    tall = {
        True: sum(out.values()) * unit + gap * (len(out) - 1),
        False: sum(into.values()) * unit + gap * (len(into) - 1),
    }
    height = max(tall.values())
    left = _stack(out, unit, gap, (height - tall[True]) / 2)
    right = _stack(into, unit, gap, (height - tall[False]) / 2)
    start = {source: top for source, (top, _height) in left.items()}
    end = {target: top for target, (top, _height) in right.items()}
    bands = []
    for source, row in counts.items():
        for target in targets:
            count = row.get(target, 0)
            if count:
                bands.append(Band(source, target, count, start[source], end[target]))
                start[source] += count * unit
                end[target] += count * unit
    return Layout(left, right, bands, height)


def _stack(sizes: dict[str, int], unit: float, gap: float, top: float) -> dict[str, tuple[float, float]]:
    found = {}
    for code, size in sizes.items():
        found[code] = (top, size * unit)
        top += size * unit + gap
    return found


def draw(atlas: Atlas, question: Question, theme: str) -> Drawing:
    names, counts, totals = counted_by_region(atlas, question.scheme)
    regions = list(totals)
    laid = layout(counts, regions, unit=UNIT_HEIGHT, gap=GAP)
    title = _("From reporting countries to regions")
    description = _("Flows: how many partner countries of each region each reporting country names.")
    return Drawing(
        title=title,
        description=description,
        columns=[_("Reporting country"), _("Region"), _("Partner countries")],
        rows=[[atlas.name(band.source), names[band.target], band.count] for band in laid.bands],
        method="partner-matrix",
        svg=_svg(atlas, names, laid, theme, title, description),
        notes=[_("A partner counts once for each reporting country that names it.")],
    )


def _svg(atlas: Atlas, names: dict[str, str], laid: Layout, theme: str, title: str, description: str) -> str:
    colour = colour_of(theme)
    shade = {source: colour(f"data-{number % 8 + 1}") for number, source in enumerate(laid.sources)}
    parts = [label(LEFT - 8, 16, _("Reporting country"), f'fill="{colour("muted")}" font-size="12" text-anchor="end"')]
    parts.append(label(WIDTH - RIGHT + 8, 16, _("Region of the partners"), f'fill="{colour("muted")}" font-size="12"'))
    for band in laid.bands:
        words = _("%(reporter)s, %(region)s: %(partners)s") % {
            "reporter": atlas.name(band.source),
            "region": names[band.target],
            "partners": ngettext("%(number)d partner country", "%(number)d partner countries", band.count)
            % {"number": band.count},
        }
        parts.append(
            f'<path d="{_band(band)}" fill="{shade[band.source]}" fill-opacity="0.45"><title>{escape(words)}</title></path>'
        )
    for code, (top, height) in laid.sources.items():
        parts.append(_node(LEFT, top, height, shade[code]))
        words = f"{atlas.name(code)} {round(height / UNIT_HEIGHT)}"
        place = TOP + top + height / 2 + 4
        parts.append(label(LEFT - 8, place, words, f'fill="{colour("ink")}" font-size="13" text-anchor="end"'))
    for code, (top, height) in laid.targets.items():
        parts.append(_node(WIDTH - RIGHT - NODE, top, height, colour("muted")))
        words = f"{names[code]} {round(height / UNIT_HEIGHT)}"
        place = TOP + top + height / 2 + 4
        parts.append(label(WIDTH - RIGHT + 8, place, words, f'fill="{colour("ink")}" font-size="13"'))
    return frame(
        WIDTH,
        laid.height + TOP + 10,
        theme=theme,
        ground=colour("paper"),
        title=title,
        description=description,
        body="".join(parts),
    )


def _node(x: float, top: float, height: float, fill: str) -> str:
    return f'<rect x="{x}" y="{TOP + top:.1f}" width="{NODE}" height="{height:.1f}" fill="{fill}"/>'


def _band(band: Band) -> str:
    x0, x1 = LEFT + NODE, WIDTH - RIGHT - NODE
    middle = (x0 + x1) / 2
    y0, y1, thick = TOP + band.y0, TOP + band.y1, band.count * UNIT_HEIGHT
    return (
        f"M{x0},{y0:.1f}C{middle},{y0:.1f} {middle},{y1:.1f} {x1},{y1:.1f}"
        f"V{y1 + thick:.1f}C{middle},{y1 + thick:.1f} {middle},{y0 + thick:.1f} {x0},{y0 + thick:.1f}Z"
    )
