"""Mutated files never raise and never hang; what was read and written reads the same."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.iati.model import Activity, ActivityDate, Description
from ayni.iati.read import read
from ayni.iati.validate import Judges, validate
from ayni.iati.write import write
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
