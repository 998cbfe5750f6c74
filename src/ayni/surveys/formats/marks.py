"""Marks in a table of partner countries: what says yes, what says no, and what says neither."""

from enum import StrEnum

from django.utils.translation import gettext as _

# Latin x, the sign of multiplication and Cyrillic ha look alike; printed tables use all of them.
YES = frozenset(
    {"x", "×", "✕", "✗", "✖", "✘", "х", "✓", "✔", "1", "true", "yes", "sí", "si", "sim", "oui", "verdadero", "vrai"}
)
NO = frozenset({"", "0", "-", "–", "—", "false", "no", "não", "nao", "non", "falso", "faux"})


class Mark(StrEnum):
    """What a cell says."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


def mark(text: str) -> Mark:
    """What a cell of the table says; letters of another alphabet that look like an x count as one."""
    plain = text.strip().casefold()
    if plain in YES:
        return Mark.YES
    return Mark.NO if plain in NO else Mark.UNCLEAR


def unclear(text: str) -> str:
    """The sentence for a cell that says neither."""
    return _("“%(text)s” is no mark. Write x for yes and leave the cell empty for no.") % {"text": text[:40]}
