"""Countries, regions, institutions, programmes, components, vocabularies, terms: what the directory publishes."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.directory.models import (
    Component,
    Concept,
    ConceptScheme,
    Country,
    Institution,
    Programme,
    Region,
    RegionScheme,
    SchemeStatus,
)
from ayni.interop.formats.open_data import directory as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.resource import FromTable, Resource, codes


def countries(region_m49: str = "") -> QuerySet[Country]:
    rows = Country.objects.prefetch_related("regions")
    return rows.filter(regions__scheme=RegionScheme.M49, regions__code=region_m49) if region_m49 else rows


def country(one: Country) -> Row:
    lies = {region.scheme: region.code for region in one.regions.all()}
    return {
        "iso3": one.iso3,
        "iso2": one.iso2,
        "m49": one.m49,
        "name": Texts(one.name),
        "region_m49": lies.get(RegionScheme.M49),
        "region_oas2010": lies.get(RegionScheme.OAS2010),
    }


def regions(scheme: str = "") -> QuerySet[Region]:
    rows = Region.objects.select_related("parent")
    return rows.filter(scheme=scheme) if scheme else rows


def region(one: Region) -> Row:
    return {
        "scheme": one.scheme,
        "code": one.code,
        "name": Texts(one.name),
        "parent": one.parent.code if one.parent else None,
        "position": one.position,
    }


def institutions(country: str = "", international: bool | None = None) -> QuerySet[Institution]:
    rows = Institution.objects.select_related("kind", "role", "parent")
    if country:
        rows = rows.filter(country=country)
    if international is not None:
        rows = rows.filter(international=international)
    return rows.prefetch_related("names", "successions__successor")


def institution(one: Institution) -> Row:
    names = sorted(one.names.all(), key=lambda name: (name.valid_from, name.valid_to or "9999", name.pk))
    return {
        "code": one.code,
        "name": Texts(one.name),
        "acronym": one.latest_name.acronym if one.latest_name else "",
        "country": one.country_id,
        "international": one.international,
        "kind": one.kind.code if one.kind else None,
        "role": one.role.code if one.role else None,
        "parent": one.parent.code if one.parent else None,
        "website": one.website,
        "names": [
            {"name": Texts(n.name), "acronym": n.acronym, "valid_from": n.valid_from, "valid_to": n.valid_to}
            for n in names
        ],
        "successors": sorted(change.successor.code for change in one.successions.all()),
    }


def programmes(country: str = "", institution: str = "", topic: str = "", quadrant: str = "") -> QuerySet[Programme]:
    rows = Programme.objects.select_related("institution").prefetch_related("topics", "quadrants", "modalities")
    if country:
        rows = rows.filter(country=country)
    if institution:
        rows = rows.filter(institution__code=institution)
    return _with_terms(rows, "programme", topics=topic, quadrants=quadrant)


def programme(one: Programme) -> Row:
    return {
        "code": one.code,
        "country": one.country_id,
        "institution": one.institution.code if one.institution else None,
        "name": Texts(one.name),
        "acronym": one.acronym,
        "summary": Texts(one.summary),
        "began": one.began,
        "ended": one.ended,
        "topics": codes(one.topics),
        "quadrants": codes(one.quadrants),
        "modalities": codes(one.modalities),
        "languages": one.languages.split(),
        "evidence": one.evidence,
        "website": one.website,
        "source": one.source,
        "fictional": one.fictional,
    }


def components(programme: str = "", topic: str = "") -> QuerySet[Component]:
    rows = Component.objects.select_related("programme")
    if programme:
        rows = rows.filter(programme__code=programme)
    return _with_terms(rows, "component", topics=topic).prefetch_related(
        "topics", "quadrants", "modalities", "needs__programme"
    )


def component(one: Component) -> Row:
    return {
        "programme": one.programme.code,
        "code": one.code,
        "version": one.version,
        "name": Texts(one.name),
        "description": Texts(one.description),
        "topics": codes(one.topics),
        "quadrants": codes(one.quadrants),
        "modalities": codes(one.modalities),
        "prerequisites": Texts(one.prerequisites),
        "needs": sorted(f"{needed.programme.code}/{needed.code}" for needed in one.needs.all()),
        "evidence": one.evidence,
        "languages": one.languages.split(),
        "retired": one.retired,
        "fictional": one.programme.fictional,
    }


def vocabularies(status: str = "") -> QuerySet[ConceptScheme]:
    rows = ConceptScheme.objects.exclude(status=SchemeStatus.DRAFT)
    return rows.filter(status=status) if status else rows


def vocabulary(one: ConceptScheme) -> Row:
    return {
        "code": one.code,
        "version": one.version,
        "title": Texts(one.title),
        "note": Texts(one.note),
        "source": one.source,
        "standing": one.standing,
        "status": one.status,
    }


def terms(vocabulary: str = "", version: int | None = None, current: bool | None = None) -> QuerySet[Concept]:
    rows = Concept.objects.select_related("scheme", "broader").exclude(scheme__status=SchemeStatus.DRAFT)
    if vocabulary:
        rows = rows.filter(scheme__code=vocabulary)
    if version is not None:
        rows = rows.filter(scheme__version=version)
    in_force = {"scheme__status": SchemeStatus.CURRENT, "retired_on__isnull": True}
    if current is not None:
        rows = rows.filter(**in_force) if current else rows.exclude(**in_force)
    return rows


def term(one: Concept) -> Row:
    return {
        "vocabulary": one.scheme.code,
        "version": one.scheme.version,
        "code": one.code,
        "broader": one.broader.code if one.broader else None,
        "label": Texts(one.label),
        "definition": Texts(one.definition),
        "position": one.position,
        "source": one.source,
        "extra": one.extra,
        "retired_on": one.retired_on,
    }


def _with_terms(rows: QuerySet[Any], owner: str, **asked: str) -> QuerySet[Any]:
    """Those that have the terms; a row is found once however many it has."""
    for name, code in asked.items():
        if code:
            through = getattr(rows.model, name).through
            rows = rows.filter(Exists(through.objects.filter(**{owner: OuterRef("pk"), "concept__code": code})))
    return rows


RESOURCES = (
    Resource(
        "countries",
        _("Countries"),
        _("Countries and territories of ISO 3166-1, with their regions in two schemes."),
        shapes.Country,
        questions.OfCountries,
        FromTable(countries, country),
        ("iso3", "iso3"),
    ),
    Resource(
        "regions",
        _("Regions"),
        _("Regions of the 2010 document and of the United Nations (M49), side by side."),
        shapes.Region,
        questions.OfRegions,
        FromTable(regions, region),
    ),
    Resource(
        "institutions",
        _("Institutions"),
        _("Ministries, agencies and international bodies, with their dated names and successors."),
        shapes.Institution,
        questions.OfInstitutions,
        FromTable(institutions, institution),
        ("code", "code"),
    ),
    Resource(
        "programmes",
        _("Programmes"),
        _("The catalogue of social protection programmes."),
        shapes.Programme,
        questions.OfProgrammes,
        FromTable(programmes, programme),
        ("code", "code"),
    ),
    Resource(
        "components",
        _("Components"),
        _("Parts of programmes that can be transferred alone."),
        shapes.Component,
        questions.OfComponents,
        FromTable(components, component),
    ),
    Resource(
        "vocabularies",
        _("Vocabularies"),
        _("Versions of the vocabularies, in force and superseded; also as SKOS."),
        shapes.Vocabulary,
        questions.OfVocabularies,
        FromTable(vocabularies, vocabulary),
    ),
    Resource(
        "terms",
        _("Terms"),
        _("The terms of every version of the vocabularies."),
        shapes.Term,
        questions.OfTerms,
        FromTable(terms, term),
    ),
)
