"""What the database itself refuses of records of other systems."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from ayni.interop.models import ReportedActivity, ReportedOrganisation, SourceFile
from tests.factories.organisations import reported_organisation
from tests.factories.reported import reported, source_file

pytestmark = pytest.mark.django_db


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"sha256": "x"},
        {"name": ""},
        {"seen": 1},
        {"seen": 1, "added": 1, "position": 0},
        {"state": "reading"},
        {"finished_at": None},
        {"finished_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"profile": "agcid"},
        {"kind": "spreadsheet"},
    ],
    ids=str,
)
def test_a_file(values):
    made = source_file()
    refused(lambda: SourceFile.objects.filter(pk=made.pk).update(**values))


def test_a_file_once():
    made = source_file()
    refused(lambda: source_file(sha256=made.sha256))


@pytest.mark.parametrize(
    "values", [{"identifier": ""}, {"publisher": ""}, {"digest": "x"}, {"content": ""}, {"number": 0}], ids=str
)
def test_an_activity(values):
    made = reported()
    refused(lambda: ReportedActivity.objects.filter(pk=made.pk).update(**values))


def test_an_activity_once_a_publisher():
    made = reported()
    refused(lambda: reported(identifier=made.identifier))
    reported(identifier=made.identifier, publisher="XX-2")


GOOD = {
    "parties": {"number": 1, "role": "1"},
    "places": {"code": "BO", "share": 50},
    "sectors": {"code": "16010", "share": 50},
    "transactions": {"number": 1, "kind": "3", "value": 1, "currency": "USD"},
    "results": {"number": 1, "kind": "1", "periods": 1, "measured": 1},
}


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("parties", {"number": 0}),
        ("places", {"code": ""}),
        ("places", {"share": 101}),
        ("sectors", {"code": ""}),
        ("sectors", {"share": -1}),
        ("transactions", {"number": 0}),
        ("transactions", {"currency": "usd"}),
        ("results", {"number": 0}),
        ("results", {"measured": 2}),
    ],
    ids=str,
)
def test_a_part(part, values):
    rows = getattr(reported(), part)
    refused(lambda: rows.create(**(GOOD[part] | values)))


@pytest.mark.parametrize("part", GOOD)
def test_a_part_once(part):
    rows = getattr(reported(), part)
    rows.create(**GOOD[part])
    refused(lambda: rows.create(**GOOD[part]))


@pytest.mark.parametrize("values", [{"template": ""}, {"severity": "odd"}, {"line": 0}], ids=str)
def test_a_finding(values):
    made = source_file()
    given = {"template": "Something is wrong.", "severity": "schema", "line": 1}
    made.findings.create(**given)
    refused(lambda: made.findings.create(**(given | values)))


@pytest.mark.parametrize(
    "values", [{"identifier": ""}, {"publisher": ""}, {"digest": "x"}, {"content": ""}, {"number": 0}], ids=str
)
def test_an_organisation(values):
    made = reported_organisation()
    refused(lambda: ReportedOrganisation.objects.filter(pk=made.pk).update(**values))


def test_an_organisation_once_a_publisher():
    made = reported_organisation()
    refused(lambda: reported_organisation(identifier=made.identifier))
    reported_organisation(identifier=made.identifier, publisher="XX-2")


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("budgets", {"number": 0}),
        ("budgets", {"kind": "other"}),
        ("budgets", {"currency": "usd"}),
        ("budgets", {"kind": "total"}),
        ("budgets", {"vocabulary": "1"}),
        ("budgets", {"kind": "expenditure", "recipient": ""}),
        ("documents", {"number": 0}),
        ("documents", {"url": ""}),
    ],
    ids=str,
)
def test_a_part_of_an_organisation(part, values):
    rows = getattr(reported_organisation(), part)
    refused(lambda: rows.update(**values))


@pytest.mark.parametrize("part", ["budgets", "documents"])
def test_a_place_within_an_organisation_once(part):
    first = getattr(reported_organisation(), part).get()
    first.pk = None
    refused(first.save)


def test_a_file_that_an_organisation_came_in_stays():
    made = reported_organisation()
    with pytest.raises(ProtectedError):
        made.last_file.delete()
