"""Mutated files never raise and never hang; what was read and written reads the same."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.iati.model import Activity, ActivityDate, Description
from ayni.iati.organisation import Expenditure, Line, Organisation, RecipientBudget, TotalBudget
from ayni.iati.parts import Country, Document, DocumentCountry, Money, Owner, Region, Reporter
from ayni.iati.read import read
from ayni.iati.validate import Judges, validate
from ayni.iati.write import write
from ayni.interop.formats.content import organisation_in, to_content
from ayni.interop.formats.findings.telling import SENTENCES, said
from tests.unit.iati.test_iati_reading import END, HEAD, records

WHOLE = (HEAD + records(1, 2, 3) + END).encode()
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=6), st.integers(0, 40)), max_size=4))
def test_mutated_bytes_never_crash(tmp_path_factory, changes):
    data = WHOLE
    for place, put, cut in changes:
        data = data[:place] + put + data[place + cut :]
    path = tmp_path_factory.mktemp("fuzz") / "file.xml"
    path.write_bytes(data)
    verdict = validate(path, Judges(date(2026, 11, 30)))
    assert all(each.key in SENTENCES and said(each) and each.line >= 0 for each in verdict.findings)
    assert sum(each.record is not None for each in read(path)) <= max(verdict.activities, 0) + 3


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, st.sampled_from(["", "es", "fr"]), st.dates(date(1900, 1, 1)), st.sampled_from(["", "en"]))
def test_what_is_written_reads_the_same(title, described, language, day, default):
    said = language or default
    activity = Activity(
        identifier="XX-1",
        language=default,
        titles=((said, title),),
        descriptions=(Description("1", ((said, described),)),),
        dates=(ActivityDate("2", day),),
    )
    out = io.BytesIO()
    write([activity], out)
    assert [each.record for each in read(io.BytesIO(out.getvalue()))] == [activity]


MONEY = st.builds(
    Money,
    st.none() | st.decimals(-(10**12), 10**12, places=2),
    st.sampled_from(["", "USD", "UYU"]),
    st.none() | st.dates(date(1900, 1, 1)),
)
NARRATIVES = st.lists(st.tuples(st.sampled_from(["es", "en", "ar"]), TEXT), max_size=3).map(tuple)
LINES = st.lists(st.builds(Line, TEXT, st.none() | MONEY, NARRATIVES), max_size=2).map(tuple)
DAYS = (st.none() | st.dates(date(1900, 1, 1)), st.none() | st.dates(date(1900, 1, 1)))
STATUS = st.sampled_from(["", "1", "2"])
OWNERS, REGIONS = (
    st.builds(Owner, TEXT, NARRATIVES),
    st.builds(Region, TEXT, st.sampled_from(["", "1", "99"]), names=NARRATIVES),
)
COUNTRIES = st.builds(Country, st.sampled_from(["BO", "HT"]), names=NARRATIVES)
NOBODY = st.none()


def several(made):
    return st.lists(made, max_size=2).map(tuple)


ORGANISATIONS = st.builds(
    Organisation,
    language=st.just("es"),
    currency=st.sampled_from(["", "USD"]),
    identifier=st.just("XX-1"),
    names=NARRATIVES,
    reporter=st.none() | st.builds(Reporter, TEXT, st.just("10"), names=NARRATIVES),
    total_budgets=several(st.builds(TotalBudget, STATUS, *DAYS, st.none() | MONEY, LINES)),
    organisation_budgets=several(
        st.builds(RecipientBudget, STATUS, st.none() | OWNERS, NOBODY, NOBODY, *DAYS, st.none() | MONEY, LINES)
    ),
    region_budgets=several(
        st.builds(RecipientBudget, STATUS, NOBODY, st.none() | REGIONS, NOBODY, *DAYS, st.none() | MONEY, LINES)
    ),
    country_budgets=several(
        st.builds(RecipientBudget, STATUS, NOBODY, NOBODY, st.none() | COUNTRIES, *DAYS, st.none() | MONEY, LINES)
    ),
    expenditures=several(st.builds(Expenditure, *DAYS, st.none() | MONEY, LINES)),
    documents=several(
        st.builds(
            Document,
            TEXT,
            TEXT,
            NARRATIVES,
            NARRATIVES,
            st.lists(st.sampled_from(["B01", "B03"]), max_size=2).map(tuple),
            st.lists(st.sampled_from(["es", "pt"]), max_size=2).map(tuple),
            DAYS[0],
            several(st.builds(DocumentCountry, st.just("BO"), NARRATIVES)),
        )
    ),
)


@settings(max_examples=100, deadline=None)
@given(ORGANISATIONS)
def test_an_organisation_comes_back_from_its_file_and_from_its_content(one):
    out = io.BytesIO()
    write([one], out)
    assert [each.record for each in read(io.BytesIO(out.getvalue()))] == [one]
    assert organisation_in(to_content(one)) == one
