"""Organisation files go in as activity files do: counted, compared, refused, and given back by an export."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command

from ayni.directory.models import Institution
from ayni.iati.findings import Severity
from ayni.iati.read import read
from ayni.iati.validate import Judges, validate
from ayni.iati.write import VERSION, write
from ayni.interop.actions.demo_organisations import load_demo_organisations
from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.actions.importing import FileFacts, keep_batch, open_import
from ayni.interop.actions.upload import Upload
from ayni.interop.formats.content import digest_of, organisation_in, to_content
from ayni.interop.models import ReportedActivity, ReportedOrganisation, SourceFile, SourceKind
from ayni.interop.queries.comparing import named
from ayni.interop.queries.export import organisation_of, with_names
from ayni.interop.queries.preview import preview
from tests.factories.organisations import organisation, organisations
from tests.factories.reported import REAL, activity, iati

pytestmark = pytest.mark.django_db
EXAMPLE = REAL / "organisation-standard-example-annotated-203.xml"
CONFORMANCE = sorted((REAL.parent / "iati_conformance/organisation/should-pass").glob("*.xml"))
KINDS = {"activities": (iati, activity), "organisations": (organisations, organisation)}
real = pytest.mark.skipif(not EXAMPLE.is_file(), reason="the real files are not beside the repository")


def put(data: bytes, **values):
    return ImportOfFile(None, data, name="a.xml").run(**values)


def told(file) -> tuple[int, ...]:
    return file.added, file.changed, file.unchanged, file.failed


def one(number: int = 1) -> ReportedOrganisation:
    return ReportedOrganisation.objects.get(identifier=f"XX-1-{number}")


def test_a_file_goes_in_with_its_budgets_and_documents():
    file = put(organisations(organisation(1), organisation(2)))
    assert told(file) == (2, 0, 0, 0) and file.kind == SourceKind.IATI_ORGANISATIONS
    assert (file.publisher, file.publisher_name, file.version, file.seen) == ("XX-1", "Agencia", "2.03", 2)
    assert (file.schema_findings, file.codelist_findings, file.ruleset_findings, file.read_findings) == (0, 0, 0, 0)
    row = one()
    assert row.names == {"es": "Agencia 1", "en": "Agency 1"} and row.line == 3
    assert [(each.kind, each.recipient, each.status, str(each.value), each.currency) for each in row.budgets.all()] == [
        ("total", "", "2", "800.00", "USD"),
        ("total", "", "1", "1000.50", "USD"),
        ("organisation", "XX-2", "1", "70.00", "EUR"),
        ("region", "489", "1", "90.00", "USD"),
        ("country", "BO", "2", "50.25", "USD"),
        ("expenditure", "", "", "790.00", "USD"),
    ]
    assert row.budgets.get(number=2).lines == [
        {"ref": "A", "names": {"es": "Cooperación"}, "value": "600", "currency": "USD", "value_on": "2024-01-01"}
    ]
    document = row.documents.get()
    assert (document.url, document.categories, document.languages, document.countries, document.dated) == (
        "https://example.org/1",
        ["B01"],
        ["es"],
        ["BO"],
        date(2024, 3, 1),
    )


def test_the_command_ends_with_the_same_keys(tmp_path, capsys):
    (tmp_path / "o.xml").write_bytes(organisations(organisation(1), organisation(2)))
    (tmp_path / "a.xml").write_bytes(iati(activity(1)))
    call_command("iati", "import", str(tmp_path / "o.xml"), str(tmp_path / "a.xml"), "--json")
    assert json.loads(capsys.readouterr().out) == {
        "files": 2,
        "activities": 1,
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "failed": 0,
        "transactions": 1,
        "results": 0,
    }
    call_command("iati", "import", str(tmp_path / "o.xml"))
    assert "1 files, 0 activities, 2 organisations: 0 new, 0 changed, 2 unchanged" in capsys.readouterr().out


def test_importing_again_changes_only_what_changed():
    put(organisations(organisation(1), organisation(2)))
    touched = organisation(1).replace("2026-01-02T", "2026-02-02T")
    dearer = organisation(2).replace("800.00", "850.00").replace("2026-01-03T", "2026-02-03T")
    file = put(organisations(touched, dearer, organisation(3)))
    assert told(file) == (1, 1, 1, 0)
    assert str(one(2).budgets.get(number=1).value) == "850.00" and one(2).budgets.count() == 6
    assert one(2).documents.count() == 1
    assert one(1).last_file == file != one(1).first_file


def test_an_older_file_takes_nothing_back():
    put(organisations(organisation(1).replace("2026-01-02T", "2026-05-02T")))
    assert told(put(organisations(organisation(1, "Antes")))) == (0, 0, 0, 1)
    assert one().names["es"] == "Agencia 1"


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_tells_no_moment_is_as_old_as_its_file(kind):
    whole, one = KINDS[kind]

    def made(on: str, name: str) -> bytes:
        """A file of that day in 2026, "" for none; its record tells no moment."""
        record = re.sub(' last-updated-datetime="[^"]*"', "", one(1, name))
        told = f'version="2.03" generated-datetime="2026-{on}T00:00:00Z"' if on else 'version="2.03"'
        return whole(record).replace(b'version="2.03"', told.encode(), 1)

    for on, name, goes in (
        ("03-01", "A", (1, 0, 0, 0)),
        ("02-01", "B", (0, 0, 0, 1)),
        ("04-01", "A", (0, 0, 1, 0)),
        # The file of April still says what that of March said.
        ("03-15", "B", (0, 0, 0, 1)),
        ("05-01", "B", (0, 1, 0, 0)),
        ("", "A", (0, 1, 0, 0)),
    ):
        data = made(on, name)
        shown = preview(data).counts
        assert tuple(shown[each] for each in ("new", "changed", "unchanged", "refused")) == goes == told(put(data)), on


def test_a_moment_of_its_own_counts_before_that_of_the_file():
    put(organisations(organisation(1).replace("2026-01-02T", "2026-05-02T")))
    fresh = organisations(organisation(1, "Antes")).replace(
        b'version="2.03"', b'version="2.03" generated-datetime="2026-09-01T00:00:00Z"', 1
    )
    assert told(put(fresh)) == (0, 0, 0, 1)


def test_a_broken_record_never_sinks_the_file_and_counts_add_up():
    broken = "<iati-organisation><organisation-identifier>XX-1-9</organisation-identifer></iati-organisation>"
    nobody = organisation(4).replace('ref="XX-1" type', 'ref="" type').replace("<narrative>Agencia</narrative>", "")
    nobody = nobody.replace('<narrative xml:lang="en">Agency</narrative>', "")
    file = put(
        organisations(organisation(1), broken, organisation(2), organisation(1), organisation(3, identifier=""), nobody)
    )
    assert told(file) == (2, 0, 0, 4) and file.state == "whole" and (file.seen, file.position) == (6, 6)
    said = {str(each): each.path for each in file.findings.filter(severity="read")}
    assert said["The organisation has no identifier."] == "/iati-organisations/iati-organisation[5]"
    assert "Nobody reports the organisation." in said and any("twice" in each for each in said)


def test_a_truncated_file_keeps_what_came_before_the_break():
    file = put(organisations(organisation(1), organisation(2)[:400], end=""))
    assert file.added == 1 and file.state == "broken"


def test_a_sector_is_asked_of_activities_alone():
    assert told(put(organisations(organisation(1)), sector="160")) == (1, 0, 0, 0)


def test_what_an_interrupted_import_left_is_gone_on_with():
    data = organisations(*(organisation(number) for number in range(1, 6)))
    importing = ImportOfFile(None, data, name="a.xml")
    facts = FileFacts("iati-organisations", "a.xml", importing._facts.sha256, len(data))
    file = open_import(by=None, facts=facts)
    keep_batch(by=None, file=file, known=[named(each) for each in read(BytesIO(data))][:2])
    done = importing.run()
    assert done.pk == file.pk and told(done) == (5, 0, 0, 0) and done.position == 5
    assert [each.budgets.count() for each in ReportedOrganisation.objects.filter(last_file=done)] == [6] * 5


def test_activities_and_organisations_of_one_identifier_stand_apart():
    put(iati(activity(1)))
    assert told(put(organisations(organisation(1)))) == (1, 0, 0, 0)
    assert ReportedActivity.objects.get(identifier="XX-1-1").titles["es"] == "Registro de hogares 1"


def test_the_dry_run_says_what_changes_budget_by_budget():
    put(organisations(organisation(1), organisation(2)))
    changed = (
        organisation(2).replace("50.25", "60").replace("Agencia 2", "Agencia nueva 2").replace("Informe", "Memoria")
    )
    shown = preview(organisations(organisation(1), changed, organisation(3), organisation(3)))
    assert shown.counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 1, "doubtful": 0}
    changes = {each.field: (each.before, each.after) for line in shown.lines for each in line.changes}
    assert changes["Name (es)"] == ("Agencia 2", "Agencia nueva 2")
    (budget,) = [value for name, value in changes.items() if name.startswith("For a country, BO")]
    assert budget == ("50.25 USD; committed", "60.00 USD; committed")
    assert changes["Document https://example.org/2, Title (es)"] == ("Informe 2", "Memoria 2")
    assert len(changes) == 3 and "Agency 3" in {line.what for line in shown.lines}


def test_an_upload_goes_in_as_its_dry_run_showed_it(person):
    data = organisations(organisation(1))
    seen = preview(data).digest
    assert told(Upload(person("secretariat"), data, "a.xml").apply(seen=seen)) == (1, 0, 0, 0)


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_every_version_goes_in(version):
    file = put(organisations(organisation(1), version=version))
    assert told(file) == (1, 0, 0, 0) and file.version == version


def test_the_content_comes_back_and_its_touching_says_nothing():
    (first,) = (each.record for each in read(BytesIO(organisations(organisation(1)))))
    (again,) = (
        each.record for each in read(BytesIO(organisations(organisation(1).replace("2026-01-02T", "2026-02-02T"))))
    )
    assert organisation_in(to_content(first)) == first != again and digest_of(first) == digest_of(again)


@real
@pytest.mark.parametrize("path", [EXAMPLE, *CONFORMANCE], ids=lambda path: path.stem)
def test_a_real_file_is_stored_whole_and_written_as_it_was_read(path, tmp_path):
    records = [replace(each.record, version=VERSION) for each in read(path) if each.record]
    written = tmp_path / "written.xml"
    with written.open("wb") as stream:
        write(records, stream)
    assert [each.record for each in read(written)] == records
    assert validate(written, Judges(date.today()), processes=1).valid(Severity.SCHEMA)
    file = ImportOfFile(None, path).run()
    assert file.added + file.failed == len(records)
    for row in ReportedOrganisation.objects.filter(last_file=file):
        assert replace(organisation_in(row.content), version=VERSION) in records


def test_an_export_is_valid_and_comes_back_the_same(tmp_path):
    records = [organisation_of(row) for row in with_names(Institution.objects.all())]
    call_command("iati", "export", "-o", str(tmp_path))
    path = tmp_path / "organisation.xml"
    assert (tmp_path / "activities.xml").is_file()
    verdict = validate(path, Judges(date.today()), processes=1)
    assert not verdict.findings and verdict.organisations == len(records)
    file = ImportOfFile(None, path).run()
    assert file.added == len(records) > 0
    kept = {row.identifier: organisation_in(row.content) for row in ReportedOrganisation.objects.filter(last_file=file)}
    assert {each.identifier: each.names for each in kept.values()} == {each.identifier: each.names for each in records}
    again = tmp_path / "again.xml"
    with again.open("wb") as stream:
        write([kept[each.identifier] for each in records], stream)
    assert [each.record for each in read(again)] == [each.record for each in read(path)]
    assert told(ImportOfFile(None, again).run()) == (0, 0, len(records), 0)


def test_the_invented_file_goes_in_once_is_labelled_and_never_beside_another():
    def invented():
        return SourceFile.objects.filter(name="organisations.xml", fictional=True)

    def clear():
        ReportedOrganisation.objects.all().delete()
        SourceFile.objects.filter(kind=SourceKind.IATI_ORGANISATIONS).delete()

    clear()
    load_demo_organisations(by=None)
    load_demo_organisations(by=None)
    assert (invented().get().added, invented().get().findings_in_all) == (2, 0)
    clear()
    put(organisations(organisation(1)))
    load_demo_organisations(by=None)
    assert not invented().exists()
