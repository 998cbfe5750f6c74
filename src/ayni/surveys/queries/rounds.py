"""Who sees which rounds, and who still owes what in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, Exists, Max, OuterRef, Q, QuerySet, Subquery

from ayni.common.permissions import ANSWER, FOLLOW, READ_DRAFTS, ROLES, RUN_ROUNDS, grants_of, may
from ayni.surveys.formats.answer_question import is_empty
from ayni.surveys.models import (
    Answer,
    AnswerRevision,
    Attachment,
    DiagnosisEdition,
    Invitation,
    Kind,
    Question,
    Response,
    ResponseStatus,
    Round,
    RoundStatus,
)
from ayni.surveys.queries.directory import named_like
from ayni.surveys.queries.responses import WITH_THE_RESPONDENT, visible_codes

# The states of a response as a person runs a round sees them: who has not begun, and whose turn it is.
NOT_STARTED, OWING, CONFLICTS, PROPOSED = "not-started", "owing", "conflicts", "proposed"


def visible_rounds(user: Any) -> Sequence[Round]:
    """The network's rounds that `user` may see, the latest first, with how many are `invited`: drafts only for those who run them.

    A survey of one evaluation is found on the page of its evaluation.
    """
    rounds = Round.objects.filter(evaluation__isnull=True).select_related("version__instrument", "previous")
    if not sees_drafts(user):
        rounds = rounds.exclude(status=RoundStatus.DRAFT)
    return list(rounds.annotate(invited=Count("invitations")))


def sees_drafts(user: Any) -> bool:
    return may(user, RUN_ROUNDS) or may(user, READ_DRAFTS)


def visible_responses(user: Any, round_: Round) -> QuerySet[Response]:
    """The responses of `round_` whose progress `user` may follow: of the network, of a country, or of an institution."""
    responses = Response.objects.filter(round=round_)
    if sees_drafts(user):
        return responses
    mine = Q(pk__in=[])
    for grant in grants_of(user):
        allowed = ROLES[grant.role].permissions
        if FOLLOW in allowed and grant.country_id:
            mine |= Q(institution__country=grant.country_id)
        elif ANSWER in allowed and grant.institution_id:
            mine |= Q(institution=grant.institution_id)
    return responses.filter(mine)


def published_responses(round_: Round, editions: Sequence[DiagnosisEdition]) -> QuerySet[Response]:
    """The responses behind the published editions, which everybody may read; none while nothing is published."""
    responses = (
        Response.objects.filter(round=round_, status=ResponseStatus.VALIDATED) if editions else Response.objects.none()
    )
    return with_names(responses).order_by("institution__code")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many responses are where; they add up to `total`. `conflicts` have two versions of an answer."""

    total: int
    not_started: int
    answering: int
    returned: int
    submitted: int
    accepted: int
    proposed: int
    contested: int
    validated: int
    conflicts: int

    @property
    def owing(self) -> int:
        return self.not_started + self.answering + self.returned


def progress(responses: QuerySet[Response]) -> Progress:
    """One query, however many responses."""
    draft, accepted = Q(status=ResponseStatus.DRAFT), Q(status=ResponseStatus.ACCEPTED)
    return Progress(
        **_with_state(responses).aggregate(
            total=Count("pk"),
            not_started=Count("pk", filter=draft & Q(begun=False)),
            answering=Count("pk", filter=draft & Q(begun=True)),
            returned=Count("pk", filter=Q(status=ResponseStatus.RETURNED)),
            submitted=Count("pk", filter=Q(status=ResponseStatus.SUBMITTED)),
            accepted=Count("pk", filter=accepted & Q(proposed_at__isnull=True)),
            proposed=Count("pk", filter=accepted & Q(proposed_at__isnull=False)),
            contested=Count("pk", filter=Q(status=ResponseStatus.CONTESTED)),
            validated=Count("pk", filter=Q(status=ResponseStatus.VALIDATED)),
            conflicts=Count("pk", filter=Q(in_conflict=True)),
        )
    )


