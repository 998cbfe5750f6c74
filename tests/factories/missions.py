"""A small exchange in which missions can be planned: offers with experts and months, a demand, the people of each side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Expert, ExpertMonth, Institution, Membership
from ayni.exchange.actions.missions import propose_mission
from ayni.exchange.models import Demand, Mission, Offer
from ayni.exchange.queries.mission_plan import Assumptions, plan
from tests.factories.exchange import without_exchange
from tests.factories.supply import concepts, demand, institution, offer


def month(later: int) -> date:
    """The first day of the month that is so many months from now."""
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1 + later
    return date(number // 12, number % 12 + 1, 1)


def expert(at: Institution, quadrants: Iterable[str], days: Mapping[int, int], **more: Any) -> Expert:
    """An expert who may be proposed; `days` {months from now: free days}."""
    given = {
        "name": "Ana Reyes",
        "languages": "es",
        "consented_on": timezone.localdate(),
        "consent_text": "Sí",
        "daily_cost": 100,
    } | more
    made = Expert.objects.create(institution=at, **given)
    made.profiles.set(concepts("quadrants", quadrants))
    ExpertMonth.objects.bulk_create(
        ExpertMonth(expert=made, month=month(later), days=free) for later, free in days.items()
    )
    return made


def person(role: str, at: Institution | None = None, country: str | None = None) -> User:
    """Somebody with that role."""
    where = at.code if at else country
    made = User.objects.create(email=f"{role}.{where}@test.ayni", name=f"{role} {where}")
    Membership.objects.create(user=made, role=role, institution=at, country_id=country)
    return made


@dataclass
class World:
    """Brazil designs systems (Q1), Chile carries programmes out (Q4), Guatemala asks for both."""

    demand: Demand
    brazil: Offer
    chile: Offer
    people: dict[str, User]

    def propose(self, **assumed: Any) -> Mission:
        """The best mission, proposed by the secretariat."""
        return propose_best(self.demand, self.people["secretariat"], **assumed)


def world() -> World:
    """The exchange emptied, and this in its place."""
    without_exchange()
    brazil, chile, guatemala = (institution(code) for code in ("BRA", "CHL", "GTM"))
    topics = ["single-registry"]
    made = World(
        demand=demand("GTM", topics=topics, days={"Q1": 10, "Q4": 8}, starts=month(1), deadline=month(8)),
        brazil=offer("BRA", topics=topics, quadrants=["Q1"], capacity_days=40),
        chile=offer("CHL", topics=topics, quadrants=["Q4", "T"], capacity_days=30),
        people={
            "secretariat": User.objects.filter(memberships__role="secretariat").order_by("pk")[0],
            "observer": User.objects.filter(memberships__role="observer").order_by("pk")[0],
            "writer": person("focal-point", at=guatemala),
            "GTM": person("national-coordinator", country="GTM"),
            "BRA": person("national-coordinator", country="BRA"),
            "CHL": person("national-coordinator", country="CHL"),
            "PER": person("national-coordinator", country="PER"),
            "provider-writer": person("focal-point", at=brazil),
        },
    )
    expert(brazil, ["Q1", "Q2"], {1: 6, 2: 6, 3: 6})
    expert(chile, ["Q4"], {later: 5 for later in range(1, 8)}, daily_cost=None)
    return made


def propose_best(asked: Demand, by: User, **assumed: Any) -> Mission:
    """Plan, and propose the best."""
    found = plan(asked, Assumptions(**assumed))
    assert found.best is not None, found.lack
    beside = {"alone": None, "others": [one.told() for one in found.drafts[1:]]}
    return propose_mission(by=by, demand=asked, draft=found.best, bound=found.bound, beside=beside)
