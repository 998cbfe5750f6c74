"""Two sides: counts against a plain count, pairs that never share a record, differences that turn round with the sides."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.two_sides import Pair, Report, differences, pairs, tally, years

CODES = st.frozensets(st.sampled_from("abc"))
REPORTS = st.builds(
    Report,
    key=st.just(""),
    own=st.sampled_from(["", "X1", "X2", "Y1", "Y2"]),
    theirs=st.frozensets(st.sampled_from(["X1", "X2", "Y1", "Y2", "Z"])),
    starts=st.none() | st.dates(),
    ends=st.none() | st.dates(),
    status=st.sampled_from(["", "2", "4"]),
    amounts=st.dictionaries(st.sampled_from(["USD", "MXN"]), st.decimals(0, 100, places=2)),
    classes=st.fixed_dictionaries({"sector": CODES}),
)
SIDES = st.lists(REPORTS, max_size=6).map(
    lambda given: [replace(one, key=str(number)) for number, one in enumerate(given)]
)
CHANCES = st.dictionaries(
    st.tuples(st.sampled_from("012345"), st.sampled_from("012345")), st.floats(0, 1, allow_nan=False)
)


@given(SIDES, SIDES)
def test_counts_are_those_of_a_plain_count(one, other):
    for row in tally(one, other, "sector"):
        for number, side in ((row.one, one), (row.other, other)):
            assert number == sum(
                row.code in each.classes["sector"] if row.code else not each.classes["sector"] for each in side
            )
    assert sum(row.one for row in years(one, other)) == len(one)
    assert sum(row.other for row in years(one, other)) == len(other)


@given(SIDES, SIDES, CHANCES)
def test_each_record_is_in_one_pair_at_most(one, other, chances):
    found = pairs(one, other, chances)
    assert len({pair.one.key for pair in found}) == len({pair.other.key for pair in found}) == len(found)
    for pair in found:
        names = bool(pair.other.own) and pair.other.own in pair.one.theirs
        named = names or bool(pair.one.own) and pair.one.own in pair.other.theirs
        assert named if pair.named else chances[pair.one.key, pair.other.key] == pair.chance >= 0.5
    left = {(mine.key, theirs.key) for mine in one for theirs in other} - {
        (mine.key, theirs.key)
        for mine in one
        for theirs in other
        if any(mine is pair.one or theirs is pair.other for pair in found)
    }
    assert all(chances.get(keys, 0) < 0.5 for keys in left)


@given(REPORTS, REPORTS)
def test_differences_turn_round_with_the_sides(one, other):
    there = differences(Pair(one, other, True), ["sector"])
    back = differences(Pair(other, one, True), ["sector"])
    assert [(each.what, each.one, each.other) for each in there] == [(each.what, each.other, each.one) for each in back]
    assert differences(Pair(one, one, True), ["sector"]) == []
