"""The geometry of drawings of our own: bands of the flows, steps of the shades, lines of text."""

from hypothesis import given
from hypothesis import strategies as st

from ayni.atlas.figures.flows import layout
from ayni.atlas.figures.steps import steps_for
from ayni.atlas.figures.text import lines

COUNTS = st.dictionaries(
    st.sampled_from("ABCD"), st.fixed_dictionaries({region: st.integers(0, 30) for region in "xyz"}), min_size=1
)


@given(COUNTS)
def test_bands_fill_their_nodes_exactly(counts):
    laid = layout(counts, list("xyz"), unit=2, gap=10)
    for source, (_top, height) in laid.sources.items():
        assert height == 2 * sum(band.count for band in laid.bands if band.source == source)
    for target, (top, height) in laid.targets.items():
        ends = sorted((band.y1, band.count) for band in laid.bands if band.target == target)
        assert height == 2 * sum(count for _y, count in ends)
        for y, count in ends:
            assert abs(y - top) < 1e-6
            top += 2 * count
    assert all(band.count for band in laid.bands)


@given(st.lists(st.integers(0, 400)))
def test_a_greater_count_is_never_lighter_and_none_is_none(counts):
    steps = steps_for(counts)
    assert steps.of(0) == 0
    shades = [steps.of(count) for count in sorted(counts)]
    assert shades == sorted(shades) and all(0 <= shade <= 5 for shade in shades)
    assert all(steps.of(count) for count in counts if count)


def test_the_ranges_of_a_legend_join_without_a_gap():
    ranges = steps_for([1, 7, 23]).ranges()
    assert ranges[0][1] == 1 and ranges[-1][2] == 23
    assert all(before[2] + 1 == after[1] for before, after in zip(ranges, ranges[1:], strict=False))


def test_a_text_is_wrapped_between_words():
    assert lines("one two three", 8) == ["one two", "three"]
    assert lines("", 8) == [""]
