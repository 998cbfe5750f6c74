"""The parts of an initiative in which roles may differ."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Component
from ayni.registry.actions.initiatives.approvals import approve_again
from ayni.registry.actions.initiatives.holding import touch, writable
from ayni.registry.actions.initiatives.participations import refuse_leaving
from ayni.registry.actions.validation.changes import ask_sides_again, said_of
from ayni.registry.models import Initiative, InitiativeComponent


@transaction.atomic
def add_component(
    *, by: Any, initiative: Initiative, title: dict[str, str], component: Component | None
) -> InitiativeComponent:
    """A part in which roles may differ, with the component of a programme that it transfers where the catalogue has it."""
    return enter_component(by=by, initiative=writable(by=by, initiative=initiative), title=title, component=component)


@transaction.atomic
def enter_component(
    *, by: Any, initiative: Initiative, title: dict[str, str], component: Component | None
) -> InitiativeComponent:
    """The same for other actions that have asked who may."""
    if not title:
        raise Refused(_("Give the component a title."))
    last = initiative.components.order_by("-number").values_list("number", flat=True).first() or 0
    added = initiative.components.create(number=last + 1, title=title, component=component)
    touch(by=by, initiative=initiative, verb="initiative component added", before=None, after=snapshot(added))
    approve_again(by=by, initiative=initiative)
    return added


@transaction.atomic
def remove_component(*, by: Any, component: InitiativeComponent) -> None:
    """Take a part out, with the roles in it. Raises Refused while activities belong to it."""
    initiative = writable(by=by, initiative=component.initiative)
    if component.activities.exists():
        raise Refused(_("Activities belong to this component: move them first."))
    said, before = said_of(initiative), snapshot(component)
    leaving = [one.institution for one in component.participations.select_related("institution")]
    component.delete()
    refuse_leaving(initiative, leaving)
    touch(by=by, initiative=initiative, verb="initiative component removed", before=before, after=None)
    ask_sides_again(by=by, initiative=initiative, said=said)
    approve_again(by=by, initiative=initiative)
