"""What a cell of a file may hold, whatever stands in the directory; each rule gives the cell as it is kept, and what is wrong with it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from ayni.common.sheets.rules import codes_in
from ayni.directory.models import PARTIAL_DATE, SPOKEN, joined

is_website = URLValidator(schemes=["http", "https"])


def foreign_letters(text: str) -> str:
    """Why a text is not in one of the four languages, however it looks."""
    other = next((mark for mark in text if _of_another_alphabet(mark)), "")
    if not other:
        return ""
    message = _("“%(mark)s” in “%(text)s” belongs to another alphabet, however it looks. Type it again.")
    return message % {"mark": other, "text": text[:40]}


def website(text: str) -> tuple[str, str]:
    """A whole address, or nothing."""
    try:
        if text:
            is_website(text)
    except ValidationError:
        return text, _("“%(text)s” is no whole address. Write it with https:// before it.") % {"text": text[:60]}
    return text, ""


def email(text: str) -> tuple[str, str]:
    """An e-mail address, or nothing."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return text, _("“%(text)s” is no e-mail address. Correct the cell.") % {"text": text[:60]}
    return text, ""


def partial_date(text: str) -> tuple[str, str]:
    """A date as far as it is known, or nothing."""
    if text and not re.fullmatch(PARTIAL_DATE, text):
        return text, _("Write a year, a month or a day: 2011, 2011-10 or 2011-10-13.")
    return text, ""


def languages(text: str) -> tuple[str, str]:
    """Codes of languages, in order."""
    codes = codes_in(text.lower())
    unknown = [code for code in codes if code not in SPOKEN]
    if unknown:
        message = _("“%(text)s” is no language here. Write codes of %(known)s.")
        return text, message % {"text": unknown[0][:40], "known": ", ".join(SPOKEN)}
    return joined(codes), ""


def number(text: str, *, least: int, most: int) -> tuple[str, str]:
    """A whole number within limits, or nothing."""
    if text and not (re.fullmatch(r"[0-9]{1,6}", text) and least <= int(text) <= most):
        return text, _("Write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
    return str(int(text)) if text else "", ""


def flag(text: str) -> tuple[str, str]:
    """ "yes" or nothing."""
    known = {"": "", "no": "", "false": "", "0": "", "yes": "yes", "true": "yes", "1": "yes"}
    if text.casefold() not in known:
        return text, _("Write “yes”, or leave the cell empty.")
    return known[text.casefold()], ""


def _of_another_alphabet(mark: str) -> bool:
    # ª and º are letters to Unicode, and of no alphabet.
    return mark.isalpha() and not re.search("LATIN|ORDINAL", unicodedata.name(mark, ""))
