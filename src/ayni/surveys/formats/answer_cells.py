"""One answer as a spreadsheet holds it -> the raw value that `answer_values.clean` judges, and back."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.country_names import folded, match
from ayni.common.workbooks.workbook import Cell
from ayni.surveys.formats.answer_question import AnswerError, Asked, is_empty
from ayni.surveys.formats.spec import Kind

SEPARATOR = "; "
PERIOD = re.compile(r"\s*(\d{4})?\s*[-–—/]\s*(\d{4})?\s*")
MONEY = re.compile(
    r"\s*(?:(?P<before>[A-Za-z]{3})\s*)?(?P<amount>[-+\d.,\s\u00a0\u202f']+?)\s*(?P<after>[A-Za-z]{3})?\s*"
)
EDITED_HERE = frozenset(set(Kind) - {Kind.COUNTRIES, Kind.INSTITUTIONS, Kind.FILE, Kind.NOTE})


def raw(question: Asked, cell: Cell) -> Any:
    """What the cell says, for `clean`. Raises AnswerError: a formula, an error, another sort of value."""
    check_cell(cell)
    if question.kind not in EDITED_HERE:
        raise AnswerError(_("This question is answered on a sheet of its own, or on its page; leave this cell empty."))
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and question.kind is not Kind.DATE:
        raise AnswerError(_("The cell holds a date, but the question asks for something else. Format it as text."))
    reader = READERS.get(question.kind)
    return reader(question, cell.text) if reader else value.isoformat() if isinstance(value, date) else cell.text


def check_cell(cell: Cell) -> None:
    """Raise AnswerError for a formula or a cell in error: what a formula gives is not what somebody answered."""
    if cell.is_formula:
        raise AnswerError(_("The cell holds a formula. Paste its result as a value."))
    if cell.is_error or cell.value is None:
        raise AnswerError(_("The cell holds an error. Write the answer itself."))


def written(question: Asked, value: Any) -> str | int | float:
    """An answer as it is written into a cell; empty when nothing was answered or the kind has a sheet of its own."""
    if is_empty(value) or question.kind not in EDITED_HERE:
        return ""
    if question.kind is Kind.MULTIPLE:
        return SEPARATOR.join(value)
    if question.kind is Kind.MONEY:
        return f"{value['amount']} {value['currency']}"
    if question.kind is Kind.PERIOD:
        return f"{value.get('from') or ''}–{value.get('to') or ''}"
    return str(value)


def code_of(terms: Mapping[str, Mapping[str, str]], text: str) -> str:
    """The code meant by a code or by a label in any language. Raises AnswerError."""
    if text in terms:
        return text
    key = folded(text)
    found = [
        code
        for code, label in terms.items()
        if folded(code) == key or any(folded(words) == key for words in label.values())
    ]
    if len(found) != 1:
        raise AnswerError(
            _("“%(text)s” is not among the choices. Write a code from the sheet of choices.") % {"text": text[:80]}
        )
    return found[0]


def country(text: str) -> str:
    """The country meant. Raises AnswerError with what to do."""
    found = match(text)
    if not found.iso3:
        raise AnswerError(found.reason)
    return found.iso3


def _single(question: Asked, text: str) -> str:
    return code_of(question.concepts, text)


def _multiple(question: Asked, text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;\n]", text)]
    return [code_of(question.concepts, part) for part in parts if part]


def _money(question: Asked, text: str) -> dict[str, Any]:
    found = MONEY.fullmatch(text)
    if not found:
        raise AnswerError(
            _("“%(text)s” is not an amount with its currency, such as 12000.50 USD.") % {"text": text[:80]}
        )
    currency = found["after"] or found["before"] or question.options.get("currency") or ""
    return {"amount": found["amount"], "currency": currency.upper()}


def _period(question: Asked, text: str) -> dict[str, Any]:
    if re.fullmatch(r"\d{4}", text):
        return {"from": text, "to": text}
    found = PERIOD.fullmatch(text)
    if not found:
        raise AnswerError(_("“%(text)s” is not a period of years, such as 2005–2010 or 1969–.") % {"text": text[:80]})
    return {"from": found[1] or "", "to": found[2] or ""}


READERS = {Kind.SINGLE: _single, Kind.MULTIPLE: _multiple, Kind.MONEY: _money, Kind.PERIOD: _period}


def how_to_answer(kind: Kind) -> str:
    """A line for the person who fills in the cell."""
    hints: Mapping[Kind, str] = {
        Kind.NUMBER: _("A number"),
        Kind.MONEY: _("An amount with its currency: 12000.50 USD"),
        Kind.DATE: _("A date: 2010-07-15"),
        Kind.PERIOD: _("Years: 2005–2010; 1969– when it goes on"),
        Kind.SINGLE: _("One code from the sheet of choices"),
        Kind.MULTIPLE: _("Codes from the sheet of choices, with ; between them"),
        Kind.FILE: _("Files are attached on the page of the answer"),
    }
    return hints.get(kind, _("Text"))
