"""Lists as files: taken away, changed, brought back, looked at row by row, put in; conflicts are chosen, nothing is doubled."""

import pytest

from ayni.common.views import sheets as views
from ayni.directory.models import Concept
from ayni.registry.actions.initiatives.frame import edit_initiative
from ayni.registry.models import Agreement, Initiative, Participation
from ayni.registry.queries.sheets.agreements import agreement_twin
from ayni.registry.queries.sheets.initiatives import initiative_twin
from tests.factories import sheets
from tests.factories.agreements import agreement
from tests.factories.sheets import Book, as_csv, counts, facts, initiative, table, told

KEEPERS = {"public": "302", "focal-point": 3, "national-coordinator": 3, "*": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    "initiatives/export.xlsx": {"public": 37, "*": 39},
    "initiatives/export.csv?year=2026": {"public": 37, "*": 39},
    "initiatives/participations.xlsx": {"public": 13, "*": 15},
    "initiatives/participations.csv": {"public": 13, "*": 15},
    "agreements/export.xlsx": {"public": 12, "*": 14},
    "agreements/export.csv?state=in-force": {"public": 12, "*": 14},
    "initiatives/import/": KEEPERS,
    "initiatives/participations/import/": KEEPERS,
    "agreements/import/": KEEPERS,
    "initiatives/activities.xlsx": {"public": 14, "*": 16},
    "initiatives/activities.csv": {"public": 14, "*": 16},
    "initiatives/activities/import/": KEEPERS,
    "initiatives/measurements.xlsx": {"public": 12, "*": 14},
    "initiatives/measurements.csv": {"public": 12, "*": 14},
    "initiatives/measurements/import/": KEEPERS,
    "initiatives/indicators.xlsx": {"public": 9, "*": 11},
    "initiatives/indicators.csv": {"public": 9, "*": 11},
    "initiatives/indicators/import/": KEEPERS,
    "initiatives/contributions.xlsx": {"public": 11, "*": 13},
    "initiatives/contributions.csv": {"public": 11, "*": 13},
    "initiatives/contributions/import/": KEEPERS,
}

pytestmark = pytest.mark.django_db
HERE = "/en/initiatives/"


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def taken(client, address: str = f"{HERE}export.xlsx") -> Book:
    return Book(client.get(address).content)


def csv_of(client, address: str = f"{HERE}export.csv"):
    return table(client.get(address).getvalue().decode())


def look(client, data: bytes, name: str = "list.xlsx", address: str = f"{HERE}import/"):
    return sheets.look(client, data, address, name)


def put_in(client, page, address: str = f"{HERE}import/", **choices: str):
    return sheets.put_in(client, page, address, **choices)


@pytest.fixture
def ours(person):
    return initiative(person("focal-point"), "BR-MDS", "CL-FOSIS")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("list_", ["initiatives", "participations", "agreements"])
def test_a_file_that_nobody_touched_changes_nothing(as_role, ours, list_, ending):
    agreement("BR-MDS", "CL-FOSIS", title={"en": "=1+1", "es": "'+a"}, limits={"fr": "un\r\ndeux\x0b"})
    client = as_role("focal-point")
    files, load = {
        "initiatives": (f"{HERE}export", f"{HERE}import/"),
        "participations": (f"{HERE}participations", f"{HERE}participations/import/"),
        "agreements": ("/en/agreements/export", "/en/agreements/import/"),
    }[list_]
    answer = client.get(f"{files}.{ending}")
    data = answer.getvalue() if answer.streaming else answer.content
    page = look(client, data, f"list.{ending}", load)
    assert set(counts(page)) == {"unchanged"} and not page.context["token"], told(page)
    # In another language of the page too.
    page = look(as_role("focal-point"), data, f"list.{ending}", load.replace("/en/", "/fr/"))
    assert set(counts(page)) == {"unchanged"}


