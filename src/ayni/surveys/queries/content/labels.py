"""What the codes of an edition stand for: countries, regions, concepts, institutions, each with its names."""

from collections.abc import Collection
from typing import Any

from ayni.common.reference import table
from ayni.directory.models import Concept, Country, CountryRegion, Region, RegionScheme, SchemeStatus
from ayni.surveys.models import Round
from ayni.surveys.queries.facts import RoundFacts

SCHEMES = (
    "outcomes",
    "obstacles",
    "learning-types",
    "agreement-forms",
    "agreement-ranks",
    "modalities",
    "topics",
    "quadrants",
    "me-instruments",
    "information-systems",
    "agency-roles",
    "cooperation-types",
)


def countries(facts: RoundFacts) -> dict[str, dict[str, Any]]:
    """Every country that reported or was named, in order of its code, with its region of both schemes."""
    printed = {fact.partner: fact.printed for fact in facts.partners if fact.printed}
    codes = {fact.partner for fact in facts.partners} | set(facts.reporters)
    codes |= {fact.who.code for fact in facts.codings if fact.who.kind == "country"}
    codes |= {fact.who.code for fact in facts.agencies if fact.who.kind == "country"}
    lies = regions_of(codes)
    rows = Country.objects.filter(iso3__in=codes).order_by("iso3").values_list("iso3", "iso2", "name")
    return {
        iso3: {
            "iso2": iso2,
            "name": name,
            "region": lies[RegionScheme.OAS2010].get(iso3, ""),
            "m49": lies[RegionScheme.M49].get(iso3, ""),
            "printed": printed.get(iso3, ""),
        }
        for iso3, iso2, name in rows
    }


def regions_of(codes: Collection[str]) -> dict[str, dict[str, str]]:
    """{scheme: {country: region}} of these countries.

    A country that the print does not place lies in the print's region that holds its M49 region (extra column `m49`
    of data/oas2010/regions_print.csv); that extension is Ayni's judgement.
    """
    lies: dict[str, dict[str, str]] = {RegionScheme.OAS2010: {}, RegionScheme.M49: {}}
    placed = CountryRegion.objects.filter(country__in=codes)
    for scheme, country, region in placed.values_list("scheme", "country_id", "region__code"):
        lies[scheme][country] = region
    parents = dict(Region.objects.filter(scheme=RegionScheme.M49).values_list("code", "parent__code"))
    holders = {m49: row["code"] for row in table("oas2010/regions_print.csv") for m49 in row["m49"].split()}
    for country in sorted(set(codes) - set(lies[RegionScheme.OAS2010])):
        place = lies[RegionScheme.M49].get(country)
        while place and place not in holders:
            place = parents.get(place)
        if place:
            lies[RegionScheme.OAS2010][country] = holders[place]
    return lies


def regions(scheme: str) -> dict[str, dict[str, Any]]:
    """{code: names and position} of a scheme's regions, in order."""
    rows = Region.objects.filter(scheme=scheme).order_by("position", "code").values_list("code", "name", "position")
    return {code: {"name": name, "position": position} for code, name, position in rows}


def concepts(round_: Round) -> dict[str, dict[str, dict[str, Any]]]:
    """The vocabularies that the tables speak, as they stand: of the version that a coding of the round uses, else in force."""
    used = dict(
        round_.codings.order_by("concept__scheme__version")
        .values_list("concept__scheme__code", "concept__scheme_id")
        .distinct()
    )
    result: dict[str, dict[str, dict[str, Any]]] = {code: {} for code in SCHEMES}
    rows = Concept.objects.filter(scheme__code__in=SCHEMES).select_related("scheme", "broader")
    for concept in rows.order_by("scheme__code", "position", "code"):
        scheme = concept.scheme
        wanted = used.get(scheme.code) == scheme.pk or (
            scheme.code not in used and scheme.status == SchemeStatus.CURRENT
        )
        if wanted:
            result[scheme.code][concept.code] = {
                "label": concept.label,
                "definition": concept.definition,
                "broader": concept.broader.code if concept.broader else None,
                "source": concept.source,
                "extra": concept.extra,
                "position": concept.position,
            }
    return result


def institutions(facts: RoundFacts) -> dict[str, dict[str, Any]]:
    return {
        respondent.institution: {
            "name": respondent.name,
            "acronym": respondent.acronym,
            "country": respondent.country,
            "status": respondent.status,
            "period": list(respondent.period) if respondent.period else None,
            "note": respondent.note,
            "validation": respondent.validation,
        }
        for respondent in facts.respondents
    }
