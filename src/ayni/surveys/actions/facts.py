"""The facts that an accepted response states by itself: partner countries, agencies, and the categories it chose.

They are taken again whenever the response is accepted; what a person coded stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.directory.models import Concept, Country, Institution, RegionScheme
from ayni.surveys.formats.answer_question import is_empty
from ayni.surveys.models import AgencyMention, Coding, Kind, PartnerMention, Question, Response
from ayni.surveys.queries.codings import RESPONDENT
from ayni.surveys.queries.content.labels import regions_of
from ayni.surveys.queries.responses import asked_now

SOURCE = "response"
ROLES = frozenset({"first-offerer", "second-offerer", "recipient", "both", "unknown"})


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was asked for."""

    question: Question
    value: Any

    @property
    def source(self) -> str:
        return f"{SOURCE}, question {self.question.number or self.question.code}"


@transaction.atomic
def derive_facts(*, by: Any, response: Response) -> dict[str, int]:
    """Replace the facts derived from `response` by what it says now. Returns how many of each there are.

    Raises Refused when an answer names the institution's own country as a partner, or a choice that its vocabulary no
    longer has.
    """
    answers = _answers(response)
    partners = _partners(response, answers)
    codings = list(_codings(response, answers))
    agencies = list(_agencies(response, answers))
    response.partners.filter(source__startswith=SOURCE).delete()
    response.codings.filter(coder_name=RESPONDENT).delete()
    response.agencymentions.filter(source__startswith=SOURCE).delete()
    PartnerMention.objects.bulk_create(partners)
    Coding.objects.bulk_create(codings)
    AgencyMention.objects.bulk_create(agencies)
    counts = {"partners": len(partners), "codings": len(codings), "agencies": len(agencies)}
    record(by=by, verb="facts derived", on=response, after=counts, public=False)
    return counts


def _answers(response: Response) -> list[Given]:
    """The answers given to questions that are asked, in order."""
    asked = asked_now(response)
    rows = response.answers.select_related("question__version").order_by("question__position")
    return [Given(row.question, row.value) for row in rows if row.question.code in asked and not is_empty(row.value)]


def _partners(response: Response, answers: Iterable[Given]) -> list[PartnerMention]:
    home = response.institution.country_id
    found: dict[str, PartnerMention] = {}
    for given in answers:
        if given.question.kind != Kind.COUNTRIES:
            continue
        for item in given.value:
            if item["country"] == home:
                raise Refused(
                    _(
                        "Question %(number)s names the institution's own country as a partner: return the response "
                        "so that it is taken out."
                    )
                    % {"number": given.question.number or given.question.code}
                )
            mention = _partner(response, given, item)
            standing = found.setdefault(item["country"], mention)
            if standing is not mention:
                _join(standing, mention)
    _refuse_placeless(found)
    return list(found.values())


def _refuse_placeless(partners: Mapping[str, PartnerMention]) -> None:
    """A diagnosis adds partners up by region, so each must lie in one (Antarctica does not)."""
    nowhere = sorted(set(partners) - set(regions_of(list(partners))[RegionScheme.OAS2010])) if partners else []
    if nowhere:
        raise Refused(
            _("%(countries)s lies in no region of the diagnosis: return the response so that it is taken out.")
            % {"countries": ", ".join(str(one) for one in Country.objects.filter(pk__in=nowhere))}
        )


def _partner(response: Response, given: Given, item: Mapping[str, Any]) -> PartnerMention:
    role = item.get("role") or "unknown"
    return PartnerMention(
        response=response,
        reporter_id=response.institution.country_id,
        country_id=item["country"],
        role=role if role in ROLES else "unknown",
        since=item.get("since"),
        until=item.get("until"),
        source=given.source,
    )


def _join(standing: PartnerMention, other: PartnerMention) -> None:
    """One country named twice: roles that differ make "both"; the years cover both."""
    roles = {standing.role, other.role} - {"unknown"}
    standing.role = roles.pop() if len(roles) == 1 else "both" if roles else "unknown"
    firsts = [year for year in (standing.since, other.since) if year is not None]
    standing.since = min(firsts, default=None)
    standing.until = None if standing.until is None or other.until is None else max(standing.until, other.until)


def _codings(response: Response, answers: Iterable[Given]) -> Iterable[Coding]:
    chosen = [given for given in answers if given.question.kind in (Kind.SINGLE, Kind.MULTIPLE)]
    concepts = _concepts(chosen)
    for given in chosen:
        codes = given.value if isinstance(given.value, list) else [given.value]
        for code in dict.fromkeys(codes):
            concept = concepts.get((given.question.scheme_id, code))
            if concept is None:
                raise Refused(
                    _("Question %(number)s has the choice “%(code)s”, which is not in its vocabulary.")
                    % {"number": given.question.number or given.question.code, "code": code}
                )
            yield Coding(
                round=response.round,
                response=response,
                question=given.question,
                concept=concept,
                coder_name=RESPONDENT,
                source=given.source,
            )


def _agencies(response: Response, answers: Iterable[Given]) -> Iterable[AgencyMention]:
    named = [given for given in answers if given.question.kind == Kind.INSTITUTIONS]
    roles = _concepts(named)
    codes = {item["institution"] for given in named for item in given.value if item.get("institution")}
    known = {one.code: one for one in Institution.objects.filter(code__in=codes)}
    home = response.institution.country_id
    for given in named:
        for item in given.value:
            institution = known.get(item.get("institution") or "")
            name = item.get("name") or ""
            yield AgencyMention(
                round=response.round,
                response=response,
                question=given.question,
                institution=institution,
                name={} if institution else {given.question.version.default_language: name},
                role=roles.get((given.question.scheme_id, item.get("role"))),
                scope="national" if institution is None or institution.country_id == home else "international",
                source=given.source,
            )


def _concepts(answers: Iterable[Given]) -> dict[tuple[int | None, str | None], Concept]:
    schemes = {given.question.scheme_id for given in answers if given.question.scheme_id}
    return {(concept.scheme_id, concept.code): concept for concept in Concept.objects.filter(scheme__in=schemes)}