def test_what_the_list_shows_goes_out_readable_and_coded(as_role, ours):
    topics = list(Concept.objects.current("topics")[:2])
    ours.topics.set(topics)
    book = taken(as_role("focal-point"), f"{HERE}export.xlsx?text=registros")
    row = book.find("code", ours.code)
    assert book.value(row, "topics_code") == "; ".join(sorted(one.code for one in topics))
    assert str(topics[0]) in book.value(row, "topics") and book.value(row, "title_en") == "On registries"
    assert book.sheet.freeze_panes == "B2" and [sheet.title for sheet in book.book.worksheets][1:] == [
        "Codes",
        "Read me",
    ]
    lists = {(line[0].value, line[1].value) for line in book.book["Codes"].iter_rows()}
    assert ("topics", topics[0].code) in lists and ("size", "programme") in lists
    _heads, rows = csv_of(as_role("focal-point"), f"{HERE}export.csv?text=nothing-like-it")
    assert rows == []
    _heads, rows = csv_of(as_role("public"))
    assert ours.code not in {row["code"] for row in rows}


def test_changed_and_new_rows_go_in_after_the_difference_was_shown(as_role, ours):
    client = as_role("focal-point")
    book = taken(client)
    row = book.find("code", ours.code)
    topic, goal = Concept.objects.current("topics")[0], Concept.objects.current("sdgs")[0]
    book.write(row, title_en="On social registries", starts_on="31/03/2026", topics=f"{topic}", goals_code=goal.code)
    book.add(
        title_pt="Outro",
        institution="BR-MDS",
        role_code=book.value(row, "role_code"),
        type="horizontal",
        size="Project",
    )
    page = look(client, book.saved())
    assert counts(page)["new"] == 1 and counts(page)["changed"] == 1
    assert "On registries" in told(page) and "On social registries" in told(page) and f"{topic}" in told(page)
    ours.refresh_from_db()
    assert ours.title["en"] == "On registries" and not Initiative.objects.filter(title__pt="Outro").exists()
    assert "2 rows were added or changed." in told(put_in(client, page))
    ours.refresh_from_db()
    assert ours.title == {"en": "On social registries", "es": "Sobre registros"} and f"{ours.starts_on}" == "2026-03-31"
    assert [one.code for one in ours.topics.all()] == [topic.code] and [one.pk for one in ours.goals.all()] == [goal.pk]
    made = Initiative.objects.get(title__pt="Outro")
    assert made.institution.code == "BR-MDS" and made.participations.count() == 1
    assert "no longer kept" in told(put_in(client, page))


def edited(person, ours: Initiative, **values) -> None:
    ours.refresh_from_db()
    edit_initiative(by=person("coordinacion.br@demo.ayni"), initiative=ours, base=ours.revision, facts=facts(**values))


@pytest.mark.parametrize("choice", ["file", "site"])
def test_what_both_sides_changed_is_shown_and_chosen(as_role, person, ours, choice):
    client = as_role("focal-point")
    book = taken(client)
    book.write(book.find("code", ours.code), title_en="The file's title", source="The file's source")
    edited(person, ours, title={"en": "The site's title"}, objective={"en": "The site's objective"})
    page = look(client, book.saved())
    assert counts(page)["conflict"] == 1
    (one,) = page.context["conflicts"]
    assert [(field["file"], field["site"]) for field in one["fields"]] == [("The file's title", "The site's title")]
    assert "choose which version" in told(put_in(client, page))
    page = look(client, book.saved())
    put_in(client, page, **{f"row_{one['number']}": choice})
    ours.refresh_from_db()
    assert ours.title == {"en": "The file's title" if choice == "file" else "The site's title"}
    assert ours.source == "The file's source" and ours.objective == {"en": "The site's objective"}


def test_an_old_file_takes_nothing_back(as_role, person, ours):
    client = as_role("focal-point")
    book = taken(client)
    edited(person, ours, title={"en": "Newer"})
    page = look(client, book.saved())
    assert set(counts(page)) == {"unchanged"}


@pytest.mark.parametrize(("revision", "state"), [("1", "conflict"), ("999", "changed"), (None, "changed")])
def test_without_its_marks_the_revision_decides(as_role, ours, revision, state):
    client = as_role("focal-point")
    book = taken(client)
    row = book.find("code", ours.code)
    book.write(row, title_en="Another", revision=revision)
    assert counts(look(client, book.saved()))[state] == 1


def test_what_changes_between_the_look_and_the_load_is_looked_at_again(as_role, person, ours):
    client = as_role("focal-point")
    book = taken(client)
    book.write(book.find("code", ours.code), title_en="Another")
    page = look(client, book.saved())
    edited(person, ours, title={"en": "Meanwhile"})
    assert "Look at it again" in told(put_in(client, page))
    ours.refresh_from_db()
    assert ours.title == {"en": "Meanwhile"}


