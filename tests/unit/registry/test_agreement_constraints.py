"""What the database itself refuses of agreements."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import Institution
from ayni.registry.models import Agreement, SigningRule
from tests.factories.agreements import TODAY, agreement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"valid_to": date(2000, 1, 1)},
        {"state": "in-force", "valid_from": None},
        {"state": "expired", "valid_to": None},
        {"state": "terminated", "reason": ""},
        {"revision": 0},
        {"reviewed_at": NOW},
    ],
    ids=str,
)
def test_an_agreement(values):
    made = agreement("BR-MDS", "CL-FOSIS")
    refused(lambda: Agreement.objects.filter(pk=made.pk).update(**values))


def test_an_agreement_is_not_below_itself():
    made = agreement("BR-MDS", "CL-FOSIS")
    refused(lambda: Agreement.objects.filter(pk=made.pk).update(parent=made.pk))


def test_a_party_once_and_signed_on_a_day_by_a_rank():
    made = agreement("BR-MDS", "CL-FOSIS")
    refused(lambda: made.parties.create(institution=Institution.objects.get(code="CL-FOSIS")))
    refused(lambda: made.parties.update(signed_on=TODAY))
    refused(lambda: made.parties.update(by_other_side=True))
    refused(lambda: made.parties.update(revision=0))


def test_a_document_once():
    made = agreement("BR-MDS", "CL-FOSIS")
    made.documents.create(title="Text", url="https://example.org/a")
    refused(lambda: made.documents.create(title="Again", url="https://example.org/a"))


@pytest.mark.parametrize(
    "values",
    [{"number": 0}, {"kind": "renewal", "valid_to": None}, {"valid_to": TODAY - timedelta(days=1)}, {"number": 1}],
    ids=["number", "renewal", "days", "twice"],
)
def test_an_amendment(values):
    made = agreement("BR-MDS", "CL-FOSIS")
    given = {"number": 2, "kind": "amendment", "changes": {"en": "x"}, "agreed_on": TODAY}
    made.amendments.create(**(given | {"number": 1}))
    refused(lambda: made.amendments.create(**(given | values)))


def test_a_signing_rule_once_a_form_and_once_for_every_form():
    standing = SigningRule.objects.get(country="BRA", form__code="technical-project")
    refused(lambda: SigningRule.objects.create(country=standing.country, form=standing.form))
    refused(lambda: SigningRule.objects.create(country_id="MEX", form=None))
