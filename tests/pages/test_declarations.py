"""The record of two sides: its pages, its statistics, and how two agencies use them."""

import csv
import io

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ayni.common.desk import count_tasks, tasks_of
from ayni.registry.actions.declarations.sides import expire_unanswered
from ayni.registry.actions.demo_declarations import load_declarations
from ayni.registry.models import Declaration, Dispute, Initiative
from tests.factories.records import BRAZIL, MEXICO, declared, disputed, initiative

PAGES: dict[str, dict[str, int | str]] = {
    "initiatives/statistics/": {"public": 9, "*": 11},
    "initiatives/statistics.csv": {"public": 8, "*": 10},
    "initiatives/MX-2010-0000/declarations/": {"*": "404"},
    "initiatives/MX-2010-0000/declarations/BRA/dispute/": {"public": "302", "*": "404"},
    "initiatives/MX-2010-0000/declarations/same-as/BR-2010-0000/": {"public": "302", "*": "404"},
    "initiatives/MX-2010-0000/declarations/disputes/1/propose/": {"public": "302", "*": "404"},
    "initiatives/MX-2010-0000/declarations/disputes/1/mediate/": {"public": "302", "*": "404"},
}
LANGUAGES = ("es", "pt", "en", "fr")
MX, BR, CL = "MX-BIENESTAR", "BR-MDS", "CL-FOSIS"

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


# Of a record in dispute, asked of the secretariat: whom its pages open to, with how many queries.
OF_A_RECORD: dict[str, dict[str, int | str]] = {
    "": {"public": "404", "expert": "404", MEXICO: 32, "secretariat": 31, "observer": 24, "*": 31},
    "BRA/dispute/": {"public": "302", "expert": "404", BRAZIL: 23, "*": "403"},
    "BRA/dispute/?fields_of_record=title&fields_of_record=roles": {BRAZIL: 26, MEXICO: "403"},
    "disputes/{pk}/propose/": {"public": "302", "expert": "404", BRAZIL: 18, MEXICO: 18, "*": "403"},
    "disputes/{pk}/mediate/": {"public": "302", "expert": "404", "secretariat": 18, "*": "403"},
    "same-as/{other}/": {"public": "302", "expert": "404", MEXICO: 18, "secretariat": 18, "*": "403"},
}


READERS = ("public", MEXICO, BRAZIL, "focal-point", "secretariat", "expert", "observer")
CASES = [
    (below, reader, found, LANGUAGES[number % 4])
    for below, roles in OF_A_RECORD.items()
    for number, reader in enumerate(READERS)
    if (found := roles.get(reader, roles.get("*"))) is not None
]


@pytest.mark.parametrize(("below", "reader", "found", "tongue"), CASES)
def test_each_page_of_a_record(visit, below, reader, found, tongue):
    row = disputed(MX, BR, claimed="2010-05-01")
    Dispute.objects.update(asked_secretariat=True)
    code, other = row.declaration.initiative.code, declared(MX, BR).code
    address = f"initiatives/{code}/declarations/{below.format(pk=row.pk, other=other)}"
    visit(address, reader, tongue, found)


def test_a_public_record_is_read_without_what_is_between_the_sides(as_role):
    row = disputed(MX, BR)
    made = row.declaration.initiative
    Dispute.objects.update(note="Between us", outcome="kept", settled_at=timezone.now(), settled_by=said_by(row))
    Initiative.objects.filter(pk=made.pk).update(validation="published")
    here = f"/en/initiatives/{made.code}/declarations/"
    text = as_role("public").get(here).content.decode()
    assert "Single registry of households" in text and "Between us" not in text and "Declares it" in text
    assert "Between us" in as_role(BRAZIL).get(here).content.decode()


def said_by(row: Dispute):
    return row.declaration.answered_by


def test_two_agencies_declare_dispute_and_reconcile_on_the_pages(as_role):
    made = initiative(MX, BR)
    here, mexico, brazil = f"/en/initiatives/{made.code}/declarations/", as_role(MEXICO), as_role(BRAZIL)
    assert mexico.post(f"{here}MEX/declare/").status_code == 302
    text = brazil.get(here).content.decode()
    assert "Waits for Brazil, 60 days left" in text and "It is the turn of: Brazil" in text
    assert f"{made.code}" in brazil.get("/en/desk/").content.decode()
    address = f"{here}BRA/dispute/?fields_of_record=size&fields_of_record=starts_on"
    seen = brazil.get(address).context["form"]["seen"].value()
    data = {"size": "action", "starts_on": "2010-05-01", "note_size": "Two weeks.", "note_starts_on": "", "seen": seen}
    assert brazil.post(address, data).status_code == 302
    size, start = Dispute.objects.filter(declaration__initiative=made).order_by("field")
    text = mexico.get(here).content.decode()
    assert "Two weeks." in text and "In dispute" in text
    assert "Answer the dispute about" in mexico.get("/en/desk/").content.decode()
    mexico.post(f"{here}disputes/{size.pk}/accept-claim/")
    data = {"starts_on": "2010-04-15"}
    assert (
        "accept the claim"
        in mexico.post(f"{here}disputes/{start.pk}/propose/", {"starts_on": "2010-05-01"}).content.decode()
    )
    mexico.post(f"{here}disputes/{start.pk}/propose/", data)
    page = brazil.get(here)
    seen = page.context["told"].open[0].seen
    brazil.post(f"{here}disputes/{start.pk}/accept-proposal/", {"seen": "another"})
    start.refresh_from_db()
    assert start.outcome == "open"
    brazil.post(f"{here}disputes/{start.pk}/accept-proposal/", {"seen": seen})
    made.refresh_from_db()
    assert (made.validation, made.size, f"{made.starts_on}") == ("validated", "action", "2010-04-15")
    assert "publish it" in brazil.get("/en/desk/").content.decode()
    assert as_role("public").get(here).status_code == 404
    brazil.post(f"{here}publish/")
    assert "Declared by Mexico, Brazil." in as_role("public").get(here).content.decode()
    assert as_role("focal-point").post(f"{here}publish/").status_code == 403


