"""Lessons and obstacles as files: taken away, changed, brought back; what the pages refuse is refused."""

from datetime import timedelta

import pytest

from ayni.learning.models import Lesson, Obstacle
from tests.factories.lessons import TODAY, initiative, lesson, obstacle
from tests.factories.sheets import Book, counts, look, put_in, table, told

pytestmark = pytest.mark.django_db
HERE = "/en/"
LESSONS, OBSTACLES = f"{HERE}lessons/", f"{HERE}obstacles/"
# What this module makes lies between the demonstration's own rows.
KEEPERS = {"public": "302", "focal-point": 3, "national-coordinator": 3, "*": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    "lessons/export.xlsx": {"public": 9, "*": 11},
    "lessons/export.csv?state=captured": {"public": 8, "secretariat": 11, "observer": 11, "*": 10},
    "lessons/import/": KEEPERS,
    "obstacles/export.xlsx": {"public": 8, "*": 10},
    "obstacles/export.csv?standing=met": {"public": 8, "*": 10},
    "obstacles/import/": KEEPERS,
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def ours():
    return initiative()


@pytest.fixture
def captured(ours):
    return lesson(ours, text={"es": "Uno\r\ndos"})


@pytest.fixture
def met(ours):
    measure = {"counter_measure": {"en": "Interpreters."}, "taken_on": TODAY - timedelta(days=100), "worked": "yes"}
    return obstacle(ours, **measure)


def taken(client, files: str) -> Book:
    return Book(client.get(f"{files}export.xlsx").content)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("files", [LESSONS, OBSTACLES])
def test_a_file_that_nobody_touched_changes_nothing(as_role, ours, captured, met, files, ending):
    lesson(ours, state="disseminated", title={"en": "Another"}, joint_with_id=captured.institution_id + 1)
    obstacle()
    answer = as_role("focal-point").get(f"{files}export.{ending}")
    data = answer.getvalue() if answer.streaming else answer.content
    for language in ("en", "fr"):
        address = f"{files}import/".replace("/en/", f"/{language}/")
        page = look(as_role("focal-point"), data, address, f"list.{ending}")
        assert set(counts(page)) == {"unchanged"} and not page.context["token"], told(page)


def test_lessons_come_back(as_role, ours, captured):
    client, load = as_role("focal-point"), f"{LESSONS}import/"
    book = taken(client, LESSONS)
    row = book.find("number", str(captured.pk))
    book.write(row, title_en="A better title", topics_code="", joint_with_code="CL-FOSIS")
    new = {"initiative": ours.code, "institution_code": "BR-MDS", "captured_on": f"{TODAY}"}
    book.add(title_pt="Nova", text_pt="Aprendemos.", topics_code="single-registry", **new)
    page = look(client, book.saved(), load)
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, load)
    captured.refresh_from_db()
    assert captured.title == {"en": "A better title"} and captured.text == {"es": "Uno\r\ndos"}
    assert not captured.topics.exists() and captured.joint_with and captured.joint_with.code == "CL-FOSIS"
    made = Lesson.objects.get(title__pt="Nova")
    assert (made.state, made.captured_on, made.topics.count()) == ("captured", TODAY, 1)


def test_what_is_wrong_with_lessons_is_said(as_role, ours, captured):
    typed = lesson(ours, state="typed", title={"en": "Typed"})
    theirs = lesson(ours, state="reviewed", by="CL-FOSIS", title={"en": "Theirs"})
    client = as_role("focal-point")
    book = taken(client, LESSONS)
    book.write(book.find("number", str(typed.pk)), title_en="Again")
    book.write(book.find("number", str(theirs.pk)), title_en="Ours")
    book.write(book.find("number", str(captured.pk)), activity=9)
    new = {"initiative": ours.code, "institution_code": "BR-MDS", "text_en": "Something."}
    book.add(title_en="A LESSON", captured_on=f"{TODAY}", **new)
    book.add(title_en="Twice", captured_on=f"{TODAY}", **new)
    book.add(title_en="Twice", captured_on=f"{TODAY}", **new)
    book.add(title_en="To come", captured_on=f"{TODAY + timedelta(days=3)}", **new)
    text = told(look(client, book.saved(), f"{LESSONS}import/"))
    for said in (
        "not changed in place",
        "You may read this, not change it.",
        "has no activity 9",
        f"in the list already, as {captured.pk}",
        "says the same",
        "has not come yet",
    ):
        assert said in text, said


