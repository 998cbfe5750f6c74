"""Components of programmes, and which needs which."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.i18n import text_in
from ayni.directory.actions.programmes import Terms, refuse_overtaken, require_editor, set_terms, terms_of, told
from ayni.directory.models import Component, Prerequisite, Programme
from ayni.directory.queries.programmes.rings import ring_sentence, ring_through


@dataclass(frozen=True)
class ComponentFacts:
    """What can be transferred alone; `version` counts the versions of the component, `evidence` is 0 to 4 or None."""

    name: dict[str, str]
    description: dict[str, str] = field(default_factory=dict)
    position: int = 0
    version: int = 1
    prerequisites: dict[str, str] = field(default_factory=dict)
    evidence: int | None = None
    evidence_note: dict[str, str] = field(default_factory=dict)
    materials: dict[str, str] = field(default_factory=dict)
    legal_base: dict[str, str] = field(default_factory=dict)
    cost_drivers: dict[str, str] = field(default_factory=dict)
    languages: str = ""
    retired: bool = False
    terms: Terms = Terms()


@transaction.atomic
def add_component(*, by: Any, programme: Programme, code: str, facts: ComponentFacts) -> Component:
    """A new component. Raises Refused without a name, or when the programme has that code already."""
    require_editor(by, programme)
    component = Component(programme=programme, code=code)
    _take(component, facts)
    try:
        with transaction.atomic():
            component.save()
    except IntegrityError as error:
        message = _("The programme already has a component %(code)s: choose another code.")
        raise Refused(message % {"code": code}) from error
    set_terms(component, facts.terms)
    record(by=by, verb="component added", on=component, after=told(component, facts.terms))
    return component


@transaction.atomic
def edit_component(*, by: Any, component: Component, facts: ComponentFacts, seen: int | None = None) -> Component:
    """Correct a component. `seen` is the revision that the person saw: raises Conflict when another stands.

    Raises Refused without a name, or when its version would go back.
    """
    stands = Component.objects.select_for_update(of=("self",)).select_related("programme").get(pk=component.pk)
    require_editor(by, stands)
    refuse_overtaken(stands, seen)
    if facts.version < stands.version:
        message = _("Version %(version)d stands: a component does not go back to an earlier one.")
        raise Refused(message % {"version": stands.version})
    before = told(stands, terms_of(stands))
    _take(stands, facts)
    stands.revision += 1
    stands.save()
    set_terms(stands, facts.terms)
    record(by=by, verb="component edited", on=stands, before=before, after=told(stands, facts.terms))
    return stands


@transaction.atomic
def set_needs(*, by: Any, component: Component, needed: Collection[Component]) -> None:
    """The component needs just these before it can be transferred. Raises Refused, with the ring, when one needs it in turn."""
    set_all_needs(by=by, needs={component: needed})


@transaction.atomic
def set_all_needs(*, by: Any, needs: Mapping[Component, Collection[Component]]) -> None:
    """What each of several components needs, all at once, so that none is in the way of another. Raises Refused as `set_needs`."""
    for component in needs:
        require_editor(by, component)
    # Of two who set needs at once the second sees those of the first: a ring can go through any component.
    list(Component.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    _refuse_rings(needs)
    for component, needed in needs.items():
        _set_needs(by, component, needed)


def _set_needs(by: Any, component: Component, needed: Collection[Component]) -> None:
    rows = list(component.prerequisite_rows.select_related("needed__programme"))
    kept = {one.pk for one in needed}
    standing = {row.needed_id for row in rows}
    if kept == standing:
        return
    component.prerequisite_rows.exclude(needed__in=kept).delete()
    for one in needed:
        if one.pk not in standing:
            Prerequisite.objects.create(component=component, needed=one)
    before, after = [_address(row.needed) for row in rows], [_address(one) for one in needed]
    record(
        by=by, verb="prerequisites set", on=component, before={"needs": sorted(before)}, after={"needs": sorted(after)}
    )


def _take(component: Component, facts: ComponentFacts) -> None:
    if not any(words.strip() for words in facts.name.values()):
        raise Refused(_("Give the name in at least one language."))
    for name, value in vars(facts).items():
        if name != "terms":
            setattr(component, name, value)


def _address(component: Component) -> str:
    return f"{component.programme.code}/{component.code}"


def _refuse_rings(changed: Mapping[Component, Collection[Component]]) -> None:
    needs: dict[str, list[str]] = {}
    for one, other in Prerequisite.objects.exclude(component__in=list(changed)).values_list("component", "needed"):
        needs.setdefault(str(one), []).append(str(other))
    needs |= {str(component.pk): [str(one.pk) for one in needed] for component, needed in changed.items()}
    ring = next((ring for component in changed if (ring := ring_through(str(component.pk), needs))), None)
    if ring:
        names = {str(one.pk): text_in(one.name) for one in Component.objects.filter(pk__in=set(ring))}
        raise Refused(ring_sentence([names[pk] for pk in ring]))
