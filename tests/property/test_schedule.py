"""The arithmetic of a plan against sets of days."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.schedule import Span, axis, busy, days_of, lanes, merged, months_later, overlaps, weeks

DAYS = st.dates(date(2023, 12, 1), date(2024, 3, 31))


@st.composite
def spans(draw, days=DAYS):
    first, last = sorted((draw(days), draw(days)))
    return Span(first, last)


MANY = st.lists(spans(), max_size=9)


def days(span: Span) -> set[date]:
    """Counted one after the other, without the arithmetic that is tested."""
    found, day = set(), span.first
    while day <= span.last:
        found.add(day)
        day = date.fromordinal(day.toordinal() + 1)
    return found


def together(many: list[Span]) -> set[date]:
    return set().union(*(days(span) for span in many))


@given(spans(), spans())
def test_two_meet_where_they_have_a_day_in_common(one, other):
    common = days(one) & days(other)
    assert one.meets(other) == bool(common) == other.meets(one)
    part = one.within(other)
    assert (days(part) if part else set()) == common
    assert one.days == len(days(one))


@given(MANY)
def test_overlaps_are_the_pairs_with_a_day_in_common(many):
    pairs = combinations(range(len(many)), 2)
    assert overlaps(many) == [(one, other) for one, other in pairs if days(many[one]) & days(many[other])]


@given(MANY)
def test_no_two_of_a_lane_meet_and_no_lane_is_too_many(many):
    found = lanes(many)
    assert len(found) == len(many)
    for one, other in combinations(range(len(many)), 2):
        if found[one] == found[other]:
            assert not days(many[one]) & days(many[other])
    most = max((sum(day in days(span) for span in many) for day in together(many)), default=0)
    assert len(set(found)) == most == (max(found) + 1 if found else 0)


@given(MANY)
def test_merged_spans_have_the_same_days_and_stand_apart(many):
    found = merged(many)
    assert together(found) == together(many)
    assert sum(span.days for span in found) == len(together(many))
    for one, other in zip(found, found[1:], strict=False):
        assert one.last + timedelta(days=1) < other.first


@given(MANY, spans())
def test_busy_days_are_counted_one_by_one(many, during):
    counted = {day: sum(day in days(span) for span in many) for day in days(during)}
    assert busy(many, during) == {day: count for day, count in sorted(counted.items()) if count}


@given(spans(), st.booleans())
def test_days_of_a_span(span, weekends):
    kept = {day for day in days(span) if weekends or day.strftime("%a") not in ("Sat", "Sun")}
    assert days_of(span, weekends=weekends) == sorted(kept)


@given(st.dates(date(1951, 1, 1), date(2099, 12, 31)))
def test_weeks_hold_the_month_and_no_week_without_it(day):
    found = weeks(day)
    held = together(found)
    month = {one for one in held if (one.year, one.month) == (day.year, day.month)}
    after = months_later(day, 1)
    assert month == days(Span(day.replace(day=1), after - timedelta(days=1)))
    assert all(span.days == 7 and span.first.strftime("%a") == "Mon" and days(span) & month for span in found)


@given(st.dates(date(1951, 1, 1), date(2099, 12, 31)), st.integers(-30, 30))
def test_months_later_go_forth_and_back(day, count):
    there = months_later(day, count)
    assert months_later(there, -count) == day.replace(day=1)
    assert (there.year - day.year) * 12 + there.month - day.month == count


@given(st.lists(spans(st.dates(date(1990, 1, 1), date(2040, 12, 31))), min_size=1, max_size=6), st.integers(6, 12))
def test_an_axis_holds_every_span_with_few_ticks(many, most):
    along = axis(many, most=most)
    assert along.span.first <= min(span.first for span in many) and max(span.last for span in many) <= along.span.last
    assert len(along.ticks) <= most and list(along.ticks) == sorted(set(along.ticks))
    assert along.ticks[0] == along.span.first and along.ticks[-1] <= along.span.last
    for span in many:
        left, width = along.share(span.first), along.width(span)
        assert left == Fraction((span.first - along.span.first).days, along.span.days)
        assert width == Fraction(span.days, along.span.days) and 0 <= left < left + width <= 1
    assert along.share(along.span.first - timedelta(days=9)) == 0
    assert along.share(along.span.last + timedelta(days=9)) == 1
