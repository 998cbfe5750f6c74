"""The facts of a round as plain values: what a diagnosis is computed from.

A fact is of one response, of one country's institutions together, or of all that reported together. Only validated
responses count (R3: respondents validate what is published about them).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayni.directory.models import Concept, Country, Institution, InstitutionName
from ayni.surveys.models import (
    AgencyMention,
    Answer,
    Attachment,
    Coding,
    PartnerMention,
    Response,
    ResponseStatus,
    Round,
    Statement,
)

Texts = dict[str, str]
Whose = Literal["response", "country", "together"]


class Who(NamedTuple):
    """Whose fact: an institution's code, a country's ISO 3166 alpha-3 code, or (empty) all that reported."""

    kind: Whose
    code: str


class Respondent(NamedTuple):
    institution: str
    country: str
    name: Texts
    acronym: str
    status: str
    period: tuple[int, int] | None
    note: Texts
    validation: str


class PartnerFact(NamedTuple):
    institution: str
    reporter: str
    partner: str
    role: str
    printed: str
    source: str


class CodingFact(NamedTuple):
    who: Who
    scheme: str
    concept: str
    question: str
    coder: str
    passage: str
    source: str


class AgencyFact(NamedTuple):
    who: Who
    institution: str
    name: Texts
    role: str
    scope: str
    source: str
    acronym: str = ""


class StatementFact(NamedTuple):
    who: Who
    question: str
    text: Texts
    source: str


@dataclass(frozen=True)
class RoundFacts:
    """Everything a diagnosis of one round needs; `invited` and `responses` count what the round asked and got."""

    respondents: tuple[Respondent, ...]
    partners: tuple[PartnerFact, ...]
    codings: tuple[CodingFact, ...]
    agencies: tuple[AgencyFact, ...]
    statements: tuple[StatementFact, ...]
    answered: frozenset[tuple[str, str]]
    invited: int
    responses: int

    @cached_property
    def institutions(self) -> list[str]:
        return [respondent.institution for respondent in self.respondents]

    @cached_property
    def reporters(self) -> list[str]:
        """The countries that reported, international institutions aside, in order."""
        return sorted({respondent.country for respondent in self.respondents if respondent.country})

    @cached_property
    def home(self) -> dict[str, str]:
        """{institution: its country, or empty}."""
        return {respondent.institution: respondent.country for respondent in self.respondents}

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """(reporting country, partner), each once, in order."""
        return sorted({(fact.reporter, fact.partner) for fact in self.partners if fact.reporter})

    def coded(self, scheme: str) -> list[CodingFact]:
        return self._by_scheme.get(scheme, [])

    @cached_property
    def _by_scheme(self) -> dict[str, list[CodingFact]]:
        found: dict[str, list[CodingFact]] = {}
        for fact in self.codings:
            found.setdefault(fact.scheme, []).append(fact)
        return found


def round_facts(round_: Round) -> RoundFacts:
    """The facts of `round_`, in a fixed order: the same data give the same value. Ten queries, without wide joins."""
    validated = dict(
        Response.objects.filter(round=round_, status=ResponseStatus.VALIDATED).values_list("pk", "institution__code")
    )
    who = {number: Who("response", code) for number, code in validated.items()}
    return RoundFacts(
        respondents=tuple(_respondents(round_)),
        partners=tuple(_partners(round_, validated)),
        codings=tuple(_codings(round_, who)),
        agencies=tuple(_agencies(round_, who)),
        statements=tuple(_statements(round_, who)),
        answered=frozenset(_answered(round_, validated)),
        invited=round_.invitations.count(),
        responses=round_.responses.count(),
    )


def _respondents(round_: Round) -> Iterable[Respondent]:
    rows = (
        Response.objects.filter(round=round_, status=ResponseStatus.VALIDATED)
        .order_by("institution__code")
        .values_list(
            *("institution_id", "institution__code", "institution__country_id", "status"),
            *("period_from", "period_to", "note", "validation_source"),
        )
    )
    names = _names(round_)
    for number, code, country, status, first, last, note, validation in rows:
        name = _name_at(names.get(number, []), last or round_.period_to)
        yield Respondent(
            institution=code,
            country=country or "",
            name=name.name if name else {"es": code},
            acronym=(name.acronym if name else "") or code,
            status=status,
            period=(first, last) if first and last else None,
            note=note,
            validation=validation,
        )


class _Name(NamedTuple):
    name: Texts
    acronym: str
    first: str
    last: str


def _names(round_: Round) -> dict[int, list[_Name]]:
    """{institution: its names} of those that responded."""
    found: dict[int, list[_Name]] = {}
    rows = InstitutionName.objects.filter(institution__responses__round=round_).order_by("institution_id", "valid_from")
    for number, *columns in rows.values_list("institution_id", "name", "acronym", "valid_from", "valid_to"):
        found.setdefault(number, []).append(_Name(*columns))
    return found


def _name_at(names: list[_Name], year: int) -> _Name | None:
    """As `Institution.name_at`: the name borne in that year, the later one when it changed; else the last one used."""
    borne = [name for name in names if name.first[:4] <= str(year) <= (name.last[:4] or "9999")]
    if borne:
        return max(borne, key=lambda name: name.first)
    return max(names, key=lambda name: (name.last == "", name.last, name.first), default=None)


def _partners(round_: Round, validated: Mapping[int, str]) -> list[PartnerFact]:
    rows = PartnerMention.objects.filter(response__round=round_).values_list(
        "response_id", "reporter_id", "country_id", "role", "printed_name", "source"
    )
    found = [
        PartnerFact(validated[number], reporter or "", *rest) for number, reporter, *rest in rows if number in validated
    ]
    found.sort(key=lambda fact: (fact.partner, fact.institution))
    return found


def _answered(round_: Round, validated: Mapping[int, str]) -> Iterable[tuple[str, str]]:
    codes = dict(round_.version.questions.values_list("pk", "code"))
    # A file is an answer without a value of its own.
    given = ~Q(value=None) | Exists(Attachment.objects.filter(answer=OuterRef("pk")))
    rows = Answer.objects.filter(given, response__round=round_).values_list("response_id", "question_id")
    return ((validated[number], codes[question]) for number, question in rows.iterator() if number in validated)


def _attributed(
    queryset: QuerySet[Any], who: Mapping[int, Who], *columns: str
) -> Iterable[tuple[Who, tuple[Any, ...]]]:
    """The rows of facts that may be published, each with whose it is."""
    for response, country, *rest in queryset.values_list("response_id", "country_id", *columns).iterator(10_000):
        if response is None:
            yield Who("country", country) if country else TOGETHER, tuple(rest)
        elif response in who:
            yield who[response], tuple(rest)


TOGETHER = Who("together", "")


def _codings(round_: Round, who: Mapping[int, Who]) -> list[CodingFact]:
    """In the order of the vocabularies. Concepts and questions are read once, not joined to each row."""
    terms = {
        number: (scheme, code, (scheme, position))
        for number, scheme, code, position in Concept.objects.filter(codings__round=round_)
        .distinct()
        .values_list("pk", "scheme__code", "code", "position")
    }
    questions = dict(round_.version.questions.values_list("pk", "code"))
    queryset = Coding.objects.filter(round=round_).order_by("id")
    columns = ("concept_id", "question_id", "coder_name", "passage", "source")
    found = []
    for whose, (concept, question, coder, passage, source) in _attributed(queryset, who, *columns):
        scheme, code, order = terms[concept]
        fact = CodingFact(whose, scheme, code, questions.get(question, ""), coder, passage, source)
        found.append((order, fact))
    found.sort(key=itemgetter(0))
    return [fact for _order, fact in found]


def _agencies(round_: Round, who: Mapping[int, Who]) -> Iterable[AgencyFact]:
    queryset = AgencyMention.objects.filter(round=round_).order_by("id")
    names = _names_then(round_)
    for whose, (code, name, role, scope, source) in _attributed(
        queryset, who, "institution__code", "name", "role__code", "scope", "source"
    ):
        known, acronym = names.get(code, ({}, ""))
        yield AgencyFact(whose, code or "", name or known, role or "", scope, source, acronym)


def _names_then(round_: Round) -> dict[str, tuple[Texts, str]]:
    """{code: name and acronym at the round's end} of the institutions that are mentioned, so that an edition can name them."""
    mentioned = Institution.objects.filter(mentions__round=round_).distinct().prefetch_related("names")
    found = {institution.code: institution.name_at(round_.period_to) for institution in mentioned}
    return {code: (name.name, name.acronym) for code, name in found.items() if name is not None}


def _statements(round_: Round, who: Mapping[int, Who]) -> Iterable[StatementFact]:
    queryset = Statement.objects.filter(round=round_).order_by("id")
    for whose, (question, text, source) in _attributed(queryset, who, "question__code", "text", "source"):
        yield StatementFact(whose, question or "", text, source)


def country_names(codes: Iterable[str]) -> dict[str, tuple[str, Texts]]:
    """{iso3: (iso2, names)} of these countries."""
    rows = Country.objects.filter(iso3__in=set(codes)).values_list("iso3", "iso2", "name")
    return {iso3: (iso2, name) for iso3, iso2, name in rows}
