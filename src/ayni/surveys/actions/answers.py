"""Answers are saved one by one, and nothing that anyone wrote is lost.

An edit says which revision its author saw (`base`). If the answer has not changed since, the edit becomes the next revision;
if it has, and says something else, the edit is kept aside until somebody chooses (docs/methods/answers.md). `client` and
`sequence` name the edit, so that one sent twice counts once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import ANSWER, require
from ayni.surveys.actions.responses import locked_open
from ayni.surveys.formats.answer_values import AnswerError, clean
from ayni.surveys.models import Answer, AnswerRevision, Response
from ayni.surveys.queries.questions import AskedQuestion, asked_questions

UNSEEN = object()


class Outcome(StrEnum):
    """What became of an edit."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    SUPERSEDED = "superseded"
    REFUSED = "refused"


@dataclass(frozen=True)
class Edit:
    """A value for a question, as it was entered (see `answer_values.clean`).

    `base` is the revision its author saw (0: none yet), `settles` the number of a value kept aside that this one was written in
    the knowledge of.
    """

    question: str
    raw: Any
    base: int
    client: str
    sequence: int
    settles: int | None = None


@dataclass(frozen=True)
class Saved:
    """What became of an edit; `message` says why it was refused.

    `revision` is the one its author sees now (the base of the next edit), `value` the answer as it stands.
    """

    question: str
    outcome: Outcome
    revision: int = 0
    value: Any = None
    message: str = ""


@transaction.atomic
def save_answer(*, by: Any, response: Response, edit: Edit) -> Saved:
    """Save one edit. Raises Refused when the value cannot be an answer or the response is not open to its institution."""
    saved = save_answers(by=by, response=response, edits=[edit])[0]
    if saved.outcome is Outcome.REFUSED:
        raise Refused(saved.message)
    return saved


@transaction.atomic
def save_answers(*, by: Any, response: Response, edits: Sequence[Edit]) -> list[Saved]:
    """Save edits of one response, each for itself: what is wrong with one does not hold up the others.

    Raises PermissionDenied, or Refused when the response is not open to its institution.
    """
    if by is not None:
        require(by, ANSWER, response)
    response = locked_open(response)
    questions = asked_questions(response.round.version, response.institution, only={edit.question for edit in edits})
    answers = {answer.question_id: answer for answer in response.answers.filter(question__code__in=questions)}
    return [_save(by, response, questions.get(edit.question), answers, edit) for edit in edits]


def _save(by: Any, response: Response, question: AskedQuestion | None, answers: dict[int, Answer], edit: Edit) -> Saved:
    if question is None:
        return Saved(edit.question, Outcome.REFUSED, message=_("The questionnaire has no such question."))
    answer = answers.get(question.row.pk)
    try:
        value = clean(question, edit.raw)
    except AnswerError as error:
        return Saved(edit.question, Outcome.REFUSED, answer.revision if answer else 0, message=str(error))
    if answer is None:
        if value is None:
            return Saved(edit.question, Outcome.UNCHANGED)
        answer = answers[question.row.pk] = Answer.objects.create(response=response, question=question.row)
    outcome, seen = _apply(by, answer, value, edit)
    return Saved(edit.question, outcome, seen, answer.value)


def _apply(by: Any, answer: Answer, value: Any, edit: Edit) -> tuple[Outcome, int]:
    """What becomes of the edit, and the revision that its author sees now: never one by somebody else."""
    own = answer.revisions.filter(client=edit.client)
    before = own.filter(sequence=edit.sequence).first()
    if before is not None:
        return _outcome_of(before)
    if own.filter(sequence__gt=edit.sequence).exists():
        _keep(by, answer, value, edit, resolved=True)
        return Outcome.SUPERSEDED, edit.base
    own.filter(revision__isnull=True, resolved=False).update(resolved=True)
    is_standing = value == answer.value
    if is_standing or (edit.base != answer.revision and value == _value_at(answer, edit.base)):
        # Nothing to change; kept, so that the same edit sent again is known.
        _keep(by, answer, value, edit, resolved=True)
        return Outcome.UNCHANGED, answer.revision if is_standing else edit.base
    if edit.base != answer.revision and not _all_by_the_same_client(answer, edit):
        _keep(by, answer, value, edit, resolved=False)
        record(by=by, verb="answer kept aside", on=answer, after={"base": edit.base, "value": value}, public=False)
        return Outcome.CONFLICT, edit.base
    advance(by=by, answer=answer, value=value, edit=edit)
    _settle(answer, edit.settles)
    return Outcome.SAVED, answer.revision


