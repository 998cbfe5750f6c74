"""Numbers, years and dates as people write them in four languages.

The rule for numbers does not depend on the language of the page, because people write as at home: a comma or a point that stands
once and is not followed by exactly three digits is the decimal mark; with two sorts of marks the last is the decimal mark; a mark that is
repeated, and a blank or apostrophe, group thousands. One mark before exactly three digits ("12,000") can be both: it is refused, unless
the question takes no third decimal (amounts, whole numbers), where it can only group thousands.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ayni.surveys.formats.answer_question import AnswerError

BLANKS = re.compile("(?<=[0-9])[ \u00a0\u2009\u202f'\u2019](?=[0-9]{3}(?![0-9]))")
PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
GROUPED = {mark: re.compile(rf"[0-9]{{1,3}}(\{mark}[0-9]{{3}})+") for mark in ".,"}
MOST_DIGITS = 15
MOST_DECIMALS = 6
FIRST_YEAR, LAST_YEAR = 1800, 2100
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def number(raw: object, *, decimals: int = MOST_DECIMALS) -> Decimal:
    """The number that `raw` writes, with at most `decimals` decimals. Raises AnswerError."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        value = Decimal(str(raw))
    else:
        value = _written(str(raw).strip(), decimals)
    if not value.is_finite() or len(value.as_tuple().digits) + max(_exponent(value), 0) > MOST_DIGITS + MOST_DECIMALS:
        raise _not_a_number(raw)
    if abs(value) >= Decimal(10) ** MOST_DIGITS:
        raise AnswerError(_("The number is too large: at most 15 digits before the decimal mark."))
    plain = value.normalize()
    if -_exponent(plain) > decimals:
        raise AnswerError(
            _("Write a whole number, without decimals.")
            if decimals == 0
            else _("Write at most %(count)d decimals.") % {"count": decimals}
        )
    return plain


def text_of(value: Decimal) -> str:
    """The canonical text: digits and a point, no exponent, no zeros to spare."""
    return format(value.normalize() + 0, "f")


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _written(text: str, decimals: int) -> Decimal:
    sign, digits = ("-", text[1:].lstrip()) if text[:1] in ("-", "−") else ("", text)
    digits = BLANKS.sub("", digits)
    if not digits.isascii():
        raise _not_a_number(text)
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        digits = _two_marks(digits, text)
    elif commas + points == 1:
        digits = _one_mark(digits, "," if commas else ".", text, decimals)
    elif commas + points:
        digits = _ungrouped(digits, "," if commas else ".", text)
    if not PLAIN.fullmatch(digits):
        raise _not_a_number(text)
    try:
        return Decimal(sign + digits)
    except InvalidOperation:
        raise _not_a_number(text) from None


def _two_marks(digits: str, text: str) -> str:
    decimal = max(",.", key=digits.rfind)
    whole, _mark, rest = digits.rpartition(decimal)
    return f"{_ungrouped(whole, ',' if decimal == '.' else '.', text)}.{rest}"


def _one_mark(digits: str, mark: str, text: str, decimals: int) -> str:
    whole, _mark, rest = digits.partition(mark)
    groups = GROUPED[mark].fullmatch(digits) is not None and not whole.startswith("0")
    if not groups:
        return f"{whole or '0'}.{rest}"
    if decimals < 3:
        return whole + rest
    raise AnswerError(
        _(
            "“%(text)s” can be read in two ways: with thousands or with decimals. Write %(thousands)s, or %(decimals)s with a "
            "zero more."
        )
        % {"text": text, "thousands": whole + rest, "decimals": f"{digits}0"}
    )


def _ungrouped(digits: str, mark: str, text: str) -> str:
    if mark in digits and not GROUPED[mark].fullmatch(digits):
        raise _not_a_number(text)
    return digits.replace(mark, "")


def _not_a_number(raw: object) -> AnswerError:
    return AnswerError(_("“%(text)s” is not a number. Use digits, as in 12500.50.") % {"text": str(raw)[:40]})


def year(raw: object, *, first: int = FIRST_YEAR, last: int = LAST_YEAR) -> int:
    """A year of four digits within `first` and `last`. Raises AnswerError."""
    text = str(raw).strip()
    if not re.fullmatch(r"[0-9]{4}(\.0)?", text):
        raise AnswerError(_("“%(text)s” is not a year. Write four digits, as in 2005.") % {"text": text[:40]})
    value = int(text[:4])
    if not first <= value <= last:
        raise AnswerError(
            _("The year must lie between %(first)s and %(last)s.") % {"first": str(first), "last": str(last)}
        )
    return value


def day(raw: object) -> date:
    """A date: ISO 8601 (2010-07-15), or day, month, year in an order that only reads one way. Raises AnswerError."""
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day)
    text = str(raw).strip()
    wrong = AnswerError(_("“%(text)s” is not a date. Write year-month-day, as in 2010-07-15.") % {"text": text[:40]})
    try:
        return date.fromisoformat(text[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", text) else _parts(text, wrong)
    except AnswerError:
        raise
    except ValueError:
        raise wrong from None


def _parts(text: str, wrong: AnswerError) -> date:
    found = DAY.fullmatch(text)
    if found is None:
        raise wrong
    first, second, in_year = (int(part) for part in found.groups())
    if first <= 12 and second <= 12 and first != second:
        raise AnswerError(
            _("“%(text)s” can be read in two ways: day or month first. Write year-month-day, as in 2010-07-15.")
            % {"text": text}
        )
    return date(in_year, second, first) if second <= 12 else date(in_year, first, second)
