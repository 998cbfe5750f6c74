"""Computing a frozen edition again: its facts from the round, its reference data as they were frozen.

Institutions are renamed, countries move to another region, vocabularies and translations go on; what a frozen edition
says of a year stays. Only what the round's responses state is computed anew, so that the same facts give the same bytes.
"""

import json
from dataclasses import dataclass
from typing import Any

from ayni.directory.models import RegionScheme
from ayni.surveys.models import DiagnosisEdition
from ayni.surveys.queries.content import labels
from ayni.surveys.queries.facts import RoundFacts

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """What codes stand for: {country: names and regions}, {region: names} of both schemes, {scheme: {concept: texts}}."""

    countries: dict[str, dict[str, Any]]
    regions: dict[str, dict[str, Any]]
    m49: dict[str, dict[str, Any]]
    concepts: dict[str, dict[str, dict[str, Any]]]


def kept_content(edition: DiagnosisEdition) -> Content | None:
    """What was frozen; None of a draft."""
    return json.loads(edition.content) if edition.content else None


def reference(edition: DiagnosisEdition, facts: RoundFacts, kept: Content | None) -> Reference:
    """The reference data of today, or those that were frozen with the edition. What is new since then is of today."""
    countries = labels.countries(facts)
    if kept is None:
        regions, m49 = labels.regions(RegionScheme.OAS2010), labels.regions(RegionScheme.M49)
        return Reference(countries, regions, m49, labels.concepts(edition.round))
    countries |= {code: kept["countries"][code] for code in countries if code in kept["countries"]}
    concepts = {scheme: _in_order(terms) for scheme, terms in kept["concepts"].items()}
    return Reference(countries, _in_order(kept["regions"]), _in_order(kept["m49"]), concepts)


def reworded(content: Content, kept: Content) -> Content:
    """`content` with the names, titles and texts that were frozen in the place of today's."""
    content["edition"]["title"] = kept["edition"]["title"]
    content["round"]["title"] = kept["round"]["title"]
    content["round"]["instrument"]["title"] = kept["round"]["instrument"]["title"]
    content["sections"], content["method"] = kept["sections"], kept["method"]
    for code, institution in content["institutions"].items():
        known = kept["institutions"].get(code, institution)
        institution |= {"name": known["name"], "acronym": known["acronym"]}
    texts = {note["code"]: note["text"] for note in kept["quality"]["notes"]}
    for note in content["quality"]["notes"]:
        note["text"] = texts.get(note["code"], note["text"])
    names = {agency["institution"]: agency for agency in _agencies(kept) if agency["institution"]}
    for agency in _agencies(content):
        known = names.get(agency["institution"], agency)
        agency |= {"name": known["name"], "acronym": known["acronym"]}
    return content


def _in_order(known: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By position: canonical JSON sorts by code, and tables follow the vocabulary."""
    return dict(sorted(known.items(), key=lambda item: (item[1]["position"], item[0])))


def _agencies(content: Content) -> list[dict[str, Any]]:
    rows = content["tables"]["T4"]["rows"]
    return [agency for row in rows for scope in ("national", "international") for agency in row[scope]]