def _value_at(answer: Answer, revision: int) -> Any:
    """What the author of an edit saw; an answer that came without its history has only its last value."""
    if revision == 0:
        return None
    seen = answer.revisions.filter(revision=revision).first()
    return seen.value if seen else UNSEEN


def _outcome_of(revision: AnswerRevision) -> tuple[Outcome, int]:
    """What became of an edit that is here already."""
    if revision.revision is not None:
        return Outcome.SAVED, revision.revision
    return Outcome.UNCHANGED if revision.resolved else Outcome.CONFLICT, revision.base


def _all_by_the_same_client(answer: Answer, edit: Edit) -> bool:
    """Whether what came after the edit's base is the same client's own work, of which only the acknowledgement got lost."""
    newer = list(answer.revisions.filter(revision__gt=edit.base).values_list("client", flat=True))
    return edit.base < answer.revision and bool(newer) and set(newer) == {edit.client}


@transaction.atomic
def advance(*, by: Any, answer: Answer, value: Any, edit: Edit) -> None:
    """Make `value` the next revision of an answer that is held; a value kept aside that says the same is settled."""
    before = {"value": answer.value, "revision": answer.revision}
    base = answer.revision
    answer.value, answer.revision, answer.updated_by = value, base + 1, by
    answer.save(update_fields=["value", "revision", "updated_by", "updated_at"])
    AnswerRevision.objects.create(
        answer=answer,
        base=base,
        revision=answer.revision,
        value=value,
        author=by,
        client=edit.client,
        sequence=edit.sequence,
        resolved=True,
    )
    # Two who came to say the same agree.
    for aside in answer.revisions.filter(revision__isnull=True, resolved=False):
        if aside.value == value:
            AnswerRevision.objects.filter(pk=aside.pk).update(resolved=True)
    after = {"value": answer.value, "revision": answer.revision}
    record(by=by, verb="answer saved", on=answer, before=before, after=after, public=False)


def _keep(by: Any, answer: Answer, value: Any, edit: Edit, *, resolved: bool) -> AnswerRevision:
    return AnswerRevision.objects.create(
        answer=answer,
        base=edit.base,
        value=value,
        author=by,
        client=edit.client,
        sequence=edit.sequence,
        resolved=resolved,
    )


def _settle(answer: Answer, aside: int | None) -> None:
    if aside is not None:
        answer.revisions.filter(pk=aside, revision__isnull=True).update(resolved=True)


@transaction.atomic
def choose_version(
    *, by: Any, response: Response, aside: int, keep_aside: bool, seen: int, client: str, sequence: int
) -> Saved:
    """Settle a conflict: the value kept aside becomes the answer, or the one that stands remains. Both stay in the history.

    `seen` is the revision that stood when the person chose. Raises Refused when the conflict is settled already, and Conflict
    when the answer has changed again since.
    """
    if by is not None:
        require(by, ANSWER, response)
    response = locked_open(response)
    revision = (
        AnswerRevision.objects.filter(pk=aside, answer__response=response, revision__isnull=True)
        .select_related("answer__question")
        .first()
    )
    if revision is None or revision.resolved:
        raise Refused(_("This was settled in the meantime. The answer below is the one that stands."))
    answer = revision.answer
    if answer.revision != seen:
        raise Conflict(_("The answer has changed again. Look at both versions once more and choose."))
    edit = Edit(answer.question.code, revision.value, seen, client, sequence)
    if keep_aside and revision.value != answer.value:
        advance(by=by, answer=answer, value=revision.value, edit=edit)
    _settle(answer, revision.pk)
    record(
        by=by,
        verb="versions of an answer settled",
        on=answer,
        after={"kept": "aside" if keep_aside else "standing", "aside": revision.pk},
        public=False,
    )
    return Saved(edit.question, Outcome.SAVED, answer.revision, answer.value)
