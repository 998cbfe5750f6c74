"""From the exchange into the registry: a mission handed over, or a match converted, becomes an initiative."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Concept, Institution
from ayni.exchange.actions.notices import tell
from ayni.exchange.models import Demand, Match, MatchState, Mission, MissionState, Offer, ProjectDraft
from ayni.exchange.queries.initiative_origins import may_open
from ayni.exchange.queries.matches import with_sides
from ayni.exchange.queries.missions import concerned, with_parts
from ayni.registry.actions.initiatives.components import enter_component
from ayni.registry.actions.initiatives.frame import InitiativeFacts, enter_initiative
from ayni.registry.actions.initiatives.participations import Part, enter_participation
from ayni.registry.models import Initiative, Size

ROLES = ("first-offerer", "second-offerer", "recipient")


@transaction.atomic
def open_initiative(*, by: Any, mission: Mission) -> Initiative:
    """The initiative that a mission becomes: its parties with their roles, a part for each quadrant, what the demand asked for.

    The institution that asked keeps the record. Raises PermissionDenied, and Refused before the hand-over or a second time.
    """
    mission = with_parts(Mission.objects.select_for_update(of=("self",)).filter(pk=mission.pk)).get()
    _refuse_unless(by, mission, MissionState.HANDED_OVER)
    parts = list(mission.parts.all())
    providers = list(mission.providers.all())
    facts = _facts(
        mission.demand,
        [part.offer for part in parts],
        kind="horizontal" if len(providers) == 1 else "triangular",
        quadrants=tuple(part.quadrant for part in parts),
        answered_on=_day(mission.agreed_at),
        months=(
            min((part.first_month for part in parts if part.first_month), default=None),
            max((part.last_month for part in parts if part.last_month), default=None),
        ),
    )
    opened = _enter(by, mission.demand, facts)
    roles = _roles()
    offering = {part.offer.institution_id: part for part in parts}
    for part in offering.values():
        first = part.provider.country_id == mission.lead_id
        role = roles["first-offerer" if first else "second-offerer"]
        enter_participation(by=by, initiative=opened, part=Part(institution=part.offer.institution, role=role))
    for part in parts:
        _enter_part(by, opened, part.offer, mission.demand.institution if len(providers) > 1 else None)
    return _keep(by, mission, opened, concerned(mission))


@transaction.atomic
def open_initiative_of_match(*, by: Any, match: Match) -> Initiative:
    """The same for a match: one offerer, one recipient, one part."""
    match = with_sides(Match.objects.select_for_update(of=("self",)).filter(pk=match.pk)).get()
    _refuse_unless(by, match, MatchState.CONVERTED)
    demand, offer = match.demand, match.offer
    accepted = max(at for at in (match.demand_accepted_at, match.offer_accepted_at) if at is not None)
    facts = _facts(
        demand,
        [offer],
        kind="horizontal",
        quadrants=tuple(need.quadrant for need in demand.needs.select_related("quadrant")),
        answered_on=_day(accepted),
        months=(demand.starts, demand.deadline),
    )
    opened = _enter(by, demand, facts)
    part = Part(institution=offer.institution, role=_roles()["first-offerer"])
    enter_participation(by=by, initiative=opened, part=part)
    _enter_part(by, opened, offer, None)
    return _keep(by, match, opened, [demand.institution, offer.institution])


def _refuse_unless(by: Any, thing: Mission | Match, state: str) -> None:
    if not may_open(by, thing):
        raise PermissionDenied("open an initiative")
    if thing.initiative_id is not None:
        raise Refused(_("It has become an initiative already: go on there."))
    if thing.state != state:
        raise Refused(_("An initiative is opened once the mission is handed over, or the match converted."))


def _facts(
    demand: Demand,
    offers: list[Offer],
    *,
    kind: str,
    quadrants: tuple[Concept, ...],
    answered_on: date | None,
    months: tuple[date | None, date | None],
) -> InitiativeFacts:
    project = ProjectDraft.objects.filter(demand=demand).first()
    first, last = months
    requested = _day(demand.submitted_at)
    return InitiativeFacts(
        title=demand.title,
        objective=(project.purpose if project else None) or demand.objective,
        summary=demand.problem,
        cooperation_type=Concept.objects.current("cooperation-types").get(code=kind),
        size=Size.PROJECT,
        formality="",
        continuity="",
        parent=None,
        requested_on=requested,
        answered_on=max(requested, answered_on) if requested and answered_on else answered_on,
        starts_on=first,
        ends_on=last and last.replace(day=calendar.monthrange(last.year, last.month)[1]),
        source="",
        topics=tuple(demand.topics.all()),
        modalities=_modalities(demand, offers),
        quadrants=quadrants,
    )


def _modalities(demand: Demand, offers: Iterable[Offer]) -> tuple[Concept, ...]:
    """Those that were asked for; where none was, those that are offered."""
    asked = tuple(demand.modalities.all())
    return asked or tuple({one.pk: one for offer in offers for one in offer.modalities.all()}.values())


def _enter(by: Any, demand: Demand, facts: InitiativeFacts) -> Initiative:
    return enter_initiative(
        by=by,
        institution=demand.institution,
        facts=facts,
        role=_roles()["recipient"],
        fictional=demand.fictional,
    )


def _enter_part(by: Any, opened: Initiative, offer: Offer, recipient: Institution | None) -> None:
    """A part with what the offer transfers; with `recipient` also its roles, where several countries offer."""
    component = enter_component(by=by, initiative=opened, title=offer.title, component=offer.component)
    if recipient is None:
        return
    roles = _roles()
    for institution, code in ((offer.institution, "first-offerer"), (recipient, "recipient")):
        part = Part(institution=institution, role=roles[code], component=component)
        enter_participation(by=by, initiative=opened, part=part)


def _roles() -> dict[str, Concept]:
    return {one.code: one for one in Concept.objects.current("cooperation-roles").filter(code__in=ROLES)}


def _day(moment: Any) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _keep(by: Any, thing: Mission | Match, opened: Initiative, told: Iterable[Institution]) -> Initiative:
    before = snapshot(thing)
    thing.initiative = opened
    thing.save(update_fields=["initiative"])
    record(by=by, verb="initiative opened", on=thing, before=before, after=snapshot(thing), public=False)
    tell(by=by, institutions=told, what="initiative opened", about=thing)
    return opened
