"""Accounts of cooperation: their pages and files, in each language."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from ayni.atlas.queries.cooperation.scope import Scope
from ayni.atlas.reports.account import account
from ayni.common.audit import record
from ayni.directory.models import Country
from ayni.exchange.models import Demand, Offer
from ayni.learning.models import Lesson, Obstacle
from ayni.registry.models import Initiative
from tests.factories.evaluations import check
from tests.factories.lessons import lesson, obstacle
from tests.factories.results import initiative

YEAR = date.today().year
PAGES: dict[str, dict[str, int | str]] = {
    "cooperation/": {"*": "302"},
    "cooperation/2010/": {"public": 37, "*": 38},
    "countries/chl/cooperation/2010/": {"public": 41, "*": 42},
    "countries/chl/cooperation/1949/": {"*": "404"},
    "countries/xyz/cooperation/2010/": {"*": "404"},
    "cooperation/chl-2010-es.xlsx": {"public": 40, "*": 41},
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


def account_of(country: str, year: int):
    """The account of a country that says whether anything shown is fictional, and the words of its tables."""
    return account(Scope(year, Country.objects.get(pk=country)), "en")


@pytest.fixture
def nothing_invented():
    Initiative.objects.update(fictional=False)
    Obstacle.objects.update(fictional=False)
    Lesson.objects.update(fictional=False)
    Demand.objects.update(fictional=False)
    Offer.objects.update(fictional=False)


def test_nothing_is_called_fictional_where_nothing_shown_is(nothing_invented):
    assert not account_of("BRA", YEAR).banner
    other = initiative("CL-FOSIS", "PE-MIDIS", fictional=True, starts_on=f"{YEAR}-01-01")
    assert not account_of("BRA", YEAR).banner and account_of("CHL", YEAR).banner
    Initiative.objects.filter(pk=other.pk).update(starts_on=f"{YEAR + 1}-01-01")
    assert not account_of("CHL", YEAR).banner


@pytest.mark.parametrize("what", ["of the year", "waiting", "time line", "check", "obstacle", "demand", "lesson"])
def test_whatever_is_shown_and_fictional_is_called_so(nothing_invented, what):
    long_ago = {"starts_on": f"{YEAR - 5}-01-01", "ends_on": f"{YEAR - 5}-12-31"}
    this_year = {"starts_on": f"{YEAR}-01-01", "ends_on": f"{YEAR}-12-31"}
    if what == "of the year":
        initiative("BR-MDS", fictional=True, validation="unilateral", **this_year)
    elif what == "waiting":
        initiative("BR-MDS", fictional=True, validation="notified", **this_year)
    elif what == "time line":
        initiative("BR-MDS", fictional=True, **long_ago)
    elif what == "check":
        check(initiative("BR-MDS", fictional=True, state="cancelled", reason="So.", **long_ago), "BR-MDS")
    elif what == "obstacle":
        obstacle(fictional=True)
    elif what == "lesson":
        lesson(initiative("BR-MDS", "CL-FOSIS", **long_ago), state="reviewed", fictional=True)
    else:
        one = Demand.objects.filter(institution__country="BRA").first()
        Demand.objects.filter(pk=one.pk).update(fictional=True)
        record(by=None, verb="demand submitted", on=one)
    assert account_of("BRA", YEAR).banner


def test_a_table_of_more_years_than_one_says_so(client):
    text = client.get(f"/en/cooperation/{YEAR}/").content.decode()
    for told in (
        f"by checks made up to the end of {YEAR}",
        f"up to the end of {YEAR} and not ended before",
        "Of all years, as the records stand",
    ):
        assert told in text, told


def test_a_file_holds_as_many_initiatives_as_it_may_and_says_where_the_rest_is(monkeypatch):
    monkeypatch.setattr("ayni.atlas.reports.account.MOST_IN_A_FILE", 1)
    for _each in range(2):
        initiative("BR-MDS", starts_on=f"{YEAR}-01-01")
    table = next(
        block
        for section in account_of("BRA", YEAR).sections
        for block in section.blocks
        if getattr(block, "code", "") == "L1"
    )
    assert len(table.rows) == 1 and "The first 1 of them" in table.notes[0]
