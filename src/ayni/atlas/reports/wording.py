"""Numbers, lists and sources as the reader's language writes them (under `translation.override`)."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports.document import Block, Mark, Number, Paragraph, Table, Words
from ayni.common.sources import source_label

NO_BREAK = "\u00a0"
DOT = Mark("●")
# What a mark says of its direction; the first is what a source without direction gives.
SIGNS = {
    "unknown": "×",
    "first-offerer": "▲",
    "second-offerer": "△",
    "recipient": "▼",
    "both": "◆",
}


def number(value: float, digits: int = 0) -> Number:
    """Rounded to `digits` (Django's own formatting would cut)."""
    return Number(value, number_format(round(value, digits), digits, use_l10n=True, force_grouping=True), digits)


def percent(share: float) -> Number:
    """0.5439 -> 54,4 %"""
    shown = number_format(round(share * 100, 1), 1, use_l10n=True)
    return Number(share, f"{shown}{NO_BREAK}%", 1, percent=True)


def mark(role: str = "unknown") -> Mark:
    return Mark(SIGNS.get(role, SIGNS["unknown"]))


def years(period: Iterable[int | None] | None) -> str:
    """2005–2010; a period without an end says so."""
    first, last = period or (None, None)
    if first is None:
        return ""
    return f"{first}–{last}" if last else _("since %(year)s") % {"year": first}


def listed(words: Iterable[Any]) -> str:
    return ", ".join(str(word) for word in words)


def place(atlas: Atlas, locator: str) -> str:
    """A place in the document, in the reader's language: "Section IV, Table 3" -> «Sección IV, Tabla 3».

    A round that no document reports rests on its own answers.
    """
    if not atlas.round["source"]:
        return _("the answers of the round")
    return "; ".join(source_label(part) for part in locator.split(";")) if locator else ""


def or_empty(block: Block) -> Block:
    """A table without rows becomes a sentence."""
    if isinstance(block, Table) and not block.rows:
        return Paragraph(_("%(table)s: the responses say nothing of this.") % {"table": block.title})
    return block


def or_unrecorded(block: Block) -> Block:
    """The same where the records are told, and not the answers of a round."""
    if isinstance(block, Table) and not block.rows:
        return Paragraph(_("%(figure)s: no public record says anything of this.") % {"figure": block.title})
    return block


def words() -> Words:
    """The few words that the writers themselves add, in the language that is active."""
    return Words(
        contents=_("Contents"),
        source=_("Source"),
        table=_("Table"),
        figure=_("Figure"),
        notes=_("Notes"),
        cover=_("Cover"),
        section=_("Section"),
        text=_("Text"),
    )
