"""Records of other systems: their pages, and the way in through a dry run."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.models import ReportedActivity, ReportedBudget, ReportedDocument, ReportedOrganisation, SourceFile
from ayni.interop.queries.kept import ANSWERS
from ayni.interop.queries.organisations.page import reported_as
from tests.factories.organisations import organisation, organisations, reported_organisation
from tests.factories.reported import activity, iati, source_file

# The list as it is read again: its counts and choices are asked once after an import.
PAGES: dict[str, dict[str, int | str]] = {
    "reported/": {"public": 2, "*": 4},
    "reported/load/": {"public": "302", "secretariat": 3, "national-coordinator": 3, "*": "403"},
    "reported/organisations/": {"public": 2, "*": 4},
    "reported/sources/": {"public": 2, "*": 4},
    "institutions/MX-SEDESOL/iati-activities.xml": {"public": 13, "*": 14},
    "institutions/MX-SEDESOL/iati-organisation.xml": {"public": 3, "*": 4},
}
LOAD = "/en/reported/load/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_there(db):
    """Neither the demonstration's records nor what another test asked."""
    ReportedActivity.objects.all().delete()
    ReportedOrganisation.objects.all().delete()
    SourceFile.objects.all().delete()
    ANSWERS.answer(object(), "", lambda: None)


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def upload(client, data: bytes, **values):
    return client.post(LOAD, {"file": SimpleUploadedFile("a.xml", data), **values})


def confirm(client, page):
    return client.post(
        LOAD, {"token": page.context["token"], "seen": page.context["shown"].digest, "sector": page.context["sector"]}
    )


def test_a_file_is_looked_at_then_goes_in(as_role):
    client = as_role("secretariat")
    page = upload(client, iati(activity(1), activity(2, extra="<odd/>"), activity(1)))
    counts = page.context["shown"].counts
    assert (counts["new"], counts["refused"], counts["doubtful"]) == (2, 1, 1)
    assert not SourceFile.objects.exists()
    answer = confirm(client, page)
    file = SourceFile.objects.get()
    assert answer.url == f"/en/reported/sources/{file.pk}/" and file.added == 2 and file.schema_findings


def test_what_changes_is_shown_field_by_field(as_role):
    ImportOfFile(None, iati(activity(1)), name="a.xml").run()
    page = upload(as_role("national-coordinator"), iati(activity(1, "Nuevo nombre")))
    (line,) = page.context["shown"].lines
    assert [(one.before, one.after) for one in line.changes] == [("Registro de hogares 1", "Nuevo nombre 1")]
    assert "Nuevo nombre 1" in page.content.decode()


def test_a_file_that_is_none_is_refused_with_what_to_do(as_role):
    page = upload(as_role("secretariat"), b"<html/>")
    assert page.status_code == 200 and "iati-activities" in page.content.decode() and not SourceFile.objects.exists()


def test_a_file_that_is_too_large_is_sent_to_the_command(as_role, settings):
    settings.UPLOAD_LIMIT = 100
    assert "./ayni iati import" in upload(as_role("secretariat"), iati(activity(1))).content.decode()


def test_one_record_and_one_file(visit):
    file = ImportOfFile(None, iati(*(activity(number) for number in range(1, 4))), name="a.xml").run()
    one = ReportedActivity.objects.first()
    for language in ("es", "pt", "en", "fr"):
        text = visit(f"reported/{one.pk}/", "public", language, 9)
        assert "Registry 1" in text and "Registro de hogares 1" in text
        visit(f"reported/sources/{file.pk}/", "public", language, 3)


