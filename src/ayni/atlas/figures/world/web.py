"""The network: who is tied to whom. Those of one community stand side by side; the wider the disc, the more central."""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.text import frame, label
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.figures.world.amounts import unit
from ayni.atlas.figures.world.bars import cut, titled
from ayni.atlas.queries.flows import told
from ayni.atlas.queries.flows.asked import Answer
from ayni.methods.flow_network import FlowNetwork, Node

SIZE, MARGIN, MOST, LINES, LONG = 580, 145, 40, 160, 18


def draw(answer: Answer, theme: str) -> Drawing:
    found = told.network(answer)
    amounts = unit(answer, (max(node.offered, node.received) for node in found.nodes))
    nodes = sorted(found.nodes, key=lambda node: (-node.rank, node.code))
    title, description = (
        _("The network of flows"),
        _(
            "Network: a disc for each country or organisation, a line for each flow. Those of one community stand side by side."
        ),
    )
    return Drawing(
        title=title,
        description=description,
        columns=[
            _("Country or organisation"),
            f"{_('Offered')} ({amounts.words})",
            f"{_('Received')} ({amounts.words})",
            _("Partners"),
            _("PageRank"),
            _("Betweenness"),
            _("Community"),
        ],
        rows=[
            [
                answer.party(node.code),
                amounts.number(node.offered),
                amounts.number(node.received),
                node.partners,
                node.rank,
                node.betweenness,
                str(node.community + 1),
            ]
            for node in nodes
        ],
        method="flow-network",
        svg=_svg(answer, _greatest(found), theme, title, description),
        notes=_notes(found),
    )


def _greatest(found: FlowNetwork) -> list[Node]:
    """Those through whom most flows: more than can be drawn are in the table alone."""
    return sorted(found.nodes, key=lambda node: (-node.offered - node.received, node.code))[:MOST]


def _notes(found: FlowNetwork) -> list[str]:
    """What the measures mean."""
    communities = ngettext("%(number)d community", "%(number)d communities", found.communities) % {
        "number": found.communities
    }
    notes = [
        _(
            "PageRank: the share of all that flows which passes a country or organisation, if it went on from each to its own "
            "recipients. Betweenness: how often it lies on the shortest way between two others."
        ),
    ]
    if found.modularity is not None:
        text = _(
            "%(communities)s: those within one are tied more to one another than chance would tie them (modularity %(value)s). "
            "Density: %(density)s of all possible ties exist."
        )
        notes.append(
            text
            % {
                "communities": communities,
                "value": number_format(round(found.modularity, 2), 2),
                "density": number_format(round(found.density, 3), 3),
            }
        )
    notes.append(
        _(
            "Who reports nothing seems to have no ties: a small place in the network may be a small place in the reports."
        )
    )
    if found.sampled:
        notes.append(_("Betweenness is estimated from a part of the shortest ways."))
    return notes


def _svg(answer: Answer, nodes: list[Node], theme: str, title: str, description: str) -> str:
    colour = colour_of(theme)
    ordered = sorted(nodes, key=lambda node: (node.community, -node.rank, node.code))
    middle, radius = SIZE / 2, SIZE / 2 - MARGIN
    turn = {node.code: 2 * math.pi * place / max(len(ordered), 1) for place, node in enumerate(ordered)}
    at = {code: (middle + radius * math.cos(angle), middle + radius * math.sin(angle)) for code, angle in turn.items()}
    flows = [(pair, value) for pair, value in answer.pairs.items() if pair[0] in at and pair[1] in at and value > 0]
    greatest = flows[0][1] if flows else 1.0
    parts = []
    for (one, other), value in reversed(flows[:LINES]):
        (x0, y0), (x1, y1) = at[one], at[other]
        wide = 0.6 + 4 * math.sqrt(value / greatest)
        parts.append(
            f'<path d="M{x0:.1f},{y0:.1f}Q{middle:.0f},{middle:.0f} {x1:.1f},{y1:.1f}" fill="none" stroke="{colour("field")}"'
            f' stroke-width="{wide:.1f}" stroke-opacity="0.5"/>'
        )
    most = max((node.rank for node in ordered), default=1.0)
    for node in ordered:
        x, y = at[node.code]
        size = 4 + 9 * math.sqrt(node.rank / most)
        disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour(f"data-{node.community % 8 + 1}")}"/>'
        name = answer.party(node.code)
        parts.append(titled(disc, name) + _name(name, turn[node.code], middle, radius + 18, colour("ink")))
    return frame(
        SIZE, SIZE, theme=theme, ground=colour("paper"), title=title, description=description, body="".join(parts)
    )


def _name(name: str, angle: float, middle: float, reach: float, ink: str) -> str:
    """A name written outwards, and on the left side turned so that it can be read."""
    x, y = middle + reach * math.cos(angle), middle + reach * math.sin(angle)
    degrees = math.degrees(angle)
    left = 90 < degrees < 270
    side = "end" if left else "start"
    around = f'transform="rotate({degrees - 180 if left else degrees:.1f} {x:.1f} {y:.1f})"'
    return label(x, y + 4, cut(name, LONG), f'fill="{ink}" font-size="12" text-anchor="{side}" {around}')
