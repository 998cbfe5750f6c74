"""A vocabulary in SKOS, as JSON-LD (https://www.w3.org/TR/skos-reference/)."""

from collections.abc import Iterable
from typing import Any

from ayni.directory.models import ConceptScheme
from ayni.directory.queries.vocabulary_rows import ConceptRow

CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "source": "dct:source",
    "notation": "skos:notation",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "topConceptOf": {"@id": "skos:topConceptOf", "@type": "@id"},
    "versionInfo": "owl:versionInfo",
    "deprecated": "owl:deprecated",
}


def scheme_as_skos(scheme: ConceptScheme, rows: Iterable[ConceptRow], site: str) -> dict[str, Any]:
    """The JSON-LD document; `site` is the address of this site, without a slash at the end."""
    home = f"{site}/en/vocabularies/{scheme.code}/{scheme.version}/"
    head = {
        "@id": home,
        "@type": "skos:ConceptScheme",
        "title": scheme.title,
        "description": scheme.note,
        "source": scheme.source,
        "versionInfo": str(scheme.version),
    }
    return {"@context": CONTEXT, "@graph": [_filled(head), *(_concept(row, home) for row in rows)]}


def _concept(row: ConceptRow, home: str) -> dict[str, Any]:
    above = {"broader": f"{home}#term-{row.broader}"} if row.broader else {"topConceptOf": home}
    return _filled(
        {
            "@id": f"{home}#term-{row.code}",
            "@type": "skos:Concept",
            "notation": row.code,
            "prefLabel": dict(row.label),
            "definition": dict(row.definition),
            "source": row.source,
            "inScheme": home,
            "deprecated": True if row.retired_on else None,
            **above,
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", {})}
