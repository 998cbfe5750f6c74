"""What the database itself refuses of declarations and disputes."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from ayni.registry.models import Declaration, Dispute, Initiative
from tests.factories.records import declared, disputed, said, speaker

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"due_on": None},
        {"notified_on": None},
        {"due_on": date(2000, 1, 1)},
        {"stance": "confirmed"},
        {"answered_at": NOW},
        {"revision": 0},
    ],
    ids=str,
)
def test_a_side_that_was_asked(values):
    row = declared("MX-BIENESTAR", "BR-MDS").declarations.get(country="BRA")
    refused(lambda: Declaration.objects.filter(pk=row.pk).update(**values))


@pytest.mark.parametrize("values", [{"answered_by": None}, {"answered_at": None}, {"stance": "notified"}], ids=str)
def test_a_side_that_has_spoken(values):
    row = declared("MX-BIENESTAR", "BR-MDS").declarations.get(country="MEX")
    refused(lambda: Declaration.objects.filter(pk=row.pk).update(**values))


def test_a_side_speaks_once_of_a_record():
    made = declared("MX-BIENESTAR", "BR-MDS")
    refused(lambda: said(made, "MEX", "declared"))


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "taken"},
        {"settled_at": NOW},
        {"outcome": "mediated", "settled_at": NOW, "reason": ""},
        {"outcome": "kept", "settled_at": NOW, "settled_by": None},
    ],
    ids=str,
)
def test_a_dispute(values):
    row = disputed("MX-BIENESTAR", "BR-MDS")
    given = {"settled_by": speaker("MEX")} if values.get("outcome") == "mediated" else {}
    refused(lambda: Dispute.objects.filter(pk=row.pk).update(**(given | values)))


def test_a_side_disputes_a_field_once_at_a_time():
    row = disputed("MX-BIENESTAR", "BR-MDS")
    refused(lambda: row.declaration.disputes.create(field=row.field, stands=None, claimed="2011-01-01"))
    Dispute.objects.filter(pk=row.pk).update(outcome="kept", settled_at=NOW, settled_by=speaker("MEX"))
    row.declaration.disputes.create(field=row.field, stands=None, claimed="2011-01-01")


def test_a_record_is_not_merged_into_itself():
    made = declared("MX-BIENESTAR", "BR-MDS")
    refused(lambda: Initiative.objects.filter(pk=made.pk).update(merged_into=made.pk))