def test_nothing_is_doubled(as_role, ours):
    client = as_role("focal-point")
    book = taken(client)
    row = book.find("code", ours.code)
    same = {
        "institution_code": "BR-MDS",
        "role_code": book.value(row, "role_code"),
        "type": "horizontal",
        "size": "project",
    }
    book.add(title_en="ON REGISTRIES", **same)
    book.add(title_en="Twice", **same)
    book.add(title_en="Twice", **same)
    book.add(code=ours.code)
    text = told(look(client, book.saved()))
    assert (
        f"in the list already, as {ours.code}" in text
        and "says the same" in text
        and "The same row stands in row" in text
    )
    assert "cannot be loaded as it is" in text


def test_what_is_wrong_is_said_where_it_stands(as_role, person, ours):
    theirs = initiative(person("national-coordinator"), "CL-FOSIS", title={"en": "Theirs"})
    done = initiative(person("focal-point"), "BR-MDS", title={"en": "Over"})
    Initiative.objects.filter(pk=done.pk).update(state="cancelled", reason="It ended.")
    client = as_role("secretariat")
    book = taken(client)
    assert book.find("code", theirs.code)
    client = as_role("focal-point")
    row = book.find("code", ours.code)
    book.write(row, starts_on="soon", type_code="horizontal-ish", size="", state="approved", topics="=A1")
    book.write(book.find("code", done.code), title_en="Again")
    book.add(code="BR-2026-9999", title_en="Invented")
    book.add(title_en="No institution")
    page = look(client, book.saved())
    text = told(page)
    for said in (
        "Write a day as",
        "Did you mean",
        "The cell is empty",
        "holds a formula",
        "not changed by a file",
        "no longer changed",
        "There is no such row",
    ):
        assert said in text, said
    # What one does not see is not told, changed or not.
    assert f"{theirs.code}" in text and "Theirs" in text
    assert not page.context["token"]


def test_one_may_read_without_being_allowed_to_change(as_role, person):
    theirs = initiative(person("national-coordinator"), "CL-FOSIS", title={"en": "Theirs"})
    Initiative.objects.filter(pk=theirs.pk).update(validation="unilateral")
    client = as_role("focal-point")
    book = taken(client)
    book.write(book.find("code", theirs.code), title_en="Ours")
    assert "You may read this, not change it." in told(look(client, book.saved()))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"a,b\n1,2\n", "x.csv", "not a file of this list"),
        (b"%PDF-1.7", "x.pdf", "Accepted here"),
        (b"", "x.csv", "empty"),
        (b"code,title_en,title_en\n,a,b\n", "x.csv", "Columns stand twice"),
        (b"PK\x03\x04broken", "x.xlsx", "cannot be told"),
    ],
)
def test_a_file_that_is_none_is_refused(as_role, data, name, said):
    assert said in told(look(as_role("focal-point"), data, name))


def test_who_takes_part_comes_back_too(as_role, ours):
    # Each side says who answers for its own institutions.
    partner, client = as_role("fosis@demo.ayni"), as_role("focal-point")
    theirs = taken(partner, f"{HERE}participations.xlsx?text={ours.code}")
    theirs.write(theirs.find("institution_code", "CL-FOSIS"), counterpart="Luisa", hours_a_month=40, tasks_es="Enseña.")
    put_in(
        partner, look(partner, theirs.saved(), address=f"{HERE}participations/import/"), f"{HERE}participations/import/"
    )
    book = taken(client, f"{HERE}participations.xlsx?text={ours.code}")
    row = book.find("institution_code", "CL-FOSIS")
    book.write(book.find("institution_code", "BR-MDS"), counterpart="Rui")
    book.add(initiative=ours.code, institution="CO-DPS", role_code=book.value(row, "role_code"))
    page = look(client, book.saved(), address=f"{HERE}participations/import/")
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, f"{HERE}participations/import/")
    part = Participation.objects.get(initiative=ours, institution__code="CL-FOSIS")
    assert (part.counterpart, part.hours_a_month, part.tasks) == ("Luisa", 40, {"es": "Enseña."})
    assert ours.participations.count() == 3 and part.changes.latest("since").name == "Luisa"
    book.add(initiative=ours.code, institution="MX-BIENESTAR", part=7, role_code=book.value(row, "role_code"))
    book.add(initiative="BR-2026-9999", institution="MX-BIENESTAR", role_code=book.value(row, "role_code"))
    text = told(look(client, book.saved(), address=f"{HERE}participations/import/"))
    assert "has no part 7" in text and "There is no initiative" in text


