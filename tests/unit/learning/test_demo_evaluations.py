"""The demonstration's evaluations: what its rows lead to, and what is not there is left out."""

import pytest

from ayni.learning.actions.demo_evaluations import load_evaluations
from ayni.learning.models import Evaluation, SustainabilityCheck
from ayni.methods.sustainability import months_after
from ayni.registry.models import Initiative
from ayni.surveys.actions.demo_opinions import load_opinions
from ayni.surveys.models import Answer, AnswerRevision, Response, Round
from ayni.surveys.queries.opinion_surveys import opinion
from tests.factories.evaluations import TODAY, initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_evaluated(db):
    """As before the demonstration's evaluations are entered."""
    for rows in (
        AnswerRevision.objects.filter(answer__response__round__evaluation__isnull=False),
        Answer.objects.filter(response__round__evaluation__isnull=False),
        Response.objects.filter(round__evaluation__isnull=False),
        Round.objects.filter(evaluation__isnull=False),
        SustainabilityCheck.objects.all(),
        Evaluation.objects.all(),
    ):
        rows.delete()


def there(code: str, offers: str, receives: str, **values) -> Initiative:
    return Initiative.objects.filter(code=code).first() or initiative(offers, receives, code=code, **values)


def test_each_is_entered_by_its_countries_and_what_is_not_there_is_left_out(nothing_evaluated):
    past = there(
        "CL-2007-0001",
        "CL-FOSIS",
        "PY-MDS",
        state="archived",
        closed_on=months_after(TODAY, -60),
        began_on=months_after(TODAY, -90),
    )
    asked = there("CR-2024-0001", "CR-IMAS", "UY-MIDES", state="closure")
    assert load_evaluations() is True and load_evaluations() is False
    states = dict(Evaluation.objects.filter(initiative=past).values_list("when", "state"))
    assert states == {"closure": "published", "after-12": "published"}
    report = Evaluation.objects.get(initiative=past, when="closure")
    assert report.published_at.date() < TODAY and report.scores.count() == 6 and report.responses.count() == 2
    assert list(past.checks.values_list("moment", flat=True)) == ["closure", "after-12", "after-24"]
    waiting = Evaluation.objects.get(initiative=asked)
    assert waiting.state == "response" and waiting.responses.get().institution.code == "CR-IMAS"
    assert load_opinions() == 1 and load_opinions() == 0
    said = opinion(waiting.survey)
    assert said.handed_in == 1 and [one.mean for one in said.scored][:2] == [3.0, 4.0]
