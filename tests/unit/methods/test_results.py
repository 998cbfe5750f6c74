"""Values, progress and roll-ups: what is refused, and the edges."""

from datetime import date
from decimal import Decimal

import pytest

from ayni.methods.results.progress import Progress, Why, progress
from ayni.methods.results.tree import Node, Span, Way, closes_ring, misfit, roll_up
from ayni.methods.results.values import (
    Measure,
    Measured,
    NotApplicable,
    Percentage,
    Score,
    Tally,
    Units,
    beyond,
    over_periods,
    tally,
)

D = Decimal
UNIT, SCORE, PERCENTAGE = Measure.UNIT, Measure.SCORE, Measure.PERCENTAGE


def test_what_is_not_approved_does_not_count_and_what_does_not_apply_is_no_number():
    found = tally(UNIT, [Measured(Units(D(3))), Measured(Units(D(9)), approved=False), Measured(NotApplicable())])
    assert (found.value, found.count, found.not_applicable) == (3, 1, 1)
    none = tally(SCORE, [Measured(NotApplicable())])
    assert none.value is None and none.told and not Tally(SCORE).told


def test_percentages_add_numerators_and_denominators_and_scores_are_averaged():
    assert tally(PERCENTAGE, [Measured(Percentage(D(1), D(2))), Measured(Percentage(D(1), D(8)))]).value == 20
    assert tally(SCORE, [Measured(Score(D(2))), Measured(Score(D(5))), Measured(NotApplicable())]).value == D("3.5")


@pytest.mark.parametrize("value", [Percentage(D(1), D(2)), Score(D(1))])
def test_a_value_of_another_measure_is_refused(value):
    with pytest.raises(ValueError, match="is no unit"):
        tally(UNIT, [Measured(value)])


def test_tallies_of_two_measures_do_not_add():
    with pytest.raises(ValueError, match="do not add"):
        Tally(UNIT) + Tally(SCORE)


def test_over_periods():
    first, second, empty = Tally(UNIT, D(2), count=1), Tally(UNIT, D(5), count=1), Tally(UNIT, not_applicable=1)
    assert over_periods(UNIT, [first, second, empty], cumulative=False).value == 7
    assert over_periods(UNIT, [first, second, empty], cumulative=True) == second
    assert over_periods(UNIT, [empty], cumulative=True) == empty
    assert over_periods(SCORE, [Tally(SCORE, D(2), count=1), Tally(SCORE, D(9), count=3)], cumulative=False).value == 3
    pooled = [Tally(PERCENTAGE, D(1), D(2), 1), Tally(PERCENTAGE, D(1), D(8), 1)]
    assert over_periods(PERCENTAGE, pooled, cumulative=False).value == 20


@pytest.mark.parametrize(
    ("value", "baseline", "target", "ascending", "expect"),
    [
        (None, 0, 10, True, Progress(why=Why.NO_VALUE)),
        (5, 0, None, True, Progress(why=Why.NO_TARGET)),
        (5, 0, 10, True, Progress(D("0.5"), False)),
        (12, 0, 10, True, Progress(D("1.2"), True)),
        (-5, 0, 10, True, Progress(D("-0.5"), False)),
        (60, 100, 20, False, Progress(D("0.5"), False)),
        (20, 100, 20, False, Progress(D(1), True)),
        (5, None, 10, True, Progress(D("0.5"), False, from_zero=True)),
        (5, None, 0, True, Progress(None, True, Why.NO_BASELINE)),
        (5, None, 10, False, Progress(None, True, Why.NO_BASELINE)),
        (10, 10, 10, True, Progress(None, True, Why.HOLD)),
        (9, 10, 10, True, Progress(None, False, Why.HOLD)),
        (5, 10, 2, True, Progress(None, True, Why.AGAINST)),
        (5, 2, 10, False, Progress(None, True, Why.AGAINST)),
    ],
)
def test_progress(value, baseline, target, ascending, expect):
    given = [None if one is None else D(one) for one in (value, baseline, target)]
    assert progress(*given, ascending=ascending) == expect


def test_the_bar_is_clipped():
    assert [Progress(D(share)).bar for share in ("-0.5", "0.5", "1.2")] == [0, D("0.5"), 1]
    assert Progress().bar is None


def test_shares_beyond_the_whole():
    shares = [("sex", D(4)), ("sex", D(7)), ("age", D(10))]
    assert beyond(D(10), shares) == ["sex"]


def year(key: int, number: int) -> Span:
    return Span(key, date(number, 1, 1), date(number, 12, 31))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Way(SCORE, best=5), "measure"),
        (Way(UNIT, ascending=False), "direction"),
        (Way(UNIT, cumulative=True), "cumulation"),
        (Way(UNIT), None),
    ],
)
def test_what_fits(other, reason):
    assert misfit(other, Way(UNIT)) == reason
    if reason:
        with pytest.raises(ValueError, match=reason):
            roll_up([Node(1, Way(UNIT), None), Node(2, other, 1)], {})


def test_scores_of_two_scales_do_not_fit():
    assert misfit(Way(SCORE, best=5), Way(SCORE, best=10)) == "scale"


def test_a_ring_is_refused():
    with pytest.raises(ValueError, match="ring"):
        roll_up([Node(1, Way(UNIT), 2), Node(2, Way(UNIT), 1)], {})
    above: dict[int, int | None] = {2: 3, 3: None, 4: 5, 5: 4}
    assert closes_ring(above.get, 3, 2) and closes_ring(above.get, 1, 1) and not closes_ring(above.get, 1, 2)
    # Those above are a ring already: the walk ends.
    assert closes_ring(above.get, 1, 4)


def test_what_ends_in_no_period_of_the_parent_is_told_apart():
    nodes = [Node(1, Way(UNIT), None, (year(10, 2025),)), Node(2, Way(UNIT), 1, (year(20, 2024), year(21, 2025)))]
    found = roll_up(nodes, {20: Tally(UNIT, D(5), count=1), 21: Tally(UNIT, D(6), count=1)})[1]
    assert (found.total[10].value, found.told[10], found.outside) == (6, 1, 1)


def test_a_cumulative_source_that_is_late_keeps_what_it_had_reached():
    way = Way(UNIT, cumulative=True)
    periods = (year(10, 2024), year(11, 2025), year(12, 2026))
    nodes = [Node(1, way, None, periods)]
    nodes += [Node(key, way, 1, tuple(year(key * 10 + n, 2024 + n) for n in range(3))) for key in (2, 3)]
    approved = {
        20: Tally(UNIT, D(5), count=1),
        30: Tally(UNIT, D(7), count=1),
        21: Tally(UNIT, D(8), count=1),
        31: Tally(UNIT, not_applicable=1),
    }
    found = roll_up(nodes, approved)[1]
    assert [found.total[key].value for key in (10, 11, 12)] == [12, 15, None]
    assert [found.told[key] for key in (10, 11, 12)] == [2, 2, 0]
    assert found.total[11].not_applicable == 1
