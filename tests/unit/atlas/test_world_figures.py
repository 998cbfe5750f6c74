"""Figures of flows: axes of round steps, names that do not stand upon one another."""

import pytest
from django.utils.translation import override

from ayni.atlas.figures.world.amounts import Unit
from ayni.atlas.figures.world.bars import cut
from ayni.atlas.figures.world.line import round_steps
from ayni.atlas.figures.world.sankey import LEAST, _lines_of


@pytest.mark.parametrize(
    ("low", "top", "divisor", "steps"),
    [
        (0, 5.9, 1, [0, 2, 4, 6]),
        (0, 7.6e6, 1e6, [0, 2e6, 4e6, 6e6, 8e6]),
        (0, 1, 1, [0, 0.25, 0.5, 0.75, 1]),
        (-30, 100, 1, [-50, 0, 50, 100]),
    ],
)
def test_axes_have_round_steps(low, top, divisor, steps):
    assert round_steps(low, top, divisor) == pytest.approx(steps)


@pytest.mark.parametrize(("low", "top"), [(0, 0), (0, 1e-12), (-5, 0), (0, 1e15)])
def test_an_axis_holds_what_it_is_of(low, top):
    steps = round_steps(low, top)
    assert len(steps) > 1 and steps[0] <= low and steps[-1] >= top and 0 in steps


def test_names_keep_their_distance():
    places = list(_lines_of({"a": (0.0, 100.0), "b": (110.0, 1.0), "c": (112.0, 1.0), "d": (300.0, 10.0)}).values())
    assert all(below - above >= LEAST for above, below in zip(places, places[1:], strict=False))


@pytest.mark.parametrize(
    ("records", "said"), [([1 / 3] * 3 + [0.7, 0.2, 0.1], "2"), ([0.5], "0.50"), ([1.5], "1.5"), ([1200.0], "1,200")]
)
def test_records_shared_by_several_are_whole_again_together(records, said):
    with override("en"):
        assert Unit(1, "records").of(sum(records)) == said


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Perú", "Perú"),
        ("International Development Association [IDA]", "IDA"),
        ("Asian Infrastructure Bank [much too long an acronym]", "Asian Infra…"),
        ("Council of Europe", "Council of…"),
    ],
)
def test_a_long_name_is_told_by_its_acronym_or_its_beginning(name, shown):
    assert cut(name, 12) == shown
