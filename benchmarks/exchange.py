"""Missions, portfolios and timetables beside the plain way and the bound, in the same run:  .venv/bin/python -m benchmarks.exchange

docs/benchmarks.md tells what is measured and what was found. The problems are invented, from a seed.
"""

import argparse
import contextlib
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence

from ayni.methods.matching import profiles as matching
from ayni.methods.matching.criteria import Offers
from ayni.methods.matching.profiles import FEATURES
from ayni.methods.matching.ranking import rank
from ayni.methods.missions.costs import Terms
from ayni.methods.missions.fairness import days_of, fair_portfolio
from ayni.methods.missions.greedy import greedy
from ayni.methods.missions.planning import plan_mission
from ayni.methods.missions.portfolio import portfolio
from ayni.methods.missions.problem import Demand, Fit, Offer, Problem, broken_rules
from ayni.methods.missions.roster import Expert, Roster
from ayni.methods.missions.single import mission
from ayni.methods.missions.teams import Table
from ayni.methods.timetables.event import Delegation, Event, Wish, clashes
from ayni.methods.timetables.solve import in_turn, possible, timetable

QUADRANTS = ("Q1", "Q2", "Q3", "Q4")
LANGUAGES = ("es", "pt", "en", "fr")
COUNTRIES = [f"C{number:02}" for number in range(33)]
# (demands, offers, seconds that the plan may take)
PORTFOLIOS = ((100, 500, 0.5), (500, 2_000, 5.0), (1_000, 5_000, 10.0))
# (delegations, rooms, seconds)
DAYS = ((54, 10, 10.0), (400, 80, 20.0))


