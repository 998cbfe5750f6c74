"""Comparative advantage against exact fractions, and by what must not matter."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.advantage import advantages, balances

COUNTRIES, CELLS = ("BRA", "CHL", "COL"), ("Q1", "Q2", "Q3")
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(CELLS)), st.none() | st.integers(0, 9), max_size=9
)


@given(TABLES)
def test_the_index_is_one_share_over_the_other(table):
    told = {key: count for key, count in table.items() if count is not None}
    found = advantages(table)
    assert set(found) == {(country, cell) for country, _ in table for _, cell in table}
    for (country, cell), one in found.items():
        row = sum(count for (there, _), count in told.items() if there == country)
        column = sum(count for (_, there), count in told.items() if there == cell)
        if (country, cell) not in told:
            assert (one.index, one.reason) == (None, "not-told")
        elif not row:
            assert (one.index, one.reason) == (None, "country-offers-nothing")
        elif not column:
            assert (one.index, one.reason) == (None, "nobody-offers")
        else:
            exact = Fraction(told[country, cell] * sum(told.values()), row * column)
            assert one.index == pytest.approx(float(exact)) and one.reason is None
            assert one.symmetric == pytest.approx(float((exact - 1) / (exact + 1)))
            assert -1 <= one.symmetric < 1 and (one.symmetric == -1) == (told[country, cell] == 0)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3))
def test_a_country_is_at_its_share_of_the_network_on_average(rows):
    """Weighed by the network's shares the indices of a country that tells everything add up to 1."""
    table = {
        (COUNTRIES[place], cell): count
        for place, row in enumerate(rows)
        for cell, count in zip(CELLS, row, strict=True)
    }
    found = advantages(table)
    for country, row in zip(COUNTRIES, rows, strict=False):
        if any(row):
            told = [found[country, cell] for cell in CELLS if found[country, cell].index is not None]
            assert sum(one.index * one.network_share for one in told) == pytest.approx(1)


@given(TABLES, st.integers(2, 9))
def test_scale_and_order_do_not_matter(table, times):
    larger = {key: None if count is None else count * times for key, count in reversed(table.items())}
    found, again = advantages(table), advantages(larger)
    assert found.keys() == again.keys()
    assert all(found[key].reason == again[key].reason for key in found)
    assert all(again[key].index == pytest.approx(found[key].index) for key in found)


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(*[st.none() | st.integers(0, 4)] * 2)))
def test_balances_say_what_lacks_and_come_in_its_order(table):
    found = balances(table)
    assert {one.cell: (one.supply, one.demand) for one in found} == table
    differences = [one.difference for one in found if one.difference is not None]
    assert differences == sorted(differences)
    assert all(one.difference is None for one in found[len(differences) :])
    for one in found:
        words = {
            "not-told": one.supply is None or one.demand is None,
            "gap": None not in table[one.cell] and one.supply < one.demand,
            "surplus": None not in table[one.cell] and one.supply > one.demand,
            "even": None not in table[one.cell] and one.supply == one.demand > 0,
            "empty": table[one.cell] == (0, 0),
        }
        assert [word for word, holds in words.items() if holds] == [one.kind]


@pytest.mark.parametrize("count", [-1, float("nan"), float("inf")])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(ValueError, match="Counts are"):
        advantages({("BRA", "Q1"): count})
    with pytest.raises(ValueError, match="Counts are"):
        balances({"Q1": (count, 1)})
