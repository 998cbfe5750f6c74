"""Calendars against every cut of the months, missions against every team; flows of another library count the days and the money."""

import itertools

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.missions.calendar import Calendar, Lack, schedule
from ayni.methods.missions.costs import Terms
from ayni.methods.missions.planning import plan_mission
from ayni.methods.missions.problem import Demand, Fit, Offer, Part, Problem, broken_rules
from ayni.methods.missions.roster import Expert, Roster

MONTHS = ("2027-01", "2027-02", "2027-03", "2027-05")
QUADRANTS = ("Q1", "Q2", "Q3", "Q4", "T")
STAGE = {"Q1": 0, "Q2": 1, "Q3": 1, "Q4": 2}
FREE = st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 5))


@st.composite
def experts(draw, offers: tuple[str, ...], most: int = 4) -> list[Expert]:
    some = lambda of: frozenset(draw(st.sets(st.sampled_from(of), min_size=1)))  # noqa: E731
    return [
        Expert(f"e{number}", some(offers), some(QUADRANTS), draw(FREE), draw(st.none() | st.integers(0, 4)))
        for number in range(draw(st.integers(0, most)))
    ]


@st.composite
def crews(draw) -> tuple[list[Part], list[Expert], dict]:
    """Two or three who may do all of two or three quadrants, at different costs: going slower may be cheaper."""
    parts = [Part(quadrant, "o1", "BRA", float(draw(st.integers(1, 4)))) for quadrant in ("Q1", "Q2", "Q4")]
    free = st.fixed_dictionaries({month: st.integers(0, 4) for month in MONTHS})
    rows = [
        Expert(f"e{number}", frozenset({"o1"}), frozenset(QUADRANTS), draw(free), draw(st.integers(0, 9)))
        for number in range(draw(st.integers(2, 3)))
    ]
    limits = {"first": None, "deadline": None, "same_month": draw(st.booleans())}
    return parts[: draw(st.integers(2, 3))], rows, limits


@st.composite
def works(draw) -> tuple[list[Part], list[Expert], dict]:
    quadrants = sorted(draw(st.sets(st.sampled_from(QUADRANTS), min_size=1, max_size=4)))
    parts = [
        Part(quadrant, draw(st.sampled_from(("o1", "o2"))), "BRA", float(draw(st.integers(1, 5))))
        for quadrant in quadrants
    ]
    limits = {
        "first": draw(st.none() | st.sampled_from(MONTHS)),
        "deadline": draw(st.none() | st.sampled_from(MONTHS)),
        "same_month": draw(st.booleans()),
    }
    return parts, draw(experts(("o1", "o2"))), limits


def oracle(parts, rows, limits) -> list[tuple[str, float]]:
    """(last month, least cost) of every cut that leaves enough days, by the words of the rules."""
    months = [
        month
        for month in MONTHS
        if (not limits["first"] or month >= limits["first"]) and (not limits["deadline"] or month <= limits["deadline"])
    ]
    found = []
    for last in range(len(months)):
        # The last months of the first two stages; -1 where the first has no month at all.
        for one, two in itertools.product(range(-1, last + 1), repeat=2):
            ends, begins = (one, two, last), 0 if limits["same_month"] else 1

            def allowed(part, month, ends=ends, begins=begins, last=last):
                stage = STAGE.get(part.quadrant)
                if stage is None:
                    return month <= last
                before = ends[stage - 1] if stage else None
                return month <= ends[stage] and (before is None or month >= before + begins)

            if one > two or (limits["same_month"] and one < 0):
                continue
            cost = transport(parts, rows, months, allowed)
            if cost is not None:
                found.append((months[last], cost))
    return found


