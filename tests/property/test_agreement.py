"""Cohen's kappa against the formula over two lists of labels, written another way."""

from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.agreement import agreement


def kappa_of_lists(first: list[bool], second: list[bool]) -> float | None:
    """(po - pe) / (1 - pe) with pe as the sum over labels, from counts."""
    number = len(first)
    if not number:
        return None
    alike = sum(one is other for one, other in zip(first, second, strict=True)) / number
    chance = sum(first.count(label) * second.count(label) for label in (True, False)) / number**2
    return None if chance == 1 else (alike - chance) / (1 - chance)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_kappa_is_that_of_two_lists_of_labels(decisions):
    first = {number for number, (one, _) in enumerate(decisions) if one}
    second = {number for number, (_, other) in enumerate(decisions) if other}
    found = agreement(first, second, range(len(decisions)))
    wanted = kappa_of_lists([one for one, _ in decisions], [other for _, other in decisions])
    assert (found.kappa is None) == (wanted is None)
    if wanted is not None:
        assert abs(found.kappa - wanted) < 1e-9
    assert found.units == len(decisions)
