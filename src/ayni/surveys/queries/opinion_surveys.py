"""The recipient's opinion of an initiative: who is asked, who has answered, and what the answers say together."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ayni.directory.models import Institution
from ayni.learning.models import Evaluation
from ayni.methods.roles import RECEIVING
from ayni.registry.models import Initiative
from ayni.surveys.models import Answer, Kind, Question, Response, Round
from ayni.surveys.queries.responses import WITH_THE_RESPONDENT

INSTRUMENT = "opinion"
SCALE = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Scored:
    """A question with scores 1 to 4: how many institutions answered it, their mean (None: nobody), how many gave each score."""

    question: Question
    answered: int
    mean: float | None
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A question in words, with what each institution says."""

    question: Question
    texts: tuple[tuple[Institution, str], ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The answers handed in, together."""

    handed_in: int
    scored: tuple[Scored, ...]
    said: tuple[Said, ...]


def survey_of(evaluation: Evaluation) -> Round | None:
    """The round of the evaluation."""
    return Round.objects.filter(evaluation=evaluation).select_related("version__instrument").first()


def asked_institutions(initiative: Initiative) -> list[Institution]:
    """Those that receive, each once; where nobody has said who does, those without a stated role."""
    by_role: dict[bool, dict[int, Institution]] = {True: {}, False: {}}
    for one in initiative.participations.all():
        if one.role.code in RECEIVING or one.role.code == "unknown":
            by_role[one.role.code in RECEIVING].setdefault(one.institution_id, one.institution)
    return list((by_role[True] or by_role[False]).values())


def responses_of(round_: Round) -> list[Response]:
    """The responses of the survey with their institutions."""
    rows = round_.responses.select_related("institution__country").prefetch_related("institution__names")
    return list(rows.order_by("institution__code"))


def opinion(round_: Round) -> Opinion:
    """What the institutions say that have handed in their answers. Four queries, however many they are."""
    handed_in = [one for one in responses_of(round_) if one.status not in WITH_THE_RESPONDENT]
    institutions = {one.pk: one.institution for one in handed_in}
    given: dict[int, dict[int, object]] = {}
    for answer in Answer.objects.filter(response__in=institutions).order_by("response__institution__code"):
        given.setdefault(answer.question_id, {})[answer.response_id] = answer.value
    scored: list[Scored] = []
    said: list[Said] = []
    for question in round_.version.questions.order_by("position"):
        answers = given.get(question.pk, {})
        if question.kind == Kind.NUMBER:
            scored.append(_scored(question, answers))
        elif question.kind in (Kind.TEXT, Kind.LONG_TEXT):
            texts = ((institutions[pk], str(text)) for pk, text in answers.items() if text)
            said.append(Said(question, tuple(texts)))
    return Opinion(len(handed_in), tuple(scored), tuple(said))


def _scored(question: Question, answers: Mapping[int, object]) -> Scored:
    numbers = [number for value in answers.values() if (number := _number(value)) is not None]
    mean = sum(numbers) / len(numbers) if numbers else None
    return Scored(question, len(numbers), mean, tuple(numbers.count(score) for score in SCALE))


def _number(value: object) -> int | None:
    try:
        told = Decimal(str(value))
    except InvalidOperation:
        return None
    # A number between two scores is none of them, and neither is infinity.
    return next((score for score in SCALE if told == score), None)
