"""Linkage against plain Python: which pairs are compared, which records come together, that probabilities rise with scores."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.linkage.blocking import FAMILIES, candidates, rarest_concepts, traits_of
from ayni.methods.linkage.clusters import Link, clusters
from ayni.methods.linkage.features import FEATURES
from ayni.methods.linkage.learning import learn
from ayni.methods.linkage.model import WIDTH, Model, chances, from_json, steps
from ayni.methods.linkage.pipeline import compare
from ayni.methods.linkage.record import Record
from ayni.methods.linkage.table import table_of

WORDS = ["registro", "hogares", "escolar", "alimentacion", "salud", "registry", "fase", "ii", "2012", "320"]
TITLES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
GIVEN = st.fixed_dictionaries(
    {
        "reporter": st.sampled_from(["", "A", "B"]),
        "countries": st.frozensets(st.sampled_from(["MEX", "BRA", "CHL"]), max_size=3),
        "first": st.none() | st.integers(2008, 2012),
        "sectors": st.frozensets(st.sampled_from(["16010", "16040", "11240"]), max_size=2),
        "usd": st.none() | st.floats(1, 1e6),
        "title": TITLES.map(lambda text: {"es": text} if text else {}),
    }
)
RECORDS = st.lists(GIVEN, max_size=9).map(lambda rows: [Record(key=str(n), **row) for n, row in enumerate(rows)])
WEIGHTS = st.lists(st.floats(-5, 5), min_size=WIDTH, max_size=WIDTH).map(tuple)


def keys(record: Record, rarest: list[int]) -> set[tuple[str, ...]]:
    """By hand: every combination of the values of a family's traits."""
    traits, found = traits_of(record, rarest), set()
    for family in FAMILIES:
        rows: list[tuple[str, ...]] = [family]
        for trait in family:
            rows = [(*row, value) for row in rows for value in traits[trait]]
        found |= set(rows)
    return found


@settings(max_examples=40)
@given(records=RECORDS)
def test_no_pair_that_shares_a_key_is_lost_and_no_other_is_compared(records):
    table = table_of(records)
    rare = rarest_concepts(table)
    expected = {
        (one, other)
        for one, other in combinations(range(len(records)), 2)
        if (records[one].reporter != records[other].reporter or not records[one].reporter)
        and keys(records[one], rare[one]) & keys(records[other], rare[other])
    }
    found = candidates(table)
    assert list(zip(found.one.tolist(), found.other.tolist(), strict=True)) == sorted(expected)


@settings(max_examples=40)
@given(records=RECORDS)
def test_records_of_the_same_countries_in_neighbouring_years_are_always_compared(records):
    found = candidates(table_of(records))
    pairs = set(zip(found.one.tolist(), found.other.tolist(), strict=True))
    for (n, one), (m, other) in combinations(enumerate(records), 2):
        years = (one.first, other.first)
        near = None not in years and abs(years[0] - years[1]) <= 1
        if near and len(one.countries & other.countries) > 1 and {one.reporter, other.reporter} == {"A", "B"}:
            assert (n, m) in pairs


@settings(max_examples=25)
@given(records=RECORDS, weights=WEIGHTS)
def test_every_pair_is_looked_at_and_a_probability_given_whatever_the_records_lack(records, weights):
    compared = compare(records, Model(weights), Model(weights))
    assert compared.found.shape == (len(compared), len(FEATURES))
    chances = Model(weights).probabilities(compared.found)
    assert np.isfinite(chances).all() and ((chances >= 0) & (chances <= 1)).all()
    assert len(compared) <= compared.candidates


LINKS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from([0.1, 0.3, 0.5, 0.6, 0.8, 0.9])),
    max_size=14,
).map(
    lambda rows: list({frozenset(row[:2]): Link(*sorted(row[:2]), row[2]) for row in rows if row[0] != row[1]}.values())
)


def by_hand(links, reporters, apart) -> set[frozenset[str]]:
    """One set of sets, every pair across them asked each time."""
    known = {frozenset((one.one, one.other)): one.chance for one in links}
    groups = [{key} for key in "abcdef"]

    def fits(group: set[str]) -> bool:
        told = [reporters[key] for key in group if reporters[key]]
        across = [frozenset(pair) for pair in combinations(group, 2)]
        return len(told) == len(set(told)) and not any(known.get(p, 1) < 0.2 or p in apart for p in across)

    for link in sorted(links, key=lambda one: (-one.chance, one.one, one.other)):
        first = next(group for group in groups if link.one in group)
        second = next(group for group in groups if link.other in group)
        if link.chance >= 0.5 and first is not second and fits(first | second):
            groups = [group for group in groups if group not in (first, second)] + [first | second]
    return {frozenset(group) for group in groups if len(group) > 1}


@given(links=LINKS, told=st.lists(st.sampled_from(["", "x", "y", "z"]), min_size=6, max_size=6), order=st.randoms())
def test_clusters_are_those_found_by_hand_in_whatever_order(links, told, order):
    reporters = dict(zip("abcdef", told, strict=True))
    apart = [("a", "b")] if order.random() < 0.5 else []
    found = clusters(links, reporters, apart=apart)
    assert {frozenset(one.keys) for one in found} == by_hand(links, reporters, {frozenset(pair) for pair in apart})
    shuffled = order.sample(links, len(links))
    assert list(clusters(shuffled, reporters, apart=apart)) == list(found)
    for one in found:
        whose = [reporters[key] for key in one.keys if reporters[key]]
        assert len(whose) == len(set(whose)) and one.chance >= 0.5


@given(scores=st.lists(st.floats(-200, 200), min_size=1, max_size=12))
def test_a_probability_never_falls_where_the_score_rises(scores):
    found = chances(np.sort(np.array(scores)))
    assert (np.diff(found) >= 0).all() and ((found >= 0) & (found <= 1)).all()


FOUND = st.lists(
    st.lists(st.none() | st.floats(-5, 5), min_size=len(FEATURES), max_size=len(FEATURES)), min_size=1, max_size=5
).map(lambda rows: np.array([[np.nan if x is None else x for x in row] for row in rows], dtype=np.float32))


@given(found=FOUND, weights=WEIGHTS)
def test_a_score_is_the_sum_of_its_evidence_and_of_its_steps(found, weights):
    model = Model(weights)
    scores = model.scores(found)
    assert np.allclose(scores, steps(found) @ np.array(weights), atol=1e-3)
    assert np.allclose([sum(one.values()) + weights[0] for one in model.evidence(found)], scores, atol=1e-6)
    assert np.allclose(from_json(model.to_json()).scores(found), scores, atol=1e-2)


@settings(max_examples=25)
@given(found=FOUND, weights=WEIGHTS, same=st.booleans())
def test_decisions_move_a_model_their_way_and_none_leave_it_as_it_is(found, weights, same):
    model = Model(weights)
    assert learn(model, found[:0], np.zeros(0)) == model
    answers = np.full(len(found), float(same))
    after = learn(model, found, answers).scores(found).sum() - model.scores(found).sum()
    assert after >= -1e-2 if same else after <= 1e-2
