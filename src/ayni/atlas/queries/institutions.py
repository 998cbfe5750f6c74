"""An institution: its dated names, what it came from and became, what it belongs to, and what it answered."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import address, country_link, evidence_url
from ayni.atlas.queries.tables.partners import role_name
from ayni.common.i18n import text_in
from ayni.common.sources import source_label, source_url
from ayni.directory.models import Affiliation, Institution, Succession
from ayni.surveys.models import AgencyMention, DiagnosisEdition, EditionStatus, Response, ResponseStatus


def described() -> QuerySet[Institution]:
    """Institutions with everything that their pages name."""
    named = Institution.objects.prefetch_related("names")
    return Institution.objects.select_related("country", "kind", "role").prefetch_related(
        "names",
        Prefetch("parent", named),
        Prefetch("bodies", named),
        Prefetch("successions", Succession.objects.order_by("on", "id").prefetch_related("successor__names")),
        Prefetch("precedents", Succession.objects.order_by("on", "id").prefetch_related("predecessor__names")),
        Prefetch("affiliations", Affiliation.objects.order_by("id").prefetch_related("body__names")),
        Prefetch("members", Affiliation.objects.order_by("id").prefetch_related("member__names")),
    )


def link(institution: Institution) -> dict[str, str]:
    return {"label": text_in(institution.name), "url": address("institution", institution.code)}


def names(institution: Institution) -> list[dict[str, Any]]:
    """Its names, the latest first: name, acronym, from, to, source."""
    ordered = sorted(institution.names.all(), key=lambda name: (name.valid_to == "", name.valid_to), reverse=True)
    return [
        {
            "name": text_in(name.name),
            "acronym": name.acronym,
            "since": name.valid_from,
            "until": name.valid_to,
            "source": source_label(name.source),
            "url": source_url(name.source),
        }
        for name in ordered
    ]


def changes(institution: Institution) -> dict[str, list[dict[str, Any]]]:
    """What it came from and what took over from it."""
    return {
        "before": [_succession(change, change.predecessor) for change in institution.precedents.all()],
        "after": [_succession(change, change.successor) for change in institution.successions.all()],
    }


def memberships(institution: Institution) -> dict[str, list[dict[str, Any]]]:
    """The networks it belongs to, and its own members."""
    return {
        "bodies": [_membership(one, one.body) for one in institution.affiliations.all()],
        "members": [_membership(one, one.member) for one in institution.members.all()],
    }


def responses(institution: Institution) -> list[dict[str, Any]]:
    """Its validated answers: round, period, the name it bore then. One query."""
    found = (
        Response.objects.filter(institution=institution, status=ResponseStatus.VALIDATED)
        .filter(Exists(DiagnosisEdition.objects.filter(round=OuterRef("round"), status=EditionStatus.PUBLISHED)))
        .select_related("round")
        .order_by("-round__period_to")
    )
    return [
        {
            "round": text_in(response.round.title),
            "period": (response.period_from, response.period_to),
            "note": text_in(response.note),
            "name": _name_at(institution, response.period_to or response.round.period_to),
            "validation": source_label(response.validation_source),
            "validation_url": source_url(response.validation_source),
            "url": address("response", response.round.code, institution.code),
        }
        for response in found
    ]


def partners(atlas: Atlas, code: str) -> list[dict[str, Any]]:
    """The countries that its answer names."""
    marks = {mark.partner: mark for mark in atlas.marks if mark.institution == code}
    return [
        {
            **country_link(atlas, partner),
            "role": role_name(marks[partner].role),
            "evidence": evidence_url(atlas, "T3", partner),
        }
        for partner in atlas.by_name(marks)
    ]


def mentions(institution: Institution) -> list[dict[str, Any]]:
    """Who names it as an agency involved in the cooperation. One query."""
    found = (
        AgencyMention.objects.filter(institution=institution)
        .exclude(response__isnull=False, response__status__in=_not_validated())
        .filter(Exists(DiagnosisEdition.objects.filter(round=OuterRef("round"), status=EditionStatus.PUBLISHED)))
        .select_related("response__institution__country", "country", "role", "round")
        .order_by("round", "id")
    )
    return [
        {
            "country": text_in(_country_of(mention).name) if _country_of(mention) else "",
            "url": address("country", _country_of(mention).pk) if _country_of(mention) else "",
            "role": text_in(mention.role.label) if mention.role else "",
            "round": text_in(mention.round.title),
            "source": source_label(mention.source),
            "source_url": source_url(mention.source),
        }
        for mention in found
    ]


def _country_of(mention: AgencyMention) -> Any:
    return mention.country or (mention.response.institution.country if mention.response else None)


def _not_validated() -> list[str]:
    return [status for status in ResponseStatus.values if status != ResponseStatus.VALIDATED]


def _name_at(institution: Institution, year: int) -> str:
    """The name of that year where it differs from today's."""
    name = institution.name_at(year)
    return text_in(name.name) if name and name != institution.latest_name else ""


def _succession(change: Succession, other: Institution) -> dict[str, Any]:
    return {
        **link(other),
        "on": change.on,
        "note": text_in(change.note),
        "source": source_label(change.source),
        "source_url": source_url(change.source),
    }


def _membership(one: Affiliation, other: Institution) -> dict[str, Any]:
    return {
        **link(other),
        "since": one.since,
        "until": one.until,
        "source": source_label(one.source),
        "source_url": source_url(one.source),
    }