def filtered(
    responses: QuerySet[Response], *, state: str = "", country: str = "", text: str = ""
) -> QuerySet[Response]:
    """The responses in this state (a ResponseStatus or one of the module's own), of this country, named like `text`."""
    found = _with_state(responses)
    owing = Q(status__in=WITH_THE_RESPONDENT)
    conditions = {
        "": Q(),
        NOT_STARTED: Q(status=ResponseStatus.DRAFT, begun=False),
        ResponseStatus.DRAFT: Q(status=ResponseStatus.DRAFT, begun=True),
        OWING: owing,
        CONFLICTS: Q(in_conflict=True),
        ResponseStatus.ACCEPTED: Q(status=ResponseStatus.ACCEPTED, proposed_at__isnull=True),
        PROPOSED: Q(status=ResponseStatus.ACCEPTED, proposed_at__isnull=False),
    }
    found = found.filter(conditions.get(state, Q(status=state)))
    if country:
        found = found.filter(institution__country=country)
    if text:
        found = found.filter(named_like(text, "institution__")).distinct()
    return found.order_by("institution__code")


@dataclass(frozen=True, slots=True)
class Row:
    """A response in the list of who owes what. `share` is of the questions asked, 0 to 1."""

    response: Response
    invitation: Invitation | None
    begun: bool
    state: str
    share: float
    missing: int
    conflicts: int
    last_activity: datetime | None

    @property
    def owes(self) -> bool:
        return self.response.status in WITH_THE_RESPONDENT


def rows(round_: Round, responses: Iterable[Response]) -> list[Row]:
    """What each of these responses (one page of them) has and lacks. A fixed number of queries."""
    listed = list(responses)
    numbers = [response.pk for response in listed]
    questions = list(Question.objects.filter(version=round_.version_id).select_related("section").order_by("position"))
    values: dict[int, dict[str, Any]] = {number: {} for number in numbers}
    for number, code, value in Answer.objects.filter(response__in=numbers).values_list(
        "response_id", "question__code", "value"
    ):
        values[number][code] = value
    for number, code in Attachment.objects.filter(answer__response__in=numbers).values_list(
        "answer__response_id", "answer__question__code"
    ):
        values[number][code] = [code]
    conflicts = dict(
        AnswerRevision.objects.filter(answer__response__in=numbers, revision__isnull=True, resolved=False)
        .values_list("answer__response")
        .annotate(number=Count("answer", distinct=True))
    )
    invitations = {
        invitation.institution_id: invitation
        for invitation in Invitation.objects.filter(
            round=round_, institution__in=[response.institution_id for response in listed]
        )
    }
    return [
        _row(
            response,
            invitations.get(response.institution_id),
            questions,
            values[response.pk],
            conflicts.get(response.pk, 0),
        )
        for response in listed
    ]


def with_names(responses: QuerySet[Response]) -> QuerySet[Response]:
    return responses.select_related("institution__country").prefetch_related("institution__names")


def _row(
    response: Any, invitation: Invitation | None, questions: list[Question], values: dict[str, Any], conflicts: int
) -> Row:
    visible = visible_codes(questions, values)
    wanted = [question for question in questions if question.code in visible and question.kind != Kind.NOTE]
    given = {question.code for question in wanted if not is_empty(values.get(question.code))}
    state = response.status
    if state == ResponseStatus.DRAFT and not response.begun:
        state = NOT_STARTED
    elif state == ResponseStatus.ACCEPTED and response.proposed_at:
        state = PROPOSED
    return Row(
        response=response,
        invitation=invitation,
        begun=response.begun,
        state=state,
        share=len(given) / len(wanted) if wanted else 0,
        missing=sum(question.required and question.code not in given for question in wanted),
        conflicts=conflicts,
        last_activity=response.last_activity,
    )


def _with_state(responses: QuerySet[Response]) -> QuerySet[Response]:
    answers = Answer.objects.filter(~Q(value=None), response=OuterRef("pk"))
    files = Attachment.objects.filter(answer__response=OuterRef("pk"))
    conflicts = AnswerRevision.objects.filter(answer__response=OuterRef("pk"), revision__isnull=True, resolved=False)
    return responses.annotate(begun=Exists(answers) | Exists(files), in_conflict=Exists(conflicts))


def with_last_activity(responses: QuerySet[Response]) -> QuerySet[Response]:
    latest = Answer.objects.filter(response=OuterRef("pk")).order_by().values("response")
    return responses.annotate(
        last_activity=Subquery(latest.annotate(at=Max("updated_at")).values("at"), output_field=DateTimeField())
    )
