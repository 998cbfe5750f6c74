"""F1, the types of learning: what a country learns by cooperating, of the first and the second order."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.question import Question
from ayni.atlas.figures.text import frame, label, paragraph
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.queries.facts import Atlas
from ayni.common.i18n import text_in

WIDTH, BOX, GAP, PAD = 720, 344, 32, 16
CHARACTERS = 46


def draw(atlas: Atlas, question: Question, theme: str) -> Drawing:
    types = atlas.figures["F1"]["types"]
    labels = {kind["concept"]: _name(atlas, kind["concept"]) for kind in types}
    orders = {"first": _("First order"), "second": _("Second order")}
    title = _("Types of learning")
    description = _(
        "Learning of the first order, internal and external, leads to learning of the second order, projective."
    )
    rows: list[list[Any]] = [
        [
            labels[kind["concept"]],
            orders.get(kind["order"], kind["order"]),
            text_in(kind["text"]),
            _("all together") if kind["count"] is None else kind["count"],
        ]
        for kind in types
    ]
    return Drawing(
        title=title,
        description=description,
        columns=[_("Learning"), _("Order"), _("What is learned"), _("Respondents")],
        rows=rows,
        method="tallies",
        svg=_svg(types, labels, orders, theme, title, description),
        notes=[_("The source describes these types for all respondents together.")]
        if any(kind["count"] is None for kind in types)
        else [],
    )


def _name(atlas: Atlas, concept: str) -> str:
    return text_in(atlas.content["concepts"]["learning-types"][concept]["label"])


def _svg(
    types: list[dict[str, Any]],
    labels: dict[str, str],
    orders: dict[str, str],
    theme: str,
    title: str,
    description: str,
) -> str:
    colour = colour_of(theme)
    parts: list[str] = []
    top = 20.0
    for order, heading in orders.items():
        kinds = [kind for kind in types if kind["order"] == order]
        if not kinds:
            continue
        if parts:
            parts.append(_arrow(top - 14, colour("warm")))
            top += 30
        parts.append(label(0, top, heading, f'fill="{colour("muted")}" font-size="13"'))
        top += 12
        wide = (WIDTH - GAP * (len(kinds) - 1)) / len(kinds)
        boxes = [
            _box(kind, labels[kind["concept"]], number * (wide + GAP), top, wide, theme)
            for number, kind in enumerate(kinds)
        ]
        tallest = max(height for _body, height in boxes)
        for number, (body, _height) in enumerate(boxes):
            x = number * (wide + GAP) + 0.75
            parts.append(
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide - 1.5:.1f}" height="{tallest:.1f}"'
                f' fill="{colour("surface")}" stroke="{colour("accent")}" stroke-width="1.5"/>{body}'
            )
        top += tallest + 24
    return frame(
        WIDTH,
        top - 12,
        theme=theme,
        ground=colour("paper"),
        title=title,
        description=description,
        body="".join(parts),
    )


def _box(kind: dict[str, Any], name: str, x: float, top: float, wide: float, theme: str) -> tuple[str, float]:
    colour = colour_of(theme)
    head = label(x + PAD, top + 28, name, f'fill="{colour("accent")}" font-size="18" font-weight="bold"')
    width = int(CHARACTERS * wide / BOX)
    body, height = paragraph(
        x + PAD, top + 52, text_in(kind["text"]), width=width, attributes=f'fill="{colour("ink")}" font-size="13"'
    )
    count = kind["count"]
    if count is not None:
        told = ngettext("%(number)d respondent", "%(number)d respondents", count) % {"number": count}
        body += label(x + PAD, top + 56 + height, told, f'fill="{colour("muted")}" font-size="12"')
        height += 22
    return head + body, 52 + height


def _arrow(y: float, fill: str) -> str:
    middle = WIDTH / 2
    return f'<path d="M{middle - 7},{y}h14l-7,12z" fill="{fill}"/>'
