"""Missions that come to an end because of something else: an offer that is withdrawn, a demand that goes another way."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ayni.common.audit import record, snapshot
from ayni.exchange.actions.notices import tell
from ayni.exchange.models import Demand, Mission, MissionState, Offer
from ayni.exchange.queries.missions import OPEN, concerned, with_parts


@transaction.atomic
def end_missions_of(*, by: Any, offer: Offer, reason: str) -> list[Demand]:
    """Let the missions that an offer serves in lapse; nothing of them is lost. Returns the demands that are free again."""
    return lapse_missions(by=by, missions=Mission.objects.filter(parts__offer=offer), reason=reason)


@transaction.atomic
def end_missions_of_demand(*, by: Any, demand: Demand, reason: str) -> list[Demand]:
    """Let the missions of a demand lapse. Returns the demand where a mission had been agreed."""
    return lapse_missions(by=by, missions=demand.missions.all(), reason=reason)


@transaction.atomic
def lapse_missions(*, by: Any, missions: QuerySet[Mission], reason: str) -> list[Demand]:
    """Let those of the missions that live lapse, and tell everybody concerned. Returns the demands whose mission was agreed."""
    freed = []
    for pk in list(missions.filter(state__in=OPEN).order_by("pk").values_list("pk", flat=True).distinct()):
        mission = with_parts(Mission.objects.select_for_update(of=("self",)).filter(pk=pk)).get()
        # Somebody may have ended it, or handed it over, while this waited: the registry keeps what it has.
        if mission.state not in OPEN:
            continue
        if mission.state == MissionState.AGREED:
            freed.append(mission.demand)
        end_mission(by=by, mission=mission, state=MissionState.LAPSED, verb="mission lapsed", reason=reason)
    return freed


@transaction.atomic
def end_mission(*, by: Any, mission: Mission, state: MissionState, verb: str, reason: str) -> None:
    """Close a mission that is held for this transaction, with its reason."""
    before = snapshot(mission)
    mission.state, mission.reason = state, reason
    mission.ended_at, mission.ended_by = timezone.now(), by
    mission.save(update_fields=["state", "reason", "ended_at", "ended_by"])
    record(by=by, verb=verb, on=mission, before=before, after=snapshot(mission), public=False)
    tell(by=by, institutions=concerned(mission), what=verb, about=mission, reason=reason)
