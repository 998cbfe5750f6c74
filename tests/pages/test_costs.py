"""Contributions, costs, rates and process indicators: each page, and how they are used."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.registry.models import Contribution, DailyCost, ExchangeRate
from tests.factories.contributions import CODE, TODAY, contribution, daily, initiative, rate

ONE = f"initiatives/{CODE}/"
PAGES: dict[str, dict[str, int | str]] = {
    f"{ONE}contributions/": {"public": 18, "focal-point": 21, "*": 20},
    f"{ONE}contributions/add/": {"public": "302", "focal-point": 19, "national-coordinator": 18, "*": "403"},
    f"{ONE}contributions/90001/": {"public": "302", "focal-point": 21, "*": "403"},
    f"{ONE}contributions/90001/remove/": {
        "public": "302",
        "focal-point": "405",
        "national-coordinator": "405",
        "*": "403",
    },
    f"{ONE}contributions/90001/execute/": {
        "public": "302",
        "focal-point": "405",
        "national-coordinator": "405",
        "*": "403",
    },
    f"{ONE}process/": {"public": 25, "*": 27},
    "initiatives/costs/": {"public": 8, "*": 10},
    "initiatives/costs/?record=unilateral&country=BRA&kind=D011": {"public": 8, "*": 10},
    "initiatives/process/": {"public": 20, "*": 22},
    "initiatives/process/?country=BRA": {"public": 20, "*": 22},
    "rates/": {"public": 4, "*": 6},
    "rates/?currency=BRL": {"public": 4, "*": 6},
    "rates/keep/": {"public": "302", "secretariat": 3, "*": "403"},
    "rates/load/": {"public": "302", "secretariat": 3, "*": "403"},
    "rates/90001/remove/": {"public": "302", "national-coordinator": "405", "secretariat": "405", "*": "403"},
    "daily-costs/": {"public": 2, "*": 4},
    "daily-costs/keep/": {"public": "302", "secretariat": 4, "national-coordinator": 4, "*": "403"},
    "daily-costs/90001/remove/": {"public": "302", "national-coordinator": "405", "secretariat": "405", "*": "403"},
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(db):
    """A published initiative of Brazil and Chile with contributions in three groups, one of one side, a rate, a daily cost."""
    ExchangeRate.objects.filter(currency__in=["BRL", "CLP"]).delete()
    DailyCost.objects.all().delete()
    made = initiative(validation="published")
    rate("BRL", "5", days_ago=40, pk=90001)
    daily("BRA", "150", pk=90001)
    contribution(made, stage="planned", pk=90001)
    contribution(made)
    contribution(made, "CL-FOSIS", group="A", amount=Decimal(9500), currency="CLP", kind="D012", unit="journey")
    contribution(made, "CL-FOSIS", group="C", quantity=Decimal(12), unit="hour")
    contribution(initiative(code="BR-2090-0009", validation="unilateral"))
    return made


def test_each_page(visit, recorded, path, role, language, expect):
    visit(path, role, language, expect)


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


def text_of(client, path: str) -> str:
    return client.get(f"/en/{path}").content.decode()


def test_the_three_groups_stand_apart_and_what_is_not_converted_is_said(as_role, recorded):
    text = text_of(as_role("public"), f"{ONE}contributions/")
    for name in ("A · Financial", "B · In kind, valued in money", "C · In kind, not valued"):
        assert name in text
    assert "200.00 USD" in text and "Central bank" in text and "at 5 BRL" in text
    assert "no rate near enough" in text and "CLP (1)" in text
    assert "Record a contribution" not in text


def test_a_side_records_corrects_copies_and_removes_what_it_gives(as_role, recorded):
    client, here = as_role("focal-point"), f"/en/{ONE}contributions/"
    page = client.get(f"{here}add/")
    told = fields(page) | {
        "institution": "BR-MDS",
        "kind": "D011",
        "group": "B",
        "stage": "planned",
        "quantity": "4",
        "unit": "expert-day",
        "on": f"{TODAY - timedelta(days=3)}",
        "by_daily_cost": "on",
        "currency": "brl",
    }
    assert "leave them empty" in client.post(f"{here}add/", told).content.decode()
    client.post(f"{here}add/", told | {"currency": ""})
    made = Contribution.objects.exclude(pk=90001).latest("pk")
    assert (made.amount, made.currency) == (Decimal(600), "BRL")
    assert "documented daily cost of Brazil" in text_of(client, f"{ONE}contributions/")
    client.post(f"{here}{made.pk}/execute/")
    assert Contribution.objects.exclude(pk=90001).latest("pk").stage == "executed"
    again = client.post(f"{here}{made.pk}/execute/", follow=True).content.decode()
    assert "executed already" in again
    data = fields(client.get(f"{here}{made.pk}/")) | {"note": "Corrected."}
    assert client.post(f"{here}{made.pk}/", data).status_code == 302
    assert Contribution.objects.get(pk=made.pk).note == "Corrected."
    client.post(f"{here}{made.pk}/remove/")
    assert not Contribution.objects.filter(pk=made.pk).exists()


def test_the_later_of_two_sees_what_the_other_has_saved(as_role, recorded):
    client, here = as_role("focal-point"), f"/en/{ONE}contributions/90001/"
    data = fields(client.get(here))
    client.post(here, data | {"note": "First note."})
    page = client.post(here, data | {"note": "Second note."})
    assert "First note." in page.content.decode() and "Second note." in page.content.decode()
    client.post(here, fields(page) | {"note": "Both."})
    assert Contribution.objects.get(pk=90001).note == "Both."


def test_another_sides_contribution_is_not_changed(as_role, recorded):
    client = as_role("national-coordinator")
    assert client.get(f"/en/{ONE}contributions/90001/").status_code == 403
    assert client.post(f"/en/{ONE}contributions/90001/remove/").status_code == 403
    assert client.post(f"/en/{ONE}contributions/90001/execute/").status_code == 403
    assert Contribution.objects.filter(pk=90001, stage="planned").exists()


def test_a_record_that_is_not_public_shows_its_costs_to_nobody_else(as_role):
    made = initiative()
    contribution(made, group="A", amount=Decimal(4321), currency="USD")
    for path in (f"{ONE}contributions/", f"{ONE}process/"):
        assert as_role("public").get(f"/en/{path}").status_code == 404
    assert "4,321.00" not in text_of(as_role("public"), "initiatives/costs/")


def test_an_initiative_without_contributions_says_that_it_is_not_zero(as_role):
    initiative(validation="published")
    assert "That is not zero" in text_of(as_role("public"), f"{ONE}contributions/")
    text = text_of(as_role("public"), f"{ONE}process/")
    assert "not known" in text and "one of the two days is not recorded" in text


def test_rates_and_daily_costs_are_kept_on_their_pages(as_role, recorded):
    client = as_role("secretariat")
    told = {"currency": "pen", "on": f"{TODAY}", "per_dollar": "3.75", "source": "Central bank of Peru"}
    assert "three capital letters" in client.post("/en/rates/keep/", told | {"currency": "p3n"}).content.decode()
    client.post("/en/rates/keep/", told)
    assert "Central bank of Peru" in text_of(as_role("public"), "rates/?currency=PEN")
    client.post("/en/rates/90001/remove/")
    assert not ExchangeRate.objects.filter(pk=90001).exists()
    own = as_role("national-coordinator")
    told = {"country": "CHL", "since": "2026-01-01", "amount": "120000", "currency": "CLP", "source": "Escala 2026"}
    assert "Select a valid choice" in own.post("/en/daily-costs/keep/", told | {"country": "BRA"}).content.decode()
    own.post("/en/daily-costs/keep/", told)
    assert "Escala 2026" in text_of(as_role("public"), "daily-costs/")
    made = DailyCost.objects.get(country="CHL")
    assert own.post("/en/daily-costs/90001/remove/").status_code == 403
    own.post(f"/en/daily-costs/{made.pk}/remove/")
    assert not DailyCost.objects.filter(pk=made.pk).exists()


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("rates.csv", text.encode(), "text/csv")


def test_a_file_of_rates_is_looked_at_first_and_then_loaded(as_role):
    client, head = as_role("secretariat"), "currency,date,per_dollar,source\n"
    page = client.post("/en/rates/load/", {"file": upload(f"{head}ZZZ,2026-01-31,oops,Bank\n")})
    assert "is no rate" in page.content.decode() and "Load the file" not in page.content.decode()
    assert "Columns are missing" in client.post("/en/rates/load/", {"file": upload("a,b\n1,2\n")}).content.decode()
    page = client.post("/en/rates/load/", {"file": upload(f"{head}ZZZ,2026-01-31,5.5,Bank\n")})
    assert not ExchangeRate.objects.filter(currency="ZZZ").exists()
    going = {"token": page.context["token"], "seen": page.context["seen"]}
    assert "1 rate was added" in client.post("/en/rates/load/", going, follow=True).content.decode()
    assert ExchangeRate.objects.get(currency="ZZZ").per_dollar == Decimal("5.5")
    assert "no longer kept" in client.post("/en/rates/load/", going, follow=True).content.decode()
    page = client.post("/en/rates/load/", {"file": upload(f"{head}ZZZ,2026-01-31,5.5,Bank\n")})
    assert "exactly the rates that stand" in page.content.decode()


def test_costs_tell_validated_records_and_those_of_one_side_apart(as_role, recorded):
    alone = initiative(code="BR-2090-0002", validation="unilateral")
    contribution(alone, group="A", amount=Decimal(7777), currency="USD")
    validated = text_of(as_role("public"), "initiatives/costs/")
    assert "7,777.00" not in validated and "9,500.00 CLP" in validated
    text = text_of(as_role("public"), "initiatives/costs/?record=unilateral")
    assert "7,777.00 USD" in text and "9,500.00 CLP" not in text


@pytest.mark.parametrize(
    "path",
    [f"{ONE}contributions/", f"{ONE}process/", "initiatives/costs/", "initiatives/process/", "rates/", "daily-costs/"],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(as_role, recorded, path):
    client = as_role("focal-point")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/en/{path}").status_code == 200
        return len(queries)

    asked()
    before = asked()
    for number in range(3):
        contribution(recorded, note=f"{number}")
        rate("BRL", "5", days_ago=41 + number)
        daily("CHL", "5", days_ago=41 + number)
        other = initiative(code=f"BR-2090-010{number}", validation="published")
        contribution(other)
    assert asked() == before
