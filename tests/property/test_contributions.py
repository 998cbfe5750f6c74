"""Contributions against plain Python: no total mixes currencies or groups, order never matters, no money is a float."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.contributions import (
    DOLLAR,
    GROUPS,
    WITHIN,
    Given,
    Rate,
    Rates,
    execution,
    expert_value,
    shares,
    total,
    totals,
)

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 120).map(lambda days: FIRST + timedelta(days=days))
MONEY = st.decimals(0, 1_000_000, places=2)
CURRENCIES = ("BRL", "CLP", "PEN", DOLLAR)
UNITS = ("expert-day", "hour", "item")


@st.composite
def given_rows(draw, groups=GROUPS, currencies=CURRENCIES):
    group = draw(st.sampled_from(groups))
    money = (None, "") if group == "C" else (draw(MONEY), draw(st.sampled_from(currencies)))
    quantity = draw(st.decimals(Decimal("0.01"), 1000, places=2))
    return Given(
        draw(st.sampled_from(("BRA", "CHL", "PER"))),
        draw(st.sampled_from(("D011", "D012"))),
        group,
        quantity,
        draw(st.sampled_from(UNITS)),
        draw(DAYS),
        *money,
    )


ROWS = st.lists(given_rows(), max_size=12)
RATES = st.lists(
    st.builds(Rate, st.sampled_from(CURRENCIES[:3]), DAYS, st.decimals(Decimal("0.01"), 5000, places=4)),
    unique_by=lambda rate: (rate.currency, rate.on),
    max_size=10,
)


def oracle_dollars(row: Given, rates: list[Rate]) -> Decimal | None:
    """Every rate looked at, one after the other, day by day backwards; the quotient rounded from an exact fraction."""
    if row.currency == DOLLAR:
        return row.amount
    for back in range(WITHIN + 1):
        for rate in rates:
            if rate.currency == row.currency and rate.on == row.on - timedelta(days=back):
                cents = round(Fraction(row.amount) / Fraction(rate.per_dollar) * 100)
                return Decimal(cents) / 100
    return None


@given(ROWS, RATES)
def test_totals_are_those_of_plain_python(rows, rates):
    found = totals(rows, lambda one: (one.contributor, one.kind), Rates(rates))
    assert set(found) == set(GROUPS)
    expected = defaultdict(list)
    for row in rows:
        expected[row.group, (row.contributor, row.kind)].append(row)
    assert {(group, key) for group, by_key in found.items() for key in by_key} == set(expected)
    for (group, key), members in expected.items():
        one = found[group][key]
        assert (one.group, one.count) == (group, len(members))
        for unit in UNITS:
            assert one.quantities.get(unit, 0) == sum(row.quantity for row in members if row.unit == unit)
        if group == "C":
            assert one.money is None
            continue
        for currency in CURRENCIES:
            amount = sum((row.amount for row in members if row.currency == currency), Decimal())
            assert one.money.by_currency.get(currency, Decimal()) == amount
        converted = [oracle_dollars(row, rates) for row in members]
        assert one.money.dollars == sum((each for each in converted if each is not None), Decimal())
        lacking = Counter(row.currency for row, each in zip(members, converted, strict=True) if each is None)
        assert one.money.missing == lacking
        assert one.money.converted == len(members) - lacking.total()
        assert one.money.whole == (not lacking)
        assert isinstance(one.money.dollars, Decimal)
        assert all(isinstance(amount, Decimal) for amount in one.money.by_currency.values())


@given(ROWS, RATES, st.randoms())
def test_order_never_matters(rows, rates, random):
    shuffled, rates_shuffled = rows[:], rates[:]
    random.shuffle(shuffled)
    random.shuffle(rates_shuffled)

    def key(one):
        return one.kind

    assert totals(rows, key, Rates(rates)) == totals(shuffled, key, Rates(rates_shuffled))
    for group in GROUPS:
        one = [row for row in rows if row.group == group]
        other = [row for row in shuffled if row.group == group]
        assert shares(group, one, Rates(rates)) == shares(group, other, Rates(rates_shuffled))


@given(ROWS, RATES)
def test_the_parts_of_a_total_add_up_to_it(rows, rates):
    known = Rates(rates)
    for group in GROUPS:
        members = [row for row in rows if row.group == group]
        whole = total(group, members, known)
        parts = totals(members, lambda one: one.contributor, known)[group].values()
        assert sum(part.count for part in parts) == whole.count
        if whole.money:
            assert sum((part.money.dollars for part in parts), Decimal()) == whole.money.dollars
        found = shares(group, members, known)
        for measure in {part.measure for part in found}:
            assert sum(part.share for part in found if part.measure == measure) == 1
        if whole.money and len(whole.money.by_currency) > 1 and not whole.money.whole:
            assert found == ()


@given(st.lists(given_rows(groups=("A",)), max_size=6), st.lists(given_rows(groups=("A",)), max_size=6), RATES)
def test_what_was_carried_out_is_compared_in_one_measure_or_not_at_all(executed, planned, rates):
    known = Rates(rates)
    done, plan = total("A", executed, known).money, total("A", planned, known).money
    found = execution(done, plan)
    currencies = {row.currency for row in (*executed, *planned)}
    if len(currencies) == 1:
        amounts = [sum((row.amount for row in rows), Decimal()) for rows in (executed, planned)]
        expected = None if not executed or not amounts[1] else (*amounts, *currencies)
    else:
        dollars = [[oracle_dollars(row, rates) for row in rows] for rows in (executed, planned)]
        if not executed or None in (*dollars[0], *dollars[1]) or not sum(dollars[1], Decimal()):
            expected = None
        else:
            expected = (sum(dollars[0], Decimal()), sum(dollars[1], Decimal()), DOLLAR)
    assert (found and (found.executed, found.planned, found.measure)) == expected
    pooled = execution(done, plan, in_dollars=True)
    assert pooled is None or (pooled.measure == DOLLAR and done.whole and plan.whole)


@given(given_rows(groups=("A", "B")), RATES)
def test_a_rate_is_never_of_a_later_day_nor_too_old(row, rates):
    found = Rates(rates).at(row.currency, row.on)
    if found is not None:
        assert found.currency == row.currency and 0 <= (row.on - found.on).days <= WITHIN
        between = [one for one in rates if one.currency == row.currency and found.on < one.on <= row.on]
        assert not between


@given(st.decimals(0, 10_000, places=2), st.decimals(0, 100_000, places=2))
def test_days_times_their_cost_to_the_cent(days, daily):
    exact = Fraction(days) * Fraction(daily)
    assert expert_value(days, daily) == Decimal(round(exact * 100)) / 100
    assert expert_value(days, daily) == (days * daily).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@pytest.mark.parametrize(
    "values",
    [
        {"group": "D"},
        {"quantity": Decimal(0)},
        {"quantity": 1.5},
        {"amount": 10.5},
        {"amount": None},
        {"currency": ""},
        {"amount": Decimal(-1)},
        {"group": "C"},
        {"group": "C", "amount": None},
    ],
    ids=str,
)
def test_what_is_no_contribution_is_refused(values):
    whole = {
        "contributor": "BRA",
        "kind": "D011",
        "group": "A",
        "quantity": Decimal(1),
        "unit": "hour",
        "on": FIRST,
        "amount": Decimal(1),
        "currency": "BRL",
    }
    with pytest.raises(ValueError, match=r"."):
        Given(**(whole | values))


def test_groups_and_rates_are_refused_where_they_do_not_belong():
    row = Given("BRA", "D011", "A", Decimal(1), "hour", FIRST, Decimal(1), "BRL")
    with pytest.raises(ValueError, match="one group"):
        total("B", [row], Rates(()))
    with pytest.raises(ValueError, match="one group"):
        shares("C", [row], Rates(()))
    with pytest.raises(ValueError, match="two rates"):
        Rates([Rate("BRL", FIRST, Decimal(5)), Rate("BRL", FIRST, Decimal(6))])
    for wrong in ((DOLLAR, Decimal(1)), ("BRL", Decimal(0)), ("BRL", 5.0)):
        with pytest.raises(ValueError, match="rate"):
            Rate(wrong[0], FIRST, wrong[1])
