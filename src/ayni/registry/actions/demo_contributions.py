"""The demonstration's contributions, exchange rates and daily costs (data/demo/contributions.json): all of them fictional."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.common.reference import document
from ayni.directory.models import Country, Institution, Membership
from ayni.registry.actions.contributions import ContributionFacts, enter_contribution
from ayni.registry.actions.rates import keep_daily_cost, keep_rate
from ayni.registry.models import Contribution, DailyCost, ExchangeRate, Initiative

# Days of a month, where the file counts months from today.
MONTH = 30


@transaction.atomic
def load_contributions(*, by: Any) -> bool:
    """Enter them unless there are any; initiatives that are not there are left out. Returns whether it did."""
    if Contribution.objects.exists() or ExchangeRate.objects.exists() or DailyCost.objects.exists():
        return False
    told = document("demo/contributions.json")
    for row in told["rates"]:
        keep_rate(
            by=by,
            currency=row["currency"],
            on=_day(row["on"]),
            per_dollar=Decimal(row["per_dollar"]),
            source=row["source"],
            fictional=True,
        )
    countries = {one.pk: one for one in Country.objects.all()}
    for row in told["daily_costs"]:
        keep_daily_cost(
            by=by,
            country=countries[row["country"]],
            since=_day(row["since"]),
            amount=Decimal(row["amount"]),
            currency=row["currency"],
            source=row["source"],
            fictional=True,
        )
    _contributions(told["contributions"])
    return True


def _contributions(rows: list[dict[str, Any]]) -> None:
    """Each by the coordination of its country, or of the one that keeps the record."""
    held = Membership.objects.in_force().filter(role="national-coordinator").select_related("user")
    coordinators = {one.country_id: one.user for one in held}
    initiatives = {one.code: one for one in Initiative.objects.select_related("institution")}
    institutions = {one.code: one for one in Institution.objects.select_related("country")}
    for row in rows:
        initiative, institution = initiatives.get(row["initiative"]), institutions.get(row["institution"])
        if initiative is not None and institution is not None:
            keeper = coordinators.get(initiative.institution.country_id)
            enter_contribution(
                by=coordinators.get(institution.country_id, keeper),
                initiative=initiative,
                institution=institution,
                facts=_facts(row),
            )


def _facts(row: Mapping[str, Any]) -> ContributionFacts:
    return ContributionFacts(
        kind=row["kind"],
        group=row["group"],
        stage=row["stage"],
        quantity=Decimal(row["quantity"]),
        unit=row["unit"],
        on=_day(row["on"]),
        by_daily_cost=row.get("by_daily_cost", False),
        unit_value=_decimal(row.get("unit_value")),
        amount=_decimal(row.get("amount")),
        currency=row.get("currency", ""),
        interpretation=row.get("interpretation", False),
        method=row.get("method", {}),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(told: str | int) -> date:
    """A day as it is written, or so many months of 30 days from today."""
    if isinstance(told, str):
        return date.fromisoformat(told)
    return timezone.localdate() + timedelta(days=MONTH * told)
