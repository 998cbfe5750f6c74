"""A response as it stands: what is asked, what was answered, what is missing, and who may read or write it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ayni.common.permissions import ANSWER, CODE, FOLLOW, READ_DRAFTS, VALIDATE, may
from ayni.directory.models import Institution
from ayni.surveys.formats.answer_values import AnswerError, clean, display, is_empty, lines
from ayni.surveys.formats.conditions import from_json, holds
from ayni.surveys.formats.spec import Kind
from ayni.surveys.models import (
    Answer,
    AnswerRevision,
    Attachment,
    EditionStatus,
    Question,
    Response,
    ResponseStatus,
    Round,
    RoundStatus,
    Section,
)
from ayni.surveys.queries.questions import AskedQuestion, asked_questions

# A response in one of these states is with its institution, which may change it.
WITH_THE_RESPONDENT = frozenset({ResponseStatus.DRAFT, ResponseStatus.RETURNED})


@dataclass(frozen=True)
class Aside:
    """A value that met a newer one and waits for somebody's choice."""

    revision: AnswerRevision
    standing: AnswerRevision | None

    @property
    def author_id(self) -> int | None:
        return self.revision.author_id


@dataclass(frozen=True)
class Item:
    """One question of a response."""

    question: AskedQuestion
    answer: Answer | None
    is_asked: bool
    attachments: tuple[Attachment, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def value(self) -> Any:
        return self.answer.value if self.answer else None

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def is_note(self) -> bool:
        return self.question.kind is Kind.NOTE

    @property
    def is_answered(self) -> bool:
        return bool(self.attachments) or not is_empty(self.value)

    @property
    def is_missing(self) -> bool:
        return self.is_asked and self.question.required and not self.is_answered

    @cached_property
    def problem(self) -> str:
        """Why the value cannot stand; answers that came by a file or an older rule may be wrong."""
        try:
            clean(self.question, self.value)
        except AnswerError as error:
            return str(error)
        return ""

    @property
    def lines(self) -> list[str]:
        return lines(self.value, self.question)

    @property
    def text(self) -> str:
        return display(self.value, self.question)


@dataclass(frozen=True)
class SectionState:
    """A section of a response: its questions and how far they are."""

    section: Section
    is_asked: bool
    items: tuple[Item, ...]

    @property
    def asked(self) -> list[Item]:
        """The questions that want an answer."""
        return [item for item in self.items if item.is_asked and not item.is_note]

    @property
    def answered(self) -> int:
        return sum(item.is_answered for item in self.asked)

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.asked if item.is_missing]

    @property
    def wrong(self) -> list[Item]:
        return [item for item in self.asked if item.problem]

    @property
    def conflicts(self) -> list[Item]:
        return [item for item in self.items if item.asides]

    @property
    def is_complete(self) -> bool:
        """Nothing more is needed here, and something was said."""
        return not (self.missing or self.wrong or self.conflicts) and (self.answered > 0 or not self.asked)


@dataclass(frozen=True)
class ResponseState:
    """A whole response, section by section."""

    response: Response
    sections: tuple[SectionState, ...] = field(default_factory=tuple)

    @property
    def asked_sections(self) -> list[SectionState]:
        return [section for section in self.sections if section.is_asked and section.items]

    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    def section(self, code: str) -> SectionState | None:
        return next((section for section in self.asked_sections if section.section.code == code), None)

    @property
    def total(self) -> int:
        return sum(len(section.asked) for section in self.asked_sections)

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.asked_sections)

    @property
    def is_ready(self) -> bool:
        """Nothing stands in the way of submitting it."""
        return not any(section.missing or section.wrong or section.conflicts for section in self.asked_sections)


def read_response(response: Response) -> ResponseState:
    """The response section by section. Ten queries, however long the questionnaire."""
    questions = asked_questions(response.round.version, response.institution)
    answers = {answer.question_id: answer for answer in _answers(response)}
    attachments = _by_answer(Attachment.objects.filter(answer__response=response.pk).order_by("id")) if answers else {}
    asides = _asides(response) if answers else {}
    sections = list(response.round.version.sections.order_by("position"))
    visible = visible_codes(
        (question.row for question in questions.values()),
        {question.code: _for_conditions(answers.get(question.row.pk), attachments) for question in questions.values()},
    )
    items: dict[int, list[Item]] = {}
    for question in questions.values():
        answer = answers.get(question.row.pk)
        items.setdefault(question.row.section_id, []).append(
            Item(
                question=question,
                answer=answer,
                is_asked=question.code in visible,
                attachments=tuple(attachments.get(answer.pk, ())) if answer else (),
                asides=tuple(asides.get(answer.pk, ())) if answer else (),
            )
        )
    return ResponseState(
        response=response,
        sections=tuple(
            SectionState(section, any(item.is_asked for item in found), tuple(found))
            for section in sections
            if (found := items.get(section.pk))
        ),
    )


