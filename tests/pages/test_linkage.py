"""Which records are of the same cooperation: its pages, and how two agencies use them."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.interop.actions.linkage import decide_pair
from ayni.interop.models import PairDecision, RecordMerge, RecordPair, ReportedActivity
from ayni.registry.models import Declaration, Initiative
from tests.factories.linkage import BR, MX, pair, report, report_pair
from tests.factories.records import BRAZIL, CHILE, MEXICO, declared, initiative

PAGES: dict[str, dict[str, int | str]] = {
    "linkage/": {"public": "302", "national-coordinator": 5, "secretariat": 5, "*": "403"},
    "linkage/decided/": {"public": "302", "national-coordinator": 5, "secretariat": 5, "*": "403"},
    "linkage/0/": {"public": "302", "national-coordinator": "404", "secretariat": "404", "*": "403"},
    "linkage/0/join/MX-2010-0000/": {"public": "302", "national-coordinator": "404", "secretariat": "404", "*": "403"},
}
LANGUAGES = ("es", "pt", "en", "fr")

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


OF_A_PAIR: dict[str, dict[str, int | str]] = {
    "": {"public": "302", MEXICO: 18, "secretariat": 18, CHILE: "404", "expert": "403"},
    "join/{kept}/": {"public": "302", MEXICO: "403", BRAZIL: 11, "secretariat": 11, CHILE: "404", "expert": "403"},
}


@pytest.mark.parametrize(
    ("below", "reader", "found", "tongue"),
    [
        (below, reader, found, LANGUAGES[number % 4])
        for below, readers in OF_A_PAIR.items()
        for number, (reader, found) in enumerate(readers.items())
    ],
)
def test_each_page_of_a_pair(visit, below, reader, found, tongue):
    row = pair(verdict="same")
    visit(f"linkage/{row.pk}/{below.format(kept=row.one.code)}", reader, tongue, found)


def test_the_queue_shows_two_records_and_what_speaks_for_and_against(as_role):
    pair()
    RecordPair.objects.update(chance=0.7)
    text = as_role(MEXICO).get("/en/linkage/").content.decode()
    assert "Single registry of households" in text and "Cadastro único de domicílios" in text
    assert "For: The titles share 80% of their words." in text and "Against: They are of different sectors." in text
    assert "No other record comes near to either." in text and "begin" not in text
    assert "cooperation: 70%" in text and "amount, numbers in the title" in text
    assert all(f'data-key="{key}"' in text for key in "123") and "<kbd>1</kbd> the same" in text


def test_on_a_phone_each_cell_bears_the_record_that_says_it(as_role):
    row = pair()
    text = as_role(MEXICO).get("/en/linkage/").content.decode()
    one, other = (text.count(f'data-label="{record.code}"') for record in (row.one, row.other))
    assert one == other > 3


@pytest.mark.parametrize(("tongue", "first"), [("pt", "pt: Cadastro"), ("es", "es: Registro"), ("fr", "es: Registro")])
def test_a_reader_s_own_language_comes_first(as_role, tongue, first):
    Initiative.objects.filter(pk=pair().one_id).update(title={"es": "Registro", "pt": "Cadastro"})
    text = as_role(MEXICO).get(f"/{tongue}/linkage/").content.decode()
    said = [text.index(words) for words in (first, "es: Registro", "pt: Cadastro")]
    assert said[0] == min(said)


def test_a_person_answers_and_the_next_pair_comes(as_role):
    first, second = pair(certainty=0.1), pair(certainty=0.3)
    mexico = as_role(MEXICO)
    assert mexico.get("/en/linkage/").context["pair"] == first
    page = mexico.post(f"/en/linkage/{first.pk}/decide/", {"verdict": "different", "seen": ""}, follow=True)
    assert page.context["pair"] == second and "Noted: different." in page.content.decode()
    mexico.post(f"/en/linkage/{second.pk}/decide/", {"verdict": "unsure", "seen": ""})
    page = mexico.get("/en/linkage/")
    assert page.context["pair"] == second and "Somebody was not sure" in page.content.decode()
    # Who read it before the other answered is told.
    page = as_role("secretariat").post(f"/en/linkage/{second.pk}/decide/", {"verdict": "same", "seen": ""}, follow=True)
    assert "while you read it" in page.content.decode()
    page = as_role("secretariat").post(
        f"/en/linkage/{second.pk}/decide/", {"verdict": "same", "seen": "unsure"}, follow=True
    )
    text = page.content.decode()
    assert "Make one record of them" in text and "<del>Not sure</del>" in text
    assert [one.verdict for one in PairDecision.objects.filter(pair=second)] == ["same", "unsure"]
    text = mexico.get("/en/linkage/decided/").content.decode()
    assert f"/en/linkage/{first.pk}/" in text and "The same" in text


def test_two_partners_reports_become_one_initiative_with_two_declarations_and_two_again(as_role):
    row = pair(declared(MX, BR), initiative(BR, MX))
    brazil, kept, merged = as_role(BRAZIL), row.one, row.other
    brazil.post(f"/en/linkage/{row.pk}/decide/", {"verdict": "same", "seen": ""})
    address = f"/en/linkage/{row.pk}/join/{kept.code}/"
    assert address in brazil.get(f"/en/linkage/{row.pk}/").content.decode()
    # Mexico keeps the other record: it cannot let Brazil's join it.
    assert address not in as_role(MEXICO).get(f"/en/linkage/{row.pk}/").content.decode()
    assert as_role(MEXICO).post(address).status_code == 403
    assert "until a side has answered" in brazil.get(address).content.decode()
    assert brazil.post(address).status_code == 302
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert set(Declaration.objects.filter(initiative=kept).values_list("country", flat=True)) == {"MEX", "BRA"}
    text = brazil.get(f"/en/linkage/{row.pk}/").content.decode()
    assert "Take it back" in text and "data-verdicts" not in text
    assert merged.code in brazil.get("/en/linkage/decided/").content.decode()
    merge = RecordMerge.objects.get()
    assert as_role(CHILE).post(f"/en/linkage/merges/{merge.pk}/part/").status_code == 404
    brazil.post(f"/en/linkage/merges/{merge.pk}/part/")
    merged.refresh_from_db()
    assert merged.merged_into is None and "Make one record" in brazil.get(f"/en/linkage/{row.pk}/").content.decode()
    assert brazil.get(f"/en/linkage/{row.pk}/join/XX-2010-0000/").status_code == 302


OF_REPORTS: dict[str, dict[str, int | str]] = {
    "initiatives/{code}/reports/": {"public": "404", MEXICO: 28, BRAZIL: 28, "secretariat": 28, CHILE: "404"},
    "linkage/{pair}/": {"public": "302", MEXICO: 22, "secretariat": 22, CHILE: "404", "expert": "403"},
    "reported/{report}/": {"public": 15, MEXICO: 25, "secretariat": 25},
}


@pytest.mark.parametrize(
    ("address", "reader", "found", "tongue"),
    [
        (address, reader, found, LANGUAGES[number % 4])
        for address, readers in OF_REPORTS.items()
        for number, (reader, found) in enumerate(readers.items())
    ],
)
def test_each_page_about_a_report(visit, person, address, reader, found, tongue):
    made, told = declared(MX, BR), report()
    row = report_pair(made, told)
    decide_pair(by=person("secretariat"), pair=row, verdict="same")
    visit(address.format(code=made.code, pair=row.pk, report=told.pk), reader, tongue, found)


def test_a_report_comes_to_stand_behind_an_initiative_and_its_side_answers_with_it(as_role):
    made, told = declared(MX, BR), report(starts_on=date(2010, 5, 1))
    row = report_pair(made, told)
    mexico, brazil = as_role(MEXICO), as_role(BRAZIL)
    text = mexico.get("/en/linkage/").content.decode()
    assert told.identifier in text and "Cadastro único de domicílios" in text and "SHA-256" in text
    # The answer is enough: on to the next pair, nothing to join.
    page = mexico.post(f"/en/linkage/{row.pk}/decide/", {"verdict": "same", "seen": ""}, follow=True)
    assert page.redirect_chain[0][0].endswith("/linkage/")
    assert "counts once" in mexico.get(f"/en/linkage/{row.pk}/").content.decode()
    address = f"/en/initiatives/{made.code}/reports/"
    assert address in mexico.get(f"/en/initiatives/{made.code}/").content.decode()
    text = mexico.get(address).content.decode()
    assert "differs" in text and "1 May 2010" in text and "report gives otherwise" not in text
    assert "report gives otherwise" in brazil.get(address).content.decode()
    assert mexico.post(f"{address}{told.pk}/answer/").url == address
    assert made.declarations.get(country="BRA").stance == "notified"
    assert brazil.post(f"{address}{told.pk}/answer/").url.endswith("declarations/")
    assert made.declarations.get(country="BRA").stance == "disputed"
    # Who may not see the record is not told of it by the report's page.
    reported = f"/en/reported/{told.pk}/"
    assert made.code in brazil.get(reported).content.decode()
    assert made.code not in as_role("public").get(reported).content.decode()
    Initiative.objects.filter(pk=made.pk).update(validation="published")
    assert made.code in as_role("public").get(reported).content.decode()
    others = ReportedActivity.objects.exclude(pk=told.pk).count()
    assert f"{others} of them count" in as_role("expert").get("/en/reported/").content.decode()


def test_the_secretariat_opens_one_initiative_of_two_reports(as_role):
    row = report_pair(report(MX), report(BR))
    secretariat = as_role("secretariat")
    assert "Open one initiative" not in secretariat.get(f"/en/linkage/{row.pk}/").content.decode()
    secretariat.post(f"/en/linkage/{row.pk}/decide/", {"verdict": "same", "seen": "", "stay": "1"})
    text = secretariat.get(f"/en/linkage/{row.pk}/").content.decode()
    assert "Open one initiative" in text and f'value="{MX}"' in text
    page = secretariat.post(f"/en/linkage/{row.pk}/open/", {"keeper": MX}, follow=True)
    text = page.content.decode()
    assert row.report.identifier in text and row.other_report.identifier in text
    assert secretariat.post(f"/en/linkage/{row.pk}/open/", {"keeper": MX}).url == f"/en/linkage/{row.pk}/"
    # Both reports are public and told together; the record is its sides' own until they declare it.
    text = as_role("public").get(f"/en/reported/{row.report_id}/").content.decode()
    assert "Others report the same" in text and "stands behind an initiative" not in text


def test_three_records_that_may_be_one_are_told_together(as_role):
    rows = [declared(MX, BR), initiative(BR, MX), initiative("CL-FOSIS", BR, MX)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        pair(rows[one], rows[other], chance=0.9, certainty=0.4)
    text = as_role("secretariat").get("/en/linkage/decided/").content.decode()
    assert "Weakest link: 90%" in text and all(one.code in text for one in rows)
    RecordPair.objects.filter(one=rows[0], other=rows[1]).update(verdict="different")
    assert "Weakest link" not in as_role("secretariat").get("/en/linkage/decided/").content.decode()


def test_the_pages_ask_no_more_of_the_database_for_more_rows(as_role):
    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    first = pair(verdict="same", certainty=0.0)
    pair(certainty=0.0)
    report_pair(report(MX), report(), verdict="same")
    client = as_role("secretariat")
    addresses = ("/en/linkage/", "/en/linkage/decided/", f"/en/linkage/{first.pk}/")
    before = [queries(address) for address in addresses]
    for _ in range(3):
        pair(verdict="same")
        pair()
        report_pair(report(MX), report(), verdict="same")
    assert [queries(address) for address in addresses] == before


def test_the_nightly_comparison_finds_the_two_and_learns(capsys):
    first = declared(MX, BR)
    second = initiative(BR, MX, title={"pt": "Registro único de domicílios"}, starts_on=first.starts_on)
    call_command("link")
    assert "pairs kept" in capsys.readouterr().out
    found = RecordPair.objects.get(one=first, other=second)
    assert found.chance > 0.5
    assert not RecordPair.objects.filter(one__institution=first.institution, other__institution=first.institution)
    was = Initiative.objects.count()
    call_command("link")
    assert RecordPair.objects.get(one=first, other=second).chance == found.chance and Initiative.objects.count() == was
