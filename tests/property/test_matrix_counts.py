"""The cells of the matrix against a count that asks each item about each cell."""

from hypothesis import given
from hypothesis import strategies as st

from ayni.exchange.queries.matrix_counts import BY, WITHOUT, Item, count

CODES = {"topic": "abc", "modality": "xyz", "quadrant": ["Q1", "Q2", "T"], "country": ["BRA", "CHL"]}
some = {name: st.frozensets(st.sampled_from(list(codes))) for name, codes in CODES.items()}
items = st.lists(
    st.builds(
        Item,
        pk=st.integers(),
        country=st.sampled_from(["", *CODES["country"]]),
        topics=some["topic"],
        modalities=some["modality"],
        quadrants=some["quadrant"],
    ),
    max_size=12,
)


@given(items, items, st.lists(st.sampled_from(BY), min_size=1, max_size=2, unique=True))
def test_each_cell_counts_the_items_that_fit_it(offers, demands, by):
    counts = count(offers, demands, *by)
    places = [()]
    for name in by:
        places = [(*place, code) for place in places for code in (*CODES[name], WITHOUT)]
    for place in places:
        asked = dict(zip(by, place, strict=True))
        cell = counts.of(*place)
        assert cell.supply == sum(item.fits(asked) for item in offers)
        assert cell.demand == sum(item.fits(asked) for item in demands)


@given(items, items)
def test_every_item_stands_somewhere_and_the_widest_gap_comes_first(offers, demands):
    for by in BY:
        counts = count(offers, demands, by)
        assert sum(counts.supply.values()) >= len(offers)
    differences = [one.difference for one in count(offers, demands, "topic", "modality").balances()]
    assert differences == sorted(differences)