def test_the_secretariat_mediates_and_claims_are_withdrawn(as_role):
    row = disputed(MX, BR)
    made, secretariat = row.declaration.initiative, as_role("secretariat")
    here = f"/en/initiatives/{made.code}/declarations/"
    as_role(MEXICO).post(f"{here}disputes/{row.pk}/ask/")
    assert "Mediate about" in secretariat.get("/en/desk/").content.decode()
    assert "asked to mediate" in secretariat.get(here).content.decode()
    address = f"{here}disputes/{row.pk}/mediate/"
    assert secretariat.post(address, {"starts_on": "2010-04-01"}).status_code == 200
    secretariat.post(address, {"starts_on": "2010-04-01", "reason": "The signed letter."})
    assert "The signed letter." in as_role(BRAZIL).get(here).content.decode()
    again = disputed(MX, BR)
    there = f"/en/initiatives/{again.declaration.initiative.code}/declarations/disputes/{again.pk}/"
    as_role(BRAZIL).post(f"{there}withdraw/")
    again.refresh_from_db()
    assert again.outcome == "kept"
    assert as_role(BRAZIL).post(f"{there}invent/").status_code == 404


def test_who_confirms_an_old_page_reads_it_again(as_role):
    made = declared(MX, BR)
    here, brazil = f"/en/initiatives/{made.code}/declarations/", as_role(BRAZIL)
    seen = brazil.get(here).context["told"].seen
    Initiative.objects.filter(pk=made.pk).update(size="action")
    assert "read it again" in brazil.post(f"{here}BRA/confirm/", {"seen": seen}, follow=True).content.decode()
    brazil.post(f"{here}BRA/confirm/", {"seen": brazil.get(here).context["told"].seen})
    made.refresh_from_db()
    assert made.validation == "validated"


def test_who_disputes_an_old_page_sees_what_stands_now(as_role):
    made = declared(MX, BR)
    here, brazil = f"/en/initiatives/{made.code}/declarations/", as_role(BRAZIL)
    address = f"{here}BRA/dispute/?fields_of_record=size&fields_of_record=formality"
    form = brazil.get(address).context["form"]
    Initiative.objects.filter(pk=made.pk).update(formality="exchanged")
    mine = Dispute.objects.filter(declaration__initiative=made)
    data = {"size": "action", "formality": "", "seen": form["seen"].value()}
    page = brazil.post(address, data)
    text = page.content.decode()
    assert "read it again" in text and "by exchange of letters" in text and not mine.exists()
    brazil.post(address, data | {"formality": "exchanged", "seen": page.context["form"]["seen"].value()})
    assert [(one.field, one.claimed) for one in mine] == [("size", "action")]


def test_the_desk_counts_what_it_shows(person):
    disputed(MX, BR)
    declared(MX, BR)
    initiative(MX, BR, validation="validated")
    Dispute.objects.create(
        declaration=Declaration.objects.filter(stance="disputed")[0],
        field="size",
        stands="project",
        claimed="action",
        asked_secretariat=True,
    )
    for name in (MEXICO, BRAZIL, "secretariat"):
        tasks = tasks_of(person(name))
        assert len(tasks) == count_tasks(person(name))
        assert any(task.kind == "declaration" for task in tasks)


