"""The facts of a round as plain values: what a diagnosis is computed from.

A fact is of one response, of one country's institutions together, or of all that reported together. Only validated
responses count (R3: respondents validate what is published about them).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet

from ayni.directory.models import Country, Institution
from ayni.surveys.models import (
    AgencyMention,
    Answer,
    Coding,
    PartnerMention,
    Response,
    ResponseStatus,
    Round,
    Statement,
)

Texts = dict[str, str]
Whose = Literal["response", "country", "together"]


@dataclass(frozen=True, slots=True)
class Who:
    """Whose fact: an institution's code, a country's ISO 3166 alpha-3 code, or (empty) all that reported."""

    kind: Whose
    code: str


@dataclass(frozen=True, slots=True)
class Respondent:
    institution: str
    country: str
    name: Texts
    acronym: str
    status: str
    period: tuple[int, int] | None
    note: Texts
    validation: str


@dataclass(frozen=True, slots=True)
class PartnerFact:
    institution: str
    reporter: str
    partner: str
    role: str
    printed: str
    source: str


@dataclass(frozen=True, slots=True)
class CodingFact:
    who: Who
    scheme: str
    concept: str
    question: str
    coder: str
    passage: str
    source: str


@dataclass(frozen=True, slots=True)
class AgencyFact:
    who: Who
    institution: str
    name: Texts
    role: str
    scope: str
    source: str
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class StatementFact:
    who: Who
    question: str
    text: Texts
    source: str


@dataclass(frozen=True, slots=True)
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

    @property
    def institutions(self) -> list[str]:
        return [respondent.institution for respondent in self.respondents]

    @property
    def reporters(self) -> list[str]:
        """The countries that reported, international institutions aside, in order."""
        return sorted({respondent.country for respondent in self.respondents if respondent.country})

    def coded(self, scheme: str) -> list[CodingFact]:
        return [fact for fact in self.codings if fact.scheme == scheme]


def round_facts(round_: Round) -> RoundFacts:
    """The facts of `round_`, in a fixed order: the same data give the same value."""
    responses = Response.objects.filter(round=round_)
    validated = responses.filter(status=ResponseStatus.VALIDATED)
    return RoundFacts(
        respondents=tuple(_respondents(round_, validated)),
        partners=tuple(_partners(round_)),
        codings=tuple(_codings(round_)),
        agencies=tuple(_agencies(round_)),
        statements=tuple(_statements(round_)),
        answered=frozenset(
            Answer.objects.filter(response__round=round_, response__status=ResponseStatus.VALIDATED)
            .exclude(value=None)
            .values_list("response__institution__code", "question__code")
        ),
        invited=round_.invitations.count(),
        responses=responses.count(),
    )


def _respondents(round_: Round, validated: QuerySet[Response]) -> Iterable[Respondent]:
    for response in validated.select_related("institution").prefetch_related("institution__names"):
        institution = response.institution
        name = institution.name_at(response.period_to or round_.period_to)
        yield Respondent(
            institution=institution.code,
            country=institution.country_id or "",
            name=name.name if name else {"es": institution.code},
            acronym=(name.acronym if name else "") or institution.code,
            status=response.status,
            period=(response.period_from, response.period_to) if response.period_from and response.period_to else None,
            note=response.note,
            validation=response.validation_source,
        )


def _partners(round_: Round) -> Iterable[PartnerFact]:
    rows = (
        PartnerMention.objects.filter(response__round=round_, response__status=ResponseStatus.VALIDATED)
        .order_by("country_id", "response__institution__code")
        .values_list("response__institution__code", "reporter_id", "country_id", "role", "printed_name", "source")
    )
    return (PartnerFact(code, reporter or "", *rest) for code, reporter, *rest in rows)


def _attributed(queryset: QuerySet[Any], *columns: str) -> Iterable[tuple[Who, tuple[Any, ...]]]:
    """The rows of facts that may be published, each with whose it is."""
    counted = queryset.exclude(response__isnull=False, response__status__in=_not_validated())
    rows = counted.values_list("response__institution__code", "country_id", *columns)
    for institution, country, *rest in rows:
        yield _who(institution, country), tuple(rest)


def _not_validated() -> list[str]:
    return [status for status in ResponseStatus.values if status != ResponseStatus.VALIDATED]


def _who(institution: str | None, country: str | None) -> Who:
    if institution:
        return Who("response", institution)
    return Who("country", country) if country else Who("together", "")


def _codings(round_: Round) -> Iterable[CodingFact]:
    queryset = Coding.objects.filter(round=round_).order_by("concept__scheme__code", "concept__position", "id")
    columns = ("concept__scheme__code", "concept__code", "question__code", "coder_name", "passage", "source")
    for who, (scheme, concept, question, coder, passage, source) in _attributed(queryset, *columns):
        yield CodingFact(who, scheme, concept, question or "", coder, passage, source)


def _agencies(round_: Round) -> Iterable[AgencyFact]:
    queryset = AgencyMention.objects.filter(round=round_).order_by("id")
    names = _names_then(round_)
    for who, (code, name, role, scope, source) in _attributed(
        queryset, "institution__code", "name", "role__code", "scope", "source"
    ):
        known, acronym = names.get(code, ({}, ""))
        yield AgencyFact(who, code or "", name or known, role or "", scope, source, acronym)


def _names_then(round_: Round) -> dict[str, tuple[Texts, str]]:
    """{code: name and acronym at the round's end} of the institutions that are mentioned, so that an edition can name them."""
    mentioned = Institution.objects.filter(mentions__round=round_).distinct().prefetch_related("names")
    found = {institution.code: institution.name_at(round_.period_to) for institution in mentioned}
    return {code: (name.name, name.acronym) for code, name in found.items() if name is not None}


def _statements(round_: Round) -> Iterable[StatementFact]:
    queryset = Statement.objects.filter(round=round_).order_by("id")
    for who, (question, text, source) in _attributed(queryset, "question__code", "text", "source"):
        yield StatementFact(who, question or "", text, source)


def country_names(codes: Iterable[str]) -> dict[str, tuple[str, Texts]]:
    """{iso3: (iso2, names)} of these countries."""
    rows = Country.objects.filter(iso3__in=set(codes)).values_list("iso3", "iso2", "name")
    return {iso3: (iso2, name) for iso3, iso2, name in rows}