def exchange(demands: int, offers: int, seed: int) -> Problem:
    """33 countries; an offer has 20 to 60 days in one or two quadrants; a demand wants 5 to 15 days in one to four, and about a sixteenth
    of the offers fit it."""
    pick = random.Random(seed)
    given = [
        Offer(
            f"o{number}",
            pick.choice(COUNTRIES),
            frozenset(pick.sample(QUADRANTS, pick.choice((1, 1, 2)))),
            frozenset(pick.sample(LANGUAGES, pick.choice((1, 2)))),
            pick.choice((20.0, 30.0, 40.0, 60.0)),
        )
        for number in range(offers)
    ]
    asked = [
        Demand(
            f"d{number}",
            pick.choice(COUNTRIES),
            frozenset(pick.sample(LANGUAGES, 1)),
            {
                quadrant: pick.choice((5.0, 8.0, 10.0, 15.0))
                for quadrant in pick.sample(QUADRANTS, pick.choice((1, 2, 3, 4)))
            },
            pick.random() < 0.3,
            pick.choice((1.0, 1.0, 1.5)),
        )
        for number in range(demands)
    ]
    fits = [
        Fit(demand.id, offer.id, quadrant, round(pick.random(), 3))
        for demand in asked
        for offer in pick.sample(given, max(8, offers // 16))
        for quadrant in sorted(demand.days)
        if quadrant in offer.quadrants
    ]
    return Problem(given, asked, fits)


def day(delegations: int, rooms: int, seed: int) -> Event:
    """12 slots; each delegation is free in nine of ten and wishes for some ten meetings; interpreters for four pairs of languages."""
    pick = random.Random(seed)
    spoken = (["es"], ["pt"], ["en"], ["fr"], ["es", "en"], ["pt", "es"])
    there = [
        Delegation(
            f"d{number:03}",
            frozenset(pick.choice(spoken)),
            frozenset(slot for slot in range(12) if pick.random() < 0.9) or frozenset({0}),
        )
        for number in range(delegations)
    ]
    some = max(1, delegations // 25)
    interpreters = {frozenset(pair): some for pair in (("es", "en"), ("es", "pt"), ("es", "fr"), ("en", "pt"))}
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < delegations * 5:
        one, other = sorted(pick.sample([delegation.id for delegation in there], 2))
        pairs[one, other] = None
    wishes = [Wish(f"w{number:04}", *pair, float(pick.choice((1, 2, 3, 5)))) for number, pair in enumerate(pairs)]
    return Event(12, rooms, there, interpreters, wishes)


def single(seed: int) -> None:
    """Each demand of the largest exchange alone."""
    problem = exchange(100, 5_000, seed)
    of: dict[str, list[Fit]] = {}
    for fit in problem.fits:
        of.setdefault(fit.demand, []).append(fit)
    took = []
    for demand in problem.demands:
        begun = time.perf_counter()
        mission(problem.offers, demand, of.get(demand.id, []))
        took.append(time.perf_counter() - begun)
    print(f"| mission, 5,000 offers | proved | {statistics.median(took):.2f} (slowest {max(took):.2f}) | | |")


def planned(seed: int, budget: float | None) -> None:
    """The same demands over twelve months: two experts for each offer, free 0 to 5 days in half the months, some at an unknown cost."""
    problem = exchange(100, 5_000, seed)
    pick = random.Random(seed)
    months = [f"2027-{month:02}" for month in range(1, 13)]
    experts = [
        Expert(
            f"{offer.id}-{number}",
            frozenset({offer.id}),
            offer.quadrants,
            {month: pick.choice((0.0, 0.0, 2.0, 5.0)) for month in months if pick.random() < 0.5},
            pick.choice((None, 200.0, 300.0, 500.0)),
        )
        for offer in problem.offers
        for number in range(2)
    ]
    terms = Terms(dict.fromkeys(COUNTRIES, 1_000.0), 50.0, budget)
    of: dict[str, list[Fit]] = {}
    for fit in problem.fits:
        of.setdefault(fit.demand, []).append(fit)
    begun = time.perf_counter()
    roster = Roster(experts)
    print(f"| roster of {len(experts):,} experts | | {time.perf_counter() - begun:.2f} | | |")
    took, ratios, proved = [], [], 0
    for demand in problem.demands:
        begun = time.perf_counter()
        found = plan_mission(problem.offers, demand, of[demand.id], roster, terms=terms)
        middle = time.perf_counter()
        mission(problem.offers, demand, of[demand.id])
        took.append(middle - begun)
        ratios.append((middle - begun) / (time.perf_counter() - middle))
        proved += found.status in ("optimal", "none")
    told = f"proved for {proved} of 100 | {statistics.median(took):.2f} (slowest {max(took):.2f}) | | "
    told += f"{statistics.median(ratios):.0f} times the mission without months |"
    print(f"| mission over 12 months, 5,000 offers{', tight budget' if budget else ''} | {told}", flush=True)


def fair(seed: int) -> None:
    problem = exchange(100, 500, seed)
    begun = time.perf_counter()
    found = fair_portfolio(problem, price=0.02, time_limit=20.0)
    took = time.perf_counter() - begun
    assert not broken_rules(problem, found.plan.missions)
    before = days_of(found.best.missions)
    told = f"load {max(before.values()):g} before, {found.load:g} after, {found.least_load:.1f} at least"
    told += f"; {len(before)} countries before, {found.countries} after; price {found.price:.2%}"
    gap = 1 - found.least_load / found.load
    print(f"| fair portfolio, 100 x 500 | {gap:.2%} of the load | {took:.2f} | | {told} |", flush=True)


def matches(demands: int, offers: int, seed: int) -> None:
    """Every offer for every demand, the ten best of each with their criteria; one in eight facts is not known."""
    pick = random.Random(seed)
    months = [f"2026-{month:02}" for month in range(1, 13)]

    def some(values: Sequence[str], most: int) -> frozenset[str] | None:
        return frozenset(pick.sample(values, pick.randint(1, most))) if pick.random() < 7 / 8 else None

    def context() -> dict[str, str]:
        return {name: pick.choice("abc") for name in FEATURES if pick.random() < 7 / 8}

    topics, modalities = [f"t{number}" for number in range(18)], [f"m{number}" for number in range(13)]
    given = [
        matching.Offer(
            f"o{number}",
            pick.choice(COUNTRIES),
            some(topics, 4),
            some(QUADRANTS, 2),
            some(modalities, 4),
            some(LANGUAGES, 2),
            pick.choice((None, 0.0, 1.0, 2.0, 3.0)),
            context(),
            {month: pick.choice((0.0, 5.0, 10.0)) for month in months},
            pick.choice((None, 10e3, 50e3, 90e3)),
            pick.randint(0, 5),
        )
        for number in range(offers)
    ]
    asked = [
        matching.Demand(
            f"d{number}",
            pick.choice(COUNTRIES),
            some(topics, 3),
            some(QUADRANTS, 3),
            some(modalities, 3),
            some(LANGUAGES, 1),
            pick.random() < 0.3,
            pick.choice((None, 1.5, 2.0, 2.5)),
            context(),
            frozenset(pick.sample(months, 3)),
            pick.choice((10.0, 20.0, 40.0)),
            pick.choice((None, 40e3, 80e3)),
            some(COUNTRIES, 5),
        )
        for number in range(demands)
    ]
    begun = time.perf_counter()
    columns = Offers(given)
    found = sum(len(rank(columns, demand).matches) for demand in asked)
    took = time.perf_counter() - begun
    print(f"| matches, {demands:,} x {offers:,} | | {took:.2f} | | {found:,} explained |", flush=True)


def portfolios(seed: int, patience: float) -> None:
    for demands, offers, seconds in PORTFOLIOS:
        problem = exchange(demands, offers, seed)
        begun, busy = time.perf_counter(), time.process_time()
        plan = portfolio(problem, time_limit=seconds * patience)
        took, used = time.perf_counter() - begun, time.process_time() - busy
        assert not broken_rules(problem, plan.missions)
        plain = sum(team.value for team in greedy(Table(problem)))
        told = f"| {plan.gap:.3%} | {took:.2f} ({used:.2f} of a core) | {1 - plain / plan.bound:.2%} | {len(problem.fits):,} fits |"
        print(f"| portfolio, {demands:,} x {offers:,} {told}", flush=True)


def days(seed: int) -> None:
    for delegations, rooms, seconds in DAYS:
        event = day(delegations, rooms, seed)
        begun = time.perf_counter()
        found = timetable(event, time_limit=seconds)
        took = time.perf_counter() - begun
        assert not clashes(event, found.meetings)
        wishes = sorted(event.wishes, key=lambda wish: wish.id)
        plain = in_turn(event, wishes, possible(event, wishes), 0)
        worth = sum(place.worth for place in plain)
        told = f"| {found.gap:.3%} | {took:.2f} | {1 - worth / found.bound:.2%} | {len(event.wishes):,} wishes |"
        print(f"| timetable, {delegations} delegations {told}", flush=True)


@contextlib.contextmanager
def quiet_solver() -> Iterator[None]:
    """HiGHS greets once on standard output; the table stands there."""
    kept = os.dup(1)
    os.dup2(2, 1)
    mission(
        [Offer("o", "A", frozenset({"Q1"}), frozenset({"es"}), 1.0)],
        Demand("d", "B", frozenset({"es"}), {"Q1": 1.0}),
        [],
    )
    portfolio(exchange(5, 20, 0))
    os.dup2(kept, 1)
    os.close(kept)
    yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=float, default=1.0, help="times the limits, on a machine that is not alone")
    options = parser.parse_args()
    print("| problem | gap to the bound | s | plain way below the bound | |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    with quiet_solver():
        matches(1_000, 5_000, options.seed)
        single(options.seed)
        planned(options.seed, None)
        planned(options.seed, 8_000.0)
        portfolios(options.seed, options.patience)
        fair(options.seed)
        days(options.seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}, peak {peak:.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
