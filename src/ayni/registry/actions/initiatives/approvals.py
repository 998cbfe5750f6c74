"""Approvals that were given for what no longer stands."""

from typing import Any

from django.db import transaction

from ayni.common.audit import record, snapshot
from ayni.registry.actions.initiatives.holding import is_public
from ayni.registry.models import Initiative, InitiativeState


@transaction.atomic
def approve_again(*, by: Any, initiative: Initiative) -> None:
    """A country approves what it has read: approvals that were given before the frame changed are given anew.

    An initiative that was approved goes back to its formulation for that.
    """
    approved = initiative.state == InitiativeState.APPROVED
    if approved or initiative.state == InitiativeState.FORMULATION and initiative.approvals.exists():
        given = sorted(initiative.approvals.values_list("country", flat=True))
        row = snapshot(initiative)
        if approved:
            initiative.state, initiative.approved_on = InitiativeState.FORMULATION, None
            initiative.save()
        initiative.approvals.all().delete()
        record(
            by=by,
            verb="approvals asked again",
            on=initiative,
            before={**row, "countries": given},
            after={**snapshot(initiative), "countries": []},
            public=is_public(initiative),
        )