def test_a_double_is_found_and_joined(as_role):
    first = declared(MX, BR)
    second = initiative(BR, MX, title={"pt": "Registro de domicílios, único"}, starts_on=first.ends_on, ends_on=None)
    initiative(BR, MX, title={"pt": "Compras públicas da agricultura"})
    here, brazil = f"/en/initiatives/{second.code}/declarations/", as_role(BRAZIL)
    page = brazil.get(here)
    assert [one.code for one in page.context["doubles"]] == [first.code]
    address = f"{here}same-as/{first.code}/"
    mexico = as_role(MEXICO)
    assert address not in mexico.get(here).content.decode() and mexico.get(address).status_code == 403
    assert address in page.content.decode()
    assert "cannot be undone" in brazil.get(address).content.decode()
    brazil.post(address)
    second.refresh_from_db()
    assert second.merged_into == first
    assert "which counts instead" in brazil.get(here).content.decode()
    there = brazil.get(f"/en/initiatives/{first.code}/declarations/").content.decode()
    assert "Records that joined this one" in there and second.code in there
    assert as_role(MEXICO).get(here).status_code == 200
    # A refusal stays on the page that asks.
    assert brazil.post(address).status_code == 200


def test_an_address_that_was_published_leads_to_the_record_that_counts(as_role):
    kept, draft = initiative(MX, BR, validation="published"), initiative(MX, BR)
    for into, answer in ((kept, f"/en/initiatives/{kept.code}/"), (draft, "")):
        double = initiative(BR, MX, validation="published", merged_into=into)
        page = as_role("public").get(f"/en/initiatives/{double.code}/")
        assert (page.status_code, page.headers.get("Location", "")) == (302 if answer else 404, answer)


def test_the_records_are_counted_once_and_apart(as_role):
    def numbers() -> dict[tuple[str, str], tuple[int, int]]:
        text = as_role("public").get("/en/initiatives/statistics.csv").content.decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text))
        return {(row["table"], row["key"]): (int(row["validated"]), int(row["unilateral"])) for row in rows}

    before = numbers()
    for state in ("published", "published", "unilateral", "notified"):
        initiative(MX, BR, validation=state)
    kept = Initiative.objects.filter(validation="published").latest("pk")
    initiative(BR, MX, CL, validation="published", starts_on="1999-01-01", merged_into=kept)
    caches["process"].clear()
    after = numbers()
    for key in (("total", ""), ("country", "MEX"), ("pair", "BRA-MEX"), ("type", "horizontal"), ("year", "2010")):
        was = before.get(key, (0, 0))
        assert (after[key][0] - was[0], after[key][1] - was[1]) == (2, 1), key
    assert ("year", "1999") not in after
    page = as_role("public").get("/en/initiatives/statistics/")
    assert page.context["counts"].total.waiting == 0
    assert as_role(MEXICO).get("/en/initiatives/statistics/").context["counts"].total.waiting >= 1


def test_the_pages_ask_no_more_of_the_database_for_more_rows(as_role):
    def queries(client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    one = disputed(MX, BR).declaration
    declared(MX, BR)
    client, here = as_role(BRAZIL), f"/en/initiatives/{one.initiative.code}/declarations/"
    before = queries(client, here), queries(client, "/en/desk/"), queries(client, "/en/initiatives/statistics/")
    for field, claimed in (("size", "action"), ("formality", "formal"), ("title", {"pt": "Outro"})):
        one.disputes.create(field=field, stands=None, claimed=claimed)
    for _ in range(3):
        declared(MX, BR)
    after = queries(client, here), queries(client, "/en/desk/"), queries(client, "/en/initiatives/statistics/")
    assert after == before


def test_the_days_run_makes_records_unilateral(capsys):
    made = declared(MX, BR)
    day = timezone.localdate()
    Declaration.objects.filter(stance="notified").update(
        notified_on=day.fromordinal(day.toordinal() - 61), due_on=day.fromordinal(day.toordinal() - 1)
    )
    call_command("lapse")
    assert "unilateral records" in capsys.readouterr().out
    made.refresh_from_db()
    assert made.validation == "unilateral"


def test_the_demonstration_lets_the_sides_speak():
    Declaration.objects.all().delete()
    Initiative.objects.update(validation="private", state="identification")
    lived = {"state": "execution", "approved_on": "2010-01-01", "began_on": "2010-03-01", "fictional": True}
    one_sided = Initiative.objects.filter(code="MX-2010-0001").first() or initiative(MX, BR, code="MX-2010-0001")
    first, second, third = (initiative(MX, BR, code=f"MX-2005-000{number}", **lived) for number in (1, 2, 3))
    silent = initiative(CL, "DE-GIZ", code="CL-2005-0009", **lived)
    draft = initiative(MX, BR, code="MX-2005-0004")
    again = initiative(MX, BR, code="MX-2005-0005", merged_into=draft)
    # Nobody speaks of what is real but the countries themselves.
    real = initiative(MX, BR, code="MX-2005-0006", **{**lived, "fictional": False})
    assert load_declarations(by=None) and not load_declarations(by=None)
    found = dict(Initiative.objects.values_list("code", "validation"))
    assert found[real.code] == "private"
    assert found[one_sided.code] == "unilateral" and found[silent.code] == "unilateral"
    assert [found[one.code] for one in (first, second, third, draft, again)] == [
        "disputed",
        "notified",
        "published",
        "private",
        "private",
    ]
    assert expire_unanswered(by=None, today=timezone.localdate()) == 0
