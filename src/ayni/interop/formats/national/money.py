"""Amounts of a row become transactions: committed or spent, with their currency and year."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ayni.iati.model import Transaction
from ayni.iati.parts import Money
from ayni.interop.formats.national.cells import Cells
from ayni.interop.formats.national.profile import Common, Source
from ayni.interop.formats.national.said import MONEY_WITHOUT_CURRENCY, NEGATIVE, NO_CURRENCY, NO_DAY, NO_NUMBER
from ayni.interop.formats.national.values import Value, number_of, span_of, text_of

CODE = re.compile(r"^[A-Z]{3}$")
COMMITMENT, SPENT = "2", "3"
CENTS = -2


def transactions(cells: Cells, start: date | None) -> Iterator[Transaction]:
    """Each amount that the row holds, of the day that is told: the first of its year, or else the day on which the record begins."""
    currency = _currency(cells)
    on = _year(cells) or start
    for source, value in cells.held(Common.AMOUNT):
        amount = number(cells, source, value)
        if amount is None:
            continue
        kind, of_column = _option(source.option)
        code = currency or of_column or cells.profile.currency
        if not code:
            cells.tell(MONEY_WITHOUT_CURRENCY, source)
        if amount < 0:
            cells.tell(NEGATIVE, source, value=text_of(value))
        yield Transaction(type=kind, on=on, value=Money(_written(amount), code, on))


def number(cells: Cells, source: Source, value: Value) -> Decimal | None:
    """The number of a cell, None (and a finding) for what is none."""
    try:
        return number_of(value, cells.profile.decimal)
    except ValueError:
        cells.tell(NO_NUMBER, source, value=text_of(value), decimal=cells.profile.decimal)
        return None


def _written(amount: Decimal) -> Decimal:
    """With two decimals, or as many as it has: the same amount is the same text, whatever file it came in."""
    plain = amount.normalize()
    return plain if int(plain.as_tuple().exponent) < CENTS else amount.quantize(Decimal(1).scaleb(CENTS))


def _option(option: str) -> tuple[str, str]:
    words = option.split()
    code = next((word for word in words if CODE.match(word)), "")
    return (SPENT if "spent" in words else COMMITMENT), code


def _currency(cells: Cells) -> str:
    for source, value in cells.held(Common.CURRENCY):
        code = text_of(value).upper()
        if CODE.match(code):
            return code
        cells.tell(NO_CURRENCY, source, value=text_of(value))
    return ""


def _year(cells: Cells) -> date | None:
    for source, value in cells.held(Common.AMOUNT_YEAR):
        try:
            return span_of(value, ("YYYY", *cells.profile.dates))[0]
        except ValueError:
            cells.tell(NO_DAY, source, value=text_of(value), forms="YYYY")
    return None
