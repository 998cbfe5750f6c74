"""Bars with their names and numbers, and the figures that are made of them: concentration and roles."""

import re
from collections.abc import Callable, Iterable, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.render import escape
from ayni.atlas.figures.text import frame, label
from ayni.atlas.figures.themes import colour_of
from ayni.atlas.figures.world.amounts import unit
from ayni.atlas.queries.flows import told
from ayni.atlas.queries.flows.asked import Answer

WIDTH, NUMBERS, ROW = 580, 60, 24
LONG, LETTER = 22, 7.4
# "International Development Association [IDA]", as the OECD writes.
ACRONYM = re.compile(r"\[([^\[\]]+)\]$")
Bar = tuple[str, list[tuple[float, str]], str]


def bars(
    rows: Sequence[Bar],
    *,
    greatest: float,
    theme: str,
    title: str,
    description: str,
    key: Sequence[tuple[str, str]] = (),
) -> str:
    """A line for each (name, [(length, token of its colour)] laid end to end, number); `key` says what the colours are, (token, words)."""
    colour = colour_of(theme)
    names = room_for([name for name, _lengths, _number in rows])
    room = WIDTH - names - NUMBERS
    parts = [_keyed(names + place * 140, token, words, colour) for place, (token, words) in enumerate(key)]
    start = 8 + (ROW if key else 0)
    for place, (name, lengths, number) in enumerate(rows):
        top = start + place * ROW
        parts.append(label(names - 8, top + 13, cut(name), f'fill="{colour("ink")}" font-size="13" text-anchor="end"'))
        left = names
        for length, token in lengths:
            wide = max(0.0, length) / greatest * room if greatest > 0 else 0
            parts.append(f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="17" fill="{colour(token)}"/>')
            left += wide
        parts.append(label(left + 6, top + 13, number, f'fill="{colour("ink")}" font-size="12"'))
    height = start + 8 + len(rows) * ROW
    ground = colour("paper")
    return frame(WIDTH, height, theme=theme, ground=ground, title=title, description=description, body="".join(parts))


def room_for(names: Iterable[str], long: int = LONG) -> float:
    """How much room names take at the left of what they stand for, in pixels."""
    return 16 + LETTER * max((len(cut(name, long)) for name in names), default=0)


def _keyed(x: float, token: str, words: str, colour: Callable[[str], str]) -> str:
    square = f'<rect x="{x:.1f}" y="6" width="12" height="12" fill="{colour(token)}"/>'
    return square + label(x + 18, 16, words, f'fill="{colour("ink")}" font-size="12"')


def cut(name: str, long: int = LONG) -> str:
    """A name that fits: of a long one the acronym it ends with, or else its beginning. The table has it whole."""
    if len(name) <= long:
        return name
    acronym = ACRONYM.search(name)
    return acronym[1] if acronym and len(acronym[1]) <= long else f"{name[: long - 1].rstrip()}…"


def concentration(answer: Answer, theme: str) -> Drawing:
    """How far each recipient depends on few providers."""
    found = told.concentration(answer)
    shown = found[: told.MOST]
    amounts = unit(answer, (row.value for row in found))
    title, description = (
        _("How concentrated the providers are"),
        _(
            "Bars: of each of the greatest recipients, the index of Herfindahl and Hirschman over its providers, from 0 to 1."
        ),
    )
    lines: list[Bar] = [
        (answer.party(row.code), [(row.index, "data-1")], number_format(round(row.index, 2), 2)) for row in shown
    ]
    return Drawing(
        title=title,
        description=description,
        columns=[_("Recipient"), amounts.words, _("Providers"), _("Index"), _("Index over 0 to 1")],
        rows=[
            [answer.party(row.code), amounts.number(row.value), row.providers, row.index, row.normalised]
            for row in found
        ],
        method="concentration",
        svg=bars(lines, greatest=1.0, theme=theme, title=title, description=description),
        notes=[_("1 means that all comes from one provider. With few records the index is high by chance.")],
    )


def roles(answer: Answer, theme: str) -> Drawing:
    """Countries that offer and receive."""
    found, returned = told.roles(answer)
    shown = found[: told.MOST]
    amounts = unit(answer, (value for row in found for value in (row.offered, row.received)))
    title, description = (
        _("Who offers and receives"),
        _("Bars: what each country offers and what it receives, of those that do both; the most balanced first."),
    )
    lines: list[Bar] = [
        (
            answer.party(row.code),
            [(row.offered, "data-1"), (row.received, "data-2")],
            number_format(round(row.dual, 2), 2),
        )
        for row in shown
    ]
    greatest = max((row.offered + row.received for row in shown), default=0.0)
    notes = [] if found else [_("Nobody here both offers and receives.")]
    notes += [
        _("The number is the dual role: 1 where a country offers as much as it receives, 0 where it does one alone.")
    ]
    if returned is not None:
        text = _("Reciprocity: %(share)s of all that flows comes back between the same two.")
        notes.append(text % {"share": number_format(round(returned, 3), 3)})
    return Drawing(
        title=title,
        description=description,
        columns=[
            _("Country"),
            f"{_('Offered')} ({amounts.words})",
            f"{_('Received')} ({amounts.words})",
            _("Dual role"),
        ],
        rows=[
            [answer.party(row.code), amounts.number(row.offered), amounts.number(row.received), row.dual]
            for row in found
        ],
        method="roles",
        svg=bars(
            lines,
            greatest=greatest,
            theme=theme,
            title=title,
            description=description,
            key=[("data-1", _("Offered")), ("data-2", _("Received"))],
        ),
        notes=notes,
    )


def titled(shape: str, words: str) -> str:
    """A shape with what it says."""
    return f"<g><title>{escape(words)}</title>{shape}</g>"
