"""What the sheets of indicators and of measurements have in common: the columns that name an indicator."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.sheets.rules import whole
from ayni.common.sheets.sheet import Column, Kind, Use
from ayni.registry.queries.sheets.columns import counted, figure

PLACES = 4


def result_column() -> Column:
    """The number of the result in its frame."""
    return Column(
        "result", _("Number of the result"), whole(1, 9_999), Use.BEGIN, kind=Kind.NUMBER, required=True, width=10
    )


def value_column(name: str, label: str | Promise, *, signed: bool = False) -> Column:
    """A column of measured numbers."""
    return Column(name, label, figure(14, PLACES, signed=signed), kind=Kind.NUMBER, width=14)


def counted_in(row: Any, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The measured numbers of a row as cells."""
    for name in names:
        value: Decimal | None = getattr(row, name)
        yield name, counted(value, PLACES)
