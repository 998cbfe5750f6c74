"""What will be, or is, published about an institution from its response (R3): each fact with where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from ayni.common.i18n import text_in
from ayni.directory.models import Concept, SchemeStatus
from ayni.surveys.formats.answer_display import years
from ayni.surveys.models import AgencyMention, Coding, PartnerMention, Response
from ayni.surveys.queries.questions import COOPERATION_ROLES


@dataclass(frozen=True)
class CodedTerms:
    """The terms of one vocabulary that the answers were given."""

    scheme: str
    title: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True)
class Partner:
    country: str
    iso3: str
    role: str
    years: str
    source: str


@dataclass(frozen=True)
class Publication:
    partners: tuple[Partner, ...]
    terms: tuple[CodedTerms, ...]
    agencies: tuple[AgencyMention, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.partners or self.terms or self.agencies)


def publication(response: Response) -> Publication:
    """The facts taken from a response. Five queries."""
    codings = (
        Coding.objects.filter(response=response)
        .select_related("concept__scheme", "question")
        .order_by("concept__scheme__code", "concept__position", "id")
    )
    agencies = (
        AgencyMention.objects.filter(response=response)
        .select_related("institution__country", "role")
        .prefetch_related("institution__names")
        .order_by("id")
    )
    return Publication(tuple(_partners(response)), tuple(_by_scheme(codings)), tuple(agencies))


def _partners(response: Response) -> list[Partner]:
    roles = dict(
        Concept.objects.filter(scheme__code=COOPERATION_ROLES, scheme__status=SchemeStatus.CURRENT).values_list(
            "code", "label"
        )
    )
    mentions = PartnerMention.objects.filter(response=response).select_related("country")
    return sorted(
        (
            Partner(
                country=str(mention.country),
                iso3=mention.country_id,
                role=text_in(roles.get(mention.role)) or mention.role,
                years=years(mention.since, mention.until),
                source=mention.source,
            )
            for mention in mentions
        ),
        key=lambda partner: partner.country.casefold(),
    )


def _by_scheme(codings: Iterable[Coding]) -> Iterable[CodedTerms]:
    found: dict[int, list[Coding]] = {}
    for coding in codings:
        found.setdefault(coding.concept.scheme_id, []).append(coding)
    for group in found.values():
        scheme = group[0].concept.scheme
        yield CodedTerms(scheme.code, text_in(scheme.title), tuple(group))
