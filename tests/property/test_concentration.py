"""Concentration and entropy, against definitions of another kind and by their bounds."""

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ayni.methods.concentration import entropy, hhi, normalised_entropy, normalised_hhi, shares
from tests.property.strategies import counts


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6).filter(any))
def test_hhi_is_the_chance_that_two_drawn_at_random_lie_in_one_place(numbers):
    where = [place for place, number in enumerate(numbers) for _each in range(number)]
    same = sum(one == other for one, other in product(where, where))
    assert hhi(numbers) == pytest.approx(same / len(where) ** 2)


@given(counts)
def test_hhi_lies_between_even_and_one_place(numbers):
    assert 1 / len(numbers) - 1e-12 <= hhi(numbers) <= 1 + 1e-12
    assert 0 <= normalised_hhi(numbers) <= 1 + 1e-12
    if len(numbers) > 1:
        exact = sum(Fraction(number, sum(numbers)) ** 2 for number in numbers)
        even = Fraction(1, len(numbers))
        assert normalised_hhi(numbers) == pytest.approx(float((exact - even) / (1 - even)), abs=1e-12)


@given(counts)
def test_entropy_lies_between_one_place_and_even(numbers):
    assert 0 <= entropy(numbers) <= math.log2(len(numbers)) + 1e-12
    assert 0 <= normalised_entropy(numbers) <= 1 + 1e-12


@given(counts, counts)
def test_entropy_of_a_whole_is_that_of_its_parts_weighed_and_of_the_division(left, right):
    """Shannon's own axiom: a choice broken in two successive choices."""
    parts = [sum(left), sum(right)]
    weighed = (parts[0] * entropy(left) + parts[1] * entropy(right)) / sum(parts)
    assert entropy([*left, *right]) == pytest.approx(entropy(parts) + weighed, abs=1e-9)


@given(counts, st.integers(2, 9), st.randoms(use_true_random=False))
def test_neither_scale_nor_order_matters(numbers, times, random):
    others = [number * times for number in numbers]
    random.shuffle(others)
    for measure in (hhi, entropy, normalised_hhi, normalised_entropy):
        assert measure(others) == pytest.approx(measure(numbers), abs=1e-12)


@given(counts)
def test_gathering_more_in_the_largest_place_raises_one_and_lowers_the_other(numbers):
    largest = numbers.index(max(numbers))
    other = next((place for place, number in enumerate(numbers) if number and place != largest), None)
    assume(other is not None)
    moved = list(numbers)
    moved[largest] += 1
    moved[other] -= 1
    assert hhi(moved) > hhi(numbers)
    assert entropy(moved) < entropy(numbers) + 1e-12


@pytest.mark.parametrize("numbers", [[], [0, 0], [1, -1], [math.nan], [math.inf, 1]])
def test_what_is_no_count_is_refused(numbers):
    with pytest.raises(ValueError, match="Counts are|Nothing was counted"):
        shares(numbers)


@given(st.integers(1, 100))
def test_one_place_alone_is_wholly_concentrated(number):
    assert (normalised_hhi([number]), normalised_entropy([number])) == (1.0, 0.0)
