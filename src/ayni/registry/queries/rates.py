"""Exchange rates and daily costs as they hold on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ayni.common.permissions import KEEP_RATES, Scope, may
from ayni.directory.models import Country
from ayni.methods.contributions import DOLLAR, Rate, Rates
from ayni.registry.models import DailyCost, ExchangeRate


class Network:
    """Rates belong to nobody's country: who keeps them does it for the whole network."""

    permission_scope = Scope()


NETWORK = Network()


def keeps_rates(user: Any) -> bool:
    """Whether `user` keeps the exchange rates of the network."""
    return may(user, KEEP_RATES, NETWORK)


def countries_costed(user: Any) -> list[Country]:
    """The countries whose daily costs `user` keeps."""
    return [one for one in Country.objects.all() if may(user, KEEP_RATES, one)] if may(user, KEEP_RATES) else []


def rates_of(currencies: Iterable[str]) -> Rates:
    """The dated rates of these currencies. One query, or none where all is in dollars."""
    asked = sorted(set(currencies) - {"", DOLLAR})
    if not asked:
        return Rates(())
    rows = ExchangeRate.objects.filter(currency__in=asked).order_by()
    return Rates(
        Rate(*values) for values in rows.values_list("currency", "on", "per_dollar", "source", "fictional").iterator()
    )


def daily_cost(country: Country | None, on: date) -> DailyCost | None:
    """What a day of an expert costs in the country on that day: the last one in force; None where none is documented."""
    if country is None:
        return None
    return DailyCost.objects.filter(country=country, since__lte=on).order_by("-since").first()


def exchange_rates(currency: str = "") -> QuerySet[ExchangeRate]:
    """The rates, each currency's latest first; of one currency where one is asked for."""
    rows = ExchangeRate.objects.order_by("currency", "-on")
    return rows.filter(currency=currency) if currency else rows


def currencies() -> list[str]:
    """The currencies of which there is a rate."""
    return list(ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct())
