"""Amounts in words: money in thousands, millions or billions, records as they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.asked import COUNT, Answer
from ayni.common.numbers import Writer, number_writer


@dataclass(frozen=True, slots=True)
class Unit:
    """`divisor` of what is shown; `words` for a column or an axis: "millions of USD, prices of 2022"."""

    divisor: float
    words: str
    write: Writer = field(default_factory=number_writer)

    @property
    def note(self) -> str:
        """What a figure says below it of its numbers."""
        return _("Numbers: %(unit)s.") % {"unit": self.words}

    def of(self, value: float) -> str:
        """An amount as the page's language writes it."""
        if not value:
            return "0"
        shown = value / self.divisor
        places = 0 if self.divisor == 1 and round(shown, 3).is_integer() else 1 if abs(shown) >= 1 else 2
        return self.write(shown, places)

    def number(self, value: float) -> float:
        """For a table of numbers: what is shown, with three decimal places."""
        return round(value / self.divisor, 3)


def unit(answer: Answer, values: Iterable[float]) -> Unit:
    """The unit in which these amounts are read best."""
    if answer.measure == COUNT or answer.basis is None:
        return Unit(1, _("records"))
    greatest = max((abs(value) for value in values), default=0.0)
    money = labels.money(answer.basis)
    if greatest >= 1e10:
        return Unit(1e9, pgettext("money", "billions of %(money)s") % {"money": money})
    if greatest >= 1e6:
        return Unit(1e6, pgettext("money", "millions of %(money)s") % {"money": money})
    if greatest >= 1e4:
        return Unit(1e3, pgettext("money", "thousands of %(money)s") % {"money": money})
    return Unit(1, money)
