"""Writing offers and demands. Two people who write at once lose nothing: the later one is told what differs."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import WRITE_EXCHANGE, require
from ayni.directory.models import Component, Institution
from ayni.exchange.actions.steps import locked
from ayni.exchange.models import Demand, DemandState, Offer, OfferState
from ayni.exchange.queries.visible import PUBLIC
from ayni.exchange.queries.written import PLAIN, SETS, TEXTS, Draft, differences, draft_of

# What may be written while it stands like this; elsewhere it is taken back first.
WRITABLE: dict[type, frozenset[str]] = {
    Offer: frozenset({OfferState.DRAFT}),
    Demand: frozenset({DemandState.DRAFT, DemandState.RETURNED, DemandState.COFORMULATION}),
}


@transaction.atomic
def begin_offer(
    *, by: Any, institution: Institution, title: dict[str, str], component: Component | None = None
) -> Offer:
    """A draft, begun from a component where there is one. Raises Refused without a title or for another's component."""
    require(by, WRITE_EXCHANGE, institution)
    _check(institution, title)
    if component is not None and component.programme.country_id != institution.country_id:
        raise Refused(
            _("An institution offers components of its own country's programmes. To ask for one, begin a demand.")
        )
    offer = Offer(institution=institution, title=title, component=component, created_by=by)
    if component is not None:
        offer.text, offer.prerequisites = component.description, component.prerequisites
        offer.languages, offer.evidence = component.languages, component.evidence
    offer.save()
    if component is not None:
        for name in ("topics", "quadrants", "modalities"):
            getattr(offer, name).set(getattr(component, name).all())
    record(by=by, verb="offer begun", on=offer, after=snapshot(offer), public=False)
    return offer


@transaction.atomic
def begin_demand(
    *, by: Any, institution: Institution, title: dict[str, str], component: Component | None = None
) -> Demand:
    """A draft; `component` is what is asked for. Raises Refused without a title or for a component of one's own country."""
    require(by, WRITE_EXCHANGE, institution)
    _check(institution, title)
    if component is not None and component.programme.country_id == institution.country_id:
        raise Refused(_("This component is of your own country. To share it, begin an offer."))
    demand = Demand.objects.create(institution=institution, title=title, component=component, created_by=by)
    if component is not None:
        demand.topics.set(component.topics.all())
        demand.modalities.set(component.modalities.all())
    record(by=by, verb="demand begun", on=demand, after=snapshot(demand), public=False)
    return demand


@transaction.atomic
def save_draft(*, by: Any, thing: Offer | Demand, base: int, draft: Draft) -> Offer | Demand:
    """Save what was written upon revision `base`; nothing happens when nothing differs.

    Raises Conflict when somebody else has saved another text since, and Refused when the thing is not to be written now.
    """
    thing = locked(thing)
    require(by, WRITE_EXCHANGE, thing)
    if thing.state not in WRITABLE[type(thing)]:
        raise Refused(
            _("What is “%(state)s” is not changed in place: take it back to revise it first.")
            % {"state": thing.get_state_display()}
        )
    standing = draft_of(thing, draft.language)
    changed = differences(standing, draft)
    if not changed:
        return thing
    if base != thing.revision:
        raise Conflict(
            _(
                "Somebody else has saved this meanwhile. What you wrote is still here: compare it with what stands, then save again."
            )
        )
    before = snapshot(thing) | _sets(thing)
    _write(thing, draft)
    verb = "offer written" if isinstance(thing, Offer) else "demand written"
    shown = thing.state in PUBLIC[type(thing)]
    record(by=by, verb=verb, on=thing, before=before, after=snapshot(thing) | _sets(thing), public=shown)
    return thing


def _check(institution: Institution, title: dict[str, str]) -> None:
    if not title:
        raise Refused(_("Give it a title: you can change it later."))
    if institution.country_id is None:
        raise Refused(_("Offers and demands are of a country's institutions; an international body accompanies them."))


def _write(thing: Offer | Demand, draft: Draft) -> None:
    kind = type(thing)
    for name in TEXTS[kind]:
        texts = {code: text for code, text in getattr(thing, name).items() if code != draft.language}
        given = draft.texts[name].strip()
        setattr(thing, name, texts | ({draft.language: given} if given else {}))
    for name in PLAIN[kind]:
        setattr(thing, name, draft.plain[name])
    thing.component = draft.component
    thing.revision += 1
    thing.save()
    for name in SETS[kind]:
        getattr(thing, name).set(draft.sets[name])
    if isinstance(thing, Demand):
        thing.needs.exclude(quadrant__in=draft.days).delete()
        for quadrant, days in draft.days.items():
            thing.needs.update_or_create(quadrant_id=quadrant, defaults={"days": days})


def _sets(thing: Offer | Demand) -> dict[str, Any]:
    """What `snapshot` does not see: terms, countries, days."""
    sets: dict[str, Any] = {name: sorted(str(one) for one in getattr(thing, name).all()) for name in SETS[type(thing)]}
    if isinstance(thing, Demand):
        sets["expert_days"] = [str(need) for need in thing.needs.select_related("quadrant")]
    return sets
