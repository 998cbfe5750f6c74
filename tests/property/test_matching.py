"""Scores of matches: where they may lie, what narrows them, and what must not matter."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.matching.criteria import Offers
from ayni.methods.matching.profiles import CRITERIA, FEATURES, WEIGHTS, Demand, Offer
from ayni.methods.matching.ranking import Match, Ranking, rank

COUNTRIES = ("BRA", "CHL", "COL")
MONTHS = ("2026-01", "2026-02")


def some(values: tuple[str, ...]):
    return st.none() | st.frozensets(st.sampled_from(values))


CONTEXTS = st.dictionaries(st.sampled_from(FEATURES), st.sampled_from(("a", "b")))
LEVELS = st.none() | st.floats(0, 3)
MONEY = st.none() | st.floats(0, 1000)


@st.composite
def offers(draw, number: int) -> Offer:
    return Offer(
        f"o{number}",
        draw(st.sampled_from(COUNTRIES)),
        draw(some(("t1", "t2", "t3"))),
        draw(some(("Q1", "Q2"))),
        draw(some(("m1", "m2"))),
        draw(some(("es", "pt"))),
        draw(LEVELS),
        draw(CONTEXTS),
        draw(st.none() | st.dictionaries(st.sampled_from(MONTHS), st.floats(0, 30))),
        draw(MONEY),
        draw(st.integers(0, 3)),
        draw(st.booleans()),
    )


@st.composite
def demands(draw) -> Demand:
    return Demand(
        "d",
        draw(st.sampled_from(COUNTRIES)),
        draw(some(("t1", "t2", "t3"))),
        draw(some(("Q1", "Q2"))),
        draw(some(("m1", "m2"))),
        draw(some(("es", "pt"))),
        draw(st.booleans()),
        draw(LEVELS),
        draw(CONTEXTS),
        draw(st.none() | st.frozensets(st.sampled_from(MONTHS))),
        draw(st.none() | st.floats(0, 40)),
        draw(MONEY),
        draw(some(COUNTRIES)),
        draw(st.frozensets(st.sampled_from(COUNTRIES), max_size=1)),
        wording=draw(st.dictionaries(st.sampled_from(("o0", "o1", "o2")), st.floats(0, 1))),
    )


@st.composite
def exchanges(draw) -> tuple[list[Offer], Demand]:
    return [draw(offers(number)) for number in range(draw(st.integers(1, 5)))], draw(demands())


def ranked(rows: list[Offer], demand: Demand, **options) -> Ranking:
    return rank(Offers(rows), demand, **options)


def of(found: Ranking, offer: str) -> Match | None:
    return next((match for match in found.matches if match.offer == offer), None)


@given(exchanges())
def test_scores_lie_between_0_and_100_and_are_the_sum_of_their_criteria(exchange):
    found = ranked(*exchange)
    for match in found.matches:
        assert 0 <= match.least <= match.most <= 100
        assert [one.name for one in match.criteria] == list(CRITERIA)
        assert all(0 <= one.least <= one.most <= 1 for one in match.criteria)
        assert abs(match.least - sum(one.weight * one.least for one in match.criteria)) < 1e-6
        assert set(match.to_ask) == {one.name for one in match.criteria if one.most - one.least >= 1e-9}
    shut = len(exchange[0]) - len(found.matches)
    assert (shut == 0) == (not found.outside) and sum(found.outside.values()) >= shut


@given(exchanges(), st.data())
def test_intervals_shrink_as_data_arrive(exchange, data):
    rows, demand = exchange
    told = {
        "topics": frozenset({"t1"}),
        "quadrants": frozenset({"Q1"}),
        "modalities": frozenset({"m1"}),
        "languages": frozenset({"es"}),
    }
    name = data.draw(st.sampled_from([*told, "evidence", "cost", "context"]))
    first = rows[0]
    if name == "context":
        known = replace(first, context={**dict.fromkeys(FEATURES, "a"), **first.context})
    else:
        value = {**told, "evidence": 1.0, "cost": 100.0}[name]
        known = first if getattr(first, name) is not None else replace(first, **{name: value})
    before, after = of(ranked(rows, demand, most=9), first.id), of(ranked([known, *rows[1:]], demand, most=9), first.id)
    if before is not None and after is not None:
        assert before.least - 1e-9 <= after.least and after.most <= before.most + 1e-9


@given(exchanges(), offers(9))
def test_another_offer_never_lowers_the_best_score(exchange, another):
    rows, demand = exchange

    def best(found):
        return max(((match.least + match.most) / 2 for match in found.matches), default=0.0)

    assert best(ranked([*rows, another], demand, most=9)) >= best(ranked(rows, demand, most=9)) - 1e-9


@given(exchanges(), st.randoms(use_true_random=False))
def test_the_order_of_the_offers_never_matters(exchange, random):
    rows, demand = exchange
    mixed = list(rows)
    random.shuffle(mixed)
    assert ranked(rows, demand) == ranked(mixed, demand)


@given(offers(1), demands(), st.integers(0, 3), st.integers(0, 3))
def test_among_equals_the_provider_that_was_used_less_comes_first(offer, demand, one, other):
    twins = [replace(offer, id="a", used=one), replace(offer, id="b", used=other)]
    found = [match.offer for match in ranked(twins, demand).matches]
    assert found in ([], ["a", "b"] if one <= other else ["b", "a"])


@given(exchanges(), st.floats(0.1, 10))
def test_only_the_proportions_of_weights_count(exchange, times):
    rows, demand = exchange
    weights = {name: weight * times for name, weight in WEIGHTS.items()}
    plain, scaled = ranked(rows, demand), ranked(rows, demand, weights=weights)
    assert [match.offer for match in plain.matches] == [match.offer for match in scaled.matches]


@given(exchanges())
def test_wording_counts_half_at_most_and_only_where_the_topics_say_less(exchange):
    rows, demand = exchange
    worded, plain = ranked(rows, demand, most=9), ranked(rows, replace(demand, wording={}), most=9)
    assert worded.outside == plain.outside
    for match in worded.matches:
        [one] = [one for one in match.criteria if one.name == "topic"]
        [bare] = [one for one in of(plain, match.offer).criteria if one.name == "topic"]
        alike = demand.wording.get(match.offer, 0.0) / 2
        assert (one.least, one.most) == (max(bare.least, alike), max(bare.most, alike))
        assert one.worded == (alike > bare.least)
        assert [other for other in match.criteria if other.name != "topic"] == [
            other for other in of(plain, match.offer).criteria if other.name != "topic"
        ]


@given(exchanges(), st.floats(0, 1))
def test_a_text_that_is_more_alike_never_lowers_a_score(exchange, alike):
    rows, demand = exchange
    more = {**demand.wording, "o0": max(alike, demand.wording.get("o0", 0.0))}
    before, after = (of(ranked(rows, one, most=9), "o0") for one in (demand, replace(demand, wording=more)))
    if before and after:
        assert after.least >= before.least - 1e-9 and after.most >= before.most - 1e-9
