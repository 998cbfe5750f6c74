"""Undominated teams against every team there is: none that is left out is missed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.missions.master import choose, over
from ayni.methods.missions.patterns import undominated
from ayni.methods.missions.problem import Demand, Fit, Offer, Problem
from ayni.methods.missions.teams import Table
from tests.property.test_missions import best_plan, problems, teams


@given(problems(), st.data())
@settings(max_examples=200)
def test_each_team_has_one_as_good_that_takes_the_same_of_scarce_offers(problem, data):
    table = Table(problem)
    scarce = data.draw(st.sets(st.sampled_from(range(len(table.offers)))))
    of_day = np.array(
        [data.draw(st.integers(0, 3)) / 50 if offer in scarce else 0.0 for offer in range(len(table.offers))]
    )
    named = {offer.id: place for place, offer in enumerate(table.offers)}
    reach = np.zeros(len(table.demands))
    found, complete = undominated(table, reach, of_day, scarce, 99.0, most=10_000, until=float("inf"))
    assert complete

    def taken(need):
        return {offer: days for offer, days in need.items() if named[offer] in scarce}

    kept = {
        (
            table.demands[team.demand].id,
            frozenset(
                taken(
                    {
                        table.offers[offer].id: sum(
                            table.days[entry] for entry in team.entries if table.offer[entry] == offer
                        )
                        for offer in {int(table.offer[entry]) for entry in team.entries}
                    }
                ).items()
            ),
        ): team.value
        for team in sorted(found, key=lambda team: team.value)
    }
    for demand in problem.demands:
        for need, value in teams(problem, demand):
            # The oracle leaves aside that a part alone may want more than an offer has; the method does not.
            fits = all(days <= problem.offer_of[offer].capacity_days for offer, days in need.items())
            if value > 0 and fits:
                assert kept[demand.id, frozenset(taken(need).items())] >= value - 1e-9


@given(problems())
@settings(max_examples=100)
def test_without_limits_the_choice_is_worth_at_least_the_best_plan_and_says_what_it_takes_too_much_of(problem):
    table = Table(problem)
    none = np.zeros(len(table.offers))
    found, _complete = undominated(table, np.zeros(len(table.demands)), none, set(), 99.0, most=10_000, until=9e15)
    chosen, bound = choose(table, found, until=9e15, gap=1e-9, seed=0, limited=set())
    assert sum(team.value for team in chosen) == pytest.approx(bound)
    assert bound >= best_plan(problem) - 1e-9
    if not over(table, chosen):
        assert bound == pytest.approx(best_plan(problem))


def test_what_is_not_complete_says_so():
    anything = frozenset({"es"})
    offers = [Offer(name, name, frozenset({"Q1"}), anything, 9) for name in ("BRA", "CHL")]
    fits = [Fit("d", name, "Q1", 0.5) for name in ("BRA", "CHL")]
    table = Table(Problem(offers, [Demand("d", "PRY", anything, {"Q1": 5})], fits))
    every = (table, np.zeros(1), np.zeros(2), {0, 1}, 99.0)
    assert undominated(*every, most=9, until=float("inf"))[1]
    assert not undominated(*every, most=1, until=float("inf"))[1]
    assert not undominated(*every, most=9, until=0.0)[1]
