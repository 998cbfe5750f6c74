"""What is given to an initiative, added up: by group, by currency, in dollars where a rate is known. See docs/methods/contributions.md.

Groups are UNCTAD's: A financial, B in kind and valued in money, C in kind and not valued. Nothing here adds one group to another, or one
currency to another. Money is Decimal; shares are exact fractions.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
GROUPS = ("A", "B", "C")
VALUED = ("A", "B")
DOLLAR = "USD"
# A rate serves the days of the month after its own: official rates are published monthly.
WITHIN = 31
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Given:
    """One contribution: a quantity always; `amount` in `currency` for the groups A and B, none for C."""

    contributor: str
    kind: str
    group: str
    quantity: Decimal
    unit: str
    on: date
    amount: Decimal | None = None
    currency: str = ""

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(f"{self.group}: no such group.")
        if not isinstance(self.quantity, Decimal) or not self.quantity > 0:
            raise ValueError("A quantity is a Decimal above zero.")
        if self.group not in VALUED and (self.amount is not None or self.currency):
            raise ValueError("What is not valued has neither amount nor currency.")
        if self.group in VALUED and not (isinstance(self.amount, Decimal) and self.amount >= 0 and self.currency):
            raise ValueError("What is valued has an amount (a Decimal from zero on) and a currency.")


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of `currency` one dollar bought on a day."""

    currency: str
    on: date
    per_dollar: Decimal
    source: str = ""
    fictional: bool = False

    def __post_init__(self) -> None:
        if self.currency == DOLLAR or not isinstance(self.per_dollar, Decimal) or not self.per_dollar > 0:
            raise ValueError("A rate is a Decimal above zero, of a currency other than the dollar.")


class Rates:
    """Dated rates: the one of a day is its own, or the last before it within so many days."""

    def __init__(self, rates: Iterable[Rate], within: int = WITHIN) -> None:
        """Raises ValueError when a currency has two rates of one day."""
        self.within = within
        self._days: dict[str, list[date]] = {}
        self._rates: dict[str, list[Rate]] = defaultdict(list)
        for rate in sorted(rates, key=lambda one: (one.currency, one.on)):
            self._rates[rate.currency].append(rate)
        for currency, found in self._rates.items():
            self._days[currency] = [one.on for one in found]
            if len(set(self._days[currency])) < len(found):
                raise ValueError(f"{currency}: two rates of one day.")

    def at(self, currency: str, on: date) -> Rate | None:
        """The rate that holds for `currency` on the day; None where none is near enough."""
        place = bisect_right(self._days.get(currency, []), on)
        found = self._rates[currency][place - 1] if place else None
        return found if found and (on - found.on).days <= self.within else None

    def dollars(self, amount: Decimal, currency: str, on: date) -> Decimal | None:
        """The amount in dollars, to the cent (half to even); None where no rate holds."""
        if currency == DOLLAR:
            return amount
        rate = self.at(currency, on)
        return None if rate is None else (amount / rate.per_dollar).quantize(CENT)


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts of one group: `by_currency` is all of it; `dollars` what could be converted (`converted` contributions of `count`).

    `missing` {currency: number of contributions without a rate}: they are in no total in dollars.
    """

    by_currency: Mapping[str, Decimal]
    dollars: Decimal
    count: int
    missing: Mapping[str, int]

    @property
    def converted(self) -> int:
        return self.count - sum(self.missing.values())

    @property
    def whole(self) -> bool:
        """Whether `dollars` is all of it."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Total:
    """Contributions of one group together: quantities by unit, and money unless the group is C."""

    group: str
    count: int
    quantities: Mapping[str, Decimal]
    money: Money | None


def total(group: str, given: Iterable[Given], rates: Rates) -> Total:
    """All contributions of one group. Raises ValueError for one of another group."""
    rows = list(given)
    if group not in GROUPS or any(one.group != group for one in rows):
        raise ValueError("A total is of one group.")
    quantities: dict[str, Decimal] = defaultdict(Decimal)
    for one in rows:
        quantities[one.unit] += one.quantity
    money = _money(rows, rates) if group in VALUED else None
    return Total(group, len(rows), dict(sorted(quantities.items())), money)


