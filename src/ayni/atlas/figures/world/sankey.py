"""From providers through groups of sectors (or topics) to recipients' regions: bands as wide as what flows."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.flows import Layout, layout
from ayni.atlas.figures.text import frame, label
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.figures.world.amounts import Unit, unit
from ayni.atlas.figures.world.bars import cut, titled
from ayni.atlas.queries.flows import labels, told
from ayni.atlas.queries.flows.asked import Answer

WIDTH, LEFT, RIGHT, NODE, TOP, GAP, HEIGHT, LEAST = 580, 150, 165, 14, 30, 10, 340, 14
# Of a letter of twelve pixels.
LETTER = 6.4
MOST = 8
REST = "rest"
Sums = dict[str, dict[str, float]]


def draw(answer: Answer, theme: str) -> Drawing:
    counts, targets = _gathered(answer)
    whole = sum(value for row in counts.values() for value in row.values())
    amounts = unit(answer, (value for row in counts.values() for value in row.values()))
    title, description = (
        _("From providers to regions"),
        _("Flows: how much goes from each of the greatest providers to each region."),
    )
    # The layout counts in whole units: a band of a thousandth is still seen.
    scale = 1000 / whole if whole else 0.0
    units = {one: {other: round(value * scale) for other, value in row.items()} for one, row in counts.items()}
    laid = layout(units, targets, unit=HEIGHT / 1000, gap=GAP)
    words = {code: _("All others") if code == REST else answer.party(code) for code in counts}
    words |= {f"to:{code}": _("All others") if code == REST else labels.region(code) for code in targets}
    return Drawing(
        title=title,
        description=description,
        columns=[_("Provider"), _("Region"), amounts.words],
        rows=[
            [words[one], words[f"to:{other}"], amounts.number(value)]
            for one, row in counts.items()
            for other, value in row.items()
            if value
        ],
        method="cubes",
        svg=_svg(laid, words, counts, amounts, theme, title, description),
        notes=[amounts.note],
    )


def _gathered(answer: Answer) -> tuple[Sums, list[str]]:
    """{provider: {region: sum}} of the greatest, all others together; repayments above what was given are left out."""
    plane = answer.cut.plane("provider", "region", answer.measure)
    providers = _greatest(zip(plane.rows, plane.sums.sum(axis=1).tolist(), strict=True))
    regions = _greatest(zip(plane.columns, plane.sums.sum(axis=0).tolist(), strict=True))
    found: Sums = {}
    for i, j in zip(*plane.sums.nonzero(), strict=True):
        value = float(plane.sums[i, j])
        if value > 0:
            row = found.setdefault(plane.rows[i] if plane.rows[i] in providers else REST, {})
            target = plane.columns[j] if plane.columns[j] in regions else REST
            row[target] = row.get(target, 0.0) + value
    order = [code for code in [*providers, REST] if code in found]
    there = {target for row in found.values() for target in row}
    return {code: found[code] for code in order}, [code for code in [*regions, REST] if code in there]


def _greatest(sums: Iterable[tuple[str, float]]) -> list[str]:
    return [code for code, value in told.ranked(dict(sums), MOST) if value > 0]


def _svg(
    laid: Layout, words: dict[str, str], counts: Sums, amounts: Unit, theme: str, title: str, description: str
) -> str:
    colour = colour_of(theme)
    shade = {
        source: colour("muted" if source == REST else f"data-{number % 8 + 1}")
        for number, source in enumerate(laid.sources)
    }
    muted = f'fill="{colour("muted")}" font-size="12"'
    parts = [
        label(LEFT - 8, 16, _("Provider"), f'{muted} text-anchor="end"'),
        label(WIDTH - RIGHT + 8, 16, _("Region"), muted),
    ]
    x0, x1 = LEFT + NODE, WIDTH - RIGHT - NODE
    middle = (x0 + x1) / 2
    for band in laid.bands:
        y0, y1, thick = TOP + band.y0, TOP + band.y1, band.count * HEIGHT / 1000
        path = (
            f"M{x0},{y0:.1f}C{middle},{y0:.1f} {middle},{y1:.1f} {x1},{y1:.1f}V{y1 + thick:.1f}"
            f"C{middle},{y1 + thick:.1f} {middle},{y0 + thick:.1f} {x0},{y0 + thick:.1f}Z"
        )
        told_of = f"{words[band.source]} → {words[f'to:{band.target}']}: {amounts.of(counts[band.source][band.target])}"
        parts.append(titled(f'<path d="{path}" fill="{shade[band.source]}" fill-opacity="0.45"/>', told_of))
    into = {target: sum(row.get(target, 0.0) for row in counts.values()) for target in laid.targets}
    left, right = _lines_of(laid.sources), _lines_of(laid.targets)
    for code, (top, height) in laid.sources.items():
        parts.append(_node(LEFT, top, height, shade[code]))
        text = _name_and(amounts.of(sum(counts[code].values())), words[code], LEFT - 8)
        parts.append(label(LEFT - 8, left[code], text, f'fill="{colour("ink")}" font-size="12" text-anchor="end"'))
    for code, (top, height) in laid.targets.items():
        parts.append(_node(x1, top, height, colour("muted")))
        text = _name_and(amounts.of(into[code]), words[f"to:{code}"], RIGHT - 8)
        parts.append(label(WIDTH - RIGHT + 8, right[code], text, f'fill="{colour("ink")}" font-size="12"'))
    return frame(
        WIDTH,
        max(laid.height + TOP, *left.values(), *right.values()) + 14,
        theme=theme,
        ground=colour("paper"),
        title=title,
        description=description,
        body="".join(parts),
    )


def _name_and(amount: str, name: str, room: float) -> str:
    """A node's name and amount, the name so short that both fit."""
    return f"{cut(name, int(room / LETTER) - len(amount) - 1)} {amount}"


def _lines_of(nodes: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Where each name stands: at the middle of its node, and never upon the one above it."""
    found: dict[str, float] = {}
    above = float("-inf")
    for code, (top, height) in nodes.items():
        above = found[code] = max(TOP + top + height / 2 + 4, above + LEAST)
    return found


def _node(x: float, top: float, height: float, fill: str) -> str:
    return f'<rect x="{x}" y="{TOP + top:.1f}" width="{NODE}" height="{height:.1f}" fill="{fill}"/>'
