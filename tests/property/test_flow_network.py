"""The network of flows against NetworkX, which measures in another way."""

import networkx as nx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ayni.methods import flow_network as measured
from ayni.methods.flow_network import flow_network

pairs = st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGH"))
flows = st.dictionaries(pairs, st.integers(1, 20).map(float), min_size=1, max_size=30)


@given(flows)
def test_measures_are_those_of_networkx(weights):
    assume(any(one != other for one, other in weights))
    found = flow_network(weights)
    graph = nx.DiGraph()
    graph.add_nodes_from(node.code for node in found.nodes)
    graph.add_weighted_edges_from((one, other, value) for (one, other), value in weights.items() if one != other)
    ranks = nx.pagerank(graph, tol=1e-12, max_iter=500)
    between = nx.betweenness_centrality(graph.to_undirected())
    for node in found.nodes:
        assert node.rank == pytest.approx(ranks[node.code], abs=1e-6)
        assert node.betweenness == pytest.approx(between[node.code])
        assert node.offered == graph.out_degree(node.code, weight="weight")
        assert node.received == graph.in_degree(node.code, weight="weight")
        assert node.partners == graph.to_undirected().degree(node.code)
    assert found.density == pytest.approx(nx.density(graph))
    both = nx.Graph()
    both.add_nodes_from(graph)
    for one, other, value in graph.edges(data="weight"):
        both.add_edge(one, other, weight=value + (both[one][other]["weight"] if both.has_edge(one, other) else 0))
    groups: dict[int, set[str]] = {}
    for node in found.nodes:
        groups.setdefault(node.community, set()).add(node.code)
    assert found.communities == len(groups) and sorted(groups) == list(range(len(groups)))
    assert found.modularity == pytest.approx(nx.community.modularity(both, groups.values()))
    assert found.modularity >= nx.community.modularity(both, [{code} for code in both]) - 1e-9


def test_groups_that_were_planted_are_found():
    graph = nx.planted_partition_graph(6, 20, 0.5, 0.01, seed=3)
    found = flow_network({(f"{one:03}", f"{other:03}"): 1.0 for one, other in graph.edges})
    groups = {(int(node.code) // 20, node.community) for node in found.nodes}
    assert found.communities == 6 and len(groups) == 6 and not found.sampled


def test_a_large_network_is_sampled_near_to_the_whole(monkeypatch):
    graph = nx.barabasi_albert_graph(400, 3, seed=5)
    weights = {(f"{one:03}", f"{other:03}"): 1.0 for one, other in graph.edges}
    whole = {node.code: node.betweenness for node in flow_network(weights).nodes}
    monkeypatch.setattr(measured, "EXACT", 100)
    sampled = flow_network(weights)
    assert sampled.sampled
    best = max(whole, key=lambda code: whole[code])
    told = {node.code: node.betweenness for node in sampled.nodes}
    assert told[best] == pytest.approx(whole[best], rel=0.4)


def test_a_network_without_ties():
    found = flow_network({("A", "A"): 1.0})
    assert found.ties == 0 and found.modularity is None and found.nodes[0].rank == 1
    assert flow_network({}).nodes == ()


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_what_does_not_flow_is_refused(value):
    with pytest.raises(ValueError, match="above zero"):
        flow_network({("A", "B"): value})
