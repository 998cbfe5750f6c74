"""Accounts of cooperation: their pages and files, in each language."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from ayni.registry.models import Initiative

YEAR = date.today().year
PAGES: dict[str, dict[str, int | str]] = {
    "cooperation/": {"*": "302"},
    "cooperation/2010/": {"public": 28, "*": 29},
    "countries/chl/cooperation/2010/": {"public": 40, "*": 41},
    "countries/chl/cooperation/1949/": {"*": "404"},
    "countries/xyz/cooperation/2010/": {"*": "404"},
    "cooperation/chl-2010-es.xlsx": {"public": 39, "*": 40},
    "cooperation/network-2010-de.pdf": {"*": "404"},
    "cooperation/network-2010-es.exe": {"*": "404"},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def test_the_account_of_today_leads_to_its_year(client):
    assert client.get("/es/cooperation/").url == f"/es/cooperation/{YEAR}/"


def test_what_is_not_public_is_counted_but_not_shown(client):
    hidden = Initiative.objects.get(code="BR-2026-0001")
    text = client.get(f"/en/countries/bra/cooperation/{YEAR}/").content.decode()
    assert str(hidden) not in text and hidden.code not in text


@pytest.mark.parametrize(("language", "title"), [("es", "Nuestra cooperación"), ("pt", "Nossa cooperação")])
def test_a_workbook_holds_the_tables_in_the_language_of_its_address(client, language, title):
    answer = client.get(f"/{language}/cooperation/chl-2010-{language}.xlsx")
    book = load_workbook(BytesIO(answer.content), read_only=True)
    assert title in str(next(book.worksheets[0].values)[0])
    assert {"T3", "T7", "T8", "T12", "L1", "F11"} <= set(book.sheetnames)
    assert f"ayni-chl-2010-{language}.xlsx" in answer["Content-Disposition"]


def test_the_account_as_one_file_of_html(client):
    answer = client.get("/fr/cooperation/network-2010-fr.html")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "La coopération du réseau en 2010" in answer.content.decode()


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_the_account_as_a_document(client, fmt):
    body = client.get(f"/fr/cooperation/network-2010-fr.{fmt}").content
    assert body.startswith({"pdf": b"%PDF", "docx": b"PK"}[fmt])


def test_a_unilateral_record_is_told_apart(client):
    row = Initiative.objects.get(code="MX-2010-0001")
    assert row.validation == "unilateral"
    text = client.get("/en/countries/mex/cooperation/2009/").content.decode()
    assert "initiatives declared by one side alone" in text and row.code in text
