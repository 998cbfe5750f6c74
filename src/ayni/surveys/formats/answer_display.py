"""Answers as people read them, in the language of the reader."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.common.i18n import language, text_in
from ayni.surveys.formats.answer_question import UNKNOWN_ROLE, Asked, is_empty
from ayni.surveys.formats.spec import Kind

YEARS = "{}–{}"


def display(value: Any, question: Asked, lang: str | None = None) -> str:
    """The whole answer as one text, an item a line; empty when nothing was answered. Never fails on a value kept once."""
    return "\n".join(lines(value, question, lang))


def lines(value: Any, question: Asked, lang: str | None = None) -> list[str]:
    """The answer's items: one for most kinds, one for each choice, country or institution."""
    if is_empty(value) or question.kind not in SHOWN:
        return []
    lang = lang or language()
    with override(lang):
        try:
            return SHOWN[question.kind](question, value, lang)
        except (TypeError, ValueError, KeyError, AttributeError, InvalidOperation):
            return [str(value)]


def entry(value: Any, lang: str | None = None) -> str:
    """A number as it stands in a field: with the decimal mark of the language, and never ambiguous when read back."""
    if is_empty(value):
        return ""
    text = str(value)
    whole, mark, decimals = text.partition(".")
    if mark and len(decimals) == 3:
        decimals += "0"
    return f"{whole}{'.' if (lang or language()) == 'en' else ','}{decimals}" if mark else text


def years(since: object, until: object, lang: str | None = None) -> str:
    """ "2005–2010", "since 2005", "until 2010", or nothing."""
    with override(lang or language()):
        if is_empty(since) and is_empty(until):
            return ""
        if is_empty(until):
            return _("since %(year)s") % {"year": since}
        if is_empty(since):
            return _("until %(year)s") % {"year": until}
        return YEARS.format(since, until) if since != until else str(since)


def _number(question: Asked, value: Any, lang: str) -> list[str]:
    return [format_decimal(Decimal(str(value)), format="#,##0.######", locale=lang)]


def _money(question: Asked, value: Any, lang: str) -> list[str]:
    amount = Decimal(str(value["amount"]))
    shape = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return [f"{value['currency']}\u00a0{format_decimal(amount, format=shape, locale=lang)}"]


def _date(question: Asked, value: Any, lang: str) -> list[str]:
    return [format_date(date.fromisoformat(value), format="long", locale=lang)]


def _period(question: Asked, value: Any, lang: str) -> list[str]:
    return [years(value.get("from"), value.get("to"), lang)]


def _choices(question: Asked, value: Any, lang: str) -> list[str]:
    codes = [value] if isinstance(value, str) else value
    return [question.label_of(code, lang) for code in codes]


def _with_details(name: str, *details: str) -> str:
    given = ", ".join(detail for detail in details if detail)
    return f"{name} ({given})" if given else name


def _countries(question: Asked, value: Any, lang: str) -> list[str]:
    named = []
    for item in value:
        role = item.get("role") or UNKNOWN_ROLE
        named.append(
            _with_details(
                text_in(question.directory.countries.get(item["country"]), lang) or item["country"],
                "" if role == UNKNOWN_ROLE else question.label_of(role, lang).lower(),
                years(item.get("since"), item.get("until"), lang),
            )
        )
    return sorted(named, key=str.casefold)


def _institutions(question: Asked, value: Any, lang: str) -> list[str]:
    return [
        _with_details(
            text_in(question.directory.institutions.get(item.get("institution") or ""), lang)
            or item.get("name")
            or item["institution"],
            question.label_of(item["role"], lang).lower() if item.get("role") else "",
        )
        for item in value
    ]


SHOWN: Mapping[Kind, Callable[[Asked, Any, str], list[str]]] = {
    Kind.TEXT: lambda question, value, lang: [str(value)],
    Kind.LONG_TEXT: lambda question, value, lang: [str(value)],
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.COUNTRIES: _countries,
    Kind.INSTITUTIONS: _institutions,
}
