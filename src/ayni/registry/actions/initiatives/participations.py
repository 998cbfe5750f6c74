"""Who takes part in an initiative, with which role, and who answers for it there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Concept, Institution
from ayni.registry.actions.initiatives.approvals import approve_again
from ayni.registry.actions.initiatives.holding import touch, writable
from ayni.registry.actions.validation.changes import ask_sides_again, said_of
from ayni.registry.models import Initiative, InitiativeComponent, Participation
from ayni.registry.queries.contributions import writes_for
from ayni.registry.queries.initiatives.leaving import bound


@dataclass(frozen=True)
class Part:
    """How an institution takes part: its role, who answers for it there, and with how many hours a month."""

    institution: Institution
    role: Concept
    counterpart: str = ""
    hours_a_month: int | None = None
    tasks: dict[str, str] | None = None
    component: InitiativeComponent | None = None


@transaction.atomic
def add_participation(*, by: Any, initiative: Initiative, part: Part) -> Participation:
    """Another institution, or another role of one in a component. Raises Refused when it is there already.

    Who answers for it, with which hours and tasks, its own side says: raises Refused for another one.
    """
    initiative = writable(by=by, initiative=initiative)
    _refuse_for_others(by, initiative, part, ("", None, {}))
    return enter_participation(by=by, initiative=initiative, part=part)


@transaction.atomic
def enter_participation(*, by: Any, initiative: Initiative, part: Part, since: date | None = None) -> Participation:
    """The same for other actions that have asked who may; its counterpart is there `since` (today)."""
    if initiative.participations.filter(institution=part.institution, part=part.component).exists():
        raise Refused(_("%(institution)s takes part already.") % {"institution": part.institution})
    said = said_of(initiative)
    added = initiative.participations.create(
        institution=part.institution,
        part=part.component,
        role=part.role,
        counterpart=part.counterpart.strip(),
        hours_a_month=part.hours_a_month,
        tasks=part.tasks or {},
    )
    if added.counterpart:
        added.changes.create(since=since or timezone.localdate(), name=added.counterpart)
    touch(by=by, initiative=initiative, verb="participation added", before=None, after=snapshot(added))
    ask_sides_again(by=by, initiative=initiative, said=said)
    approve_again(by=by, initiative=initiative)
    return added


@transaction.atomic
def edit_participation(*, by: Any, participation: Participation, base: int, part: Part) -> Participation:
    """Another role, counterpart or task. A new counterpart is kept with its day. Raises Conflict as `edit_initiative` does.

    Its counterpart, hours and tasks are said by its own side: raises Refused for another one.
    """
    initiative = writable(by=by, initiative=participation.initiative)
    if base != initiative.revision:
        raise Conflict(
            _("Somebody else has changed this record meanwhile. Compare it with what stands, then save again.")
        )
    participation = _standing(participation)
    stands = (participation.counterpart, participation.hours_a_month, participation.tasks or {})
    _refuse_for_others(by, initiative, replace(part, institution=participation.institution), stands)
    said, before = said_of(initiative), snapshot(participation)
    name, was = part.counterpart.strip(), participation.role_id
    if name and name != participation.counterpart:
        participation.changes.update_or_create(since=timezone.localdate(), defaults={"name": name})
    participation.role, participation.counterpart = part.role, name
    participation.hours_a_month, participation.tasks = part.hours_a_month, part.tasks or {}
    participation.save()
    touch(by=by, initiative=initiative, verb="participation changed", before=before, after=snapshot(participation))
    ask_sides_again(by=by, initiative=initiative, said=said)
    # Another person answers there: of what was approved that changes nothing; another role does.
    if was != participation.role_id:
        approve_again(by=by, initiative=initiative)
    return participation


@transaction.atomic
def remove_participation(*, by: Any, participation: Participation) -> None:
    """Take a role out. Raises Refused for the whole role of the institution that keeps the record, and where something of it stands."""
    initiative = writable(by=by, initiative=participation.initiative)
    participation = _standing(participation)
    if participation.institution_id == initiative.institution_id and participation.part_id is None:
        raise Refused(_("The institution that keeps the record takes part; it cannot be taken out."))
    said, before = said_of(initiative), snapshot(participation)
    leaving = participation.institution
    participation.delete()
    refuse_leaving(initiative, [leaving])
    touch(by=by, initiative=initiative, verb="participation removed", before=before, after=None)
    ask_sides_again(by=by, initiative=initiative, said=said)
    approve_again(by=by, initiative=initiative)


def refuse_leaving(initiative: Initiative, institutions: Iterable[Institution]) -> None:
    """Raises Refused when one of them takes part no longer while something of it stands in the initiative."""
    found = bound(initiative, institutions)
    if found is not None:
        raise Refused(
            _(
                "Contributions, activities, results or experts of %(institution)s stand in the initiative: "
                "its side removes them before it leaves."
            )
            % {"institution": found}
        )


def _standing(participation: Participation) -> Participation:
    """The participation as it stands. Raises Refused when somebody has taken it out meanwhile."""
    found = Participation.objects.filter(pk=participation.pk).first()
    if found is None:
        raise Refused(_("Somebody has taken this institution out meanwhile. Look at the page again."))
    return found


def _refuse_for_others(
    by: Any, initiative: Initiative, part: Part, stands: tuple[str, int | None, dict[str, str]]
) -> None:
    """What `part` says of who answers for an institution is as it stands, or said by its own side (the keeper's where nobody is)."""
    told = (part.counterpart.strip(), part.hours_a_month, part.tasks or {})
    if told != stands and not writes_for(by, initiative, part.institution):
        raise Refused(
            _("The counterpart, the hours and the tasks of %(institution)s are written by its own side.")
            % {"institution": part.institution}
        )
