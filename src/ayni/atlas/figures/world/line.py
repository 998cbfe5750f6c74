"""What flowed in each year, as a line."""

import math

from django.utils.translation import gettext as _

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.text import frame, label
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.figures.world.amounts import Unit, unit
from ayni.atlas.figures.world.bars import titled
from ayni.atlas.queries.flows import told
from ayni.atlas.queries.flows.asked import Answer

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 580, 300, 60, 24, 16, 30
NAMED, RULES = 8, 4


def draw(answer: Answer, theme: str) -> Drawing:
    found = told.years(answer)
    amounts = unit(answer, (value for _year, value in found))
    title, description = _("Year by year"), _("Line: what flowed in each year.")
    return Drawing(
        title=title,
        description=description,
        columns=[_("Year"), amounts.words],
        rows=[[str(year), amounts.number(value)] for year, value in found],
        method="cubes",
        svg=_svg(found, amounts, theme, title, description),
        notes=[amounts.note],
    )


def _svg(found: list[tuple[int, float]], amounts: Unit, theme: str, title: str, description: str) -> str:
    colour = colour_of(theme)
    rules = round_steps(
        min(0.0, min((value for _year, value in found), default=0.0)),
        max((value for _year, value in found), default=0.0),
        amounts.divisor,
    )
    low, top = rules[0], rules[-1]
    step = (WIDTH - LEFT - RIGHT) / max(len(found) - 1, 1)

    def high(value: float) -> float:
        return TOP + (top - value) / (top - low) * (HEIGHT - TOP - BOTTOM)

    parts = []
    for value in rules:
        y = high(value)
        parts.append(f'<path d="M{LEFT},{y:.1f}H{WIDTH - RIGHT}" stroke="{colour("grid")}" stroke-width="1"/>')
        attributes = f'fill="{colour("muted")}" font-size="12" text-anchor="end"'
        parts.append(label(LEFT - 8, y + 4, amounts.of(value), attributes))
    points = [(LEFT + step * place, high(value)) for place, (_year, value) in enumerate(found)]
    path = "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts.append(f'<path d="M{path}" fill="none" stroke="{colour("data-1")}" stroke-width="2.5"/>' if points else "")
    every = -(-len(found) // NAMED)
    for place, ((year, value), (x, y)) in enumerate(zip(found, points, strict=True)):
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour("data-1")}"/>'
        parts.append(titled(dot, f"{year}: {amounts.of(value)}"))
        if (len(found) - 1 - place) % every == 0:
            attributes = f'fill="{colour("muted")}" font-size="12" text-anchor="middle"'
            parts.append(label(x, HEIGHT - 8, str(year), attributes))
    ground = colour("paper")
    return frame(WIDTH, HEIGHT, theme=theme, ground=ground, title=title, description=description, body="".join(parts))


def round_steps(low: float, top: float, divisor: float = 1.0) -> list[float]:
    """From at most `low` (0 or below) to at least `top` in equal steps of 1, 2, 2.5 or 5 times a power of ten of `divisor`."""
    least = max((top - low) / divisor / RULES, 1e-9)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * part for part in (1, 2, 2.5, 5, 10) if power * part >= least * (1 - 1e-9)) * divisor
    first, last = math.floor(low / step + 1e-9), max(math.ceil(top / step - 1e-9), 1)
    return [number * step for number in range(first, last + 1)]