def visible_codes(questions: Iterable[Question], values: Mapping[str, Any]) -> set[str]:
    """The codes of the questions that are asked: their own condition and their section's hold for the earlier answers.

    The questions come in order, with their sections. An answer to a question that is not asked fulfils no condition.
    """
    visible: dict[str, Any] = {}
    for question in questions:
        conditions = (from_json(question.section.condition), from_json(question.condition))
        if all(holds(condition, visible) for condition in conditions):
            visible[question.code] = values.get(question.code)
    return set(visible)


def asked_now(response: Response) -> set[str]:
    """The codes of the questions asked, as the answers stand. Three queries."""
    rows = response.round.version.questions.select_related("section").order_by("position")
    answers = {answer.question_id: answer for answer in _answers(response)}
    attachments = _by_answer(Attachment.objects.filter(answer__response=response.pk))
    return visible_codes(rows, {row.code: _for_conditions(answers.get(row.pk), attachments) for row in rows})


def may_read(user: Any, response: Response) -> bool:
    """Its own people, its country's coordinator, whoever reads drafts or codes; everybody once it is in a published edition."""
    return may_follow(user, response) or is_public(response)


def may_follow(user: Any, response: Response) -> bool:
    """Whether the person sees how the answers came about, not only what is published."""
    return any(may(user, permission, response) for permission in (ANSWER, VALIDATE, FOLLOW, READ_DRAFTS, CODE))


def may_answer(user: Any, response: Response) -> bool:
    return may(user, ANSWER, response) and is_open(response)


def is_open(response: Response) -> bool:
    """Whether its institution may change it now."""
    return response.status in WITH_THE_RESPONDENT and response.round.status == RoundStatus.OPEN


def is_frozen(round_: Round) -> bool:
    """Whether an edition is frozen from the round: what it counted stands."""
    return round_.editions.exclude(status=EditionStatus.DRAFT).exists()


def is_public(response: Response) -> bool:
    return (
        response.status == ResponseStatus.VALIDATED
        and response.round.editions.filter(status=EditionStatus.PUBLISHED).exists()
    )


def find_response(round_code: str, institution_code: str) -> Response | None:
    """The response of an institution to a round; one not saved yet when it is invited and has not begun; else None."""
    standing = (
        Response.objects.filter(round__code=round_code, institution__code=institution_code)
        .select_related("round__version__instrument", "institution__country")
        .prefetch_related("institution__names")
        .first()
    )
    if standing is not None:
        return standing
    round_ = (
        Round.objects.filter(code=round_code)
        .exclude(status=RoundStatus.DRAFT)
        .select_related("version__instrument")
        .first()
    )
    invited = Institution.objects.filter(code=institution_code, invitations__round__code=round_code)
    institution = invited.select_related("country").prefetch_related("names").first()
    return Response(round=round_, institution=institution) if round_ and institution else None


def _answers(response: Response) -> QuerySet[Answer] | list[Answer]:
    return response.answers.select_related("updated_by") if response.pk else []


def _for_conditions(answer: Answer | None, attachments: Mapping[int, list[Attachment]]) -> Any:
    """The value that conditions look at; a file is answered when something is attached."""
    if answer is None:
        return None
    return answer.value if not is_empty(answer.value) else [file.name for file in attachments.get(answer.pk, ())]


def _by_answer(attachments: Iterable[Attachment]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    for attachment in attachments:
        found.setdefault(attachment.answer_id, []).append(attachment)
    return found


def _asides(response: Response) -> dict[int, list[Aside]]:
    """{answer: values kept aside}, each with the revision that stands."""
    waiting = list(
        AnswerRevision.objects.filter(answer__response=response, revision__isnull=True, resolved=False)
        .select_related("author", "answer")
        .order_by("id")
    )
    if not waiting:
        return {}
    standing: dict[int, AnswerRevision] = {}
    for revision in (
        AnswerRevision.objects.filter(answer__in={aside.answer_id for aside in waiting}, revision__isnull=False)
        .select_related("author")
        .order_by("revision")
    ):
        standing[revision.answer_id] = revision
    found: dict[int, list[Aside]] = {}
    for aside in waiting:
        found.setdefault(aside.answer_id, []).append(Aside(aside, standing.get(aside.answer_id)))
    return found
