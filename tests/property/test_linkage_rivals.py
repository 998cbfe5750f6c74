"""What other candidates take from a pair, what titles say alone, and which pairs few records make: against plain Python."""

from dataclasses import replace
from itertools import combinations
from json import dumps, loads
from math import exp, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from ayni.methods.linkage.blocking import all_pairs
from ayni.methods.linkage.features import behind, rivals
from ayni.methods.linkage.model import from_json
from ayni.methods.linkage.onetoone import taken
from ayni.methods.linkage.parallel import CONCEPTS, ENOUGH, Answers, answers, likelier
from ayni.methods.linkage.pipeline import compare
from ayni.methods.linkage.record import Record
from ayni.methods.linkage.table import table_of
from ayni.methods.linkage.untold import untold
from tests.property.test_linkage import RECORDS

ODDS = st.floats(-6, 6)
LOOKS = {
    name: from_json(dumps(told))
    for name, told in loads((Path(__file__).parents[2] / "data/linkage.json").read_text()).items()
}


def kept(pairs, odds):
    """The log-odds that are left of each pair; records of the two sides are numbered apart."""
    return np.array(odds) - taken(np.array(pairs).T.ravel(), np.array(odds))


def of_assignments(pairs, odds):
    """The log-odds of each pair among all one-to-one assignments, each as heavy as its pairs' odds multiplied: every one is written out."""
    heavy = {}
    for size in range(len(pairs) + 1):
        for some in combinations(range(len(pairs)), size):
            if len({pairs[n][0] for n in some}) == len({pairs[n][1] for n in some}) == size:
                heavy[some] = exp(sum(odds[n] for n in some))
    every = sum(heavy.values())
    chance = [sum(weight for some, weight in heavy.items() if n in some) / every for n in range(len(pairs))]
    return [log(one / (1 - one)) for one in chance]


@st.composite
def trees(draw):
    """Candidates without a ring: each new record is a candidate of one that is there; sides alternate."""
    sides, pairs = [0], []
    for number in range(1, draw(st.integers(2, 9))):
        parent = draw(st.integers(0, number - 1))
        sides.append(1 - sides[parent])
        pairs.append((parent, number) if sides[parent] == 0 else (number, parent))
    return pairs, draw(st.lists(ODDS, min_size=len(pairs), max_size=len(pairs)))


@settings(max_examples=60)
@given(given_=trees())
def test_without_rings_a_pair_keeps_what_all_one_to_one_assignments_leave_it(given_):
    pairs, odds = given_
    assert kept(pairs, odds) == pytest.approx(of_assignments(pairs, odds), abs=1e-5)


def of_a_chain(odds):
    """The log-odds of each pair of a chain, in which no two neighbours are both true: sums from both ends."""

    def sums(some):
        found = [(0.0, -np.inf)]
        for one in some:
            without, with_last = found[-1]
            found.append((np.logaddexp(without, with_last), without + one))
        return found

    left, right = sums(odds), sums(odds[::-1])[::-1]
    return [
        left[n][0] + one + right[n + 1][0] - np.logaddexp(*left[n]) - np.logaddexp(*right[n + 1])
        for n, one in enumerate(odds)
    ]


def chain(length):
    return [(n, n + 1) for n in range(length)]


@settings(max_examples=40)
@given(odds=st.lists(st.floats(-8, 16), min_size=1, max_size=60))
def test_the_far_end_of_a_chain_is_felt(odds):
    assert kept(chain(len(odds)), odds) == pytest.approx(of_a_chain(odds), abs=1e-3)


@pytest.mark.parametrize("odds", [2.0, 8.0, 16.0])
@pytest.mark.parametrize("length", [8, 40, 41, 150])
def test_a_chain_of_equals_is_exact_from_either_side(length, odds):
    found = kept(chain(length), [odds] * length)
    assert found == pytest.approx(of_a_chain([odds] * length), abs=1e-4)
    assert found == pytest.approx(found[::-1], abs=1e-9)
    assert found == pytest.approx(kept([pair[::-1] for pair in chain(length)], [odds] * length), abs=1e-9)


