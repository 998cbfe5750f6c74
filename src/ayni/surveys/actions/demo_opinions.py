"""The demonstration's opinions of recipients (data/demo/evaluations.json, "opinions"), given by their own coordination."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.common.reference import document
from ayni.directory.models import Membership
from ayni.learning.models import Evaluation
from ayni.surveys.actions.answers import Edit, save_answers
from ayni.surveys.actions.opinion_surveys import open_opinion_survey
from ayni.surveys.actions.responses import submit_response
from ayni.surveys.models import Round

# The days that the recipient has to answer.
DAYS = 30


@transaction.atomic
def load_opinions(*, by: Any = None) -> int:
    """Ask and answer where the evaluation is there and nobody was asked yet. Returns how many surveys were opened."""
    held = Membership.objects.in_force().filter(role="national-coordinator").select_related("user")
    coordinators = {one.country_id: one.user for one in held}
    opened = 0
    for row in document("demo/evaluations.json")["opinions"]:
        found = Evaluation.objects.filter(initiative__code=row["initiative"], when=row["when"], survey__isnull=True)
        evaluation = found.select_related("initiative__institution").first()
        asks = coordinators.get(evaluation.initiative.institution.country_id) if evaluation else None
        if evaluation is None or asks is None:
            continue
        deadline = timezone.localdate() + timedelta(days=DAYS)
        round_ = open_opinion_survey(by=asks, evaluation=evaluation, deadline=deadline, notify=False)
        _answer(round_, row, coordinators)
        opened += 1
    return opened


def _answer(round_: Round, row: Any, coordinators: dict[str | None, Any]) -> None:
    response = round_.responses.filter(institution__code=row["institution"]).select_related("institution").first()
    answers = coordinators.get(response.institution.country_id) if response else None
    if response is not None and answers is not None:
        edits = [
            Edit(question=code, raw=str(value), base=0, client="demonstration", sequence=number)
            for number, (code, value) in enumerate(row["answers"].items(), 1)
        ]
        save_answers(by=answers, response=response, edits=edits)
        submit_response(by=answers, response=response)
