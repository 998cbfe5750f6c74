"""A mission over months for `./ayni solve mission`: from the plain input's `calendar` to what is planned, and to plain output."""

from dataclasses import asdict
from typing import Any

from ayni.exchange.formats.solve_input import Value, among, each_once
from ayni.methods.missions.calendar import Lack
from ayni.methods.missions.costs import Terms
from ayni.methods.missions.planning import Planned, Proposal, plan_mission
from ayni.methods.missions.problem import Problem
from ayni.methods.missions.roster import Expert, Roster


def solve_months(problem: Problem, calendar: Value, *, time_limit: float) -> Value:
    """The missions that the calendar and the budget admit. Raises InputFault."""
    found = plan_mission(
        problem.offers,
        problem.demands[0],
        problem.fits,
        _roster(problem, calendar),
        terms=Terms(calendar.get("travel", {}), calendar.get("interpretation"), calendar.get("budget")),
        max_countries=problem.max_countries,
        coordination=problem.coordination,
        time_limit=time_limit,
    )
    return _planned(found, problem.demands[0].id)


def _roster(problem: Problem, calendar: Value) -> Roster:
    each_once(calendar["experts"], "$.calendar.experts")
    for place, row in enumerate(calendar["experts"]):
        for number, offer in enumerate(row["offers"]):
            among(offer, problem.offer_of, f"$.calendar.experts[{place}].offers[{number}]")
    experts = [
        Expert(
            row["id"],
            frozenset(row["offers"]),
            frozenset(row["quadrants"]),
            {month: float(days) for month, days in row["free"].items()},
            row.get("daily_cost"),
        )
        for row in calendar["experts"]
    ]
    return Roster(
        experts,
        first=calendar.get("first"),
        deadline=calendar.get("deadline"),
        same_month=calendar.get("same_month", False),
    )


def _planned(found: Planned, demand: str) -> Value:
    value = found.best.mission.value if found.best else 0.0
    return {
        "status": found.status,
        "objective": value,
        "bound": found.bound,
        "gap": max(found.bound - value, 0.0) / found.bound if found.bound > 0 else 0.0,
        "missions": [_proposal(found.best)] if found.best else [],
        "unserved": [] if found.best else [demand],
        "alternatives": [_proposal(one) for one in found.alternatives],
        "single_provider": _proposal(found.alone) if found.alone else None,
        "to_ask": list(found.to_ask),
        "lack": _lack(found.lack) if found.lack else None,
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "demand": one.mission.demand,
        "lead": one.mission.lead,
        "value": one.mission.value,
        "parts": [asdict(part) for part in one.mission.parts],
        "work": [asdict(work) for work in one.calendar.work],
        "finish": one.calendar.finish,
        "cost": {"least": one.cost.least, "most": one.cost.most, "unknown": list(one.cost.unknown)},
    }


def _lack(lack: Lack) -> dict[str, Any]:
    return {
        "reason": lack.reason,
        "quadrants": list(lack.quadrants),
        "months": list(lack.months),
        "days": lack.days,
    }
