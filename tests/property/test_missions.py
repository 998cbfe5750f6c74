"""Missions and portfolios against every plan there is, on small problems; and what must not matter."""

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.missions.greedy import greedy
from ayni.methods.missions.portfolio import portfolio
from ayni.methods.missions.problem import Demand, Fit, Offer, Problem, broken_rules
from ayni.methods.missions.single import mission
from ayni.methods.missions.teams import Table

QUADRANTS = ("Q1", "Q2", "Q3", "T")
COUNTRIES = ("BRA", "CHL", "COL", "MEX")
LANGUAGES = ("es", "pt", "en")


@st.composite
def problems(draw, demands: int = 3) -> Problem:
    some = lambda of: draw(st.sets(st.sampled_from(of), min_size=1))  # noqa: E731
    offers = [
        Offer(
            f"o{number}",
            draw(st.sampled_from(COUNTRIES)),
            frozenset(some(QUADRANTS)),
            frozenset(some(LANGUAGES)),
            float(draw(st.integers(0, 12))),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    asked = [
        Demand(
            f"d{number}",
            draw(st.sampled_from(COUNTRIES)),
            frozenset(some(LANGUAGES)),
            {quadrant: float(draw(st.integers(1, 8))) for quadrant in some(QUADRANTS[:3])},
            draw(st.booleans()),
            draw(st.sampled_from((0.0, 1.0, 2.5))),
        )
        for number in range(draw(st.integers(1, demands)))
    ]
    fits = [
        Fit(demand.id, offer.id, quadrant, draw(st.integers(-1, 10)) / 10)
        for demand in asked
        for offer in offers
        for quadrant in sorted(demand.days)
        if draw(st.booleans())
    ]
    return Problem(offers, asked, fits, draw(st.integers(1, 3)), draw(st.sampled_from((0.0, 0.05, 0.4))))


def teams(problem: Problem, demand: Demand) -> Iterator[tuple[dict[str, float], float]]:
    """({offer: days}, value) of every team of a demand, by the words of the rules alone."""
    quadrants = sorted(demand.days)
    choices = [
        [
            fit
            for fit in problem.fits
            if (fit.demand, fit.quadrant) == (demand.id, quadrant)
            and fit.value > 0
            and quadrant in (offer := problem.offer_of[fit.offer]).quadrants
            and offer.country != demand.country
            and (demand.interpretation or demand.languages & offer.languages)
        ]
        for quadrant in quadrants
    ]
    for chosen in itertools.product(*choices):
        countries = {problem.offer_of[fit.offer].country for fit in chosen}
        need: dict[str, float] = {}
        for fit in chosen:
            need[fit.offer] = need.get(fit.offer, 0.0) + demand.days[fit.quadrant]
        if len(countries) <= problem.max_countries:
            value = sum(fit.value for fit in chosen) - problem.coordination * (len(countries) - 1)
            yield need, demand.weight * value


def best_plan(problem: Problem) -> float:
    """The most that any plan is worth."""
    left = {offer.id: offer.capacity_days for offer in problem.offers}

    def serve(demands: tuple[Demand, ...]) -> float:
        if not demands:
            return 0.0
        demand, *others = demands
        best = serve(tuple(others))
        for need, value in teams(problem, demand):
            if value > 0 and all(days <= left[offer] for offer, days in need.items()):
                for offer, days in need.items():
                    left[offer] -= days
                best = max(best, value + serve(tuple(others)))
                for offer, days in need.items():
                    left[offer] += days
        return best

    return serve(tuple(problem.demands))


@given(problems())
@settings(max_examples=300)
def test_a_portfolio_is_worth_what_the_best_of_all_plans_is(problem):
    plan = portfolio(problem, time_limit=30)
    assert not broken_rules(problem, plan.missions)
    assert abs(plan.objective - best_plan(problem)) < 1e-6
    assert plan.status == ("optimal" if plan.missions else "none")
    assert plan.bound >= plan.objective - 1e-9 and plan.gap < 1e-6
    assert {mission.demand for mission in plan.missions} | set(plan.unserved) == set(problem.demand_of)


@given(problems(demands=1))
@settings(max_examples=300)
def test_a_mission_is_the_best_of_all_teams_and_the_next_ones_follow(problem):
    [demand] = problem.demands
    choice = mission(
        problem.offers,
        demand,
        problem.fits,
        max_countries=problem.max_countries,
        coordination=problem.coordination,
    )
    left = {offer.id: offer.capacity_days for offer in problem.offers}
    values = sorted(
        (
            value
            for need, value in teams(problem, demand)
            if value > 0 and all(days <= left[o] for o, days in need.items())
        ),
        reverse=True,
    )
    found = [*choice.plan.missions, *choice.alternatives]
    assert [round(one.value, 9) for one in found] == [round(value, 9) for value in values[:5]]
    assert all(not broken_rules(problem, [one]) for one in found)
    if choice.alone is not None:
        assert len(choice.alone.countries) == 1 and not broken_rules(problem, [choice.alone])


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_the_input_never_matters(problem, random):
    mixed = [list(rows) for rows in (problem.offers, problem.demands, problem.fits)]
    for rows in mixed:
        random.shuffle(rows)
    again = Problem(*mixed, problem.max_countries, problem.coordination)
    assert portfolio(problem) == portfolio(again)


@given(problems(), st.data())
@settings(max_examples=100)
def test_another_offer_never_lowers_the_best(problem, data):
    fewer = data.draw(st.sampled_from(problem.offers))
    offers = [offer for offer in problem.offers if offer is not fewer]
    fits = [fit for fit in problem.fits if fit.offer != fewer.id]
    less = Problem(offers, problem.demands, fits, problem.max_countries, problem.coordination)
    assert portfolio(less).objective <= portfolio(problem).objective + 1e-9


@given(problems())
@settings(max_examples=100)
def test_the_plain_way_keeps_the_rules_and_is_never_better(problem):
    table = Table(problem)
    served = [table.mission(team) for team in greedy(table)]
    assert not broken_rules(problem, served)
    assert sum(one.value for one in served) <= best_plan(problem) + 1e-9
