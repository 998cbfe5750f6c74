"""What a cell of a file may hold; each rule gives the cell as it is kept, and what is wrong with it ("": nothing)."""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from difflib import get_close_matches

from django.utils.translation import gettext as _

from ayni.common.delimited import FORMULA_STARTS

Rule = Callable[[str], tuple[str, str]]
NEAR = 0.6
# What a cell of a spreadsheet holds at most is a little more.
LONGEST = 32_000
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]|_x000D_")
LINE_END = re.compile("\r\n|[\r\u2028\u2029\x85]")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


def in_column(column: str, reason: str) -> str:
    """The reason with the column that it is about."""
    return _("Column “%(column)s”: %(reason)s") % {"column": column, "reason": reason}


def codes_in(text: str) -> list[str]:
    """The codes of a cell that holds several, in order."""
    return sorted(set(re.split(r"[\s,;|]+", text)) - {""})


def did_you_mean(text: str, known: Collection[str]) -> str:
    """A sentence with the nearest code, or nothing."""
    near = get_close_matches(text, list(known), n=1, cutoff=NEAR)
    return _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""


def formula(text: str) -> str:
    """Why a cell of a CSV file is no text."""
    if not text.startswith(FORMULA_STARTS):
        return ""
    return _("“%(text)s” begins as a formula does. Write the text itself.") % {"text": text[:40]}


def too_long(text: str, limit: int) -> str:
    """Why a text has no room."""
    return _("The text has more than %(limit)d characters. Shorten it.") % {"limit": limit} if len(text) > limit else ""


def tidy(text: str) -> str:
    """A text as a cell can hold it and give it back: one kind of line end, no control characters, no blanks around."""
    plain = LINE_END.sub("\n", text)
    while NO_TEXT.search(plain):
        plain = NO_TEXT.sub("", plain)
    return plain[:LONGEST].strip()


def text(longest: int) -> Rule:
    """Any text that has room."""

    def rule(given: str) -> tuple[str, str]:
        return given, too_long(given, longest)

    return rule


def day(given: str) -> tuple[str, str]:
    """A day as 2026-03-31, also written 31/03/2026; or nothing."""
    for form in DAYS:
        try:
            return date.isoformat(datetime.strptime(given, form).date()), ""
        except ValueError:
            continue
    return given, _("Write a day as 2026-03-31 or 31/03/2026.") if given else ""


def whole(least: int, most: int) -> Rule:
    """A whole number within limits, or nothing."""

    def rule(given: str) -> tuple[str, str]:
        if given and not (re.fullmatch(r"[0-9]{1,9}", given) and least <= int(given) <= most):
            return given, _("Write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
        return str(int(given)) if given else "", ""

    return rule


def decimal(places: int) -> Rule:
    """A number with a point or a comma and at most so many decimals, or nothing; kept with a point, without idle zeros."""

    def rule(given: str) -> tuple[str, str]:
        plain = given.replace("\u00a0", "").replace(" ", "").replace(",", ".")
        if given and not re.fullmatch(rf"-?[0-9]{{1,15}}(\.[0-9]{{0,{places}}})?", plain):
            return given, _("Write a number without separators of thousands, with at most %(places)d decimals.") % {
                "places": places
            }
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
        head, dot, tail = digits.partition(".")
        kept = (head.lstrip("0") or "0") + dot + tail if digits else ""
        return (kept if kept == "0" else sign + kept), ""

    return rule


def yes(given: str) -> tuple[str, str]:
    """ "yes" or nothing, in any of the four languages."""
    known = dict.fromkeys(("yes", "true", "1", "si", "sí", "sim", "oui", "x"), "yes")
    known |= dict.fromkeys(("", "no", "false", "0", "não", "nao", "non"), "")
    if given.casefold() not in known:
        return given, _("Write “yes”, or leave the cell empty.")
    return known[given.casefold()], ""
