"""A row of the sheet of those who take part goes in through the actions of its pages."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.sheets.sheet import Change
from ayni.directory.models import Institution
from ayni.registry.actions.initiatives.participations import Part, add_participation, edit_participation
from ayni.registry.actions.sheets.given import initiative_of
from ayni.registry.models import Initiative, Participation
from ayni.registry.queries.sheets.columns import term


@transaction.atomic
def save_participation_row(*, by: Any, change: Change) -> None:
    """Add an institution to an initiative, or change its role, counterpart, hours or tasks. Refuses what those actions refuse."""
    standing: Participation | None = change.standing.row if change.standing else None
    if standing is None:
        initiative = initiative_of(by, change.cells["initiative"])
        add_participation(by=by, initiative=initiative, part=_part(change, initiative, None))
        return
    # Another row of the same initiative may have gone in before; it is held since it was compared.
    initiative = Initiative.objects.get(pk=standing.initiative_id)
    part = _part(change, initiative, standing)
    edit_participation(by=by, participation=standing, base=initiative.revision, part=part)


def _part(change: Change, initiative: Initiative, standing: Participation | None) -> Part:
    cells, changed = change.cells, change.changed
    component = standing.part if standing else None
    if standing is None and cells["part"]:
        component = initiative.components.filter(number=cells["part"]).first()
        if component is None:
            raise Refused(_("The initiative has no part %(number)s.") % {"number": cells["part"]})
    role = standing.role if standing else None
    if "role" in changed:
        role = term("cooperation-roles", changed["role"], [role] if role else [])
    hours = standing.hours_a_month if standing else None
    if "hours_a_month" in changed:
        hours = int(changed["hours_a_month"]) if changed["hours_a_month"] else None
    return Part(
        institution=standing.institution if standing else Institution.objects.get(code=cells["institution"]),
        component=component,
        role=role,  # type: ignore[arg-type]  # required of a new row
        counterpart=changed.get("counterpart", standing.counterpart if standing else ""),
        hours_a_month=hours,
        tasks=change.texts("tasks", standing.tasks if standing else None),
    )
