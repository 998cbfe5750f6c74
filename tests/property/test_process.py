"""Process indicators against plain loops over the same record; and what must not matter."""

import statistics
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.process import (
    DAYS,
    INDICATORS,
    Counterpart,
    Facts,
    Measured,
    Planned,
    Sum,
    active_months,
    double_validated,
    measure,
    pool,
)

TODAY = date(2026, 6, 30)
SOME_DAY = st.integers(-400, 200).map(lambda days: TODAY + timedelta(days=days))
HOURS = st.none() | st.integers(0, 80)
ACTIVITIES = st.lists(
    st.builds(
        Planned, SOME_DAY, st.sampled_from(("planned", "agreed", "done", "cancelled")), HOURS, HOURS, st.integers(0, 20)
    ),
    max_size=6,
)
COUNTERPARTS = st.lists(st.builds(Counterpart, st.none() | st.integers(1, 40), st.integers(0, 4)), max_size=4)
SUMS = st.builds(Sum, st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2), st.sampled_from(("USD", "BRL")))


@st.composite
def facts(draw):
    every = draw(st.integers(0, 5))
    sides = draw(st.none() | st.integers(0, 4))
    return Facts(
        *(draw(st.none() | SOME_DAY) for _ in range(5)),
        activities=draw(ACTIVITIES),
        counterparts=draw(COUNTERPARTS),
        decisions=every,
        joint_decisions=draw(st.integers(0, every)),
        sides=sides,
        agreeing=None if sides is None else draw(st.integers(0, sides)),
        money=draw(st.dictionaries(st.sampled_from(("budget-A", "budget-B", "interpretation-cost-A")), SUMS)),
    )


def pair(above, below) -> tuple[Fraction, Fraction] | None:
    return (Fraction(above), Fraction(below)) if above is not None and below else None


def oracle(record: Facts) -> dict[str, tuple[Fraction, Fraction] | None]:
    """Each indicator as a pair, by plain loops; None where one half of it is missing."""
    named = [one.persons for one in record.counterparts if one.persons > 0]
    return (
        dict.fromkeys(INDICATORS)
        | {
            "response-days": between(record.requested_on, record.answered_on),
            "start-days": between(record.approved_on, record.began_on),
            "counterpart-hours": counterpart_hours(record),
            "counterpart-turnover": pair(sum(named) - len(named), len(named)),
            "joint-decisions": pair(record.joint_decisions, record.decisions),
            "sides-agreeing": pair(record.agreeing, record.sides),
        }
        | of_activities(record)
        | {code: pair(one.numerator, one.denominator) for code, one in record.money.items()}
    )


def between(first: date | None, last: date | None) -> tuple[Fraction, Fraction] | None:
    return pair((last - first).days, 1) if first and last else None


def of_activities(record: Facts) -> dict[str, tuple[Fraction, Fraction] | None]:
    done = due = spoken = hours = 0
    for one in record.activities:
        if one.state == "done":
            done, due = done + 1, due + 1
            if one.hours:
                hours, spoken = hours + one.hours, spoken + one.interpretation_hours
        elif one.ends_on < TODAY:
            due += 1
    return {"activities-done": pair(done, due), "interpretation-hours": pair(spoken, hours)}


def counterpart_hours(record: Facts) -> tuple[Fraction, Fraction] | None:
    kept = [one.counterpart_hours for one in record.activities if one.state == "done"]
    told = [hours for hours in kept if hours is not None]
    promised = sum(one.hours_a_month or 0 for one in record.counterparts)
    if not record.began_on or not told:
        return None
    last = TODAY if record.closed_on is None or record.closed_on > TODAY else record.closed_on
    days = max((last - record.began_on).days + 1, 0)
    return pair(sum(told), Fraction(days * 4800, 146097) * promised)


@given(facts())
def test_each_indicator_is_that_of_a_plain_loop(record):
    found = measure(record, TODAY)
    assert tuple(found) == INDICATORS
    for code, expected in oracle(record).items():
        one = found[code]
        told = None if one.numerator is None or one.denominator is None else (one.numerator, one.denominator)
        assert told == expected, code
        # Known, or the reason is told.
        assert (one.value is None) == bool(one.why), code
        assert isinstance(one.value, Fraction | None)


@given(facts(), st.randoms())
def test_the_order_of_the_record_never_matters(record, random):
    activities, counterparts = list(record.activities), list(record.counterparts)
    random.shuffle(activities)
    random.shuffle(counterparts)
    values = {name: getattr(record, name) for name in Facts.__slots__}
    again = Facts(**(values | {"activities": activities, "counterparts": counterparts}))
    assert measure(again, TODAY) == measure(record, TODAY)


@given(st.lists(facts(), max_size=6), st.sampled_from(INDICATORS))
def test_pooling_is_the_sum_over_the_sum_or_the_median(records, code):
    rows = [measure(record, TODAY)[code] for record in records]
    money = code.startswith(("budget", "interpretation-cost"))
    known = [
        told
        for record, row in zip(records, rows, strict=True)
        if (told := oracle(record)[code]) and (not money or row.unit == "USD")
    ]
    found = pool(code, rows)
    assert (found.known, found.of) == (len(known), len(records))
    if not known:
        assert found.value is None
    elif code in DAYS:
        assert found.value == statistics.median([above for above, _below in known])
        assert (found.least, found.most) == (min(known)[0], max(known)[0])
    else:
        assert found.value == sum(above for above, _ in known) / sum(below for _, below in known)


@given(st.lists(st.sampled_from(("private", "notified", "disputed", "validated", "published", "unilateral"))))
def test_the_double_validated_share(records):
    declared = len(records) - records.count("private")
    both = records.count("validated") + records.count("published")
    assert double_validated(records).value == (Fraction(both, declared) if declared else None)


@given(SOME_DAY, SOME_DAY)
def test_months_are_days_of_average_months(first, last):
    months = active_months(first, last)
    assert months == max(Fraction((last - first).days + 1), Fraction()) / Fraction("30.436875")


def test_other_indicators_are_not_pooled():
    with pytest.raises(ValueError, match="one indicator"):
        pool("budget-A", [Measured("budget-B", Fraction(1), Fraction(Decimal(2)), "USD")])
