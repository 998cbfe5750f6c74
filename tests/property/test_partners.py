"""Table 3 added up from random matrices, against counting by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayni.methods.partners import Mark, declarations, partner_matrix
from tests.property.strategies import REGIONS, REPORTERS, Declared, matrices, pairs


def added_up(declared: Declared):
    return partner_matrix(
        declared.marks, institutions=declared.institutions, region_of=declared.region_of, regions=REGIONS
    )


@given(matrices())
def test_totals_and_subtotals(declared: Declared):
    found = added_up(declared)
    for institution in declared.institutions:
        own = [mark for mark in declared.marks if mark.institution == institution]
        assert found.totals[institution] == len(own)
        for region in REGIONS:
            there = [mark for mark in own if declared.region_of[mark.partner] == region]
            assert found.subtotals[region][institution] == len(there)


@given(matrices())
def test_partners_by_region(declared: Declared):
    found = added_up(declared)
    partners = {mark.partner for mark in declared.marks}
    assert found.partners == len(partners)
    for region in REGIONS:
        there = {partner for partner in partners if declared.region_of[partner] == region}
        assert found.region_partners[region] == len(there)
        assert found.region_shares[region] == pytest.approx(len(there) / len(partners) if partners else 0)


@given(matrices())
def test_countries_merge_their_institutions(declared: Declared):
    found = added_up(declared)
    named = {(mark.reporter, mark.partner) for mark in declared.marks}
    reporters = {reporter for reporter, _partner in named}
    assert found.pairs == len(named)
    for reporter in reporters:
        assert found.by_country[reporter] == sum(one == reporter for one, _partner in named)
    by_partner = {partner: {one for one, other in named if other == partner} for _one, partner in named}
    assert set(found.common) == {partner for partner, who in by_partner.items() if who == reporters}
    assert found.exclusive == {partner: min(who) for partner, who in by_partner.items() if len(who) == 1}


@given(matrices())
def test_rows_say_who_names_each_partner_in_the_order_of_the_columns(declared: Declared):
    found = added_up(declared)
    for row in found.rows:
        who = [mark.institution for mark in declared.marks if mark.partner == row.partner]
        assert list(row.institutions) == sorted(who, key=declared.institutions.index)
        assert row.count == len(who)
    assert [(REGIONS.index(row.region), row.partner) for row in found.rows] == sorted(
        (REGIONS.index(row.region), row.partner) for row in found.rows
    )


@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_the_marks_does_not_matter(declared: Declared, random):
    marks = list(declared.marks)
    random.shuffle(marks)
    assert added_up(replace(declared, marks=tuple(marks))) == added_up(declared)


@given(matrices().filter(lambda declared: declared.marks), st.integers(0))
def test_what_cannot_be_is_refused_and_named(declared: Declared, place: int):
    mark = declared.marks[place % len(declared.marks)]
    twice = replace(declared, marks=(*declared.marks, mark))
    stranger = replace(declared, marks=(*declared.marks, replace(mark, institution="stranger")))
    nowhere = replace(declared, region_of={**declared.region_of, mark.partner: "Atlantis"})
    for wrong, why in ((twice, "given twice"), (stranger, "not among"), (nowhere, "no listed region")):
        with pytest.raises(ValueError, match=why):
            added_up(wrong)


@pytest.mark.parametrize("values", [("", "A0", "B0"), ("i", "", "B0"), ("i", "A0", ""), ("i", "A0", "A0")])
def test_a_mark_is_whole_and_of_two_countries(values):
    with pytest.raises(ValueError, match="a mark needs|cooperate with itself"):
        Mark(*values)


@given(pairs, st.sets(st.sampled_from(REPORTERS)))
def test_declarations_are_held_against_the_other_side(declared, reporters):
    found = declarations(declared, reporters)
    for one, other in declared:
        judged = one in reporters and other in reporters
        answered = (other, one) in declared
        assert ((min(one, other), max(one, other)) in found.mutual) == (judged and answered)
        assert ((one, other) in found.unilateral) == (judged and not answered)
    judged = [pair for pair in declared if set(pair) <= reporters]
    assert 2 * len(found.mutual) + len(found.unilateral) == len(judged)
