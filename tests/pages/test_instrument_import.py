"""The import of a workbook from the upload to the draft, and every bad file refused with nothing written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from ayni.surveys.models import Instrument, InstrumentVersion

pytestmark = pytest.mark.django_db
ADDRESS = "/en/instruments/import/"
GOOD = [("type", "name", "label::English (en)"), ("text", "name", "What is your name?"), ("integer", "age", "How old?")]


def workbook(rows=GOOD, **sheets) -> bytes:
    book = Workbook()
    book.active.title = "survey"
    for row in rows:
        book.active.append(row)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part more, or in another's place."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return written.getvalue()


def upload(client, data: bytes, name: str = "form.xlsx"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data), "language": "en"})


def token_in(response) -> str:
    return response.context["token"]


def test_a_workbook_is_looked_at_first_and_then_becomes_a_draft(as_role):
    client = as_role("secretariat")
    settings_sheet = [("form_title", "form_id"), ("A small form", "small_form")]
    page = upload(client, workbook(settings=settings_sheet))
    assert page.status_code == 200
    assert "A small form" in page.content.decode()
    assert not Instrument.objects.filter(code="small_form").exists()
    made = client.post(ADDRESS, {"token": token_in(page), "language": "en"})
    assert made.status_code == 302 and made["Location"] == "/en/instruments/small_form/1/"
    assert client.get(made["Location"]).status_code == 200
    assert as_role("public").get(made["Location"]).status_code == 404, "a draft is not for the public"
    again = client.post(ADDRESS, {"token": token_in(page), "language": "en"})
    assert again["Location"] == ADDRESS, "the file has gone in and is not kept"
    assert InstrumentVersion.objects.filter(instrument__code="small_form").count() == 1


def test_a_token_is_of_one_person_one_file_and_one_purpose(as_role, person):
    client = as_role("secretariat")
    token = token_in(upload(client, workbook()))
    for altered in (token[:-2] + "xx", "", "x"):
        assert client.post(ADDRESS, {"token": altered, "language": "en"})["Location"] == ADDRESS
    assert client.post(ADDRESS, {"token": token, "language": "fr"})["Location"] == ADDRESS
    assert as_role("observer").post(ADDRESS, {"token": token, "language": "en"}).status_code == 403
    assert not Instrument.objects.exclude(code__in=["oas13", "opinion"]).exists()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
BAD = {
    "a formula without a result": (workbook([*GOOD, ("text", "=1+1", "x")]), "survey", "B4"),
    "a column missing": (workbook([("type", "label"), ("text", "What?")]), "survey", "2"),
    "a type nobody knows": (workbook([*GOOD, ("telepathy", "q3", "x")]), "survey", "A4"),
    "a condition on nothing": (workbook([(*GOOD[0], "relevant"), ("text", "a", "A", "${b} = 'x'")]), "survey", "D2"),
    "a list that is not there": (
        workbook([*GOOD, ("select_one c", "q3", "x")], choices=[("list_name", "name", "label")]),
        "survey",
        "A4",
    ),
    "no questions": (workbook([GOOD[0]]), "", ""),
    "another sort of sheet": (workbook([("a", "b"), (1, 2)]), "", ""),
    "more rows than a form has": (
        workbook([GOOD[0], *[("text", f"q{n}", "x") for n in range(6_000)]]),
        "survey",
        "5001",
    ),
    "a zip bomb": (with_part(workbook(), "xl/media/x.bin", b"\0" * 50_000_000), "", ""),
    "an XML bomb": (with_part(workbook(), "xl/sharedStrings.xml", BOMB), "", ""),
    "an entity from outside": (with_part(workbook(), "xl/workbook.xml", OUTSIDE), "", ""),
    "a damaged workbook": (workbook()[:-400], "", ""),
    "a part that is no XML": (with_part(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "", ""),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "", ""),
    "a text": (b"type,name,label\ntext,a,b\n", "", ""),
    "a web page": (b"<!doctype html><html></html>", "", ""),
}


@pytest.mark.parametrize(("data", "sheet", "cell"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_its_place(as_role, data, sheet, cell):
    page = upload(as_role("secretariat"), data)
    assert page.status_code == 200
    errors = [finding for finding in page.context["found"].findings if finding.severity == "error"]
    assert errors and all(finding.message.endswith((".", "?")) for finding in errors)
    assert not sheet or any((finding.sheet, finding.cell) == (sheet, cell) for finding in errors), errors
    assert "Nothing was written" in page.content.decode()
    assert page.context["token"] == ""
    assert not Instrument.objects.exclude(code__in=["oas13", "opinion"]).exists()


def test_macros_are_ignored_and_said(as_role):
    page = upload(as_role("secretariat"), with_part(workbook(), "xl/vbaProject.bin", b"x"), "form.xlsm")
    assert page.context["found"].spec is not None
    assert any("macros" in finding.message for finding in page.context["found"].findings)


def test_an_empty_upload_says_so_at_the_field(as_role):
    page = as_role("secretariat").post(ADDRESS, {"language": "en"})
    assert page.status_code == 200 and page.context["form"].errors
