"""The directory as CSV: taken away by everybody, loaded by the secretariat after a dry run, whole or not at all."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.directory.actions import institution_file as actions
from ayni.directory.actions.editing import edit_institution
from ayni.directory.actions.institution_file import load_institution_file
from ayni.directory.models import Affiliation, Concept, Country, Institution, InstitutionName
from ayni.directory.queries.institution_file import plan_load

PAGES: dict[str, dict[str, int | str]] = {
    "institutions/load/": {"public": "302", "secretariat": 3, "*": "403"},
    "institutions.csv": {"public": 4, "*": 5},
}

pytestmark = pytest.mark.django_db
LOAD = "/en/institutions/load/"
NEW = "code,country,parent,type,role,website,source,acronym,name_es,memberships\n"
PERU = "PE-NUEVA,PER,,ministry,lead,https://www.gob.pe/midis,Ley 29792,MIDIS,Ministerio de Desarrollo e Inclusión Social,XX-IASPN\n"


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def upload(client, data: bytes | str):
    data = data.encode() if isinstance(data, str) else data
    return client.post(LOAD, {"file": SimpleUploadedFile("institutions.csv", data)})


def confirm(client, page):
    return client.post(LOAD, {"token": page.context["token"], "seen": page.context["seen"]})


def reasons(page) -> str:
    return "\n".join(f"{line.number} {line.reason}" for line in page.context["lines"] if line.state == "refused")


def test_what_is_exported_changes_nothing_when_loaded(as_role):
    data = as_role("public").get("/es/institutions.csv").content
    page = upload(as_role("secretariat"), data)
    counts = page.context["counts"]
    assert counts["unchanged"] == Institution.objects.count() and counts["changed"] == counts["refused"] == 0
    assert page.context["token"] == "" and "exactly what stands" in page.content.decode()


def test_a_name_that_looks_like_a_formula_is_no_formula_in_the_export_and_comes_back(as_role):
    InstitutionName.objects.filter(institution__code="CL-FOSIS").update(name={"es": "=1+1"})
    data = as_role("public").get("/es/institutions.csv").content
    assert "'=1+1" in data.decode()
    assert upload(as_role("secretariat"), data).context["counts"]["unchanged"] == Institution.objects.count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_institutions_are_added_after_a_dry_run(as_role, encoding, separator):
    client = as_role("secretariat")
    page = upload(client, (NEW + PERU).replace(",", separator).encode(encoding))
    assert page.context["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "removed": 0, "refused": 0}
    assert not Institution.objects.filter(code="PE-NUEVA").exists()
    assert confirm(client, page)["Location"] == "/en/institutions/"
    added = Institution.objects.get(code="PE-NUEVA")
    assert (added.short_name, added.country_id, added.kind.code, added.role.code) == (
        "MIDIS",
        "PER",
        "ministry",
        "lead",
    )
    assert [one.body.code for one in added.affiliations.all()] == ["XX-IASPN"]
    assert [event.verb for event in history(added)] == ["membership added", "institution added"]
    assert client.get("/en/institutions/PE-NUEVA/").status_code == 200


def test_a_file_of_a_few_columns_changes_only_those(as_role):
    client = as_role("secretariat")
    before = Institution.objects.get(code="CL-FOSIS")
    page = upload(client, "code,website,name_en\nCL-FOSIS,https://fosis.example,Solidarity Fund\n")
    (line,) = page.context["lines"]
    assert [change.field for change in line.changes] == ["website", "name_en"]
    confirm(client, page)
    after = Institution.objects.get(code="CL-FOSIS")
    assert after.website == "https://fosis.example" and after.name["en"] == "Solidarity Fund"
    assert (after.parent_id, after.kind_id, after.name["es"]) == (before.parent_id, before.kind_id, before.name["es"])
    assert after.latest_name.valid_from == before.latest_name.valid_from
    assert Affiliation.objects.filter(member=after).exists()
    assert {event.verb for event in history(after)[:2]} == {"institution edited", "name edited"}


def test_rows_may_name_each_other_in_any_order(as_role):
    client = as_role("secretariat")
    rows = (
        "PE-UNIT,PER,PE-FUND,,,,,,Unidad,XX-NET\n"
        "PE-FUND,Perú,PE-HEAD,,,,,,Fondo,\n"
        "PE-HEAD,pe,,,,,,,Ministerio,\n"
        "XX-NET,International,,,,,,,Red,\n"
    )
    confirm(client, upload(client, NEW + rows))
    unit = Institution.objects.get(code="PE-UNIT")
    assert unit.parent.parent.code == "PE-HEAD" and unit.country_id == "PER"
    net = Institution.objects.get(code="XX-NET")
    assert net.international and net.country is None and net.members.get().member == unit
    # Who stood below stands above from now on.
    turned = "code,parent\nPE-FUND,PE-UNIT\nPE-UNIT,PE-HEAD\n"
    confirm(client, upload(client, turned))
    assert Institution.objects.get(code="PE-FUND").parent.code == "PE-UNIT"


def test_a_membership_that_the_file_lacks_ends_and_a_kind_of_an_earlier_version_stays(as_role):
    client = as_role("secretariat")
    fosis = Institution.objects.get(code="CL-FOSIS")
    old = Concept.objects.get(scheme__code="institution-types", code=fosis.kind.code)
    Concept.objects.filter(pk=old.pk).update(retired_on="2020-01-01")
    confirm(client, upload(client, "code,type,memberships\nCL-FOSIS,social-fund,\n"))
    fosis.refresh_from_db()
    assert fosis.kind == old and not fosis.affiliations.exists()


BAD_FILES = {
    "empty": (b"", "empty"),
    "no code": (b"name_es,country\nx,PER\n", "Columns are missing: code"),
    "a column with another name": (b"code,pais\nPE-A,PER\n", "not known: pais"),
    "a column twice": (b"code,role,role\na,b,c\n", "twice"),
    "only a header": (b"code,country\n", "no institutions"),
    "mixed encodings": ("code,name_es\nPE-A,Niñez\n".encode() + "PE-B,Niñez\n".encode("cp1252"), "line 3"),
    "too many rows": (b"code\n" + b"PE-A\n" * 2_100, "2000"),
    "too large": (b"code\n" + b"PE-A;" * 3_000_000, "MB"),
}


@pytest.mark.parametrize(("data", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_says_why(as_role, data, said):
    page = upload(as_role("secretariat"), data)
    assert page.status_code == 200 and said in str(page.context["form"].errors)


BAD_ROWS = {
    "an unknown country": (
        "PE-A,Cameron,,,,,,,Uno,",
        "2 Column “country”: There is no country “Cameron”. Did you mean Cameroon",
    ),
    "a group of countries": ('PE-A,"Africa, Total",,,,,,,Uno,', "“Africa, Total” is a group of countries"),
    "no country": ("PE-A,,,,,,,,Uno,", "“country”: Write the country"),
    "no name": ("PE-A,PER,,,,,,,,", "“name_es”: Give the name"),
    "a code in small letters": ("pe-a,PER,,,,,,,Uno,", "“code”: Write two capitals"),
    "a code twice": ("PE-A,PER,,,,,,,Uno,\nPE-A,PER,,,,,,,Dos,", "3 Column “code”: The code stands in row 2 too"),
    "a formula": ("PE-A,PER,,,,,,,=1+1,", "“name_es”: “=1+1” begins as a formula"),
    "Cyrillic letters": ("PE-А,PER,,,,,,,Uno,", "“code”: “А” in “PE-А” belongs to another alphabet"),
    "Cyrillic in a country": ("PE-A,РER,,,,,,,Uno,", "“country”: “Р”"),
    "a long name": (f"PE-A,PER,,,,,,,{'x' * 301},", "more than 300 characters"),
    "no address": ("PE-A,PER,,,,midis.gob.pe,,,Uno,", "“website”: “midis.gob.pe” is no whole address"),
    "an unknown type": ("PE-A,PER,,palace,,,,,Uno,", "“type”: “palace” is not in the vocabulary. Write one of"),
    "an unknown role": ("PE-A,PER,,,king,,,,Uno,", "“role”: “king”"),
    "an unknown parent": ("PE-A,PER,PE-NONE,,,,,,Uno,", "“parent”: There is no institution “PE-NONE”"),
    "an unknown body": ("PE-A,PER,,,,,,,Uno,XX-IASPN XX-NONE", "“memberships”: There is no institution “XX-NONE”"),
    "a member of itself": ("PE-A,PER,,,,,,,Uno,PE-A", "no member of itself"),
    "below itself": (
        "PE-A,PER,PE-B,,,,,,Uno,\nPE-B,PER,PE-A,,,,,,Dos,",
        "“parent”: The institution would stand below itself",
    ),
    "below itself with what stands": ("CL-MIDEPLAN,CHL,CL-FOSIS,,,,,,Uno,", "below itself"),
    "a comma without quotation marks": ("PE-A,PER,,,,,,,Uno,,dos", "more cells than there are columns"),
}


@pytest.mark.parametrize(("rows", "said"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_wrong_row_is_shown_with_its_column_and_nothing_can_be_confirmed(as_role, rows, said):
    page = upload(as_role("secretariat"), NEW + rows + "\n" + PERU)
    assert said in reasons(page)
    assert page.context["token"] == "" and "Nothing was written" in page.content.decode()
    with pytest.raises(Refused, match="Row "):
        load_institution_file(by=None, data=(NEW + rows + "\n" + PERU).encode(), seen="")
    assert not Institution.objects.filter(code="PE-NUEVA").exists()


def test_a_row_with_several_faults_is_refused_once(as_role):
    page = upload(as_role("secretariat"), f"{NEW}PE-A,Cameron,,palace,,,,,=1,\n{PERU}")
    assert (page.context["counts"]["refused"], page.context["counts"]["new"]) == (1, 1)
    assert len(page.context["lines"]) == 4


def test_a_load_that_breaks_off_leaves_nothing(person, monkeypatch):
    data = (NEW + PERU).encode()

    def broken(**given: object) -> None:
        raise OSError

    monkeypatch.setattr(actions, "add_affiliation", broken)
    with pytest.raises(OSError):
        load_institution_file(by=person("secretariat"), data=data, seen=plan_load(data).digest)
    assert not Institution.objects.filter(code="PE-NUEVA").exists()


def test_a_directory_that_changed_since_is_looked_at_again(as_role, person):
    client = as_role("secretariat")
    page = upload(client, "code,website\nCL-FOSIS,https://fosis.example\n")
    fosis = Institution.objects.get(code="CL-FOSIS")
    facts = actions.InstitutionFacts(Country.objects.get(pk="CHL"), None, None, None, "https://other.example", "")
    edit_institution(by=None, institution=fosis, facts=facts)
    answer = client.post(LOAD, {"token": page.context["token"], "seen": page.context["seen"]}, follow=True)
    assert "changed since you looked" in answer.content.decode()
    fosis.refresh_from_db()
    assert fosis.website == "https://other.example"
    with pytest.raises(Conflict):
        load_institution_file(by=None, data=b"code,website\nCL-FOSIS,https://a.example\n", seen="another")


def test_only_those_who_edit_the_directory_load(as_role, person):
    page = upload(as_role("secretariat"), NEW + PERU)
    told = {"token": page.context["token"], "seen": page.context["seen"]}
    assert as_role("observer").post(LOAD, told).status_code == 403
    answer = as_role("administrator").post(LOAD, told)
    assert answer.status_code == 403 or not Institution.objects.filter(code="PE-NUEVA").exists(), "another's file"
    with pytest.raises(PermissionDenied):
        load_institution_file(by=person("focal-point"), data=(NEW + PERU).encode(), seen="")


def test_the_ways_to_the_page(as_role):
    assert "/en/institutions/load/" in as_role("secretariat").get("/en/desk/").content.decode()
    assert "/en/institutions/load/" in as_role("secretariat").get("/en/institutions/").content.decode()
    assert "/en/institutions/load/" not in as_role("public").get("/en/institutions/").content.decode()


def test_an_empty_directory_says_what_to_do_next(client, emptied):
    text = client.get("/en/institutions/").content.decode()
    assert "There are no institutions yet" in text and "loads them from a CSV file" in text


def test_rows_cost_no_query_each_in_the_dry_run(django_assert_num_queries):
    rows = "".join(f"PE-A{number},PER,,ministry,lead,,,,Uno,XX-IASPN\n" for number in range(50))
    with django_assert_num_queries(5):
        plan_load((NEW + rows).encode())