@pytest.mark.parametrize("choice", ["file", "site"])
def test_what_both_sides_changed_is_chosen(as_role, captured, choice):
    client, load = as_role("focal-point"), f"{LESSONS}import/"
    book = taken(client, LESSONS)
    book.write(book.find("number", str(captured.pk)), title_en="The file's")
    Lesson.objects.filter(pk=captured.pk).update(title={"en": "The site's"}, revision=2)
    page = look(client, book.saved(), load)
    (one,) = page.context["conflicts"]
    put_in(client, page, load, **{f"row_{one['number']}": choice})
    captured.refresh_from_db()
    assert captured.title["en"] == f"The {choice}'s"


def test_obstacles_come_back_with_what_was_done(as_role, ours, met):
    client, load = as_role("focal-point"), f"{OBSTACLES}import/"
    book = taken(client, OBSTACLES)
    row = book.find("number", str(met.pk))
    first, then = TODAY - timedelta(days=50), TODAY - timedelta(days=20)
    # Both days move beyond what stood: neither order alone of the two actions would do.
    book.write(row, seen_on=f"{first}", taken_on=f"{then}", worked="", text_es="Nadie hablaba el otro idioma.")
    new = {"institution_code": "BR-MDS", "kind": book.value(row, "kind"), "seen_on": f"{first}"}
    book.add(text_pt="Novo", counter_measure_pt="Algo", taken_on=f"{then}", worked_code="partly", **new)
    page = look(client, book.saved(), load)
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, load)
    met.refresh_from_db()
    assert (met.seen_on, met.taken_on, met.worked, met.text["es"][:5]) == (first, then, "unknown", "Nadie")
    made = Obstacle.objects.get(text__pt="Novo")
    assert (made.worked, made.counter_measure, made.initiative, made.country_id) == (
        "partly",
        {"pt": "Algo"},
        None,
        "BRA",
    )
    book = taken(client, OBSTACLES)
    row = book.find("number", str(met.pk))
    book.write(row, seen_on=f"{TODAY - timedelta(days=300)}", taken_on=f"{TODAY - timedelta(days=200)}")
    put_in(client, look(client, book.saved(), load), load)
    met.refresh_from_db()
    assert met.seen_on == TODAY - timedelta(days=300)


def test_what_is_wrong_with_obstacles_is_said(as_role, ours, met):
    theirs = obstacle(by="CL-FOSIS", text={"en": "Theirs"})
    other = obstacle(text={"en": "Other"})
    client = as_role("focal-point")
    book = taken(client, OBSTACLES)
    row = book.find("number", str(met.pk))
    book.write(row, taken_on="")
    book.write(book.find("number", str(theirs.pk)), text_en="Ours")
    book.write(book.find("number", str(other.pk)), initiative="BR-1990-9999")
    new = {"institution_code": "BR-MDS", "kind": book.value(row, "kind")}
    book.add(text_en="NOBODY spoke the other's language.", seen_on=f"{met.seen_on}", **new)
    book.add(text_en="Twice", seen_on=f"{TODAY}", **new)
    book.add(text_en="Twice", seen_on=f"{TODAY}", **new)
    book.add(text_en="Judged", seen_on=f"{TODAY}", worked_code="yes", **new)
    text = told(look(client, book.saved(), f"{OBSTACLES}import/"))
    for said in (
        "from which day",
        "You may read this, not change it.",
        "There is no initiative",
        f"in the list already, as {met.pk}",
        "says the same",
        "said of a counter-measure",
    ):
        assert said in text, said


def test_the_lists_lead_to_their_files(as_role, ours, captured, met):
    client = as_role("focal-point")
    for files, query in ((LESSONS, "state=captured"), (OBSTACLES, "standing=met")):
        text = told(client.get(f"{files}?{query}"))
        assert f"{files}export.xlsx?{query}" in text and f"{files}import/" in text
        assert f"{files}import/" not in told(as_role("public").get(files))
    assert f"{LESSONS}export.csv?code={ours.code}" in told(client.get(f"{HERE}initiatives/{ours.code}/lessons/"))
    of_one = told(client.get(f"{HERE}initiatives/{ours.code}/obstacles/"))
    assert f"{OBSTACLES}export.csv?code={ours.code}" in of_one and f"{OBSTACLES}import/" in of_one
    _heads, rows = table(client.get(f"{OBSTACLES}export.csv?code={ours.code}").getvalue().decode())
    assert {row["initiative"] for row in rows} <= {ours.code}
    _heads, rows = table(client.get(f"{LESSONS}export.csv?code={ours.code}").getvalue().decode())
    assert [row["number"] for row in rows] == [str(captured.pk)]
    _heads, rows = table(as_role("public").get(f"{LESSONS}export.csv").getvalue().decode())
    assert str(captured.pk) not in {row["number"] for row in rows}