def test_the_list_is_filtered_and_its_number_of_queries_does_not_grow(as_role):
    ImportOfFile(None, iati(*(activity(number) for number in range(1, 31))), name="a.xml").run()
    client = as_role("public")
    numbers = []
    for address in ("?", "?page=2", "?"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/en/reported/{address}&nothing=kept")
        numbers.append(len(queries))
        counting = sum("COUNT(*)" in query["sql"] for query in queries.captured_queries)
    # The exact count, the publishers and the countries are asked once after an import.
    assert numbers[0] > numbers[1] == numbers[2] and counting == 0
    assert page.context["page_obj"].paginator.count == 30
    for question, count in {
        "text=hogares+29": 1,
        "country=BO": 30,
        "sector=160": 30,
        "sector=2": 0,
        "status=2": 30,
        "year=2023": 0,
        "publisher=XX-1": 30,
        "publisher=nobody": 30,
    }.items():
        found = client.get(f"/en/reported/?{question}").context["page_obj"].paginator.count
        assert found == count, question


def test_one_organisation_and_its_file(visit):
    file = ImportOfFile(None, organisations(*(organisation(number) for number in range(1, 4))), name="a.xml").run()
    one = ReportedOrganisation.objects.get(identifier="XX-1-1")
    for language, words in {"es": "Agencia 1", "pt": "Agencia 1", "en": "Agency 1", "fr": "Agencia 1"}.items():
        text = visit(f"reported/organisations/{one.pk}/", "public", language, 11)
        assert words in text and "Agency 1" in text and "Agencia 1" in text and "<progress" in text
        assert 'href="https://example.org/1"' in text and "Cooperación" in text and file.sha256 in text
        assert "/countries/BOL/" in text and "América del Sur" in text
        assert words.replace("1", "2") in visit(f"reported/sources/{file.pk}/", "public", language, 4)


def test_more_budgets_and_documents_ask_no_more_often(visit):
    money = '<value currency="USD" value-date="2024-01-01">5</value>'
    day = '<period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>'
    more = "".join(
        f'<recipient-country-budget><recipient-country code="{code}"/>{day}{money}</recipient-country-budget>'
        for code in ("HT", "PY", "PE", "CL") * 30
    )
    ImportOfFile(None, organisations(organisation(1, extra=more)), name="a.xml").run()
    text = visit(f"reported/organisations/{ReportedOrganisation.objects.get().pk}/", "public", "en", 11)
    assert "21 more are in the open data" in text and "not as the schema asks" in text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[", "http://[x]/a", "http://a\u2100b.c/"])
def test_an_address_that_a_browser_should_not_follow_is_no_link(visit, address):
    data = organisations(organisation(1).replace("https://example.org/1", address))
    ImportOfFile(None, data, name="a.xml").run()
    text = visit(f"reported/organisations/{ReportedOrganisation.objects.get().pk}/", "public", "en", 11)
    assert f'href="{address}' not in text and address in text


def test_a_page_draws_the_latest_of_many_documents_budgets_and_lines(visit):
    one = reported_organisation(publisher="XX-9")
    lines = [{"ref": f"L{n}", "names": {}, "value": "1", "currency": "USD", "value_on": None} for n in range(103)]
    years = [date(2000 + number % 20, 1, 1) for number in range(300)]
    for kind, days in (("total", [None, *years, date(2030, 1, 1)]), ("expenditure", years[:20])):
        ReportedBudget.objects.bulk_create(
            ReportedBudget(
                organisation=one, number=len(kind) * 1000 + n, kind=kind, value=n, currency="USD", starts_on=on
            )
            for n, on in enumerate(days)
        )
    one.budgets.filter(starts_on=date(2030, 1, 1)).update(lines=lines)
    ReportedDocument.objects.bulk_create(
        ReportedDocument(organisation=one, number=number, url=f"https://example.org/d{number}")
        for number in range(2, 106)
    )
    text = visit(f"reported/organisations/{one.pk}/", "public", "en", 9)
    assert text.count('href="https://example.org/') == 100 and '<span class="muted number">105</span>' in text
    assert "5 more are in the open data" in text and "202 more are in the open data" in text
    assert ">L99:" in text and ">L100:" not in text and "3 more are in the open data" in text
    whole = text[text.index("<tbody>", text.index('id="budgets-total"')) :]
    assert whole.index("1 Jan 2030") < whole.index("1 Jan 2019") and text.count('<th scope="row">') == 100 + 20 + 1


def test_an_organisation_is_found_from_its_institution_and_from_who_else_reports_it(as_role):
    client = as_role("public")
    one = reported_organisation(identifier="mx-sedesol")
    other = reported_organisation(identifier="mx-sedesol", publisher="XX-2", publisher_name="Otra agencia")
    text = client.get("/en/institutions/MX-SEDESOL/").content.decode()
    assert all(f"/en/reported/organisations/{each.pk}/" in text for each in (one, other))
    told = client.get(f"/en/reported/organisations/{one.pk}/").content.decode()
    assert "/en/institutions/MX-SEDESOL/" in told and "Otra agencia" in told


def test_what_is_invented_is_marked_wherever_it_is_named(as_role):
    client = as_role("public")
    file = source_file(kind="iati-organisations", fictional=True)
    one = reported_organisation(identifier="MX-SEDESOL")
    budget = {"kind": "organisation", "value": 5, "currency": "USD", "starts_on": date(2026, 1, 1)}
    for number, value in ((2, "mx-OTHER"), (3, "XX-real")):
        one.budgets.create(number=number, recipient=value, **budget)
    asked = "?nothing=kept"
    addresses = (f"/en/institutions/MX-SEDESOL/{asked}", f"/en/reported/organisations/{one.pk}/{asked}")
    assert all("Fictional" not in client.get(address).content.decode() for address in addresses)
    reported_organisation(identifier="mx-sedesol", publisher="XX-2", last_file=file)
    told = [client.get(address).content.decode().count("Fictional") for address in addresses]
    assert told == [1, 1]
    reported_organisation(identifier="MX-Other", names={"es": "Fondo"}, last_file=file)
    text = client.get(addresses[1]).content.decode()
    # Beside its name in the table, and in the bar.
    assert text.count("Fictional") == 3 and text.count("Fondo") == 2
    reported_organisation(identifier="MX-OTHER", names={"es": "Fondo"}, publisher="XX-3")
    assert client.get(addresses[1]).content.decode().count("Fictional") == 1


def test_the_latest_whole_budget_is_one_whose_period_is_told(as_role):
    timeless = '<total-budget><value currency="USD" value-date="2024-01-01">7777</value></total-budget>'
    ImportOfFile(None, organisations(organisation(1, extra=timeless)), name="a.xml").run()
    text = as_role("public").get("/en/reported/organisations/?nothing=kept").content.decode()
    assert "1,000.50 USD" in text and "7,777" not in text


def test_who_else_reports_an_organisation_is_found_by_an_index():
    reported_organisation(identifier="mx-sedesol")
    with CaptureQueriesContext(connection) as queries:
        assert [one.identifier for one in reported_as("MX-Sedesol")] == ["mx-sedesol"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{queries[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "reported_organisation_upper" in plan


def test_the_list_of_organisations_is_filtered_and_its_number_of_queries_does_not_grow(as_role):
    ImportOfFile(None, organisations(*(organisation(number) for number in range(1, 31))), name="a.xml").run()
    client = as_role("public")
    numbers = []
    for address in ("?", "?page=2", "?"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/en/reported/organisations/{address}&nothing=kept")
        numbers.append(len(queries))
    assert numbers[0] > numbers[1] == numbers[2] and page.context["page_obj"].paginator.count == 30
    assert "1,000.50 USD" in page.content.decode()
    assert {one.document_count for one in page.context["page_obj"].object_list} == {1}
    for question, count in {
        "text=agencia+29": 1,
        "publisher=XX-1": 30,
        "publisher=nobody": 30,
        "text=nadie": 0,
    }.items():
        found = client.get(f"/en/reported/organisations/?{question}").context["page_obj"].paginator.count
        assert found == count, question


def test_an_organisation_file_is_looked_at_then_goes_in(as_role):
    client = as_role("secretariat")
    page = upload(client, organisations(organisation(1), organisation(2, extra="<odd/>"), organisation(1)))
    counts = page.context["shown"].counts
    assert (counts["new"], counts["refused"], counts["doubtful"]) == (2, 1, 1)
    assert not ReportedOrganisation.objects.exists()
    answer = confirm(client, page)
    file = SourceFile.objects.get()
    assert answer.url == f"/en/reported/sources/{file.pk}/" and (file.kind, file.added) == ("iati-organisations", 2)


def test_the_list_of_files_tells_which_sectors_were_wanted(client):
    ImportOfFile(None, iati(activity(1)), name="all.xml").run()
    ImportOfFile(None, iati(activity(2)), name="some.xml").run(sector="160")
    text = client.get("/en/reported/sources/").content.decode()
    assert text.count("Only sectors that begin with 160") == 1
