"""What the database itself refuses of evaluations, responses and checks."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from ayni.learning.models import LASTING, Evaluation, SustainabilityCheck
from tests.factories.evaluations import TEXT, check, evaluation, initiative, institution

NOW = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "commissioned", "evaluator": ""},
        {"state": "published", "evaluator": "x"},
        {"published_at": NOW},
        {"revision": 0},
    ],
    ids=["nobody", "published when", "published early", "revision"],
)
def test_an_evaluation(values):
    made = evaluation()
    refused(lambda: Evaluation.objects.filter(pk=made.pk).update(**values))


def test_only_the_report_of_an_independent_evaluator_is_entered_by_a_party():
    made = evaluation(state="draft")
    refused(lambda: Evaluation.objects.filter(pk=made.pk).update(entered_by=institution("BR-MDS")))


def test_who_published_it_is_told_with_when():
    made = evaluation(state="published")
    refused(lambda: Evaluation.objects.filter(pk=made.pk).update(published_by=None))


def test_a_criterion_once_and_from_1_to_4():
    made = evaluation(state="draft")
    refused(lambda: made.scores.create(criterion="impact", score=2, finding=TEXT))
    refused(lambda: made.scores.filter(criterion="impact").update(score=0))
    refused(lambda: made.scores.filter(criterion="impact").update(score=5))


def test_a_response_once_and_at_a_time():
    made = evaluation(state="response", answered=True)
    own = made.responses.first()
    again = {"institution": own.institution, "answer": "accepted", "text": TEXT}
    refused(lambda: made.responses.create(**again, given_at=own.given_at, given_by=own.given_by))
    refused(lambda: made.responses.filter(pk=own.pk).update(given_at=None, given_by=None))
    refused(lambda: made.responses.filter(pk=own.pk).update(given_by=None))
    refused(lambda: made.responses.filter(pk=own.pk).update(revision=0))


@pytest.mark.parametrize("item", LASTING)
def test_an_item_is_0_to_3(item):
    made = check(initiative(state="closure"), "CL-FOSIS", government_changed=True)
    refused(lambda: SustainabilityCheck.objects.filter(pk=made.pk).update(**{item: 4}))


def test_a_check_once_a_moment_and_the_government_once_it_changed():
    of = initiative(state="closure")
    made = check(of, "CL-FOSIS")
    refused(lambda: SustainabilityCheck.objects.filter(pk=made.pk).update(government=1))
    refused(lambda: SustainabilityCheck.objects.filter(pk=made.pk).update(revision=0))
    refused(
        lambda: SustainabilityCheck.objects.create(
            initiative=of, institution=institution("CL-FOSIS"), moment="closure", checked_on=made.checked_on
        )
    )
