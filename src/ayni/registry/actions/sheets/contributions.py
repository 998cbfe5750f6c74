"""A row of the sheet of contributions goes in through the actions of its pages."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from ayni.common.sheets.sheet import Change
from ayni.registry.actions.contributions import ContributionFacts, add_contribution, edit_contribution
from ayni.registry.actions.sheets.given import (
    activity_of,
    flag_of,
    initiative_of,
    institution_of,
    number_of,
    required_day,
    told_of,
)
from ayni.registry.models import Contribution, Initiative
from ayni.registry.queries.sheets.contributions import CODES


@transaction.atomic
def save_contribution_row(*, by: Any, change: Change) -> None:
    """Add a contribution, or correct one. Refuses what those actions refuse."""
    if change.standing is not None:
        standing: Contribution = change.standing.row
        facts = _facts(change, standing.initiative, standing)
        edit_contribution(by=by, contribution=standing, base=standing.revision, facts=facts)
        return
    initiative = initiative_of(by, change.cells["initiative"])
    institution = institution_of(change.cells["institution"])
    add_contribution(by=by, initiative=initiative, institution=institution, facts=_facts(change, initiative, None))


def _facts(change: Change, initiative: Initiative, standing: Contribution | None) -> ContributionFacts:
    unit_value = number_of(change, "unit_value", standing)
    more: dict[str, Any] = {name: told_of(change, name, standing) for name in CODES}
    return ContributionFacts(
        on=required_day(change, "on", standing),
        quantity=number_of(change, "quantity", standing) or Decimal(),
        unit_value=unit_value,
        amount=_amount(change, standing, unit_value),
        activity=activity_of(change, initiative, standing.activity if standing else None),
        interpretation=flag_of(change, "interpretation", standing),
        method=change.texts("method", standing.method if standing else None),
        note=told_of(change, "note", standing),
        **more,
    )


def _amount(change: Change, standing: Contribution | None, unit_value: Decimal | None) -> Decimal | None:
    """What the file says; the quantity times the value of a unit when one of these changed and the amount did not."""
    again = {"quantity", "unit_value"} & set(change.changed)
    if again and unit_value is not None and "amount" not in change.changed:
        return None
    return number_of(change, "amount", standing)
