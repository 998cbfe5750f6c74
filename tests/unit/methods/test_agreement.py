import pytest

from ayni.methods.agreement import agreement

UNITS = list(range(50))


def test_the_worked_example():
    """Twenty both, five and ten alone, fifteen neither: kappa 0.4 (docs/methods/coding.md)."""
    found = agreement(UNITS[:25], UNITS[:20] + UNITS[25:35], UNITS)
    assert (found.both, found.only_first, found.only_second, found.neither) == (20, 5, 10, 15)
    assert found.observed == pytest.approx(0.7)
    assert found.expected == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("first", "second", "kappa"),
    [
        ([1, 2], [1, 2], 1.0),
        (UNITS[:25], UNITS[25:], -1.0),
        ([], [], None),  # both always said no: chance explains it all
        (UNITS, UNITS, None),
        ([1], [], 0.0),
    ],
)
def test_the_ends_of_the_scale(first, second, kappa):
    assert agreement(first, second, UNITS).kappa == (None if kappa is None else pytest.approx(kappa))


def test_nothing_decided_nothing_said():
    found = agreement([], [], [])
    assert (found.observed, found.expected, found.kappa) == (None, None, None)


def test_a_choice_that_was_not_to_be_made():
    with pytest.raises(ValueError, match="Not among the units"):
        agreement(["x"], [], UNITS)