def transport(parts, rows, months, allowed) -> float | None:
    """The least cost of giving every part its days, or None where they do not reach."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(("from", "to"))
    for part in parts:
        graph.add_edge("from", part.quadrant, capacity=int(part.days), weight=0)
        for expert in rows:
            for place, month in enumerate(months):
                if part.offer in expert.offers and part.quadrant in expert.quadrants and allowed(part, place):
                    graph.add_edge(part.quadrant, (expert.id, month), weight=expert.daily_cost or 0)
                    graph.add_edge((expert.id, month), "to", capacity=expert.free.get(month, 0), weight=0)
    flow = networkx.max_flow_min_cost(graph, "from", "to")
    if sum(flow["from"].values()) < sum(part.days for part in parts):
        return None
    return networkx.cost_of_flow(graph, flow)


def check_calendar(found: Calendar, parts, rows, limits) -> None:
    """The rules, read off the work itself."""
    of = {expert.id: expert for expert in rows}
    part_of = {part.quadrant: part for part in parts}
    worked: dict[tuple[str, str], float] = {}
    for work in found.work:
        assert work.days > 0 and work.offer == part_of[work.quadrant].offer
        assert work.offer in of[work.expert].offers and work.quadrant in of[work.expert].quadrants
        assert (limits["first"] or "") <= work.month <= (limits["deadline"] or "9999")
        worked[work.expert, work.month] = worked.get((work.expert, work.month), 0.0) + work.days
    for (expert, month), days in worked.items():
        assert days <= of[expert].free[month] + 1e-6
    for part in parts:
        assert sum(work.days for work in found.work if work.quadrant == part.quadrant) == pytest.approx(part.days)
    for one, other in itertools.product(part_of, repeat=2):
        if one in STAGE and other in STAGE and STAGE[one] < STAGE[other]:
            end, begin = found.span(one)[1], found.span(other)[0]
            assert end <= begin if limits["same_month"] else end < begin
    cost = sum(work.days * (of[work.expert].daily_cost or 0) for work in found.work)
    assert found.cost == pytest.approx(cost)
    assert set(found.unpriced) == {work.expert for work in found.work if of[work.expert].daily_cost is None}


@given(works() | crews(), st.none() | st.integers(0, 40))
@settings(max_examples=150)
def test_a_calendar_ends_first_and_then_costs_least(work, budget):
    parts, rows, limits = work
    ways = [way for way in oracle(*work) if budget is None or way[1] <= budget]
    found = schedule(parts, Roster(rows, **limits), budget=budget)
    if not ways:
        assert isinstance(found, Lack)
        assert set(found.quadrants) <= {part.quadrant for part in parts} and found.quadrants
        return
    assert isinstance(found, Calendar)
    check_calendar(found, *work)
    finish, cost = min(ways)
    # Where a stage could end later than it does, the last month of the cut may be idle; none of the oracle's is before the finish.
    assert (found.finish, found.cost) == (finish, pytest.approx(cost))


@given(works())
@settings(max_examples=100)
def test_a_lack_says_days_that_would_do(work):
    """Those days more, each in every month told, for one who may do all of it: then those quadrants no longer lack in that cut."""
    parts, rows, limits = work
    found = schedule(parts, Roster(rows, **limits))
    if isinstance(found, Lack):
        assert found.days > 0 and list(found.months) == sorted(found.months)
        nobody = [
            part.quadrant
            for part in parts
            if not any(part.offer in one.offers and part.quadrant in one.quadrants for one in rows)
        ]
        assert (found.reason == "no-expert") == bool(nobody)
        if nobody:
            assert list(found.quadrants) == nobody
        elif found.months:
            offers = frozenset(part.offer for part in parts)
            helper = Expert("helper", offers, frozenset(found.quadrants), dict.fromkeys(found.months, found.days))
            after = schedule(parts, Roster([*rows, helper], **limits))
            assert isinstance(after, Calendar) or after.days <= found.days + 1e-9


@given(works(), experts(("o1", "o2"), most=1))
@settings(max_examples=100)
def test_another_expert_never_makes_it_later(work, more):
    parts, rows, limits = work
    before = schedule(parts, Roster(rows, **limits))
    another = [Expert("another", one.offers, one.quadrants, one.free) for one in more]
    after = schedule(parts, Roster([*another, *rows], **limits))
    if isinstance(before, Calendar):
        assert isinstance(after, Calendar) and after.finish <= before.finish


@st.composite
def missions(draw):
    names = tuple(f"o{number}" for number in range(draw(st.integers(1, 4))))
    languages = st.sets(st.sampled_from(("es", "pt")), min_size=1)
    offers = [
        Offer(
            name,
            draw(st.sampled_from(("BRA", "CHL", "COL"))),
            frozenset(draw(st.sets(st.sampled_from(QUADRANTS[:3]), min_size=1))),
            frozenset(draw(languages)),
            float(draw(st.integers(3, 12))),
        )
        for name in names
    ]
    quadrants = sorted(draw(st.sets(st.sampled_from(QUADRANTS[:3]), min_size=1)))
    demand = Demand(
        "d",
        "PRY",
        frozenset(draw(languages)),
        {quadrant: float(draw(st.integers(1, 4))) for quadrant in quadrants},
        draw(st.booleans()),
    )
    fits = [Fit("d", name, quadrant, draw(st.integers(0, 9)) / 10) for name in names for quadrant in quadrants]
    rates = st.none() | st.integers(0, 5)
    terms = Terms(
        {country: draw(rates) for country in draw(st.sets(st.sampled_from(("BRA", "CHL", "COL"))))},
        draw(rates),
        draw(st.none() | st.integers(0, 40)),
    )
    return offers, demand, fits, draw(experts(names, most=5)), terms, draw(st.integers(1, 3)), draw(st.booleans())


def every_team(offers, demand, fits, rows, terms, countries, same_month):
    """(value, last month, cost without unknowns) of every team that the rules, a calendar and the budget admit."""
    of = {offer.id: offer for offer in offers}
    value_of = {(fit.offer, fit.quadrant): fit.value for fit in fits}
    limits = {"first": None, "deadline": None, "same_month": same_month}
    for chosen in itertools.product(of.values(), repeat=len(demand.days)):
        parts = [
            Part(quadrant, offer.id, offer.country, days)
            for (quadrant, days), offer in zip(sorted(demand.days.items()), chosen, strict=True)
        ]
        among = {offer.country for offer in chosen}
        strange = [part for part in parts if not of[part.offer].languages & demand.languages]
        if (
            len(among) > countries
            or (strange and not demand.interpretation)
            or any(part.quadrant not in of[part.offer].quadrants for part in parts)
            or any(value_of[part.offer, part.quadrant] <= 0 for part in parts)
            or any(sum(part.days for part in parts if part.offer == offer.id) > offer.capacity_days for offer in offers)
        ):
            continue
        value = sum(value_of[part.offer, part.quadrant] for part in parts) - 0.05 * (len(among) - 1)
        beside = sum(terms.travel.get(country) or 0 for country in among)
        beside += sum(part.days for part in strange) * (terms.interpretation or 0)
        ways = [(finish, cost + beside) for finish, cost in oracle(parts, rows, limits)]
        ways = [way for way in ways if terms.budget is None or way[1] <= terms.budget]
        if ways and value > 0:
            yield value, *min(ways), len(among)


@given(missions())
@settings(max_examples=150)
def test_a_planned_mission_is_the_best_that_a_calendar_and_the_budget_admit(exchange):
    offers, demand, fits, rows, terms, countries, same_month = exchange
    found = plan_mission(
        offers, demand, fits, Roster(rows, same_month=same_month), terms=terms, max_countries=countries, time_limit=60
    )
    ways = sorted(every_team(*exchange), key=lambda way: -way[0])
    proposals = [found.best, *found.alternatives] if found.best else []
    assert [one.mission.value for one in proposals] == pytest.approx([way[0] for way in ways[:5]])
    assert found.status == ("optimal" if ways else "none")
    assert found.bound == pytest.approx(ways[0][0] if ways else 0.0)
    single = [way[0] for way in ways if way[3] == 1]
    assert (found.alone is None) == (not single)
    if found.alone:
        assert found.alone.mission.value == pytest.approx(max(single)) and len(found.alone.mission.countries) == 1
    problem = Problem(offers, [demand], fits, countries)
    limits = {"first": None, "deadline": None, "same_month": same_month}
    for one in proposals:
        assert not broken_rules(problem, [one.mission])
        check_calendar(one.calendar, one.mission.parts, rows, limits)
        assert one.cost.least == pytest.approx(one.cost.experts + one.cost.travel + one.cost.interpretation)
        assert (one.cost.most is None) == bool(one.cost.unknown)
        assert (one.mission.value, one.calendar.finish, pytest.approx(one.cost.least)) in [
            (pytest.approx(way[0]), way[1], way[2]) for way in ways
        ]
    untold = {fit.offer for fit in fits} - {offer for expert in rows for offer in expert.offers}
    assert set(found.to_ask) <= untold


@given(missions(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_input_never_matters(exchange, random):
    offers, demand, fits, rows, terms, countries, same_month = exchange
    mixed = [list(part) for part in (offers, fits, rows)]
    for part in mixed:
        random.shuffle(part)
    first = plan_mission(
        offers, demand, fits, Roster(rows, same_month=same_month), terms=terms, max_countries=countries
    )
    again = plan_mission(
        mixed[0], demand, mixed[1], Roster(mixed[2], same_month=same_month), terms=terms, max_countries=countries
    )
    assert first == again
