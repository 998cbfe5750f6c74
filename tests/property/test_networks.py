"""The network of declarations and the comparison of two, against brute force and NetworkX."""

import math

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.comparison import compare
from ayni.methods.networks import TOO_FEW_REPORTERS, Estimate, network
from tests.property.strategies import COUNTRIES, REPORTERS, pairs

sets = st.sets(st.sampled_from(COUNTRIES))


@given(sets, sets)
def test_a_comparison_divides_all_into_three(left, right):
    found = compare(sorted(left), sorted(right))
    for country in COUNTRIES:
        assert (country in found.shared) == (country in left and country in right)
        assert (country in found.only_left) == (country in left and country not in right)
        assert (country in found.only_right) == (country in right and country not in left)
    everyone = [country for country in COUNTRIES if country in left or country in right]
    expected = sum(country in left and country in right for country in everyone) / len(everyone) if everyone else None
    assert found.jaccard == expected
    assert compare(right, left).jaccard == found.jaccard


@given(pairs)
def test_ties_and_neighbours(declared):
    found = network(declared, REPORTERS)
    graph = networkx.Graph()
    graph.add_nodes_from(REPORTERS)
    graph.add_edges_from(declared)
    assert set(found.nodes) == set(graph.nodes)
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in graph.edges}
    assert found.degree == dict(graph.degree)
    for node in found.nodes:
        assert found.mentions.get(node, 0) == sum(other == node for _one, other in declared)


@given(pairs)
def test_density_is_that_of_the_reporters_whose_word_is_returned(declared):
    mutual = networkx.DiGraph(list(declared)).subgraph(REPORTERS).to_undirected(reciprocal=True)
    expected = mutual.number_of_edges() / math.comb(len(REPORTERS), 2)
    assert network(declared, REPORTERS).density == pytest.approx(expected)


@given(pairs, st.sets(st.sampled_from(REPORTERS), max_size=2))
def test_two_reporters_are_too_few(declared, reporters):
    found = network([pair for pair in declared if pair[0] in reporters], reporters)
    assert found.density is None
    assert found.estimable["density"] == Estimate(None, TOO_FEW_REPORTERS)


@given(pairs)
def test_the_drawing_is_the_same_each_time_with_every_node_in_a_place_of_its_own(declared):
    found = network(declared, REPORTERS)
    assert found.layout == network(sorted(declared, reverse=True), REPORTERS).layout
    assert set(found.layout) == set(found.nodes)
    assert all(-1 <= number <= 1 for place in found.layout.values() for number in place)
    assert len(set(found.layout.values())) == len(found.nodes)


def test_a_declaration_of_nobody_who_reported_is_refused():
    with pytest.raises(ValueError, match="not among the reporters"):
        network([("A0", "B0")], ["B0"])


@pytest.mark.parametrize(("value", "reason"), [(None, None), (1.0, "why")])
def test_an_estimate_is_a_value_or_a_reason(value, reason):
    with pytest.raises(ValueError, match="either a value or a reason"):
        Estimate(value, reason)
