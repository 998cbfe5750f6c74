"""Where a record stands, from what its sides have said (domain.md section 6)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from ayni.registry.models import Declaration, Dispute, Initiative, Outcome, Stance, Validation
from ayni.registry.queries.initiatives.sides import countries_of

# So long has a side to answer.
DAYS_TO_ANSWER = 60


def due_after(notified_on: date) -> date:
    """The last day for an answer to a notice of this day."""
    return notified_on + timedelta(days=DAYS_TO_ANSWER)


def standing(sides: Iterable[Declaration], *, disputed: bool, published: bool, today: date) -> Validation:
    """What the sides' words make of the record; each record stands in exactly one way.

    Nobody was asked: private. A dispute is open: disputed. A side is silent after its last day, and another has spoken: unilateral.
    A side still has days left: notified, or reconciled where another side's disputes are settled. Every side has spoken:
    validated, or published if it was.
    """
    rows = list(sides)
    if not rows:
        return Validation.PRIVATE
    if disputed:
        return Validation.DISPUTED
    silent = [one for one in rows if one.stance == Stance.NOTIFIED]
    if len(silent) < len(rows) and any(one.due_on and one.due_on < today for one in silent):
        return Validation.UNILATERAL
    if silent:
        reconciled = any(one.stance == Stance.RECONCILED for one in rows)
        return Validation.RECONCILED if reconciled else Validation.NOTIFIED
    return Validation.PUBLISHED if published else Validation.VALIDATED


def sides_said(initiative: Initiative) -> list[Declaration]:
    """What each side of today says, in the order in which they were asked; a country that left is no side."""
    present = {country.pk for country in countries_of(initiative)}
    rows = initiative.declarations.select_related("country").order_by("pk")
    return [one for one in rows if one.country_id in present]


def open_disputes(initiative: Initiative) -> QuerySet[Dispute]:
    """The disputes that are not settled."""
    return Dispute.objects.filter(declaration__initiative=initiative, outcome=Outcome.OPEN)
