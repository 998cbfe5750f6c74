"""National files go in whole or not at all; profiles and crosswalks change in drafts alone, by those who may."""

import io
import json
import random
import zipfile
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ayni.accounts.models import User
from ayni.common.errors import Conflict, Refused
from ayni.common.models import AuditEvent
from ayni.directory.models import Concept
from ayni.interop.actions.national import profiles as actions
from ayni.interop.actions.national.load import load_national
from ayni.interop.actions.national.shipped import SHIPPED, load_profiles
from ayni.interop.formats.national.profile import NationalProfile
from ayni.interop.formats.open_data.turtle import turtle
from ayni.interop.models import (
    CodeMapping,
    RecordProfile,
    ReportedActivity,
    ReportedCode,
    ReportedOrganisation,
    SourceFile,
)
from ayni.interop.queries.national.looking import look
from ayni.interop.queries.national.page import crosswalks_shown
from ayni.interop.queries.national.reading import declared_of, rows_of
from ayni.interop.queries.national.sides import side_of, two_sides
from ayni.interop.queries.national.skos import crosswalk_as_skos
from ayni.interop.queries.preview import preview_reads
from tests.conftest import EMAILS
from tests.factories.national import DOCUMENT, TITLES, as_csv, as_xlsx, row
from tests.factories.national import profile as small
from tests.unit.interop.test_reported_constraints import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile():
    """The small profile of the factories, in force, with one code mapped; no record of the demonstration."""
    ReportedActivity.objects.all().delete()
    ReportedOrganisation.objects.all().delete()
    SourceFile.objects.all().delete()
    made = RecordProfile.objects.create(
        code="small",
        status="current",
        title={"es": "Pequeño"},
        country_id="MEX",
        declared=small().model_dump(mode="json"),
    )
    CodeMapping.objects.create(
        profile=made,
        field="sector",
        key="padrones",
        label="Padrones",
        relation="exactMatch",
        concept=term("single-registry"),
    )
    return made


def term(code: str) -> Concept:
    return Concept.objects.current("topics").get(code=code)


def person(role: str) -> User:
    return User.objects.get(email=EMAILS[role])


def load(profile, data, **more):
    return load_national(by=person("secretariat"), profile=profile, data=data, name="a.csv", **more)


def counts(file):
    return (file.added, file.changed, file.unchanged, file.failed)


def test_a_file_goes_in_and_again_changes_only_what_changed(profile):
    first = load(profile, as_csv(row(), row(Folio="A-2"), row(Folio="A-3", Monto="x")))
    assert counts(first) == (2, 0, 0, 1) and first.profile == "small@1" and first.publisher == "MX-X"
    again = load(profile, as_csv(row(), row(Folio="A-2"), row(Folio="A-3", Monto="x")))
    assert counts(again) == (0, 0, 2, 1) and again.pk == first.pk
    second = load(profile, as_csv(row(Folio="A-2", Nombre="Otro"), row()))
    assert counts(second) == (0, 1, 1, 0)
    one = ReportedActivity.objects.get(identifier="MX-X-A-2")
    assert (one.titles, one.line, one.first_file, one.last_file) == ({"es": "Otro"}, 2, first, second)
    assert ReportedCode.objects.filter(activity=one).count() == 4 and one.transactions.count() == 1
    assert first.findings.get().line == 4


def test_a_workbook_gives_the_same_records_as_a_csv_file(profile):
    load(profile, as_csv(row()))
    assert counts(load(profile, as_xlsx(row(Monto=1250.5)))) == (0, 0, 1, 0)


def test_another_version_of_the_profile_reads_the_file_anew(profile):
    load(profile, as_csv(row()))
    by = person("secretariat")
    draft = actions.draft_profile(by=by, profile=profile)
    declared = NationalProfile.model_validate({**DOCUMENT, "currency": "USD"})
    draft = actions.edit_profile(by=by, profile=draft, base=1, declared=declared, title={"es": "Otro"})
    actions.put_profile_in_force(by=by, profile=draft)
    file = load(RecordProfile.objects.get(code="small", status="current"), as_csv(row()))
    assert counts(file) == (0, 1, 0, 0) and file.profile == "small@2"


def test_what_was_seen_is_what_goes_in(profile):
    data = as_csv(row())
    seen = preview_reads(rows_of(profile, data)).digest
    load(profile, as_csv(row(Nombre="Otro")))
    with pytest.raises(Conflict):
        load(profile, data, seen=seen)
    assert SourceFile.objects.count() == 1


