"""Answers as plain JSON values: what may be kept for each kind of question (docs/methods/answers.md).

text, long_text "…"; number "12.5"; money {"amount": "12000.5", "currency": "USD"}; date "2010-07-15"; period {"from": 1969,
"to": null}; single "code"; multiple ["code"]; countries [{"country": "BOL", "role": "unknown", "since": 2005, "until": null}];
institutions [{"institution": "BR-ABC" or null, "name": "…", "role": code or null}]. Nothing answered is None, always so for a
file (files are attachments). Equal answers have equal values: lists of codes are in the vocabulary's order, countries by code.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pycountry
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.surveys.formats import answer_numbers as numbers
from ayni.surveys.formats.answer_display import display, entry, lines
from ayni.surveys.formats.answer_question import UNKNOWN_ROLE, AnswerError, Asked, Directory, is_empty
from ayni.surveys.formats.spec import Kind

__all__ = ["AnswerError", "Asked", "Directory", "clean", "currencies", "display", "entry", "is_empty", "lines"]

LONGEST_TEXT = 20_000
LONGEST_NAME = 250
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What neither a database, a workbook nor XML can hold.
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MOST_INSTITUTIONS = 200
# Metals, test codes and units of account that nobody pays in.
NOT_MONEY = frozenset({"XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XTS", "XXX", "XUA", "XSU"})


def clean(question: Asked, raw: object) -> Any:
    """The value to keep for what was entered, or None when nothing was.

    `raw` is the value in its JSON form, or texts in the place of numbers, years and dates as people write them. Nothing is
    required here: a draft may be empty. Raises AnswerError.
    """
    if question.kind in (Kind.FILE, Kind.NOTE) or is_empty(raw):
        return None
    value = CLEANERS[question.kind](question, raw)
    return None if is_empty(value) else value


@cache
def currencies() -> tuple[str, ...]:
    """The ISO 4217 codes that amounts may have, in order."""
    return tuple(sorted(currency.alpha_3 for currency in pycountry.currencies if currency.alpha_3 not in NOT_MONEY))


def _text(raw: object, longest: int = LONGEST_TEXT) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal | date):
        raise _wrong_shape()
    text = LINE_ENDS.sub("\n", unicodedata.normalize("NFC", str(raw))).strip()
    if UNWRITABLE.search(text):
        raise AnswerError(_("The text holds control characters, which cannot be kept. Type that part again."))
    if len(text) > longest:
        raise AnswerError(
            _("The text has %(count)d characters; at most %(limit)d are kept. Shorten it, or attach a document.")
            % {"count": len(text), "limit": longest}
        )
    return text


def _line(raw: object, longest: int = LONGEST_TEXT) -> str:
    return " ".join(_text(raw, longest).split())


def _number(question: Asked, raw: object) -> str:
    whole = bool(question.options.get("integer"))
    value = numbers.number(raw, decimals=0 if whole else numbers.MOST_DECIMALS)
    _check_limits(question, value)
    return numbers.text_of(value)


def _check_limits(question: Asked, value: Decimal) -> None:
    least, most = question.options.get("minimum"), question.options.get("maximum")
    if least is not None and value < Decimal(str(least)):
        raise AnswerError(_("The number must be at least %(limit)s.") % {"limit": least})
    if most is not None and value > Decimal(str(most)):
        raise AnswerError(_("The number must be at most %(limit)s.") % {"limit": most})


def _money(question: Asked, raw: object) -> dict[str, str] | None:
    if not isinstance(raw, Mapping):
        raise _wrong_shape()
    if is_empty(raw.get("amount")):
        return None
    amount = numbers.number(raw["amount"], decimals=2)
    if amount < 0:
        raise AnswerError(_("An amount of money cannot be below zero."))
    _check_limits(question, amount)
    currency = str(raw.get("currency") or question.options.get("currency") or "").strip().upper()
    if not currency:
        raise AnswerError(_("Say in which currency the amount is."))
    if currency not in currencies():
        raise AnswerError(
            _("“%(code)s” is not a currency of ISO 4217. Choose one from the list, such as USD.")
            % {"code": currency[:20]}
        )
    return {"amount": numbers.text_of(amount), "currency": currency}


def _date(question: Asked, raw: object) -> str:
    day = numbers.day(raw)
    least, most = question.options.get("minimum"), question.options.get("maximum")
    if least is not None and day < date.fromisoformat(str(least)):
        raise AnswerError(_("The date cannot be before %(limit)s.") % {"limit": least})
    if most is not None and day > date.fromisoformat(str(most)):
        raise AnswerError(_("The date cannot be after %(limit)s.") % {"limit": most})
    return day.isoformat()


def _period(question: Asked, raw: object) -> dict[str, int | None]:
    if not isinstance(raw, Mapping):
        raise _wrong_shape()
    if is_empty(raw.get("from")):
        raise AnswerError(_("Write the first year too; the last one may stay empty while it goes on."))
    limits = {
        "first": int(str(question.options.get("minimum") or numbers.FIRST_YEAR)[:4]),
        "last": int(str(question.options.get("maximum") or numbers.LAST_YEAR)[:4]),
    }
    first = numbers.year(raw["from"], **limits)
    last = None if is_empty(raw.get("to")) else numbers.year(raw["to"], **limits)
    if last is not None and last < first:
        raise AnswerError(_("The last year comes before the first: exchange or correct them."))
    return {"from": first, "to": last}


def _single(question: Asked, raw: object) -> str:
    if not isinstance(raw, str):
        raise _wrong_shape()
    return _choice(question.concepts, raw)


def _multiple(question: Asked, raw: object) -> list[str]:
    chosen = {_choice(question.concepts, str(code)) for code in _items(raw) if not is_empty(code)}
    return [code for code in question.concepts if code in chosen]


def _choice(known: Iterable[str], code: str) -> str:
    code = code.strip()
    if code not in known:
        raise AnswerError(_("“%(code)s” is not one of the choices. Choose from the list.") % {"code": code[:60]})
    return code


def _countries(question: Asked, raw: object) -> list[dict[str, Any]]:
    chosen: dict[str, dict[str, Any]] = {}
    for item in _items(raw):
        country = _country(question, {"country": item} if isinstance(item, str) else _mapping(item))
        code = country["country"]
        if chosen.setdefault(code, country) != country:
            raise AnswerError(
                _("%(country)s stands twice with different roles or years: keep one.")
                % {"country": text_in(question.directory.countries[code])}
            )
    return [chosen[code] for code in sorted(chosen)]


def _country(question: Asked, item: Mapping[str, Any]) -> dict[str, Any]:
    code = str(item.get("country") or "").strip().upper()
    names = question.directory.countries
    if code not in names:
        raise AnswerError(
            _("There is no country “%(code)s”. Choose it from the list (ISO 3166, as in BOL).") % {"code": code[:60]}
        )
    if code == question.own_country:
        raise AnswerError(
            _(
                "%(country)s is your own country. This question is about cooperation with others: name the partner "
                "countries only."
            )
            % {"country": text_in(names[code])}
        )
    country = {"country": code, "role": UNKNOWN_ROLE}
    role = str(item.get("role") or "").strip()
    if role and role != UNKNOWN_ROLE:
        country["role"] = _choice(question.roles, role)
    return country | _years(item, text_in(names[code]))


def _years(item: Mapping[str, Any], name: str) -> dict[str, int | None]:
    """Years as far as they are given: neither, the first alone, the last alone, or both."""
    given = {key: item.get(key) for key in ("since", "until")}
    if all(is_empty(part) for part in given.values()):
        return {}
    try:
        years = {key: None if is_empty(part) else numbers.year(part) for key, part in given.items()}
    except AnswerError as error:
        raise AnswerError(_("%(name)s: %(problem)s") % {"name": name, "problem": error}) from error
    since, until = years["since"], years["until"]
    if since is not None and until is not None and until < since:
        raise AnswerError(_("%(name)s: the last year comes before the first.") % {"name": name})
    return years


def _institutions(question: Asked, raw: object) -> list[dict[str, Any]]:
    named = [_institution(question, _mapping(item)) for item in _items(raw) if not _is_blank(item)]
    if len(named) > MOST_INSTITUTIONS:
        raise AnswerError(_("Name at most %(limit)d institutions.") % {"limit": MOST_INSTITUTIONS})
    return [item for place, item in enumerate(named) if item not in named[:place]]


def _is_blank(item: object) -> bool:
    """A row left empty; a role alone names nobody, which `_institution` refuses."""
    return isinstance(item, Mapping) and all(is_empty(part) for part in item.values())


def _institution(question: Asked, item: Mapping[str, Any]) -> dict[str, Any]:
    code = str(item.get("institution") or "").strip()
    name = _line(item.get("name") or "", LONGEST_NAME)
    role = str(item.get("role") or "").strip()
    if not code and not name:
        raise AnswerError(_("A role stands without an institution: write its name, or clear the row."))
    if code and code not in question.directory.institutions:
        raise AnswerError(
            _("There is no institution “%(code)s” in the directory. Write its name instead.") % {"code": code[:60]}
        )
    return {
        "institution": code or question.directory.institution_called(name),
        "name": name,
        "role": _choice(question.roles, role) if role else None,
    }


def _items(raw: object) -> list[Any]:
    if not isinstance(raw, list | tuple | set | frozenset):
        raise _wrong_shape()
    return list(raw)


def _mapping(item: object) -> Mapping[str, Any]:
    if not isinstance(item, Mapping):
        raise _wrong_shape()
    return item


def _wrong_shape() -> AnswerError:
    return AnswerError(_("The answer does not have the form that this question takes. Answer it on its page."))


CLEANERS: Mapping[Kind, Callable[[Asked, Any], Any]] = {
    Kind.TEXT: lambda question, raw: _line(raw),
    Kind.LONG_TEXT: lambda question, raw: _text(raw),
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.COUNTRIES: _countries,
    Kind.INSTITUTIONS: _institutions,
}
