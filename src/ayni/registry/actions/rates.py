"""Exchange rates of the network, and what a day of an expert costs in each country: always with who says so."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_RATES, require
from ayni.directory.models import Country
from ayni.registry.models import CURRENCY, DailyCost, ExchangeRate
from ayni.registry.queries.rate_file import plan_rates
from ayni.registry.queries.rates import NETWORK

Row = TypeVar("Row", ExchangeRate, DailyCost)


@transaction.atomic
def keep_rate(
    *, by: Any, currency: str, on: date, per_dollar: Decimal, source: str, fictional: bool = False
) -> ExchangeRate:
    """How much of `currency` a dollar bought on a day; a rate of the same day is corrected.

    `by` None is the system (the demonstration). Raises Refused without a source, for the dollar itself, and for a day to come.
    """
    if by is not None:
        require(by, KEEP_RATES, NETWORK)
    _check(currency, source)
    if currency == "USD":
        raise Refused(_("A rate is that of another currency to the dollar."))
    if per_dollar <= 0:
        raise Refused(_("A rate is above zero."))
    if on > timezone.localdate():
        raise Refused(_("The day of the rate has not come yet."))
    values = {"per_dollar": per_dollar, "source": source.strip(), "fictional": fictional}
    kept, before = _kept(ExchangeRate, values, currency=currency, on=on)
    record(by=by, verb="exchange rate kept", on=kept, before=before, after=snapshot(kept))
    return kept


@transaction.atomic
def remove_rate(*, by: Any, rate: ExchangeRate) -> None:
    """Take a rate out that was entered for a wrong day or currency."""
    require(by, KEEP_RATES, NETWORK)
    record(by=by, verb="exchange rate removed", on=rate, before=snapshot(rate))
    rate.delete()


@transaction.atomic
def load_rates(*, by: Any, data: bytes, seen: str) -> int:
    """Add and correct the rates of a CSV file, all or none. Returns how many were added or changed.

    `seen` is the digest of the dry run that the person saw. Raises Conflict when the same file would now change something else,
    Refused when a row is wrong or nothing changes.
    """
    require(by, KEEP_RATES, NETWORK)
    plan = plan_rates(data)
    if plan.refused:
        line = plan.refused[0]
        raise Refused(_("Row %(row)d: %(reason)s") % {"row": line.number, "reason": line.reason})
    if plan.digest != seen:
        raise Conflict(_("The rates have changed since you looked at the file. Look at it again; nothing was written."))
    if not plan.rates:
        raise Refused(_("The file changes nothing."))
    for one in plan.rates:
        keep_rate(by=by, currency=one.currency, on=one.on, per_dollar=one.per_dollar, source=one.source)
    return len(plan.rates)


@transaction.atomic
def keep_daily_cost(
    *, by: Any, country: Country, since: date, amount: Decimal, currency: str, source: str, fictional: bool = False
) -> DailyCost:
    """What a day of an expert costs in the country from a day on; one of the same day is corrected.

    Contributions valued by it keep the value that they were given. Raises Refused without a source or for an amount of zero.
    """
    if by is not None:
        require(by, KEEP_RATES, country)
    _check(currency, source)
    if amount <= 0:
        raise Refused(_("A daily cost is above zero."))
    values = {"amount": amount, "currency": currency, "source": source.strip(), "fictional": fictional}
    kept, before = _kept(DailyCost, values, country=country, since=since)
    record(by=by, verb="daily cost kept", on=kept, before=before, after=snapshot(kept))
    return kept


@transaction.atomic
def remove_daily_cost(*, by: Any, cost: DailyCost) -> None:
    """Take a daily cost out that was entered by mistake; the values computed from it stay, with their method."""
    require(by, KEEP_RATES, cost.country)
    record(by=by, verb="daily cost removed", on=cost, before=snapshot(cost))
    cost.delete()


def _kept(model: type[Row], values: dict[str, Any], **day: Any) -> tuple[Row, dict[str, Any] | None]:
    """The row of a day with these values, and what stood before; also where another person enters the same day at once."""
    rows = model._default_manager.select_for_update()
    kept, new = rows.get_or_create(**day, defaults=values)
    if new:
        return kept, None
    before = snapshot(kept)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    return kept, before


def _check(currency: str, source: str) -> None:
    if not re.fullmatch(CURRENCY, currency):
        raise Refused(_("Write the currency's three capital letters, such as BRL."))
    if not source.strip():
        raise Refused(_("Say where it is published, so that it can be checked."))
