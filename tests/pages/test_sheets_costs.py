"""Contributions as a file: taken away, changed, brought back; what the pages refuse is refused."""

from decimal import Decimal

import pytest

from ayni.registry.models import Contribution
from tests.factories.contributions import TODAY, contribution, initiative
from tests.factories.plan import activity
from tests.factories.sheets import Book, counts, look, put_in, table, told

pytestmark = pytest.mark.django_db
FILES, LOAD = "/en/initiatives/contributions", "/en/initiatives/contributions/import/"


@pytest.fixture
def ours():
    return initiative()


@pytest.fixture
def standing(ours):
    return contribution(ours, activity=activity(ours), interpretation=True, note="Two\r\nweeks")


def taken(client) -> Book:
    return Book(client.get(f"{FILES}.xlsx").content)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_that_nobody_touched_changes_nothing(as_role, ours, standing, ending):
    contribution(ours, group="C", quantity=Decimal("2.50"), unit="hour")
    contribution(ours, unit_value=None, amount=Decimal("12345678901234.56"))
    answer = as_role("focal-point").get(f"{FILES}.{ending}")
    data = answer.getvalue() if answer.streaming else answer.content
    page = look(as_role("focal-point"), data, LOAD.replace("/en/", "/pt/"), f"list.{ending}")
    assert set(counts(page)) == {"unchanged"} and not page.context["token"], told(page)


def test_changed_and_new_rows_go_in(as_role, ours, standing):
    client = as_role("focal-point")
    book = taken(client)
    row = book.find("number", str(standing.pk))
    book.write(row, quantity=12.5, method_es="Según la escala.")
    new = {
        name: book.value(row, name)
        for name in ("initiative", "institution_code", "kind_code", "group_code", "stage_code", "unit_code", "on")
    }
    book.add(quantity="3,5", unit_value=10, currency="brl", method_pt="Pela tabela.", activity=1, **new)
    page = look(client, book.saved(), LOAD)
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, LOAD)
    standing.refresh_from_db()
    # The amount follows the quantity; what the file says nothing about stays.
    assert (standing.quantity, standing.amount, standing.interpretation) == (Decimal("12.5"), Decimal(1250), True)
    assert standing.method == {"en": "By the tariff.", "es": "Según la escala."} and standing.note == "Two\r\nweeks"
    made = Contribution.objects.get(initiative=ours, quantity=Decimal("3.5"))
    assert (made.amount, made.currency, made.activity) == (Decimal(35), "BRL", ours.activities.get(number=1))


def test_what_the_pages_refuse_is_refused(as_role, ours, standing):
    client = as_role("focal-point")
    theirs = contribution(ours, "CL-FOSIS")
    over = contribution(initiative(code="BR-2090-0002", state="archived", closed_on=TODAY))
    book = taken(client)
    row = book.find("number", str(standing.pk))
    book.write(row, amount=7, activity="")
    book.write(book.find("number", str(theirs.pk)), note="Ours")
    book.write(book.find("number", str(over.pk)), note="Again")
    new = {
        name: book.value(row, name)
        for name in ("initiative", "institution_code", "kind_code", "group_code", "stage_code", "unit_code", "on")
    }
    more = {"unit_value": 10, "currency": "BRL", "method_en": "So."}
    book.add(quantity=0, **more, **new)
    book.add(quantity=-2, **more, **new)
    book.add(quantity="12345678901", **more, **new)
    book.add(quantity=4, activity=99, **more, **new)
    book.add(quantity=5, **(more | {"currency": "R"}), **new)
    text = told(look(client, book.saved(), LOAD))
    for said in (
        "not the quantity times",
        "You may read this, not change it.",
        "no longer changed",
        "A quantity is above zero.",
        "0 or more",
        "at most 10 digits",
        "has no activity 99",
        "three capital letters",
    ):
        assert said in text, said


def test_what_both_sides_changed_is_chosen(as_role, standing):
    client = as_role("focal-point")
    book = taken(client)
    book.write(book.find("number", str(standing.pk)), note="The file's")
    Contribution.objects.filter(pk=standing.pk).update(note="The site's", revision=2)
    page = look(client, book.saved(), LOAD)
    (one,) = page.context["conflicts"]
    put_in(client, page, LOAD, **{f"row_{one['number']}": "file"})
    standing.refresh_from_db()
    assert standing.note == "The file's"


def test_nothing_is_doubled(as_role, standing):
    client = as_role("focal-point")
    book = taken(client)
    row = book.find("number", str(standing.pk))
    names = [name for name in book.columns if name not in ("number", "revision", "amount")]
    same = {name: book.value(row, name) for name in names}
    book.add(**same)
    book.add(**(same | {"note": "Twice"}))
    book.add(**(same | {"note": "Twice"}))
    text = told(look(client, book.saved(), LOAD))
    assert f"in the list already, as {standing.pk}" in text and "says the same" in text


def test_the_page_leads_to_its_own_file(as_role, ours, standing):
    contribution(initiative(code="BR-2090-0003"))
    client = as_role("focal-point")
    text = told(client.get(f"/en/initiatives/{ours.code}/contributions/"))
    assert f"{FILES}.csv?code={ours.code}" in text and LOAD in text
    _heads, rows = table(client.get(f"{FILES}.csv?code={ours.code}").getvalue().decode())
    assert [row["number"] for row in rows] == [str(standing.pk)]
    _heads, rows = table(as_role("public").get(f"{FILES}.csv").getvalue().decode())
    assert str(standing.pk) not in {row["number"] for row in rows}
