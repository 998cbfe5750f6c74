"""A crosswalk in SKOS, as JSON-LD: the country's codes as concepts of a scheme of their own, each with its matches among our terms."""

from collections.abc import Iterable
from typing import Any

from ayni.directory.queries.skos import CONTEXT
from ayni.interop.models import CodeMapping, Match, RecordProfile

MATCHES = {one.value: {"@id": f"skos:{one.value}", "@type": "@id"} for one in Match}
ADDRESS = "{site}/en/reported/profiles/{code}/"


def crosswalk_as_skos(profile: RecordProfile, site: str) -> dict[str, Any]:
    """The document; `site` is the address of this site, without a slash at the end. One query."""
    home = ADDRESS.format(site=site, code=profile.code)
    language = profile.declared["language"]
    head = {
        "@id": home,
        "@type": "skos:ConceptScheme",
        "title": profile.title,
        "description": profile.written_from,
        "versionInfo": str(profile.version),
    }
    by_code: dict[tuple[str, str], list[CodeMapping]] = {}
    for row in profile.mappings.select_related("concept__scheme"):
        by_code.setdefault((row.field, row.key), []).append(row)
    concepts = [_concept(rows, home, language, site) for rows in by_code.values()]
    return {"@context": {**CONTEXT, **MATCHES}, "@graph": [head, *concepts]}


def _concept(rows: list[CodeMapping], home: str, language: str, site: str) -> dict[str, Any]:
    first = rows[0]
    return {
        "@id": f"{home}#{first.field}-{first.key.replace(' ', '-')}",
        "@type": "skos:Concept",
        "notation": first.label,
        "prefLabel": {language: first.label},
        "inScheme": home,
        **_matches(rows, site),
    }


def _matches(rows: Iterable[CodeMapping], site: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        scheme = row.concept.scheme
        term = f"{site}/en/vocabularies/{scheme.code}/{scheme.version}/#term-{row.concept.code}"
        found.setdefault(row.relation, []).append(term)
    return found
