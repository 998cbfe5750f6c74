"""Files of other systems go in: what is counted, what changes, what is refused, and what an export gives back."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils.translation import override

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import LANGUAGES
from ayni.directory.models import Institution
from ayni.iati.findings import Severity
from ayni.iati.read import read
from ayni.iati.validate import Judges, validate
from ayni.iati.write import write
from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.actions.importing import FileFacts, close_import, keep_batch, open_import
from ayni.interop.actions.upload import Upload
from ayni.interop.formats.content import digest_of, from_content, to_content
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.comparing import named
from ayni.interop.queries.export import activities_of, organisation_of, with_names
from ayni.interop.queries.preview import preview
from ayni.registry.models import PUBLIC_RECORDS, Contribution, Initiative
from tests.factories.reported import REAL, activity, iati

pytestmark = pytest.mark.django_db
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the repository")
# (activities, transactions, results) of the fixtures' README.
COUNTS = {"usaid-bo": (63, 304, 0), "who-arg": (157, 871, 0), "worldbank-sv": (13, 632, 251)}


def records_of(source):
    return [each.record for each in read(source)]


def put(data: bytes, **values):
    return ImportOfFile(None, data, name="a.xml").run(**values)


def told(file) -> tuple[int, ...]:
    return file.added, file.changed, file.unchanged, file.failed


@real
@pytest.mark.parametrize("name", COUNTS)
def test_a_real_file_goes_in_whole_and_again_changes_nothing(name, capsys):
    path = REAL / f"{name}.xml"
    activities, transactions, results = COUNTS[name]
    for new in (activities, 0):
        call_command("iati", "import", str(path), "--json")
        assert json.loads(capsys.readouterr().out) == {
            "files": 1,
            "activities": activities,
            "new": new,
            "changed": 0,
            "unchanged": activities - new,
            "failed": 0,
            "transactions": transactions,
            "results": results,
        }
    records = {one.record.identifier: one.record for one in read(path) if one.record}
    for row in ReportedActivity.objects.filter(identifier__in=records):
        assert from_content(row.content) == records[row.identifier]


@real
def test_findings_are_kept_apart_by_severity_and_bounded():
    file = ImportOfFile(None, REAL / "worldbank-sv.xml").run()
    assert file.ruleset_findings and not file.schema_findings and not file.read_findings
    assert file.findings.filter(severity="ruleset").count() == min(file.ruleset_findings, 500)


def test_importing_again_changes_only_what_changed():
    assert told(put(iati(activity(1), activity(2)))) == (2, 0, 0, 0)
    touched = activity(1).replace("2026-01-02T", "2026-02-02T")
    changed = put(iati(touched, activity(2, "Otro título"), activity(3)))
    assert told(changed) == (1, 1, 1, 0)
    row = ReportedActivity.objects.get(identifier="XX-1-2")
    assert row.titles["es"] == "Otro título 2" and row.first_file != row.last_file == changed
    assert row.transactions.count() == row.parties.count() == row.sectors.count() == 1
    assert history(changed).first().verb == "records imported"


def test_one_broken_activity_never_sinks_the_file():
    broken = "<iati-activity><iati-identifier>XX-1-9</iati-identifer></iati-activity>"
    file = put(iati(activity(1), broken, activity(2)))
    assert told(file) == (2, 0, 0, 1) and file.state == "whole" and file.position == 3


def test_a_truncated_file_keeps_what_came_before_the_break():
    file = put(iati(activity(1), activity(2), activity(3)[:300], end=""))
    assert file.added == 2 and file.state == "broken"


@pytest.mark.parametrize("again", [1, 2])
def test_an_identifier_that_stands_twice_counts_once_however_often_it_is_read(again):
    data = iati(activity(1), activity(2), activity(1, "Segundo"))
    for _time in range(again):
        file = put(data)
    assert (
        file.failed == 1 and ReportedActivity.objects.get(identifier="XX-1-1").titles["es"] == "Registro de hogares 1"
    )


def test_without_an_identifier_or_a_reporter_nothing_goes_in():
    nobody = (
        activity(2)
        .replace('ref="XX-1"', "")
        .replace("<narrative>Agencia</narrative>", "")
        .replace('<narrative xml:lang="en">Agency</narrative>', "")
    )
    assert told(put(iati(activity(1, identifier=""), nobody, activity(3)))) == (1, 0, 0, 2)


def test_only_the_sectors_that_are_wanted():
    other = activity(2).replace("16010", "11220")
    assert told(put(iati(activity(1), other), sector="160")) == (1, 0, 0, 0)


def test_the_content_of_an_activity_comes_back_and_its_touching_says_nothing():
    (one,) = (each.record for each in read(BytesIO(iati(activity(1)))))
    (again,) = (each.record for each in read(BytesIO(iati(activity(1).replace("2026-01-02T", "2026-02-02T")))))
    assert from_content(to_content(one)) == one != again and digest_of(one) == digest_of(again)


def test_who_may_not_load_is_refused(person):
    facts = FileFacts("iati-activities", "a.xml", "a" * 64, 1)
    with pytest.raises(PermissionDenied):
        open_import(by=person("observer"), facts=facts)
    with pytest.raises(PermissionDenied):
        Upload(person("observer"), iati(activity(1)), "a.xml").apply(seen="")


def test_a_batch_goes_in_once():
    file = open_import(by=None, facts=FileFacts("iati-activities", "a.xml", "a" * 64, 1))
    known = [named(one) for one in read(BytesIO(iati(activity(1))))]
    keep_batch(by=None, file=file, known=known)
    with pytest.raises(Conflict):
        keep_batch(by=None, file=file, known=known)


def test_what_changed_meanwhile_is_looked_at_again(person):
    data = iati(activity(1), activity(2))
    seen = preview(data).digest
    put(iati(activity(1)))
    with pytest.raises(Conflict):
        Upload(person("secretariat"), data, "a.xml").apply(seen=seen)
    assert ReportedActivity.objects.filter(publisher="XX-1").count() == 1


def updated(when: str, text: str) -> bytes:
    """A file of one activity that its publisher touched at a time."""
    return iati(activity(1, text).replace("2026-01-02T00:00:00Z", when))


def test_an_older_file_does_not_take_back_what_is_newer():
    put(updated("2024-05-01T10:00:00+02:00", "new"))
    assert told(put(updated("2023-01-01T00:00:00Z", "old"))) == (0, 0, 0, 1)
    assert preview(updated("2023-01-01T00:00:00Z", "old")).writes == 0
    assert "new" in ReportedActivity.objects.get(identifier="XX-1-1").content
    assert told(put(updated("2024-05-01T08:00:01Z", "newest"))) == (0, 1, 0, 0)


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "yesterday"])
def test_a_moment_outside_the_calendar_is_none(when):
    file = put(updated(when, "one"))
    assert told(file) == (1, 0, 0, 0) and file.state == "whole" and file.made_at is None


def test_who_reads_a_file_is_stopped_when_another_begins_it_anew():
    facts = FileFacts("iati-activities", "a.xml", "a" * 64, 10)
    first = open_import(by=None, facts=facts)
    second = open_import(by=None, facts=facts, sector="160")
    with pytest.raises(Conflict):
        keep_batch(by=None, file=first, known=[])
    with pytest.raises(Conflict):
        close_import(by=None, file=first)
    assert close_import(by=None, file=second).state == "whole"
    with pytest.raises(Conflict):
        close_import(by=None, file=second)


def test_what_does_not_fit_its_column_is_refused_in_words():
    with pytest.raises(Refused, match="longer than 200"):
        open_import(by=None, facts=FileFacts("iati-activities", "a.xml", "b" * 64, 10, licence="x" * 201))
    with pytest.raises(Refused, match="longer than 5"):
        open_import(by=None, facts=FileFacts("iati-activities", "a.xml", "b" * 64, 10), sector="160160")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"hello",
        b"<html></html>",
        b"PK\x03\x04" + b"\x00" * 50,
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><iati-activities version='2.03'>&b;</iati-activities>",
        b"<iati-activities version='2.03'><iati-activity>" + b"<a>" * 5000,
    ],
)
def test_what_is_no_file_of_the_standard_leaves_nothing(data):
    file = put(data)
    assert not file.added and file.read_findings and not ReportedActivity.objects.filter(last_file=file).exists()
    assert preview(data).writes == 0


def test_an_export_says_the_same_in_any_language_and_marks_what_is_not_confirmed_or_not_money():
    def written(language):
        with override(language):
            return [one for row in with_names(Institution.objects.all()) for one in activities_of(row)]

    found = written("es")
    # The kinds of contributions and the tags in four languages, whoever asks.
    assert [(one.transactions, one.tags) for one in found] == [(one.transactions, one.tags) for one in written("fr")]
    paid = [each for one in found for each in one.transactions]
    assert paid and all([code for code, _text in each.descriptions] == list(LANGUAGES) for each in paid)
    tagged = {one.identifier: {tag.code for tag in one.tags} for one in found}
    for one in Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True):
        tags = tagged.get(f"{one.institution.code}-{one.code}", None)
        if tags is not None:
            assert ("unilateral" in tags) == (one.validation == "unilateral") and ("fictional" in tags) == one.fictional
    in_kind = {str(one.pk) for one in Contribution.objects.filter(group="B")}
    assert {each.ref for each in paid if each.channel == "4"} == in_kind & {each.ref for each in paid}


def test_an_export_is_valid_private_records_stay_and_it_comes_back(tmp_path):
    rows = with_names(Institution.objects.all())
    records = [one for row in rows for one in activities_of(row)]
    public = Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True).exclude(
        state="cancelled"
    )
    assert records and {one.identifier for one in records} == {f"{one.institution.code}-{one.code}" for one in public}
    for name, out in (("activities", records), ("organisation", [organisation_of(row) for row in rows])):
        path = tmp_path / f"{name}.xml"
        with path.open("wb") as stream:
            write(out, stream)
        verdict = validate(path, Judges(date.today()), processes=1)
        assert not verdict.findings and all(verdict.valid(each) for each in Severity)
    file = ImportOfFile(None, tmp_path / "activities.xml").run()
    assert file.added == len(records)
    for one in records:
        assert from_content(ReportedActivity.objects.get(identifier=one.identifier).content) == one


def test_an_export_goes_into_its_file_whole_or_not_at_all(tmp_path):
    (tmp_path / "out.xml").write_text("what stood before")
    call_command("iati", "export", "-o", str(tmp_path / "out.xml"))
    assert list(read(tmp_path / "out.xml"))
    (tmp_path / "link.xml").symlink_to(tmp_path / "out.xml")
    (tmp_path / "out.xml").write_text("what stood before")
    call_command("iati", "export", "-o", str(tmp_path / "link.xml"))
    assert (tmp_path / "link.xml").is_symlink() and list(read(tmp_path / "out.xml"))
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as reader:
        heard = reader.submit((tmp_path / "pipe").read_bytes)
        call_command("iati", "export", "-o", str(tmp_path / "pipe"))
        # Not the whole of what was read: each file also says the second it was made in.
        assert records_of(BytesIO(heard.result(30))) == records_of(tmp_path / "out.xml")
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "organisation.xml").mkdir()
    for wrong in (tmp_path / "organisation.xml", tmp_path / "nowhere" / "out.xml"):
        said = tmp_path if wrong.exists() else wrong
        with pytest.raises(CommandError, match=str(wrong)):
            call_command("iati", "export", "-o", str(said))
    assert not [path for path in tmp_path.rglob("*.part")]
