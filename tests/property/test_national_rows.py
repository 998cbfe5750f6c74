"""Whatever the cells hold, a row is a record or says why not; what it says comes back."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ayni.interop.formats.content import from_content, to_content
from ayni.interop.formats.facts import facts_of
from ayni.interop.formats.findings.telling import remedy, said
from ayni.interop.formats.national.profile import DATE_FORMS
from ayni.interop.formats.national.rows import Rows
from ayni.interop.formats.national.values import number_of, span_of
from tests.factories.national import CLASSES, TITLES, country, lines, profile, row

CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.sampled_from(["Perú; Bolivia", "Africa", "Oferente", "2015", "1.250,50", "En curso", "Padrones"]),
)


@given(st.lists(st.tuples(*[CELLS] * len(TITLES)), max_size=4))
def test_every_row_is_a_record_or_says_why_not(rows):
    found = list(Rows(profile(), lines(*rows), country, CLASSES))
    assert [one.position for one in found] == list(range(1, len(rows) + 1))
    for one in found:
        assert one.record is not None or one.findings
        assert all(finding.line == one.line and said(finding) and remedy(finding) for finding in one.findings)
        if one.record is not None:
            assert from_content(to_content(one.record)) == one.record
            assert len({(code["field"], code["key"]) for code in facts_of(one.record).codes}) == len(
                facts_of(one.record).codes
            )


@given(st.lists(st.integers(0, 3), max_size=8))
def test_each_identifier_gives_one_record(numbers):
    found = list(Rows(profile(), lines(*(row(Folio=f"A-{number}") for number in numbers)), country, CLASSES))
    kept = [one.record.identifier for one in found if one.record]
    assert kept == list(dict.fromkeys(f"MX-X-A-{number}" for number in numbers))


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(",."))
def test_a_number_comes_back_however_it_is_grouped(number, decimal):
    plain = f"{number:,.2f}"
    written = plain if decimal == "." else plain.translate(str.maketrans(",.", ".,"))
    assert number_of(written, decimal) == Decimal(number)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(DATE_FORMS))
def test_a_day_lies_in_what_is_read(day, form):
    written = form.replace("YYYY", f"{day:%Y}").replace("MM", f"{day:%m}").replace("DD", f"{day:%d}")
    first, last = span_of(written, [form])
    assert first <= day <= last and (first == last) == ("DD" in form)
