"""Cells become days, amounts and lists, as a profile says that they are written; what fits no form is never guessed."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

Value = str | bool | int | float | date | datetime | time | None
FORMS = {
    "YYYY-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    "DD/MM/YYYY": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "MM/DD/YYYY": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
    "DD-MM-YYYY": re.compile(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})"),
    "DD.MM.YYYY": re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    "MM/YYYY": re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "YYYY": re.compile(r"(?P<y>\d{4})"),
}
FIRST_YEAR, LAST_YEAR = 1900, 2100
# The table of transactions holds less than this; more is a typing error.
LARGEST = Decimal(10) ** 18
THOUSANDS = {",": r"[.\u00a0\u202f' ]", ".": r"[,\u00a0\u202f' ]"}
ORNAMENT = re.compile(r"^[^\d+\-(]{0,6}|\s*[A-Za-z$€£%]{0,4}$")


def text_of(value: Value) -> str:
    """A cell as one reads it: days in ISO form, whole numbers without decimals, no blanks around."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date | time) else str(value).strip()


def span_of(value: Value, forms: Iterable[str]) -> tuple[date, date]:
    """The first and last day of what is written: a year is 1 January to 31 December. Raises ValueError.

    A cell that holds a day is one, whatever the forms.
    """
    if isinstance(value, datetime):
        return _within(value.date(), value.date())
    if isinstance(value, date):
        return _within(value, value)
    text = text_of(value)
    for form in forms:
        found = FORMS[form].fullmatch(text)
        if found:
            parts = {name: int(digits) for name, digits in found.groupdict().items()}
            year, first, last = parts["y"], parts.get("m", 1), parts.get("m", 12)
            begin = date(year, first, parts.get("d", 1))
            return _within(begin, date(year, last, parts.get("d", calendar.monthrange(year, last)[1])))
    raise ValueError(text)


def number_of(value: Value, decimal: str) -> Decimal:
    """The number of a cell; of a text, with `decimal` before its decimals and groups of three before that. Raises ValueError."""
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, int | float):
        return _sized(str(value))
    text = ORNAMENT.sub("", text_of(value)).strip()
    thousand, point = THOUSANDS[decimal], re.escape(decimal)
    if not re.fullmatch(rf"[+-]?(\d+|\d{{1,3}}({thousand}\d{{3}})+)({point}\d+)?", text):
        raise ValueError(text)
    return _sized(re.sub(thousand, "", text).replace(decimal, "."))


def parts_of(text: str, separator: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, each once; `separator` "" where it never does."""
    parts = text.split(separator) if separator else [text]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _within(first: date, last: date) -> tuple[date, date]:
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(first)
    return first, last


def _sized(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite() or abs(found) >= LARGEST:
        raise ValueError(text)
    return found