def test_agreements_come_back_as_drafts_and_only_drafts_change(as_role):
    made = agreement("BR-MDS", "CL-FOSIS")
    standing = agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", title={"en": "Standing"})
    client, load = as_role("focal-point"), "/en/agreements/import/"
    headings, rows = csv_of(client, "/en/agreements/export.csv")
    row = next(row for row in rows if row["number"] == str(made.pk))
    row |= {"title_en": "Renamed", "valid_to": "", "renews": "sim"}
    new = dict.fromkeys(row, "") | {"title_en": "New one", "institution": "BR-MDS", "form_code": row["form_code"]}
    page = look(client, as_csv(headings, [row, new]), "x.csv", load)
    assert counts(page) == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, load)
    made.refresh_from_db()
    assert (made.title, made.valid_to, made.renews) == ({"en": "Renamed"}, None, True)
    assert Agreement.objects.get(title__en="New one").state == "draft"
    other = next(row for row in rows if row["number"] == str(standing.pk)) | {"title_en": "Renamed too"}
    assert "Only a draft is changed in place" in told(look(client, as_csv(headings, [other]), "x.csv", load))


def test_the_lists_lead_to_their_files_with_their_filters(as_role):
    text = told(as_role("focal-point").get("/en/agreements/?state=in-force&page=1"))
    assert "/en/agreements/export.xlsx?state=in-force" in text and "/en/agreements/import/" in text
    assert "/en/agreements/import/" not in told(as_role("public").get("/en/agreements/"))
    text = told(as_role("focal-point").get(HERE))
    assert "/en/initiatives/participations.csv" in text and "/en/initiatives/import/" in text


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_without_an_account_is_bounded_and_the_page_says_what_to_do(as_role, person, monkeypatch, ending):
    monkeypatch.setattr(views, "MOST_WITHOUT_ACCOUNT", 1)
    for _each in range(2):
        one = initiative(person("focal-point"))
        Initiative.objects.filter(pk=one.pk).update(validation="published")
    page = as_role("public").get(f"{HERE}export.{ending}?year=2026")
    text = page.content.decode()
    assert (
        page.status_code == 403 and "at most 1 rows" in text and "Filter the list first" in text and "Sign in" in text
    )
    code = Initiative.objects.latest("pk").code
    for answer in (
        as_role("public").get(f"{HERE}export.{ending}?code={code}"),
        as_role("focal-point").get(f"{HERE}export.{ending}"),
    ):
        assert answer.status_code == 200
        answer.close()


def test_the_names_of_counterparts_are_read_by_the_sides_and_the_secretariat_alone(as_role, person):
    made = initiative(person("focal-point"), "BR-MDS", "CL-FOSIS")
    Initiative.objects.filter(pk=made.pk).update(validation="published")
    made.participations.update(counterpart="Ana Reyes", hours_a_month=12)
    readers = {"public": False, "expert": False, "observer": False, "administrator": False}
    for role, named in {**readers, "focal-point": True, "national-coordinator": True, "secretariat": True}.items():
        client = as_role(role)
        page = client.get(f"{HERE}{made.code}/").content.decode()
        assert ("Ana Reyes" in page) == named and "12 hours a month" in page, role
        _headings, rows = csv_of(client, f"{HERE}participations.csv?code={made.code}")
        assert len(rows) == 2 and {row["counterpart"] for row in rows} == {"Ana Reyes" if named else ""}, role


def test_an_import_tells_nobody_of_a_private_record_of_others(person):
    stranger, own = person("focal-point"), person("fosis@demo.ayni")
    hidden = initiative(own, "CL-FOSIS", title={"en": "Nobody knows"})
    cells = {"institution": "CL-FOSIS", "title_en": "Nobody knows", "starts_on": str(hidden.starts_on or "")}
    assert (initiative_twin(stranger, cells), initiative_twin(own, cells)) == ("", hidden.code)
    draft = agreement("CL-FOSIS", title={"en": "Nobody knows"})
    cells = {"institution": "CL-FOSIS", "title_en": "Nobody knows", "valid_from": str(draft.valid_from)}
    assert (agreement_twin(stranger, cells), agreement_twin(own, cells)) == ("", str(draft.pk))
