"""Sustainability against every way in which what is not known can turn out."""

from datetime import date, timedelta
from itertools import product
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.sustainability import months_after, replication, score, survival

ITEMS = ("norm", "budget", "staff", "owner", "government")
VALUES = st.one_of(st.none(), st.integers(0, 3))
CHECKS = st.dictionaries(st.sampled_from(ITEMS), VALUES, min_size=1)


def endings(scores):
    """Every whole check that the given one can turn out to be."""
    names = list(scores)
    choices = [range(4) if scores[name] is None else [scores[name]] for name in names]
    return [dict(zip(names, values, strict=True)) for values in product(*choices)]


@given(CHECKS)
def test_the_interval_is_that_of_every_ending(scores):
    found = score(scores)
    means = [mean(one.values()) for one in endings(scores)]
    assert found.least == pytest.approx(min(means)) and found.most == pytest.approx(max(means))
    known = [value for value in scores.values() if value is not None]
    assert found.mean == (pytest.approx(mean(known)) if known else None)
    assert (found.known, found.unknown) == (len(known), len(scores) - len(known))
    if found.mean is not None:
        assert found.least - 1e-9 <= found.mean <= found.most + 1e-9


@given(CHECKS, CHECKS)
def test_survival_is_that_of_every_ending(first, later):
    found = survival(first, later)
    stood = {name for name, value in first.items() if value in (2, 3)}
    whole = {name: later.get(name) for name in stood}
    assert set(found.stood) == stood == {*found.kept, *found.lost, *found.unknown}
    if not stood:
        assert found.least is None and found.most is None
        return
    shares = [sum(value in (2, 3) for value in one.values()) / len(stood) for one in endings(whole)]
    assert (found.least, found.most) == (pytest.approx(min(shares)), pytest.approx(max(shares)))


@given(CHECKS)
def test_nothing_is_lost_while_nothing_changes(scores):
    assert survival(scores, scores).lost == () and survival(scores, scores).unknown == ()


@given(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from([None, True, False]), VALUES)
def test_replication_is_that_of_every_ending(components, national, countries):
    found = replication(components, national, countries)
    ways = [
        [0, 1] if one is None else [int(one) > 0]
        for one in (components, None if national is None else national, countries)
    ]
    counts = [sum(bool(one) for one in ending) for ending in product(*ways)]
    assert (found.least, found.most) == (min(counts), max(counts))


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months):
    found = months_after(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    "act", [lambda: score({}), lambda: score({"norm": 4}), lambda: survival({"norm": 1}, {"norm": -1})]
)
def test_what_does_not_hold_is_told(act):
    with pytest.raises(ValueError, match=r"at least one item|0 to 3"):
        act()


def test_a_number_is_not_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        replication(-1, None, None)
