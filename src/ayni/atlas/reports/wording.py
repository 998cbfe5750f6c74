"""Numbers, lists and places as the reader's language writes them (under `translation.override`)."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.atlas.reports.document import Mark, Number

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
NUMBERED = {
    "Section": gettext_lazy("Section %(number)s"),
    "Table": gettext_lazy("Table %(number)s"),
    "Figure": gettext_lazy("Figure %(number)s"),
    "question": gettext_lazy("question %(number)s"),
    "note": gettext_lazy("note %(number)s"),
    "item": gettext_lazy("item %(number)s"),
}
NAMED = {
    "Introduction": gettext_lazy("Introduction"),
    "Annex": gettext_lazy("Annex"),
    "Cover": gettext_lazy("Cover"),
    "Imprint": gettext_lazy("Imprint"),
    "agreements": gettext_lazy("agreements"),
    "named systems": gettext_lazy("named systems"),
    "list of modalities": gettext_lazy("list of modalities"),
    "list of topics": gettext_lazy("list of topics"),
    "M&E instruments": gettext_lazy("monitoring and evaluation instruments"),
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


def place(locator: str) -> str:
    """A place in the source, in the reader's language: "Section IV, Table 3" -> «Sección IV, Tabla 3»."""
    return "; ".join(", ".join(map(_part, group.split(", "))) for group in locator.split("; ")) if locator else ""


def _part(part: str) -> str:
    if part in NAMED:
        return str(NAMED[part])
    found = re.fullmatch(r"(\w+) ([IVXL]+|\d+)", part)
    if found and found[1] in NUMBERED:
        return str(NUMBERED[found[1]] % {"number": found[2]})
    return part
