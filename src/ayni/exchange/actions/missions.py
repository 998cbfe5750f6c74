"""Missions: proposed by the secretariat, accepted by the recipient and by each provider country, never agreed by themselves."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import SCREEN, require
from ayni.directory.models import Expert
from ayni.exchange.actions.mission_ends import end_mission
from ayni.exchange.actions.notices import tell
from ayni.exchange.actions.steps import carry_out, end_matches, locked, release
from ayni.exchange.models import (
    Demand,
    DemandState,
    Mission,
    MissionCountry,
    MissionMonth,
    MissionPart,
    MissionState,
    Offer,
)
from ayni.exchange.queries.lifecycle import LIVE_MATCH, step_of
from ayni.exchange.queries.mission_drafts import Draft
from ayni.exchange.queries.mission_guards import faults
from ayni.exchange.queries.missions import (
    LIVE,
    RECIPIENT,
    concerned,
    kept_draft,
    may_accept,
    may_reject,
    with_parts,
    without_their_experts,
)


@transaction.atomic
def propose_mission(*, by: Any, demand: Demand, draft: Draft, bound: float, beside: dict[str, Any]) -> Mission:
    """Keep a mission for a demand and ask every side; nothing is concluded by this. `beside` are the other missions weighed.

    Raises Refused when the demand has a mission that lives, or something the plan rested on has changed since.
    """
    require(by, SCREEN)
    demand = locked(demand)
    # Whoever else proposes a mission with one of these offers waits for this one.
    list(Offer.objects.select_for_update().filter(pk__in=[part.offer for part in draft.parts]).order_by("pk"))
    if demand.missions.filter(state__in=LIVE).exists():
        raise Refused(_("This demand has a mission already: wait for its answers, or let it lapse."))
    found = faults(demand, draft)
    if found:
        raise Refused(" ".join(found))
    mission = Mission.objects.create(
        demand=demand,
        recipient_id=demand.institution.country_id or "",
        lead_id=draft.lead,
        value=draft.value,
        bound=max(bound, draft.value),
        cost_least=draft.least,
        cost_most=draft.most,
        interpretation=draft.interpretation,
        beside=beside | {"unknown": list(draft.unknown)},
        proposed_by=by,
    )
    _write_parts(mission, draft)
    mission = with_parts(Mission.objects.filter(pk=mission.pk)).get()
    after = snapshot(mission) | {"parts": draft.told()["parts"]}
    record(by=by, verb="mission proposed", on=mission, after=after, public=False)
    tell(by=by, institutions=concerned(mission), what="mission proposed", about=mission)
    return mission


@transaction.atomic
def accept_mission(*, by: Any, mission: Mission, side: str) -> Mission:
    """Accept for the recipient, or for a provider country (`side` its code). When all have accepted the mission is agreed.

    Raises Refused when that side has answered, or when something the mission rests on has changed since.
    """
    mission = _locked(mission)
    if not may_accept(by, mission, side):
        raise PermissionDenied(side)
    _refuse_unless(mission, MissionState.PROPOSED)
    provider = None if side == RECIPIENT else mission.providers.select_for_update().get(country=side)
    accepted: Mission | MissionCountry = mission if provider is None else provider
    stamp = "recipient_accepted" if provider is None else "accepted"
    if getattr(accepted, f"{stamp}_at") is not None:
        raise Refused(_("This side has accepted already."))
    before = snapshot(accepted)
    setattr(accepted, f"{stamp}_at", timezone.now())
    setattr(accepted, f"{stamp}_by", by)
    accepted.save(update_fields=[f"{stamp}_at", f"{stamp}_by"])
    record(by=by, verb="mission accepted", on=accepted, before=before, after=snapshot(accepted), public=False)
    tell(by=by, institutions=concerned(mission), what="mission accepted", about=mission)
    if mission.recipient_accepted_at and not mission.providers.filter(accepted_at__isnull=True).exists():
        _agree(by, mission)
    return mission


@transaction.atomic
def reject_mission(*, by: Any, mission: Mission, reason: str) -> Mission:
    """Any side says no, or steps back from what it agreed, and why. The demand is open again."""
    mission = _locked(mission)
    if not may_reject(by, mission):
        raise PermissionDenied("reject")
    _end(by, mission, MissionState.REJECTED, "mission rejected", reason)
    return mission


@transaction.atomic
def lapse_mission(*, by: Any, mission: Mission, reason: str) -> Mission:
    """The secretariat lets a mission end that nobody answers, and says why."""
    require(by, SCREEN)
    mission = _locked(mission)
    _end(by, mission, MissionState.LAPSED, "mission lapsed", reason)
    return mission


@transaction.atomic
def hand_over_mission(*, by: Any, mission: Mission) -> Mission:
    """The registry has what it needs to open an initiative: the demand is formalised, its matches end."""
    require(by, SCREEN)
    mission = _locked(mission)
    _refuse_unless(mission, MissionState.AGREED)
    if without_their_experts(Mission.objects.filter(pk=mission.pk)).exists():
        raise Refused(_("An expert of the mission has withdrawn: let it lapse, and plan another."))
    before = snapshot(mission)
    mission.state = MissionState.HANDED_OVER
    mission.save(update_fields=["state"])
    record(by=by, verb="mission handed over", on=mission, before=before, after=snapshot(mission), public=False)
    tell(by=by, institutions=concerned(mission), what="mission handed over", about=mission)
    demand = locked(mission.demand)
    carry_out(by=by, thing=demand, step=step_of(demand, "formalise"))
    end_matches(by=by, matches=demand.matches.all(), reason=_("The demand was served by a mission."))
    return mission


def _locked(mission: Mission) -> Mission:
    return with_parts(Mission.objects.select_for_update(of=("self",)).filter(pk=mission.pk)).get()


def _refuse_unless(mission: Mission, *states: MissionState) -> None:
    if mission.state not in states:
        message = _("This is not possible now: the mission is “%(state)s”. Look at the page again.")
        raise Refused(message % {"state": mission.get_state_display()})


def _write_parts(mission: Mission, draft: Draft) -> None:
    providers = {
        code: MissionCountry.objects.create(mission=mission, country_id=code, place=place)
        for place, code in enumerate(draft.countries, 1)
    }
    quadrants = {need.quadrant.code: need.quadrant for need in mission.demand.needs.select_related("quadrant")}
    for part in draft.parts:
        kept = MissionPart.objects.create(
            mission=mission,
            provider=providers[part.country],
            quadrant=quadrants[part.quadrant],
            offer_id=part.offer,
            days=part.days,
            first_month=part.first,
            last_month=part.last,
            interpreted=part.interpreted,
        )
        MissionMonth.objects.bulk_create(
            MissionMonth(part=kept, month=one.month, expert_id=one.expert, days=one.days) for one in part.months
        )


def _agree(by: Any, mission: Mission) -> None:
    demand = locked(mission.demand)
    # The days that the plan rests on may have gone to another mission since: nobody else agrees upon them meanwhile.
    parts = mission.parts.all()
    list(
        Offer.objects.select_for_update()
        .filter(pk__in=[part.offer_id for part in parts])
        .order_by("pk")
        .values_list("pk")
    )
    experts = MissionMonth.objects.filter(part__in=[part.pk for part in parts]).values("expert")
    list(Expert.objects.select_for_update().filter(pk__in=experts).order_by("pk").values_list("pk"))
    changed = faults(demand, kept_draft(mission), open_in=(DemandState.ELIGIBLE, DemandState.MATCHED))
    if changed:
        raise Refused(" ".join(changed))
    before = snapshot(mission)
    mission.state, mission.agreed_at, mission.agreed_by = MissionState.AGREED, timezone.now(), by
    mission.save(update_fields=["state", "agreed_at", "agreed_by"])
    record(by=by, verb="mission agreed", on=mission, before=before, after=snapshot(mission), public=False)
    tell(by=by, institutions=concerned(mission), what="mission agreed", about=mission)
    if demand.state == DemandState.ELIGIBLE:
        carry_out(by=by, thing=demand, step=step_of(demand, "match"))
    for match in demand.matches.filter(state__in=LIVE_MATCH).select_related("offer__institution"):
        tell(by=by, institutions=[match.offer.institution], what="mission agreed", about=match)


def _end(by: Any, mission: Mission, state: MissionState, verb: str, reason: str) -> None:
    _refuse_unless(mission, MissionState.PROPOSED, MissionState.AGREED)
    if not reason.strip():
        raise Refused(_("Give the reason: the other side reads it."))
    was_agreed = mission.state == MissionState.AGREED
    end_mission(by=by, mission=mission, state=state, verb=verb, reason=reason.strip())
    if was_agreed:
        release(by=by, demand=mission.demand)
