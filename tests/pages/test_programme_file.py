"""Programmes from a workbook or a CSV file: a dry run row by row, then all or nothing; taken away, they load back unchanged."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.directory.actions import programme_file as actions
from ayni.directory.actions.programme_file import load_programmes
from ayni.directory.actions.programmes import ProgrammeFacts, edit_programme
from ayni.directory.models import Component, Programme
from ayni.directory.queries.programmes.plan import plan_load

FIXTURE = Path(__file__).resolve().parents[2].parent / "shared/fixtures/programmes/SocialProtection_BID/db.xlsx"
LOAD = "/en/programmes/load/"
HEAD = "code,country,institution,name_es,topics,quadrants,languages,evidence\n"
NEW = "BR-NUEVO,Brazil,BR-MDS,Programa nuevo,single-registry,Q2 Q3,pt es,3\n"

pytestmark = pytest.mark.django_db


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client, data: bytes | str, name: str = "programmes.csv"):
    data = data.encode() if isinstance(data, str) else data
    return client.post(LOAD, {"file": SimpleUploadedFile(name, data)})


def confirm(client, page):
    return client.post(LOAD, {"token": page.context["token"], "seen": page.context["plan"].digest})


def load(data: bytes | str, by=None) -> None:
    data = data.encode() if isinstance(data, str) else data
    load_programmes(by=by, data=data, seen=plan_load(data, by=by).digest)


def reasons(data: bytes | str, by=None) -> str:
    data = data.encode() if isinstance(data, str) else data
    return "\n".join(f"{sheet} {line.number} {line.reason}" for sheet, line in plan_load(data, by=by).refused)


def test_a_programme_is_added_after_a_dry_run(as_role):
    client = as_role("secretariat")
    page = upload(client, HEAD + NEW)
    assert page.context["plan"].counts == {"programmes": {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}}
    assert not Programme.objects.filter(code="BR-NUEVO").exists()
    assert confirm(client, page)["Location"] == "/en/programmes/"
    added = Programme.objects.get(code="BR-NUEVO")
    assert (added.country_id, added.institution.code, added.languages, added.evidence) == ("BRA", "BR-MDS", "es pt", 3)
    assert [term.code for term in added.quadrants.all()] == ["Q2", "Q3"]
    assert history(added).get().verb == "programme added"


def test_a_workbook_brings_everything_in_any_order(as_role):
    data = workbook(
        components=[
            ["programme", "code", "name_en", "needs", "evidence"],
            ["BR-NUEVO", "second", "Second", "first BR-PBF/payment-card", 2],
            ["BR-NUEVO", "first", "First", "", ""],
        ],
        documents=[
            ["programme", "url", "title_es", "component", "year"],
            ["BR-NUEVO", "https://example.org/a", "A", "first", 2020],
        ],
        programmes=[["code", "country", "name_es"], ["BR-NUEVO", "BRA", "Nuevo"]],
        versions=[["programme", "number", "changes_es"], ["BR-NUEVO", 1, "Comienza"]],
        notes=[["what", "ever"], ["is", "not read"]],
    )
    client = as_role("secretariat")
    confirm(client, upload(client, data, "programmes.xlsx"))
    added = Programme.objects.get(code="BR-NUEVO")
    second = added.components.get(code="second")
    assert {f"{one.programme.code}/{one.code}" for one in second.needs.all()} == {
        "BR-NUEVO/first",
        "BR-PBF/payment-card",
    }
    assert (second.position, added.components.get(code="first").position) == (1, 2), "in the order of the file"
    assert added.documents.get().component.code == "first" and added.versions.get().number == 1
    assert set(plan_load(data, by=None).counts["components"].items()) >= {("unchanged", 2), ("new", 0)}


def test_a_file_of_a_few_columns_changes_only_those():
    before = Programme.objects.get(code="CL-PUENTE")
    load("code,website\nCL-PUENTE,https://puente.example\n")
    after = Programme.objects.get(code="CL-PUENTE")
    assert after.website == "https://puente.example"
    assert (after.name, after.institution, after.evidence) == (before.name, before.institution, before.evidence)
    assert set(history(after).first().after) == {"website"}


@pytest.mark.parametrize("path", ["/es/programmes.xlsx", "/en/programmes.csv"])
def test_what_is_taken_away_changes_nothing_when_loaded(as_role, path):
    client = as_role("secretariat")
    page = upload(client, client.get(path).content, Path(path).name)
    plan = page.context["plan"]
    assert not plan.changes and not plan.refused
    assert plan.counts["programmes"]["unchanged"] == Programme.objects.count()
    assert "exactly what stands" in page.content.decode()
    with pytest.raises(Refused):
        load_programmes(by=None, data=client.get(path).content, seen=plan.digest)


def test_the_template_is_explained_in_the_language_of_the_reader_and_can_be_filled_in(client):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/pt/programmes/template.xlsx").content))
    assert book.sheetnames == ["para ler", "programmes", "versions", "components", "documents"]
    book["programmes"].append(["BR-NUEVO", "Brasil", "BR-MDS", "Nuevo"])
    buffer = io.BytesIO()
    book.save(buffer)
    plan = plan_load(buffer.getvalue(), by=None)
    assert [line.state for line in plan.lines["programmes"]] == ["new"]


def test_a_text_that_looks_like_a_formula_comes_back(as_role):
    Programme.objects.filter(code="CL-PUENTE").update(summary={"es": "=1+1", "en": "'=2", "pt": "-x"})
    client = as_role("secretariat")
    for path in ("/en/programmes.csv", "/en/programmes.xlsx"):
        assert not plan_load(client.get(path).content, by=None).changes, path


BAD_FILES = {
    "empty": (b"", "empty"),
    "no code": (b"name_es,country\nx,PER\n", "Columns are missing: code"),
    "another column": (b"code,pais\nPE-A,PER\n", "not known: pais"),
    "a column twice": (b"code,country,country\na,b,c\n", "twice"),
    "only a header": (b"code,country\n", "no programmes"),
    "no workbook": (b"PK\x03\x04rubbish", "damaged"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "type png"),
    "too many rows": (b"code\n" + b"PE-A\n" * 5_100, "5000"),
}


@pytest.mark.parametrize(("data", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_says_why(as_role, data, said):
    page = upload(as_role("secretariat"), data)
    assert page.status_code == 200 and said in str(page.context["form"].errors)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(as_role):
    data = workbook(programmes=[["code", "country"], ["BR-A", "BRA"]])
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b"0" * 100_000_000)
    page = upload(as_role("secretariat"), buffer.getvalue(), "programmes.xlsx")
    assert "far more than such a file needs" in str(page.context["form"].errors)


BAD_ROWS = {
    "an unknown country": ("BR-A,Brasilia,,Uno,,,,", "“country”: There is no country “Brasilia”"),
    "a group of countries": ('BR-A,"Africa, Total",,Uno,,,,', "is a group of countries"),
    "no country": ("BR-A,,,Uno,,,,", "“country”: Write the country"),
    "no name": ("BR-A,BRA,,,,,,", "“name_es”: Give the text"),
    "a code in small letters": ("br-a,BRA,,Uno,,,,", "“code”: Write two capitals"),
    "a code twice": (
        "BR-A,BRA,,Uno,,,,\nBR-A,BRA,,Dos,,,,",
        "programmes 3 Column “code”: The same code stands in row 2",
    ),
    "a formula": ("BR-A,BRA,,=1+1,,,,", "begins as a formula"),
    "Cyrillic letters": ("BR-А,BRA,,Uno,,,,", "belongs to another alphabet"),
    "an unknown institution": ("BR-A,BRA,BR-MDSS,Uno,,,,", "“BR-MDSS” in the directory. Did you mean “BR-MDS”?"),
    "an institution of another country": ("BR-A,BRA,CL-FOSIS,Uno,,,,", "belongs to another country"),
    "an unknown topic": ("BR-A,BRA,,Uno,single-registri,,,", "Did you mean “single-registry”?"),
    "an unknown quadrant": ("BR-A,BRA,,Uno,,Q9,,", "“quadrants”: “Q9” is not in the vocabulary"),
    "an unknown language": ("BR-A,BRA,,Uno,,,xx,", "“languages”: “xx” is no language here"),
    "evidence beyond 4": ("BR-A,BRA,,Uno,,,,7", "“evidence”: Write a whole number from 0 to 4"),
    "a cell too many": ("BR-A,BRA,,Uno,,,,1,2", "more cells than there are columns"),
    "a long name": (f"BR-A,BRA,,{'x' * 301},,,,", "more than 300 characters"),
}


@pytest.mark.parametrize(("rows", "said"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_wrong_row_is_shown_with_its_column_and_nothing_goes_in(as_role, rows, said):
    data = f"{HEAD}{rows}\n{NEW}"
    assert said in reasons(data)
    page = upload(as_role("secretariat"), data)
    assert page.context["token"] == "" and "Nothing was written" in page.content.decode()
    with pytest.raises(Refused, match="row "):
        load_programmes(by=None, data=data.encode(), seen="")
    assert not Programme.objects.filter(code="BR-NUEVO").exists()


def test_formulas_and_errors_of_a_workbook_are_refused():
    data = workbook(programmes=[["code", "country", "name_es", "acronym"], ["BR-A", "BRA", "=1+1", "#DIV/0!"]])
    told = reasons(data)
    assert "“name_es”: The cell holds a formula" in told


BAD_PARTS = {
    "a ring": (
        {
            "components": [
                ["programme", "code", "name_es", "needs"],
                ["BR-PBF", "a", "A", "b"],
                ["BR-PBF", "b", "B", "a"],
            ]
        },
        "a needs b, b needs a",
    ),
    "a ring with what stands": (
        {"components": [["programme", "code", "needs"], ["BR-PBF", "conditionalities", "decentralised-management"]]},
        "conditionalities needs decentralised-management, decentralised-management needs conditionalities",
    ),
    "itself": ({"components": [["programme", "code", "name_es", "needs"], ["BR-PBF", "a", "A", "a"]]}, "a needs a"),
    "an unknown need": (
        {"components": [["programme", "code", "name_es", "needs"], ["BR-PBF", "a", "A", "payment-cart"]]},
        "Did you mean “BR-PBF/payment-card”?",
    ),
    "an unknown programme": (
        {"components": [["programme", "code", "name_es"], ["BR-PBX", "a", "A"]]},
        "There is no programme “BR-PBX”, here or in the file. Did you mean “BR-PBF”?",
    ),
    "a document of no component": (
        {"documents": [["programme", "url", "title_es", "component"], ["BR-PBF", "https://a.example", "A", "none"]]},
        "There is no component “none”",
    ),
    "no address": (
        {"documents": [["programme", "url", "title_es"], ["BR-PBF", "a.example", "A"]]},
        "“url”: “a.example” is no whole address",
    ),
    "no version": (
        {"versions": [["programme", "number", "changes_es"], ["BR-PBF", "one", "A"]]},
        "“number”: Write a whole number",
    ),
}


@pytest.mark.parametrize(("sheets", "said"), BAD_PARTS.values(), ids=BAD_PARTS)
def test_a_wrong_part_is_shown_with_its_sheet_and_column(sheets, said):
    assert said in reasons(workbook(**sheets))


def test_each_loads_the_own_alone(person, as_role):
    data = f"{HEAD}{NEW}CL-NUEVO,CHL,CL-FOSIS,Nuevo,,,,\n"
    assert "programmes 3 Column “institution”: This programme belongs to another" in reasons(
        data, person("focal-point")
    )
    assert "programmes 2 Column “institution”: This programme belongs to another" in reasons(
        data, person("national-coordinator")
    )
    assert not reasons(data, person("secretariat"))
    stolen = "code,country,institution\nCL-PUENTE,BRA,BR-MDS\n"
    assert "belongs to another" in reasons(stolen, person("focal-point"))
    client = as_role("focal-point")
    confirm(client, upload(client, HEAD + NEW))
    assert Programme.objects.filter(code="BR-NUEVO").exists()
    for role in ("expert", "observer", "administrator"):
        assert as_role(role).get(LOAD).status_code == 403
        other = (HEAD + NEW.replace("BR-NUEVO", "BR-OTRO")).encode()
        with pytest.raises((PermissionDenied, Refused)):
            load_programmes(by=person(role), data=other, seen=plan_load(other, by=None).digest)


def test_a_catalogue_that_changed_since_is_looked_at_again(as_role):
    client = as_role("secretariat")
    page = upload(client, "code,website\nCL-PUENTE,https://mine.example\n")
    puente = Programme.objects.select_related("country", "institution").get(code="CL-PUENTE")
    facts = ProgrammeFacts(puente.country, puente.institution, puente.name, website="https://theirs.example")
    edit_programme(by=None, programme=puente, facts=facts)
    data = {"token": page.context["token"], "seen": page.context["plan"].digest}
    assert "changed since you looked" in client.post(LOAD, data, follow=True).content.decode()
    puente.refresh_from_db()
    assert puente.website == "https://theirs.example"
    with pytest.raises(Conflict):
        load_programmes(by=None, data=b"code,website\nCL-PUENTE,https://a.example\n", seen="another")


def test_a_load_that_breaks_off_leaves_nothing(monkeypatch):
    def broken(**given: object) -> None:
        raise OSError

    data = workbook(
        programmes=[["code", "country", "name_es"], ["BR-NUEVO", "BRA", "Nuevo"]],
        documents=[["programme", "url", "title_es"], ["BR-NUEVO", "https://example.org/a", "A"]],
    )
    monkeypatch.setattr(actions, "add_document", broken)
    with pytest.raises(OSError):
        load(data)
    assert not Programme.objects.filter(code="BR-NUEVO").exists()


def test_rows_cost_no_query_each_in_the_dry_run(django_assert_max_num_queries):
    rows = "".join(f"BR-A{number},BRA,BR-MDS,Uno,single-registry,Q2,pt,1\n" for number in range(60))
    with django_assert_max_num_queries(22):
        plan_load((HEAD + rows).encode(), by=None)


def told(*arguments: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("load_programmes", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_tells_and_then_writes(tmp_path, capsys):
    path = tmp_path / "programmes.csv"
    path.write_text(HEAD + NEW)
    assert told(str(path))["applied"] is False and not Programme.objects.filter(code="BR-NUEVO").exists()
    out = io.StringIO()
    call_command("load_programmes", str(path), "--lang", "en", stdout=out)
    assert "new 1" in out.getvalue() and "--apply" in out.getvalue()
    done = told(str(path), "--apply")
    assert done["applied"] is True and done["counts"]["programmes"]["new"] == 1
    assert Programme.objects.filter(code="BR-NUEVO").exists()
    out = io.StringIO()
    call_command("load_programmes", str(path), "--apply", "--lang", "en", stdout=out)
    assert "changes nothing" in out.getvalue()
    path.write_text(HEAD + NEW.replace("single-registry", "king"))
    out = io.StringIO()
    with pytest.raises(Refused, match="cannot be loaded"):
        call_command("load_programmes", str(path), "--apply", "--lang", "en", stdout=out)
    assert "king" in out.getvalue()
    with pytest.raises(Refused, match="cannot be read"):
        call_command("load_programmes", str(tmp_path / "none.xlsx"), "--lang", "en")


needs_the_real_ones = pytest.mark.skipif(
    not FIXTURE.is_file(), reason="the real programmes are not beside this repository (../shared/fixtures/programmes)"
)


@needs_the_real_ones
def test_199_real_programmes_of_32_countries_load_and_load_again_without_change(as_role):
    before = set(Programme.objects.values_list("pk", flat=True))
    data = FIXTURE.read_bytes()
    plan = plan_load(data, by=None)
    assert plan.counts["programmes"] == {"new": 199, "changed": 0, "unchanged": 0, "refused": 0}
    load(data)
    loaded = Programme.objects.exclude(pk__in=before)
    assert loaded.count() == 199 and loaded.values("country").distinct().count() == 32
    assert not loaded.filter(topics=None).exists() and not loaded.filter(languages="").exists()
    again = plan_load(data, by=None)
    assert not again.changes and not again.refused
    client = as_role("secretariat")
    assert not plan_load(client.get("/fr/programmes.xlsx").content, by=None).changes
    assert "212 programmes" in client.get("/en/programmes/").content.decode()
    page = client.get("/en/programmes/JM-UNEMPLOYMENT-RELIEF/").content.decode()
    assert "Ayni derived the topics" in page and "https://zenodo.org/record/5533030" in page


@needs_the_real_ones
def test_the_real_columns_say_what_they_say():
    load(FIXTURE.read_bytes())
    codes = ["BR-AUXILIO-EMERGENCIAL", "HT-TRANSFERT-EN-ESPECES-UNIQUE", "JM-BACK-TO-SCHOOL-GRANT", "PY-PYTYVO"]
    names = dict(Programme.objects.filter(code__in=codes).values_list("code", "name"))
    assert names == {
        "BR-AUXILIO-EMERGENCIAL": {"pt": "Auxílio Emergencial"},
        "HT-TRANSFERT-EN-ESPECES-UNIQUE": {"fr": "Transfert en espèces unique"},
        "JM-BACK-TO-SCHOOL-GRANT": {"en": "Back-to-school Grant"},
        "PY-PYTYVO": {"es": "Pytyvõ"},
    }
    parts = Component.objects.filter(programme__code="BR-AUXILIO-EMERGENCIAL")
    assert {one.code for one in parts} <= {"selection", "delivery"}
    assert all(one.description.get("en") for one in parts)


INVENTORY = (
    "program_name,country,type_of_measure,type_of_innovation,program_description,agency_name,date_start,cost,"
    "type_of_beneficiaries,how_selection,previous_info_select,how_delivery,payment_mechanism_principal,link_1,link_2,link_3\n"
    "Bono Uno,Chile,cash transfer,new,A bonus,Ministerio,2020-04-01,100,Families,By registry,Yes,By card,app or mobile,"
    "https://a.example,https://a.example,https://b.example/" + "x" * 500 + "\n"
    "Wage support,Saint Christopher and Nevis,wage subsidy,vertical,Wages,,2020-05-01,,,,No,,,,,\n"
    "Wage support!,Saint Christopher and Nevis,insurance,horizontal,Wages too,,,,,,,,bank account,,,\n"
)


def test_a_file_with_columns_of_its_own_is_understood_by_a_profile(as_role):
    page = upload(as_role("secretariat"), INVENTORY)
    text = page.content.decode()
    assert "The file was understood as: The IDB" in text and "1 address was left out" in text
    counts = page.context["plan"].counts
    assert [counts[sheet]["new"] for sheet in ("programmes", "versions", "components", "documents")] == [3, 2, 2, 1]
    load(INVENTORY)
    one = Programme.objects.get(code="CL-BONO-UNO")
    assert (one.name, one.summary, one.began, one.languages, one.contact) == (
        {"es": "Bono Uno"},
        {"en": "A bonus"},
        "2020-04-01",
        "es",
        "Ministerio",
    )
    terms = {name: {term.code for term in getattr(one, name).all()} for name in ("topics", "quadrants", "modalities")}
    assert terms == {
        "topics": {"programme-implementation", "social-rights", "single-registry", "information-systems"},
        "quadrants": {"Q2", "Q3", "Q4"},
        "modalities": {"knowledge-exchange", "field-visits", "materials"},
    }
    delivery = one.components.get(code="delivery")
    assert delivery.description == {"en": "By card\nPaid through: app or mobile"}
    assert delivery.cost_drivers == {"en": "Estimated cost in US dollars: 100"}
    second = Programme.objects.get(code="KN-WAGE-SUPPORT-2")
    assert second.name == {"en": "Wage support!"} and second.began == "" and second.versions.get().number == 2
    assert not plan_load(INVENTORY.encode(), by=None).changes


def test_a_row_of_an_unknown_country_is_refused_in_a_file_with_columns_of_its_own():
    told = reasons(INVENTORY.replace("Chile", "Chille"))
    assert "programmes 2 Column “country”: There is no country “Chille”. Did you mean Chile" in told


MORE_BAD = {
    "an e-mail": ("code,contact_email\nBR-PBF,nobody\n", "“nobody” is no e-mail address"),
    "a flag": ("code,fictional\nBR-PBF,maybe\n", "Write “yes”, or leave the cell empty"),
    "dates": ("code,began,ended\nBR-PBF,2020,2010\n", "ends before it begins"),
    "a date": ("code,began\nBR-PBF,soon\n", "Write a year, a month or a day"),
    "no text": ("code,name_es,name_pt,name_en,name_fr\nBR-PBF,,,,\n", "“name_es”: Give the text"),
}


@pytest.mark.parametrize(("data", "said"), MORE_BAD.values(), ids=MORE_BAD)
def test_what_a_programme_cannot_say(data, said):
    assert said in reasons(data)


def test_a_file_in_utf_16_is_read():
    load((HEAD + NEW).encode("utf-16"))
    assert Programme.objects.filter(code="BR-NUEVO").exists()


def test_what_the_dry_run_accepts_goes_in_whatever_the_order_of_the_rows(as_role):
    head = ["programme", "code", "name_en", "needs"]
    programmes = [["code", "country", "name_es"], ["BR-NUEVO", "BRA", "Nuevo"]]
    rows = [["BR-NUEVO", "one", "One", "two"], ["BR-NUEVO", "two", "Two", ""]]
    load(workbook(programmes=programmes, components=[head, *rows]))
    turned = [["BR-NUEVO", "two", "Two", "one"], ["BR-NUEVO", "one", "One", ""]]
    load(workbook(programmes=programmes, components=[head, *turned]))
    two = Component.objects.get(programme__code="BR-NUEVO", code="two")
    assert [one.code for one in two.needs.all()] == ["one"]
    assert history(two).first().after == {"needs": ["BR-NUEVO/one"]}


def test_a_header_without_end_is_refused_in_few_words(as_role):
    wide = ",".join(f"column{number}" for number in range(200_000))
    assert "more than 100 columns" in upload(as_role("secretariat"), f"code,{wide}\n").content.decode()
    strange = ",".join("x" * 5_000 for _number in range(90))
    page = upload(as_role("secretariat"), f"code,{strange}\n").content.decode()
    assert "These columns are not known" in page and "x" * 61 not in page and "…" in page
