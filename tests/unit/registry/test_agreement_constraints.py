"""What the database itself refuses of agreements."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import Institution
from ayni.registry.models import Agreement, SigningRule
from tests.factories.agreements import TODAY, agreement, amendment

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
    [
        {"url": ""},
        {"file": "a.pdf"},
        {"url": "", "file": "a.pdf", "name": "a.pdf", "sha256": "a" * 64, "size": None},
        {"url": "", "file": "a.pdf", "name": "", "sha256": "a" * 64, "size": 1},
    ],
    ids=["neither", "both", "no size", "no name"],
)
def test_a_document_is_a_file_or_an_address(values):
    made = agreement("BR-MDS", "CL-FOSIS")
    refused(lambda: made.documents.create(**({"title": "Text", "url": "https://example.org/a"} | values)))


def test_a_file_once():
    made = agreement("BR-MDS", "CL-FOSIS")
    told = {"title": "Text", "file": "a.pdf", "name": "a.pdf", "sha256": "a" * 64, "size": 1}
    made.documents.create(**told)
    refused(lambda: made.documents.create(**told))


@pytest.mark.parametrize(
    "values",
    [
        {"number": 0},
        {"number": 1},
        {"kind": "renewal", "valid_to": None},
        {"valid_to": TODAY},
        {"kind": "renewal", "valid_to": TODAY - timedelta(days=1)},
        {"state": "in-effect", "agreed_on": None},
        {"state": "withdrawn", "reason": ""},
        {"state": "draft"},
        {"revision": 0},
        {"reviewed_at": NOW},
    ],
    ids=str,
)
def test_an_amendment(values):
    made = agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force")
    amendment(made)
    standing = {"number": 2, "state": "in-effect"}
    amendment(made, **standing, kind="renewal", valid_to=TODAY)
    refused(lambda: amendment(made, **({"number": 3, "state": "in-effect"} | values)))


def test_an_amendment_is_signed_once_by_a_party():
    made = amendment(agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force"), signed=True)
    given = made.signatures.first()
    refused(lambda: made.signatures.create(party=given.party, rank=given.rank, signed_on=TODAY))


def test_a_signing_rule_once_a_form_and_once_for_every_form():
    standing = SigningRule.objects.get(country="BRA", form__code="technical-project")
    refused(lambda: SigningRule.objects.create(country=standing.country, form=standing.form))
    refused(lambda: SigningRule.objects.create(country_id="MEX", form=None))
