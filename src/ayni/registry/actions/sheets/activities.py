"""A row of the sheet of activities goes in through the actions of its pages."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.sheets.sheet import Change
from ayni.directory.models import Country
from ayni.registry.actions.plan.writing import ActivityFacts, add_activity, edit_activity
from ayni.registry.actions.sheets.given import flag_of, initiative_of, institution_of, required_day, told_of
from ayni.registry.models import Activity, Initiative, InitiativeComponent
from ayni.registry.queries.sheets.activities import FLAGS, TEXTS
from ayni.registry.queries.sheets.columns import term


@transaction.atomic
def save_activity_row(*, by: Any, change: Change) -> None:
    """Add an activity to a plan, or change one that stands. Refuses what those actions refuse."""
    if change.standing is not None:
        standing: Activity = change.standing.row
        facts = _facts(change, standing.initiative, standing)
        edit_activity(by=by, activity=standing, base=standing.revision, facts=facts)
        return
    initiative = initiative_of(by, change.cells["initiative"])
    add_activity(by=by, initiative=initiative, facts=_facts(change, initiative, None))


def _facts(change: Change, initiative: Initiative, standing: Activity | None) -> ActivityFacts:
    changed = change.changed
    country = standing.country if standing else None
    if "country" in changed:
        country = Country.objects.filter(pk=changed["country"]).first()
    modality = standing.modality if standing else None
    if "modality" in changed:
        modality = term("modalities", changed["modality"], [modality] if modality else [])
    institution = standing.institution if standing else None
    if "institution" in changed:
        institution = institution_of(changed["institution"])
    assert modality is not None and institution is not None  # the sheet refuses empty cells
    more: dict[str, Any] = {name: flag_of(change, name, standing) for name in FLAGS} | {
        name: change.texts(name, getattr(standing, name) if standing else None) for name in TEXTS
    }
    return ActivityFacts(
        modality=modality,
        institution=institution,
        starts_on=required_day(change, "starts_on", standing),
        ends_on=required_day(change, "ends_on", standing),
        part=_part(change, initiative, standing),
        country=country,
        place=told_of(change, "place", standing),
        interpretation=told_of(change, "interpretation", standing),
        **more,
    )


def _part(change: Change, initiative: Initiative, standing: Activity | None) -> InitiativeComponent | None:
    if "part" not in change.changed:
        return standing.part if standing else None
    number = change.changed["part"]
    found = initiative.components.filter(number=number).first() if number else None
    if number and found is None:
        raise Refused(_("The initiative has no part %(number)s.") % {"number": number})
    return found