def totals(given: Iterable[Given], key: Callable[[Given], Key], rates: Rates) -> dict[str, dict[Key, Total]]:
    """{group: {key of the contribution: total}}; every group is there, with nothing in it where nothing was given."""
    rows: dict[str, dict[Key, list[Given]]] = {group: defaultdict(list) for group in GROUPS}
    for one in given:
        rows[one.group][key(one)].append(one)
    return {group: {name: total(group, found, rates) for name, found in rows[group].items()} for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Part:
    """A contributor's part of a group: `of` the whole, both in `measure` (a currency, or a unit for the group C)."""

    contributor: str
    measure: str
    amount: Decimal
    of: Decimal

    @property
    def share(self) -> Fraction:
        return Fraction(self.amount) / Fraction(self.of)


def shares(group: str, given: Sequence[Given], rates: Rates) -> tuple[Part, ...]:
    """Who gave which part, the largest first.

    Money: in its currency where all is in one, in dollars where everything converts; nothing (not known) otherwise, or when it adds up
    to zero. The group C: within each unit. Raises ValueError for a contribution of another group.
    """
    whole = total(group, given, rates)
    by_contributor: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_contributor[one.contributor].append(one)
    found: list[Part] = []
    if whole.money is None:
        for contributor, rows in by_contributor.items():
            parts = total(group, rows, rates).quantities
            found += [Part(contributor, unit, part, whole.quantities[unit]) for unit, part in parts.items()]
    else:
        measure = common_measure(whole.money)
        of = in_measure(whole.money, measure)
        if of:
            for contributor, rows in by_contributor.items():
                found.append(Part(contributor, measure, in_measure(_money(rows, rates), measure) or Decimal(), of))
    return tuple(sorted(found, key=lambda one: (one.measure, -one.amount, one.contributor)))


@dataclass(frozen=True, slots=True)
class Execution:
    """What was executed beside what was planned, both in `measure`."""

    executed: Decimal
    planned: Decimal
    measure: str

    @property
    def share(self) -> Fraction:
        return Fraction(self.executed) / Fraction(self.planned)


def execution(executed: Money, planned: Money, *, in_dollars: bool = False) -> Execution | None:
    """Executed over planned, in the one currency of both or in dollars; only in dollars where `in_dollars`.

    None where they cannot be compared, where nothing is planned, and where nothing executed is recorded: that is not zero.
    """
    measure = common_measure(planned, executed, in_dollars=in_dollars)
    of, done = in_measure(planned, measure), in_measure(executed, measure)
    if not measure or not of or done is None or not executed.count:
        return None
    return Execution(done, of, measure)


def common_measure(*amounts: Money, in_dollars: bool = False) -> str:
    """The one currency of all the amounts; the dollar where all of them convert; "" where they cannot be compared.

    `in_dollars`: the dollar or nothing.
    """
    currencies = {currency for one in amounts for currency in one.by_currency}
    if len(currencies) == 1 and not in_dollars:
        return currencies.pop()
    return DOLLAR if currencies and all(one.whole for one in amounts) else ""


def in_measure(money: Money, measure: str) -> Decimal | None:
    """The amount in one currency, or converted where `measure` is the dollar and it is in several; None without a measure."""
    if not measure:
        return None
    if set(money.by_currency) <= {measure}:
        return money.by_currency.get(measure, Decimal())
    return money.dollars


def expert_value(days: Decimal, daily: Decimal) -> Decimal:
    """D011: days of an expert times what a day costs in that country, to the cent (half to even)."""
    return (days * daily).quantize(CENT)


def _money(rows: Sequence[Given], rates: Rates) -> Money:
    by_currency: dict[str, Decimal] = defaultdict(Decimal)
    missing: dict[str, int] = defaultdict(int)
    dollars = Decimal()
    for one in rows:
        amount = one.amount or Decimal()
        by_currency[one.currency] += amount
        converted = rates.dollars(amount, one.currency, one.on)
        if converted is None:
            missing[one.currency] += 1
        else:
            dollars += converted
    return Money(dict(sorted(by_currency.items())), dollars, len(rows), dict(sorted(missing.items())))
