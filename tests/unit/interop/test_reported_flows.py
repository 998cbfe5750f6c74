"""Imported IATI activities as flows: what is counted, split, and kept apart so that nothing counts twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from ayni.iati.model import Activity
from ayni.iati.parts import AidType, Country, Money, Receiver, Region, Reporter, Sector, Transaction
from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.formats.content import from_content, to_content
from ayni.interop.formats.flows.activities import INCOMPLETE, NEEDED, PASSED_ON, UNTOLD, told
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.reported_flows import OWN, TWICE, gather
from ayni.registry.models import Initiative
from tests.factories.reported import REAL, activity, iati

SPENT = Transaction(type="3", on=date(2020, 5, 1), value=Money(Decimal(100)))


def an_activity(**values):
    given = {
        "identifier": "XM-1",
        "currency": "EUR",
        "reporter": Reporter(ref="SE-0", type="10", names=(("en", "Sweden"),)),
        "countries": (Country("BO", Decimal(25)), Country("PE", Decimal(25))),
        "regions": (Region("489"),),
        "sectors": (Sector(code="16010", percentage=Decimal(60)), Sector(code="15110", percentage=Decimal(40))),
        "aid_types": (AidType("C01"),),
        "transactions": (SPENT,),
    }
    return Activity(**{**given, **values})


def flows(one, reported=()):
    return told(one, set(reported).__contains__)


def test_money_is_split_and_the_record_counts_once():
    rows = flows(an_activity()).flows
    assert {(row.recipient, row.sector): row.value for row in rows} == pytest.approx(
        {
            ("BOL", "16010"): 15,
            ("BOL", "15110"): 10,
            ("PER", "16010"): 15,
            ("PER", "15110"): 10,
            ("reg-south-america", "16010"): 30,
            ("reg-south-america", "15110"): 20,
        }
    )
    assert sum(row.count for row in rows) == pytest.approx(1)
    assert {(row.provider, row.source, row.status, row.currency, row.year, row.modality) for row in rows} == {
        ("SWE", "iati", "disbursement", "EUR", 2020, "C01")
    }


def test_what_a_transaction_says_of_itself_goes_first():
    own = Transaction(
        type="2",
        on=date(2021, 1, 1),
        value=Money(Decimal(7), "USD"),
        country=Country("HT"),
        sectors=(Sector(vocabulary="2", code="160"),),
    )
    (row,) = flows(an_activity(transactions=(own,))).flows
    assert (row.recipient, row.sector, row.status, row.currency, row.value) == ("HTI", "160", "commitment", "USD", 7)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"value": None}, INCOMPLETE),
        ({"on": None}, INCOMPLETE),
        ({"receiver": Receiver(activity="B-9")}, PASSED_ON),
        ({"type": "1"}, UNTOLD),
        ({"type": "11"}, UNTOLD),
    ],
)
def test_what_does_not_count_says_why(changes, why):
    values = {"type": "3", "on": date(2020, 5, 1), "value": Money(Decimal(100)), **changes}
    found = flows(an_activity(transactions=(Transaction(**values),)), reported=["B-9"])
    assert found.flows == () and found.apart == {why: 1}


def test_money_for_an_activity_that_nobody_imported_counts_here():
    onward = Transaction(type="3", on=date(2020, 5, 1), value=Money(Decimal(1)), receiver=Receiver(activity="B-9"))
    assert flows(an_activity(transactions=(onward,))).flows


def test_only_what_is_needed_is_read_again():
    whole = an_activity(titles=(("en", "A title"),))
    part = from_content(to_content(whole), NEEDED)
    assert part.titles == () and flows(part) == flows(whole)


def put(identifier, reporter):
    text = activity(1, identifier=identifier).replace('ref="XX-1"', f'ref="{reporter}"')
    ImportOfFile(None, iati(text), name=f"{reporter}.xml").run()


@pytest.mark.django_db
def test_what_is_invented_brings_nothing():
    assert ReportedActivity.objects.filter(last_file__fictional=True).exists()
    assert gather().tables == () == gather().about


@pytest.mark.django_db
def test_one_report_of_an_identifier_counts_and_none_of_our_own():
    ours = Initiative.objects.select_related("institution").first()
    put("GB-1-77", "XX-9")
    put("GB-1-77", "GB-1")
    put(f"{ours.institution.code}-{ours.code}", "XX-8")
    (said,) = gather().about
    assert said["activities"] == 3
    assert (said["apart"][TWICE], said["apart"][OWN]) == (1, 1)


@pytest.mark.django_db
@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the repository")
def test_a_real_file_counts_each_activity_at_most_once_for_each_status(tmp_path):
    call_command("iati", "import", str(REAL / "worldbank-sv.xml"), "--json")
    found = gather()
    counts: dict[tuple[str, str], float] = {}
    for table in found.tables:
        for row in table.to_pylist():
            key = row["status"], row["currency"]
            counts[key] = counts.get(key, 0.0) + row["count"]
    assert counts and all(0 < count <= 13 + 1e-6 for count in counts.values())
