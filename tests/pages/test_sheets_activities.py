"""The work plans as a file: taken away, changed, brought back; what the pages refuse is refused."""

from datetime import timedelta

import pytest

from ayni.registry.actions.plan.writing import edit_activity
from ayni.registry.models import Activity
from tests.factories.plan import TODAY, activity, facts, initiative
from tests.factories.sheets import Book, counts, look, put_in, table, told

pytestmark = pytest.mark.django_db
FILES, LOAD = "/en/initiatives/activities", "/en/initiatives/activities/import/"


@pytest.fixture
def ours():
    return initiative("BR-MDS", "CL-FOSIS")


@pytest.fixture
def standing(ours):
    return activity(ours, "BRA", title={"en": "A visit"}, place="Brasília", description={"pt": "Três\r\ndias"})


def taken(client) -> Book:
    return Book(client.get(f"{FILES}.xlsx").content)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_that_nobody_touched_changes_nothing(as_role, standing, ending):
    answer = as_role("focal-point").get(f"{FILES}.{ending}")
    data = answer.getvalue() if answer.streaming else answer.content
    for language in ("en", "fr"):
        page = look(as_role("focal-point"), data, LOAD.replace("/en/", f"/{language}/"), f"list.{ending}")
        assert set(counts(page)) == {"unchanged"} and not page.context["token"], told(page)


def test_changed_and_new_rows_go_in(as_role, ours, standing):
    client = as_role("focal-point")
    book = taken(client)
    first = TODAY + timedelta(days=30)
    row = book.find("initiative", ours.code)
    book.write(
        row, title_en="A longer visit", ends_on=f"{standing.ends_on + timedelta(days=2)}", place="", online="sim"
    )
    book.add(
        initiative=ours.code,
        title_es="Un curso",
        modality=book.value(row, "modality"),
        institution_code="CL-FOSIS",
        starts_on=first.strftime("%d/%m/%Y"),
        ends_on=f"{first}",
        interpretation="ES-pt",
        country_code="CHL",
    )
    page = look(client, book.saved(), LOAD)
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, LOAD)
    standing.refresh_from_db()
    assert (standing.title, standing.online, standing.place) == ({"en": "A longer visit"}, True, "")
    # Other dates ask every side again.
    assert not standing.consents.exists()
    made = Activity.objects.get(initiative=ours, title__es="Un curso")
    assert (made.number, made.starts_on, made.interpretation) == (2, first, "es-pt")
    assert (made.institution.code, made.country_id) == ("CL-FOSIS", "CHL")


def test_what_the_pages_refuse_is_refused(as_role, ours, standing):
    client = as_role("focal-point")
    over = activity(initiative("BR-MDS", state="archived"), title={"en": "Over"})
    book = taken(client)
    row = book.find("initiative", ours.code)
    book.write(row, ends_on="2001-01-01", part="7")
    book.write(book.find("initiative", over.initiative.code), title_en="Again")
    new = {"modality": book.value(row, "modality"), "starts_on": "2030-01-01", "ends_on": "2030-01-02"}
    book.add(initiative=ours.code, title_en="One", institution_code="MX-BIENESTAR", **new)
    book.add(initiative=ours.code, title_en="Two", institution_code="BR-MDS", interpretation="pt-pt", **new)
    book.add(initiative="BR-1990-9999", title_en="Three", institution_code="BR-MDS", **new)
    book.add(initiative=ours.code, number=77, title_en="Four")
    text = told(look(client, book.saved(), LOAD))
    for said in (
        "has no part 7",
        "its plan is no longer changed",
        "does not take part",
        "two languages as “es-pt”",
        "There is no initiative",
        "There is no such row",
    ):
        assert said in text, said


def test_what_both_sides_changed_is_chosen(as_role, person, ours, standing):
    client = as_role("focal-point")
    book = taken(client)
    book.write(book.find("initiative", ours.code), title_en="The file's", place="Manaus")
    meanwhile = facts(
        ours,
        title={"en": "The site's"},
        place="Brasília",
        description=standing.description,
        starts_on=standing.starts_on,
        ends_on=standing.ends_on,
    )
    edit_activity(by=person("focal-point"), activity=standing, base=1, facts=meanwhile)
    page = look(client, book.saved(), LOAD)
    (one,) = page.context["conflicts"]
    assert [field["site"] for field in one["fields"]] == ["The site's"]
    put_in(client, page, LOAD, **{f"row_{one['number']}": "site"})
    standing.refresh_from_db()
    assert (standing.title, standing.place) == ({"en": "The site's"}, "Manaus")


def test_nothing_is_doubled(as_role, ours, standing):
    client = as_role("focal-point")
    book = taken(client)
    row = book.find("initiative", ours.code)
    same = {
        "initiative": ours.code,
        "modality": book.value(row, "modality"),
        "institution_code": "BR-MDS",
        "ends_on": "2031-01-01",
    }
    book.add(title_en="A VISIT", starts_on=f"{standing.starts_on}", **same)
    book.add(title_en="Twice", starts_on="2030-12-31", **same)
    book.add(title_en="Twice", starts_on="2030-12-31", **same)
    text = told(look(client, book.saved(), LOAD))
    assert "in the list already, as 1" in text and "says the same" in text


def test_one_sees_and_changes_what_the_pages_show_and_let_change(as_role, standing):
    theirs = activity(initiative("CL-FOSIS", "MX-BIENESTAR"), title={"en": "Theirs"})
    client = as_role("focal-point")
    _heads, rows = table(client.get(f"{FILES}.csv").getvalue().decode())
    assert theirs.initiative.code not in {row["initiative"] for row in rows}
    theirs.initiative.validation = "published"
    theirs.initiative.save()
    book = taken(client)
    book.write(book.find("initiative", theirs.initiative.code), title_en="Ours")
    assert "You may read this, not change it." in told(look(client, book.saved(), LOAD))


def test_the_plan_leads_to_its_own_file(as_role, ours, standing):
    activity(initiative("BR-MDS"), title={"en": "Another"})
    client = as_role("focal-point")
    text = told(client.get(f"/en/initiatives/{ours.code}/plan/"))
    assert f"{FILES}.csv?code={ours.code}" in text and LOAD in text
    _heads, rows = table(client.get(f"{FILES}.csv?code={ours.code}").getvalue().decode())
    assert [row["title_en"] for row in rows] == ["A visit"]
