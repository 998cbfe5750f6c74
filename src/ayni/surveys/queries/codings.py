"""What was coded: by answer, by category, and how far two coders agree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from django.db.models import QuerySet

from ayni.common.i18n import text_in
from ayni.directory.models import Concept, SchemeStatus
from ayni.methods.agreement import Agreement, agreement
from ayni.methods.passages import find_passage
from ayni.surveys.models import Coding, Question, Response, Round

# The vocabularies whose categories are given to passages, in the order in which they are offered.
SCHEMES = (
    "outcomes",
    "obstacles",
    "learning-types",
    "me-instruments",
    "topics",
    "modalities",
    "cooperation-types",
    "agreement-forms",
    "agreement-ranks",
    "information-systems",
    "agency-roles",
)
# The coder_name of what the respondent chose.
RESPONDENT = "the respondent"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an answer, and the categories that its passages were given."""

    text: str
    concepts: tuple[str, ...] = ()


def response_codings(response: Response) -> dict[int, list[Coding]]:
    """{question: its codings}, those chosen by the respondent first, then as they were made."""
    found: dict[int, list[Coding]] = {}
    for coding in response.codings.select_related("concept__scheme").order_by("coder", "id"):
        found.setdefault(coding.question_id or 0, []).append(coding)
    return found


def by_hand(codings: Iterable[Coding]) -> list[Coding]:
    return [coding for coding in codings if coding.coder_name != RESPONDENT]


def stale(codings: Iterable[Coding], text: str) -> list[Coding]:
    """Codings whose passage no longer stands in the answer: it was changed after they were made."""
    return [coding for coding in by_hand(codings) if coding.passage and find_passage(coding.passage, text) is None]


def stretches(text: str, codings: Iterable[Coding]) -> list[Stretch]:
    """The text cut where coded passages begin and end; joined together they are the text again."""
    spans: list[tuple[int, int, str]] = []
    for coding in codings:
        start = text.find(coding.passage) if coding.passage else -1
        if start >= 0:
            spans.append((start, start + len(coding.passage), text_in(coding.concept.label)))
    edges = sorted({0, len(text), *(edge for start, end, _label in spans for edge in (start, end))})
    return [
        Stretch(
            text[start:end],
            tuple(dict.fromkeys(label for first, last, label in spans if first <= start and end <= last)),
        )
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def disagreements(codings: Iterable[Coding]) -> list[tuple[str, list[str]]]:
    """(category, its coders) where the coders of one answer differ; empty with fewer than two coders."""
    hand = by_hand(codings)
    coders = {coding.coder_name for coding in hand}
    if len(coders) < 2:
        return []
    given: dict[str, set[str]] = {}
    for coding in hand:
        given.setdefault(text_in(coding.concept.label), set()).add(coding.coder_name)
    return [(label, sorted(who)) for label, who in sorted(given.items()) if who != coders]


Vocabulary = tuple[int, str, list[tuple[int, str]]]


def offered(
    question: Question, questions: Sequence[Question], known: Sequence[Vocabulary]
) -> list[tuple[str, list[tuple[int, str]]]]:
    """The categories to choose from: first the vocabularies that the question's neighbours (11a of 11b) ask about."""
    digits = _digits(question.number)
    near = {other.scheme_id for other in questions if other.scheme_id and digits and _digits(other.number) == digits}
    return [(title, terms) for _pk, title, terms in sorted(known, key=lambda one: one[0] not in near)]


def concepts_to_code() -> QuerySet[Concept]:
    """The categories in force that a passage may be given."""
    return Concept.objects.filter(
        scheme__code__in=SCHEMES, scheme__status=SchemeStatus.CURRENT, retired_on__isnull=True
    ).select_related("scheme")


def vocabularies() -> list[Vocabulary]:
    """(number, title, [(number of the category, label)]) of each vocabulary that passages are coded with. One query."""
    concepts = sorted(
        concepts_to_code(), key=lambda concept: (SCHEMES.index(concept.scheme.code), concept.position, concept.code)
    )
    return [
        (scheme.pk, text_in(scheme.title), [(concept.pk, text_in(concept.label)) for concept in terms])
        for scheme, terms in groupby(concepts, key=lambda concept: concept.scheme)
    ]


def round_codings(round_: Round, *, scheme: str = "", by_people: bool = False) -> QuerySet[Coding]:
    """The codings of single responses, in the vocabulary's order."""
    found = Coding.objects.filter(round=round_, response__isnull=False)
    if scheme:
        found = found.filter(concept__scheme__code=scheme)
    if by_people:
        found = found.filter(coder__isnull=False)
    return (
        found.select_related("concept__scheme", "response__institution", "question")
        .prefetch_related("response__institution__names")
        .order_by("concept__scheme__code", "concept__position", "response__institution__code", "id")
    )


@dataclass(frozen=True, slots=True)
class CoderPair:
    """How far two people agree on one vocabulary, over the answers that both coded with it."""

    first: str
    second: str
    scheme: str
    answers: int
    result: Agreement


def coder_agreement(round_: Round) -> list[CoderPair]:
    """A line for each two people and each vocabulary with which both coded some of the same answers. Two queries.

    Every category of the vocabulary is one yes/no decision for each such answer (docs/methods/coding.md).
    """
    rows = Coding.objects.filter(round=round_, coder__isnull=False, response__isnull=False).values_list(
        "concept__scheme_id", "coder_name", "response_id", "question_id", "concept_id"
    )
    chosen: dict[int, dict[str, set[tuple[int, int, int]]]] = {}
    for scheme, coder, response, question, concept in rows:
        chosen.setdefault(scheme, {}).setdefault(coder, set()).add((response or 0, question or 0, concept))
    twice = {scheme for scheme, coders in chosen.items() if len(coders) > 1}
    terms: dict[int, list[int]] = {}
    titles: dict[int, str] = {}
    for term in Concept.objects.filter(scheme__in=twice).select_related("scheme"):
        terms.setdefault(term.scheme_id, []).append(term.pk)
        titles[term.scheme_id] = text_in(term.scheme.title)
    return [pair for scheme in sorted(twice) for pair in _pairs(titles[scheme], chosen[scheme], terms[scheme])]


def _pairs(title: str, coders: dict[str, set[tuple[int, int, int]]], terms: list[int]) -> Iterator[CoderPair]:
    for first, second in combinations(sorted(coders), 2):
        both = {unit[:2] for unit in coders[first]} & {unit[:2] for unit in coders[second]}
        if not both:
            continue
        units = [(*answer, term) for answer in both for term in terms]
        result = agreement(
            [unit for unit in coders[first] if unit[:2] in both],
            [unit for unit in coders[second] if unit[:2] in both],
            units,
        )
        yield CoderPair(first, second, title, len(both), result)


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())
