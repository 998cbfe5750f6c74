"""Fair portfolios against every plan there is, on small problems."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.missions import fairness
from ayni.methods.missions.fairness import fair_portfolio
from ayni.methods.missions.portfolio import portfolio
from ayni.methods.missions.problem import Problem, broken_rules
from ayni.methods.missions.spread import Goal, Spread
from ayni.methods.missions.teams import Table
from tests.property.test_missions import problems, teams

PRICES = st.sampled_from((0.0, 0.02, 0.2, 0.5, 1.0))


def every_plan(problem: Problem) -> list[tuple[float, dict[str, float]]]:
    """(value, {country: days}) of every plan; a mission is only part of one where it is worth more than nothing."""
    left = {offer.id: offer.capacity_days for offer in problem.offers}
    found: list[tuple[float, dict[str, float]]] = []

    def serve(place: int, value: float, days: dict[str, float]) -> None:
        if place == len(problem.demands):
            found.append((value, dict(days)))
            return
        serve(place + 1, value, days)
        for need, worth in teams(problem, problem.demands[place]):
            if worth > 0 and all(taken <= left[offer] for offer, taken in need.items()):
                among = dict(days)
                for offer, taken in need.items():
                    left[offer] -= taken
                    country = problem.offer_of[offer].country
                    among[country] = among.get(country, 0.0) + taken
                serve(place + 1, value + worth, among)
                for offer, taken in need.items():
                    left[offer] += taken

    serve(0, 0.0, {})
    return found


def fairest(problem: Problem, price: float) -> tuple[int, float, float]:
    """(countries that serve, days of the one that gives most, value) of the fairest plan within the price."""
    plans = every_plan(problem)
    best = max(value for value, _days in plans)
    within = [(value, days) for value, days in plans if value >= (1 - price) * best - 1e-7]
    countries, load = min((-len(days), max(days.values(), default=0.0)) for _value, days in within)
    values = [
        value for value, days in within if (-len(days), max(days.values(), default=0.0)) <= (countries, load + 1e-9)
    ]
    return -countries, load, max(values)


@given(problems(), PRICES)
@settings(max_examples=150)
def test_no_plan_within_the_price_is_fairer(problem, price):
    found = fair_portfolio(problem, price=price, time_limit=60)
    assert not broken_rules(problem, found.plan.missions)
    countries, load, value = fairest(problem, price)
    assert (found.countries, found.load) == (countries, pytest.approx(load))
    assert found.plan.objective == pytest.approx(value)
    assert found.price <= price + 1e-7 and found.is_proved
    assert found.most_countries == countries and found.least_load == pytest.approx(load, abs=1e-5)


@given(problems(), PRICES)
@settings(max_examples=60)
def test_where_teams_are_added_as_they_are_wanted_the_bounds_still_hold(problem, price):
    """As for problems too large for all their teams; what is found may be less fair, what is said of it has to be true."""
    kept, fairness.ALL = fairness.ALL, 0
    try:
        found = fair_portfolio(problem, price=price, time_limit=60)
    finally:
        fairness.ALL = kept
    countries, load, _value = fairest(problem, price)
    assert not broken_rules(problem, found.plan.missions)
    assert found.price <= price + 1e-7
    assert found.countries <= countries <= found.most_countries
    if found.countries == countries:
        assert found.least_load - 1e-6 <= load <= found.load + 1e-6


@given(problems())
@settings(max_examples=40)
def test_a_mixture_bounds_the_value_of_every_plan(problem):
    """Lagrange's bound for each goal, from nothing but the best plan's teams."""
    best = portfolio(problem)
    if not best.missions:
        return
    table = Table(problem)
    standing = fairness._teams(table, best.missions)
    for name, most in (("countries", len(table.countries)), ("value", best.objective)):
        spread = Spread(table, Goal(name, 0.5 * best.objective), standing, complete=False, seed=0)
        _teams, bound = spread.solve(standing, until=1e12)
        assert bound >= (fairest(problem, 0.5)[0] if name == "countries" else most) - 1e-6


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_input_never_matters(problem, random):
    mixed = [list(rows) for rows in (problem.offers, problem.demands, problem.fits)]
    for rows in mixed:
        random.shuffle(rows)
    again = Problem(*mixed, problem.max_countries, problem.coordination)
    assert fair_portfolio(problem, price=0.2) == fair_portfolio(again, price=0.2)


def test_a_price_is_a_share():
    with pytest.raises(ValueError, match="The price is"):
        fair_portfolio(Problem([], [], []), price=2.0)
    assert fair_portfolio(Problem([], [], [])).is_proved