def archive(parts: dict[str, bytes]) -> bytes:
    """A workbook's archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


NO_FILES = {
    "nothing": b"",
    "another table": as_csv(("1",) * 9, titles=("x",) * 9),
    "no table": b"<html></html>",
    "a broken archive": b"PK\x03\x04" + b"\0" * 200,
    "a bomb": archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"0" * (90 * 2**20)}),
    "entities": archive(
        {"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "xl/workbook.xml": b"<x/>"}
    ),
    "a picture": b"\x89PNG\r\n\x1a\n0000",
}


@pytest.mark.parametrize("case", NO_FILES)
def test_what_is_no_such_file_is_refused_and_nothing_written(profile, case):
    with pytest.raises(Refused):
        load(profile, NO_FILES[case])
    assert not SourceFile.objects.exists() and not ReportedActivity.objects.exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_damaged_files_never_crash_or_leave_half_a_load(profile, kind):
    whole = {"xlsx": as_xlsx, "csv": as_csv}[kind](*(row(Folio=f"A-{number}") for number in range(5)))
    chance = random.Random(2010)
    for _turn in range(60):
        data = bytearray(whole)
        for _byte in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        damaged = bytes(data[: chance.choice([len(data), chance.randrange(1, len(data))])])
        before = SourceFile.objects.count()
        try:
            file = load(profile, damaged)
        except Refused:
            assert SourceFile.objects.count() == before
        else:
            assert file.state == "whole" and file.seen == sum(counts(file))
    assert not SourceFile.objects.exclude(state="whole").exists()


def test_who_may(profile):
    # The coordinator of the demonstration is Chile's.
    for role in ("focal-point", "national-coordinator", "expert", "observer", "administrator"):
        with pytest.raises(PermissionDenied):
            load_national(by=person(role), profile=profile, data=as_csv(row()), name="a.csv")
        with pytest.raises(PermissionDenied):
            actions.draft_profile(by=person(role), profile=profile)
    RecordProfile.objects.filter(pk=profile.pk).update(country="CHL")
    profile.refresh_from_db()
    assert actions.draft_profile(by=person("national-coordinator"), profile=profile).version == 2
    with pytest.raises(PermissionDenied):
        actions.create_profile(
            by=person("national-coordinator"), code="other", title={"es": "x"}, declared=declared_of(profile)
        )


def test_what_is_in_force_does_not_change(profile):
    by = person("secretariat")
    for act in (
        lambda: actions.edit_profile(by=by, profile=profile, base=1, declared=declared_of(profile), title={}),
        lambda: actions.map_codes(by=by, profile=profile, field="sector", mapped=[]),
        lambda: actions.keep_sample(by=by, profile=profile, sample=[]),
        lambda: actions.put_profile_in_force(by=by, profile=profile),
        lambda: actions.delete_profile_draft(by=by, profile=profile),
    ):
        with pytest.raises(Refused):
            act()
    draft = actions.draft_profile(by=by, profile=profile)
    assert [one.label for one in draft.mappings.all()] == ["Padrones"]
    with pytest.raises(Refused):
        actions.draft_profile(by=by, profile=profile)
    with pytest.raises(Conflict):
        actions.edit_profile(by=by, profile=draft, base=7, declared=declared_of(draft), title={})
    actions.delete_profile_draft(by=by, profile=draft)
    assert RecordProfile.objects.filter(code="small").count() == 1
    verbs = {"record profile drafted", "record profile draft deleted"}
    assert verbs <= set(AuditEvent.objects.values_list("verb", flat=True))


def test_the_country_of_a_profile_stays(profile):
    by = person("secretariat")
    draft = actions.draft_profile(by=by, profile=profile)
    declared = NationalProfile.model_validate({**DOCUMENT, "country": "CHL"})
    assert actions.edit_profile(by=by, profile=draft, base=1, declared=declared, title={}).declared["country"] == "MEX"


def test_a_code_counts_in_one_term_at_most(profile):
    by = person("secretariat")
    draft = actions.draft_profile(by=by, profile=profile)
    disability, registry = term("disability"), term("single-registry")
    one = actions.Mapped("sector", "Varios", "narrowMatch", disability.pk)
    other = actions.Mapped("sector", "VARIOS", "relatedMatch", registry.pk)
    draft = actions.map_codes(by=by, profile=draft, field="sector", mapped=[one, other])
    assert set(draft.mappings.values_list("key", flat=True)) == {"varios"} and draft.mappings.count() == 2
    modality = Concept.objects.current("modalities").first()
    for wrong in (
        [
            actions.Mapped("sector", "a", "exactMatch", disability.pk),
            actions.Mapped("sector", "A", "closeMatch", registry.pk),
        ],
        [actions.Mapped("sector", "a", "sameAs", disability.pk)],
        [actions.Mapped("sector", "a", "exactMatch", modality.pk)],
        [actions.Mapped("sector", " ", "exactMatch", disability.pk)],
    ):
        with pytest.raises(Refused), transaction.atomic():
            actions.map_codes(by=by, profile=draft, field="sector", mapped=wrong)
    with pytest.raises(Refused):
        actions.map_codes(by=by, profile=draft, field="colour", mapped=[])


def test_codes_without_a_term_are_named_with_their_counts(profile):
    load(profile, as_csv(row(), row(Folio="A-2", Sector="Pesca"), row(Folio="A-3", Sector="PESCA; Caza")))
    (shown,) = crosswalks_shown(profile)
    assert [(one.label.casefold(), one.uses) for one in shown.without] == [("pesca", 2), ("caza", 1)]
    assert [(one.label, one.uses) for one in shown.mapped] == [("Padrones", 1)]


def test_a_crosswalk_leaves_as_skos(profile):
    document = crosswalk_as_skos(profile, "https://x.org")
    (concept,) = document["@graph"][1:]
    (address,) = concept["exactMatch"]
    assert address.endswith("#term-single-registry") and concept["notation"] == "Padrones"
    assert f"skos:exactMatch <{address}>" in turtle(document)


def test_the_preview_shows_records_and_doubts(profile):
    profile.sample = [[1, list(TITLES)], [2, list(row())], [3, list(row(Folio="", Sector="Pesca"))]]
    shown = look(profile, declared_of(profile))
    assert [(one.line, one.state, len(one.advice)) for one in shown.rows] == [(2, "new", 0), (3, "refused", 2)]
    assert ("Offers", "MEX") in shown.rows[0].fields


def test_shipped_profiles_read_their_own_examples():
    assert set(RecordProfile.objects.values_list("code", flat=True)) >= set(SHIPPED)
    for one in RecordProfile.objects.filter(code__in=SHIPPED):
        shown = look(one, declared_of(one))
        assert one.reconstruction and one.written_from and not shown.about
        assert shown.rows and all(row.state == "new" for row in shown.rows), one.code
    assert load_profiles(by=None) == []


def test_two_countries_of_the_demonstration():
    found = two_sides("MEX", "BRA")
    assert (len(found.one.reports), len(found.other.reports)) == (7, 6)
    assert len(found.pairs) == 5 and sum(pair.named for pair, _told in found.pairs) == 3
    told = {one.what for _pair, differences in found.pairs for one in differences}
    assert told == {"ends", "status", "modality"}
    assert {one.label for one in found.one.unmapped} == {
        "Donación en especie",
        "Agricultura familiar",
        "Desarrollo social",
    }
    turned = two_sides("BRA", "MEX")
    assert [(row.code, row.other, row.one) for row in turned.years] == [
        (row.code, row.one, row.other) for row in found.years
    ]
    assert side_of("CHL", "MEX").reports == ()


def test_the_command(profile, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv(row(), row(Folio="")))
    out = StringIO()
    call_command("record", "import", str(path), "--profile", "small", "--json", "--dry-run", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["new"], told["refused"], told["written"]) == (1, 1, False) and not SourceFile.objects.exists()
    call_command("record", "import", str(path), "--profile", "small", stdout=out)
    assert SourceFile.objects.get().added == 1 and "is empty" in out.getvalue()
    for arguments in ((str(path), "--profile", "none"), (str(tmp_path / "none"), "--profile", "small")):
        with pytest.raises(CommandError):
            call_command("record", "import", *arguments, stdout=out)


@pytest.mark.parametrize(
    "values",
    [{"code": ""}, {"code": "new"}, {"version": 0}, {"revision": 0}, {"status": "x"}, {"code": "simexcid-mex"}],
    ids=str,
)
def test_constraints_of_a_profile(profile, values):
    refused(lambda: RecordProfile.objects.filter(pk=profile.pk).update(**values))


def test_one_draft(profile):
    made = [{"code": "small", "version": number, "status": "draft", "declared": {}} for number in (2, 3)]
    refused(lambda: RecordProfile.objects.bulk_create(RecordProfile(**one) for one in made))


@pytest.mark.parametrize("values", [{"key": ""}, {"label": ""}, {"relation": "sameAs"}, {"field": "status"}], ids=str)
def test_constraints_of_a_mapping(profile, values):
    refused(lambda: profile.mappings.update(**values))


@pytest.mark.parametrize(
    "values", [{"relation": "closeMatch"}, {"concept": "same", "relation": "relatedMatch"}], ids=str
)
def test_a_mapping_twice(profile, values):
    concept = term("single-registry" if "concept" in values else "disability")
    refused(
        lambda: CodeMapping.objects.create(
            profile=profile, field="sector", key="padrones", label="P", relation=values["relation"], concept=concept
        )
    )


@pytest.mark.parametrize("values", [{"field": ""}, {"key": ""}, {"field": "sector", "key": "padrones"}], ids=str)
def test_constraints_of_a_code(profile, values):
    load(profile, as_csv(row()))
    code = ReportedCode.objects.get(field="provider")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedCode.objects.filter(pk=code.pk).update(**values)
