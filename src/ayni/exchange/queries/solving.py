"""From the plain input of `./ayni solve` to the methods, and from what they find to plain output."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from ayni.exchange.formats.solve_input import InputFault, Value, among, each_once, read
from ayni.exchange.queries.solving_months import solve_months
from ayni.methods.missions.fairness import Fair, fair_portfolio
from ayni.methods.missions.portfolio import portfolio
from ayni.methods.missions.problem import Demand, Fit, Mission, Offer, Plan, Problem
from ayni.methods.missions.single import mission
from ayni.methods.timetables.event import Delegation, Event, Timetable, Wish
from ayni.methods.timetables.solve import timetable


def solve_portfolio(text: str, *, time_limit: float, seed: int) -> Value:
    """All demands against all offers, fair to small providers where a price for it is given. Raises InputFault."""
    value = read(text, "portfolio")
    if "calendar" in value:
        raise InputFault("$.calendar", _("A calendar is for one mission."))
    problem = _problem(value)
    if "fair_within" not in value:
        return _plan(portfolio(problem, time_limit=time_limit, seed=seed))
    found = fair_portfolio(problem, price=float(value["fair_within"]), time_limit=time_limit, seed=seed)
    return _plan(found.plan) | {"fairness": _fairness(found)}


def solve_mission(text: str, *, time_limit: float, seed: int) -> Value:
    """One demand, with what one country alone could give and the next best missions. Raises InputFault."""
    value = read(text, "portfolio")
    problem = _problem(value)
    if len(problem.demands) != 1:
        raise InputFault("$.demands", _("A mission is for one demand. For several, solve the portfolio."))
    if "fair_within" in value:
        raise InputFault("$.fair_within", _("Fairness is for a portfolio."))
    if "calendar" in value:
        return solve_months(problem, value["calendar"], time_limit=time_limit)
    choice = mission(
        problem.offers,
        problem.demands[0],
        problem.fits,
        max_countries=problem.max_countries,
        coordination=problem.coordination,
    )
    return _plan(choice.plan) | {
        "alternatives": [_mission(one) for one in choice.alternatives],
        "single_provider": _mission(choice.alone) if choice.alone else None,
    }


def solve_timetable(text: str, *, time_limit: float, seed: int) -> Value:
    """The meetings of an exchange round. Raises InputFault."""
    return _timetable(timetable(_event(read(text, "timetable")), time_limit=time_limit, seed=seed))


def _problem(value: Value) -> Problem:
    offers, demands = value["offers"], value["demands"]
    known_offers, known_demands = each_once(offers, "$.offers"), each_once(demands, "$.demands")
    seen: set[tuple[str, str, str]] = set()
    for place, fit in enumerate(value["fit"]):
        among(fit["offer"], known_offers, f"$.fit[{place}].offer")
        among(fit["demand"], known_demands, f"$.fit[{place}].demand")
        key = (fit["demand"], fit["offer"], fit["quadrant"])
        if key in seen:
            raise InputFault(f"$.fit[{place}]", _("“%(id)s” stands twice.") % {"id": " ".join(key)})
        seen.add(key)
    return Problem(
        [
            Offer(
                row["id"],
                row["country"],
                frozenset(row["quadrants"]),
                frozenset(row["languages"]),
                float(row["capacity_days"]),
            )
            for row in offers
        ],
        [
            Demand(
                row["id"],
                row["country"],
                frozenset(row.get("languages", ())),
                {quadrant: float(days) for quadrant, days in row["days"].items()},
                row.get("interpretation", False),
                float(row.get("weight", 1.0)),
            )
            for row in demands
        ],
        [Fit(row["demand"], row["offer"], row["quadrant"], float(row["value"])) for row in value["fit"]],
        value.get("max_countries", 3),
        float(value.get("coordination", 0.05)),
    )


def _event(value: Value) -> Event:
    known = each_once(value["delegations"], "$.delegations")
    wishes = each_once(value["wishes"], "$.wishes")
    for place, row in enumerate(value.get("standing", ())):
        among(row["wish"], wishes, f"$.standing[{place}].wish")
        _check_slots([row["slot"]], value["slots"], f"$.standing[{place}].slot")
    for place, row in enumerate(value["delegations"]):
        _check_slots(row["free"], value["slots"], f"$.delegations[{place}].free")
    for place, row in enumerate(value["wishes"]):
        among(row["a"], known, f"$.wishes[{place}].a")
        among(row["b"], known, f"$.wishes[{place}].b")
        if row["a"] == row["b"]:
            raise InputFault(f"$.wishes[{place}].b", _("A delegation does not meet itself."))
    interpreters: dict[frozenset[str], int] = {}
    for row in value.get("interpreters", ()):
        pair = frozenset(row["pair"])
        interpreters[pair] = interpreters.get(pair, 0) + row["count"]
    return Event(
        value["slots"],
        value["rooms"],
        [Delegation(row["id"], frozenset(row["languages"]), frozenset(row["free"])) for row in value["delegations"]],
        interpreters,
        [Wish(row["id"], row["a"], row["b"], float(row.get("weight", 1.0))) for row in value["wishes"]],
        {row["wish"]: row["slot"] for row in value.get("standing", ())},
        float(value.get("move_cost", 0.0)),
    )


def _check_slots(free: Sequence[int], slots: int, path: str) -> None:
    for place, slot in enumerate(free):
        if slot >= slots:
            raise InputFault(
                f"{path}[{place}]", _("Slots are counted from 0: the last is %(last)d.") % {"last": slots - 1}
            )


def _plan(plan: Plan) -> Value:
    return {
        "status": plan.status,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "missions": [_mission(one) for one in plan.missions],
        "unserved": list(plan.unserved),
    }


def _fairness(found: Fair) -> Value:
    return {
        "best_objective": found.best.objective,
        "price_paid": found.price,
        "days": dict(found.days),
        "countries": found.countries,
        "most_countries": found.most_countries,
        "load": found.load,
        "least_load": found.least_load,
        "proved": found.is_proved,
    }


def _mission(one: Mission) -> dict[str, Any]:
    return {
        "demand": one.demand,
        "lead": one.lead,
        "value": one.value,
        "parts": [asdict(part) for part in one.parts],
    }


def _timetable(found: Timetable) -> Value:
    return {
        "status": found.status,
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "meetings": [
            {
                "wish": meeting.wish,
                "slot": meeting.slot,
                "room": meeting.room,
                "interpreter": list(meeting.interpreter) if meeting.interpreter else None,
            }
            for meeting in found.meetings
        ],
        "unscheduled": list(found.unscheduled),
        "moved": list(found.moved),
    }