@pytest.mark.parametrize("odds", [2.0, 8.0, 16.0])
def test_of_two_ways_round_a_ring_of_equals_neither_is_preferred(odds):
    pairs = [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert kept(pairs, [odds] * 4) == pytest.approx(of_assignments(pairs, [odds] * 4), abs=0.15)


def in_order(records, order):
    """{the two keys: features} of the records in another order."""
    found = compare([records[place] for place in order], LOOKS["first_look"], LOOKS["close_look"])
    return {frozenset(found.keys(place)): row for place, row in enumerate(found.found)}


REPORTERS = st.lists(st.sampled_from(["", "A", "B", "C"]), min_size=9, max_size=9)


@settings(max_examples=60, deadline=None)
@given(records=RECORDS, reporters=REPORTERS, order=st.randoms())
def test_the_order_of_records_changes_nothing_that_is_found(records, reporters, order):
    records = [replace(one, reporter=reporter) for one, reporter in zip(records, reporters, strict=False)]
    expected = in_order(records, range(len(records)))
    found = in_order(records, order.sample(range(len(records)), len(records)))
    assert set(found) == set(expected)
    for pair, row in expected.items():
        assert found[pair] == pytest.approx(row, abs=1e-3, nan_ok=True)


@pytest.mark.parametrize("reporters", ["ABB", "BAB", "BBA", "BAA", "ABA"])
def test_two_candidates_of_one_record_take_from_one_another_wherever_they_stand(reporters):
    alone = min("AB", key=reporters.count)
    table = table_of([Record(key=str(n), reporter=one) for n, one in enumerate(reporters)])
    pairs = all_pairs(table)
    odds = np.full(2, 5.0)
    assert len(pairs) == 2 and reporters.count(alone) == 1
    assert rivals(table, pairs.one, pairs.other, odds) == pytest.approx(log(1 + exp(5)), abs=1e-3)
    assert behind(table, pairs.one, pairs.other, np.array([3.0, 1.0], dtype=np.float32)).tolist() == [-2, 2]


@settings(max_examples=60)
@given(odds=st.lists(ODDS, min_size=9, max_size=9))
def test_with_rings_the_best_of_three_by_three_is_nearly_what_assignments_say(odds):
    pairs = [(one, other) for one in range(3) for other in range(3, 6)]
    left = kept(pairs, odds)
    assert (left <= odds).all() and np.isfinite(left).all()
    expected = np.array(of_assignments(pairs, odds))
    sure = np.abs(expected) > 3
    assert (np.sign(left[sure]) == np.sign(expected[sure])).all()


def test_a_pair_alone_loses_nothing_and_neither_do_none():
    assert taken(np.array([4, 7]), np.array([2.0])) == pytest.approx(0)
    assert taken(np.array([], dtype=int), np.array([])).shape == (0,)


@settings(max_examples=40)
@given(records=RECORDS)
def test_of_few_records_all_of_two_reporters_are_compared(records):
    found = all_pairs(table_of(records))
    expected = [
        (one, other)
        for one, other in combinations(range(len(records)), 2)
        if records[one].reporter != records[other].reporter or not records[one].reporter
    ]
    assert list(zip(found.one.tolist(), found.other.tolist(), strict=True)) == expected


TITLES = st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=5, max_size=5), min_size=2, max_size=5)
KNOWN = Answers(np.array([0, 2, 3]), np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], dtype=np.float32), np.ones(2))


def alone(mine, theirs, like):
    """The share of a title that the other does not answer, word by word."""
    missed = sum(w * (1 - max(like(a, b) for b, v in enumerate(theirs) if v)) for a, w in enumerate(mine) if w)
    return missed / sum(mine)


@given(rows=TITLES, taught=st.booleans())
def test_what_two_titles_say_alone_is_what_no_word_of_the_other_answers(rows, taught):
    titles = sparse.csr_matrix(np.array(rows, dtype=np.float32))
    pairs = list(combinations(range(len(rows)), 2))
    axes = dict(zip(KNOWN.seen.tolist(), KNOWN.axes.tolist(), strict=True)) if taught else {}

    def like(one, other):
        if one == other:
            return 1.0
        return max(0.0, float(np.dot(axes[one], axes[other]))) if one in axes and other in axes else 0.0

    least, most = untold(KNOWN if taught else None, titles, *np.array(pairs).T)
    for (one, other), low, high in zip(pairs, least, most, strict=True):
        if not sum(rows[one]) or not sum(rows[other]):
            assert np.isnan(low) and np.isnan(high)
            continue
        both = sorted((alone(rows[one], rows[other], like), alone(rows[other], rows[one], like)))
        assert (low, high) == pytest.approx(both, abs=1e-5)


def test_translations_are_learned_from_sure_pairs_and_speak_for_those_that_answer_to_one_another():
    draw = np.random.default_rng(0)
    told = draw.random((2 * ENOUGH, 8)) < 0.3
    told[:, 0] = True
    nothing = np.zeros_like(told)
    texts = sparse.csr_matrix(np.vstack([np.hstack([told, nothing]), np.hstack([nothing, told])]).astype(np.float32))
    one, other = np.arange(2 * ENOUGH), 2 * ENOUGH + np.arange(2 * ENOUGH)
    known = answers(texts, one[:ENOUGH], other[:ENOUGH])
    assert known is not None and answers(texts, one[: ENOUGH - 1], other[: ENOUGH - 1]) is None
    same, shifted = likelier(known, texts, one, other), likelier(known, texts, one, np.roll(other, 1))
    assert same[ENOUGH:].mean() > 0 > shifted.mean()
    assert np.isnan(likelier(None, texts, one, other)).all()


def test_nothing_is_learned_where_no_word_that_is_read_answers():
    # One side's words are each met once, the other's twice, and fill what is read.
    number = np.arange(2 * CONCEPTS)
    mine = sparse.csr_matrix((np.ones(len(number), dtype=np.float32), (number, number // 2)))
    theirs = sparse.identity(len(number), dtype=np.float32, format="csr")
    texts = sparse.block_diag([mine, theirs], format="csr")
    assert answers(texts, number, number + len(number)) is None
