"""What the parties say to an evaluation, each for itself, and what they then did."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Institution
from ayni.learning.actions.evaluations.steps import is_shown, locked, refuse_once_over
from ayni.learning.models import Answered, Evaluation, EvaluationState, ManagementResponse
from ayni.learning.queries.evaluations.parties import institutions_of


@dataclass(frozen=True)
class Reply:
    """What a party says to the recommendations, what it will do, and until when."""

    answer: str
    text: dict[str, str]
    measures: dict[str, str]
    due_on: date | None = None


@transaction.atomic
def respond(
    *, by: Any, evaluation: Evaluation, institution: Institution, base: int, reply: Reply
) -> ManagementResponse:
    """The response of a party, given or changed by its own people; `base` is the revision that was seen, 0 for none.

    Raises Conflict when somebody else of the party has written meanwhile; Refused unless the report waits for responses, for an
    institution that takes no part, without a text, and for measures without a day.
    """
    evaluation = locked(evaluation)
    require(by, KEEP_INITIATIVES, institution)
    refuse_once_over(evaluation.initiative)
    if institution not in institutions_of(evaluation.initiative):
        raise Refused(_("%(institution)s takes no part in the initiative.") % {"institution": institution})
    if evaluation.state != EvaluationState.RESPONSE:
        raise Refused(_("Responses are given while the report waits for them."))
    _check(evaluation, reply)
    standing = evaluation.responses.filter(institution=institution).first()
    if base != (standing.revision if standing else 0):
        raise Conflict(
            _("Somebody else has written the response meanwhile. Compare it with what stands, then save again.")
        )
    if standing is None:
        given = evaluation.responses.create(
            institution=institution, given_at=timezone.now(), given_by=by, **vars(reply)
        )
        record(by=by, verb="management response given", on=evaluation, after=snapshot(given), public=False)
        return given
    before = snapshot(standing)
    for name, value in vars(reply).items():
        setattr(standing, name, value)
    standing.given_at, standing.given_by = timezone.now(), by
    standing.revision += 1
    standing.save()
    after = snapshot(standing)
    record(by=by, verb="management response changed", on=evaluation, before=before, after=after, public=False)
    return standing


@transaction.atomic
def measure_done(*, by: Any, response: ManagementResponse, done_on: date) -> ManagementResponse:
    """The party has done what it said. Raises Refused without measures, for a day to come or before the response."""
    evaluation = locked(response.evaluation)
    require(by, KEEP_INITIATIVES, response.institution)
    response = ManagementResponse.objects.select_for_update().get(pk=response.pk)
    if not response.measures:
        raise Refused(_("The response promises no measure."))
    if done_on > timezone.localdate():
        raise Refused(_("The day has not come yet."))
    before = snapshot(response)
    response.done_on = done_on
    response.revision += 1
    response.save()
    after = snapshot(response)
    record(by=by, verb="measure done", on=evaluation, before=before, after=after, public=is_shown(evaluation))
    return response


def _check(evaluation: Evaluation, reply: Reply) -> None:
    if not reply.text:
        raise Refused(_("Write down what your institution says to the report."))
    accepted = reply.answer in (Answered.ACCEPTED, Answered.PARTLY)
    if accepted and evaluation.recommendations and not (reply.measures and reply.due_on):
        raise Refused(_("Say what your institution will do about the recommendations, and until when."))
    if reply.due_on is not None and not reply.measures:
        raise Refused(_("A day without a measure: say what will be done until then."))
