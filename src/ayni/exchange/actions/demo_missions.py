"""The demonstration's missions: planned as on the page, then answered by the people of each side."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import transaction

from ayni.accounts.models import User
from ayni.directory.models import Institution
from ayni.exchange.actions.missions import accept_mission, propose_mission, reject_mission
from ayni.exchange.models import Demand, Mission
from ayni.exchange.queries.mission_plan import Assumptions, plan
from ayni.exchange.queries.missions import RECIPIENT

# Nobody has told what a journey costs: the demonstration supposes it.
SUPPOSED = Assumptions(travel=2_400, interpretation=450)


class Acting(Protocol):
    """Who acts for an institution, a country, the network."""

    secretariat: User

    def writer(self, institution: Institution) -> User: ...

    def coordinator_of(self, country: str) -> User: ...


@transaction.atomic
def load_demo_missions(
    *, by: Any, rows: Iterable[Mapping[str, Any]], demands: Mapping[str, Demand], acting: Acting
) -> int:
    """Propose the best mission of each demand that has one, and answer it as the row says. Returns how many were proposed."""
    made = 0
    for row in rows:
        demand = Demand.objects.select_related("institution").get(pk=demands[row["demand"]].pk)
        found = plan(demand, SUPPOSED)
        if found.best is None:
            continue
        beside = {
            "alone": found.alone.told() if found.alone else None,
            "others": [one.told() for one in found.drafts[1:]],
        }
        mission = propose_mission(
            by=acting.secretariat, demand=demand, draft=found.best, bound=found.bound, beside=beside
        )
        _answer(mission, row, acting)
        made += 1
    return made


def _answer(mission: Mission, row: Mapping[str, Any], acting: Acting) -> None:
    writer = acting.writer(mission.demand.institution)
    if row.get("recipient"):
        accept_mission(by=writer, mission=mission, side=RECIPIENT)
    if row.get("providers"):
        for one in mission.providers.all():
            accept_mission(by=acting.coordinator_of(one.country_id), mission=mission, side=one.country_id)
    if row.get("rejected"):
        reject_mission(by=acting.coordinator_of(mission.lead_id), mission=mission, reason=row["rejected"])
