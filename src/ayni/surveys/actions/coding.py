"""Coding: a passage of an answer is given a category; who did it and when stay with it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import CODE, require
from ayni.directory.models import Concept
from ayni.methods.passages import find_passage
from ayni.surveys.models import Answer, Coding, Kind, Question, Response, ResponseStatus
from ayni.surveys.queries.codings import RESPONDENT

CODABLE = (ResponseStatus.SUBMITTED, ResponseStatus.ACCEPTED, ResponseStatus.CONTESTED)


@transaction.atomic
def code_passage(*, by: Any, response: Response, question: Question, concept: Concept, passage: str) -> Coding:
    """Give a passage of the answer to `question` a category. White space apart, it must stand in the answer word for word.

    Raises Refused when it does not, when the response is not being coded, or when the same coder gave the same category
    to the same answer before.
    """
    require(by, CODE, response)
    response = _codable(response)
    if question.kind not in (Kind.LONG_TEXT, Kind.TEXT):
        raise Refused(_("Only answers in words are coded by passage; the others state their categories themselves."))
    value = Answer.objects.filter(response=response, question=question).values_list("value", flat=True).first()
    quote = find_passage(passage, str(value or ""))
    if quote is None:
        raise Refused(
            _("The passage is not in the answer word for word: copy it from the answer to question %(number)s.")
            % {"number": question.number or question.code}
        )
    try:
        with transaction.atomic():
            coding = Coding.objects.create(
                round=response.round,
                response=response,
                question=question,
                concept=concept,
                passage=quote,
                coder=by,
                coder_name=str(by),
                source=f"response, question {question.number or question.code}",
            )
    except IntegrityError as error:
        raise Refused(
            _("You have given “%(concept)s” to this answer already: undo it first to choose another passage.")
            % {"concept": concept}
        ) from error
    record(by=by, verb="passage coded", on=coding, after=snapshot(coding), public=False)
    return coding


@transaction.atomic
def undo_coding(*, by: Any, coding: Coding) -> None:
    """Take a coding away; the record keeps it. Raises Refused for a category that the respondent chose."""
    require(by, CODE, coding.response)
    if coding.response is None or coding.coder_name == RESPONDENT:
        raise Refused(_("This category was chosen by the respondent: return the response to have it changed."))
    _codable(coding.response)
    record(by=by, verb="coding undone", on=coding, before=snapshot(coding), public=False)
    coding.delete()


def _codable(response: Response) -> Response:
    """The response, if its codings may change now: once its institution has it to validate they stand still."""
    response = Response.objects.select_for_update(of=("self",)).select_related("round").get(pk=response.pk)
    if response.status not in CODABLE:
        raise Refused(
            _("Answers are coded between submission and validation; this response is: %(state)s.")
            % {"state": response.get_status_display()}
        )
    if response.status == ResponseStatus.ACCEPTED and response.proposed_at:
        raise Refused(_("The institution is validating these codings: they stand until it has answered."))
    return response
