"""The matrix of providers and recipients: the greatest of each, shaded by what flows between them."""

from django.utils.translation import gettext as _

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.text import frame, label
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.figures.world.amounts import unit
from ayni.atlas.figures.world.bars import cut, room_for, titled
from ayni.atlas.figures.world.shades import Shades
from ayni.atlas.queries.flows import told
from ayni.atlas.queries.flows.asked import Answer

TOP, CELL, HIGH = 120, 56, 28
DARK = 4


def draw(answer: Answer, theme: str) -> Drawing:
    plane = answer.cut.plane("provider", "recipient", answer.measure)
    providers, recipients, sums = told.corner(plane)
    named = {code: answer.party(code) for code in {code for pair in answer.pairs for code in pair}}
    amounts = unit(answer, (value for row in sums for value in row))
    shades = Shades.of(value for row in sums for value in row)
    colour = colour_of(theme)
    title, description = (
        _("Providers and recipients"),
        _("Matrix: what flows from the greatest providers to the greatest recipients."),
    )
    left = room_for(answer.party(code) for code in providers)
    parts = []
    for place, code in enumerate(recipients):
        x = left + place * CELL + CELL / 2
        attributes = f'fill="{colour("ink")}" font-size="12" transform="rotate(-45 {x:.0f} {TOP - 8})"'
        parts.append(label(x, TOP - 8, cut(answer.party(code), 18), attributes))
    for line, code in enumerate(providers):
        y = TOP + line * HIGH
        name = answer.party(code)
        parts.append(label(left - 8, y + 18, cut(name), f'fill="{colour("ink")}" font-size="13" text-anchor="end"'))
        for place, recipient in enumerate(recipients):
            value = sums[line][place]
            step = shades.step(value)
            x = left + place * CELL
            words = f"{name} → {answer.party(recipient)}: {amounts.of(value)} {amounts.words}"
            shape = f'<rect x="{x:.1f}" y="{y}" width="{CELL - 2}" height="{HIGH - 2}" fill="{colour(f"map-{step}")}"/>'
            if value:
                ink = "paper" if step >= DARK else "ink"
                attributes = f'fill="{colour(ink)}" font-size="11" text-anchor="middle"'
                shape += label(x + CELL / 2 - 1, y + 17, amounts.of(value), attributes)
            parts.append(titled(shape, words))
    width, height = left + len(recipients) * CELL + 70, TOP + len(providers) * HIGH + 8
    return Drawing(
        title=title,
        description=description,
        columns=[_("Provider"), _("Recipient"), amounts.words],
        rows=[[named[one], named[other], amounts.number(value)] for (one, other), value in answer.pairs.items()],
        method="cubes",
        svg=frame(
            width,
            height,
            theme=theme,
            ground=colour("paper"),
            title=title,
            description=description,
            body="".join(parts),
        ),
        notes=[amounts.note],
    )
