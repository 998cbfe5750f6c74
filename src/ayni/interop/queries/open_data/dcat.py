"""What there is, as a DCAT catalogue in JSON-LD (https://www.w3.org/TR/vocab-dcat-3/)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import LANGUAGES, in_every_language
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.described import MEDIA, RIGHTS, home
from ayni.interop.queries.open_data.editions import edition, editions
from ayni.interop.queries.open_data.resource import Resource

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "rights": {"@id": "dct:rights", "@container": "@language"},
    "language": "dct:language",
    "publisher": {"@id": "dct:publisher", "@type": "@id"},
    "name": "foaf:name",
    "homepage": {"@id": "foaf:homepage", "@type": "@id"},
    "licence": {"@id": "dct:license", "@type": "@id"},
    "dataset": {"@id": "dcat:dataset", "@type": "@id"},
    "service": {"@id": "dcat:service", "@type": "@id"},
    "servesDataset": {"@id": "dcat:servesDataset", "@type": "@id"},
    "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "endpointURL": {"@id": "dcat:endpointURL", "@type": "@id"},
    "endpointDescription": {"@id": "dcat:endpointDescription", "@type": "@id"},
    "mediaType": {"@id": "dcat:mediaType", "@type": "@id"},
    "identifier": "dct:identifier",
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
    "checksum": "spdx:checksum",
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
}
# DCAT names a media type by the address of its registration.
REGISTERED = "https://www.iana.org/assignments/media-types/"
ABOUT = _("What Ayni publishes of cooperation on social protection.")


def dcat() -> dict[str, Any]:
    """A catalogue with a dataset for each resource and each edition, and the API as a service."""
    datasets = [_dataset(resource) for resource in RESOURCES.values()]
    datasets += [_edition(row) for row in map(edition, editions().order_by("pk"))]
    files = [part for dataset in datasets for part in dataset.pop("parts")]
    service = f"{home()}/openapi.json"
    publisher = {
        "@id": f"{settings.SITE_URL}/#publisher",
        "@type": "foaf:Agent",
        "name": "Ayni",
        "homepage": settings.SITE_URL,
    }
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": f"{home()}/catalog.jsonld",
                "@type": "dcat:Catalog",
                "title": {"en": "Ayni"},
                "description": in_every_language(ABOUT),
                "publisher": publisher["@id"],
                "language": list(LANGUAGES),
                "licence": settings.OPEN_DATA_LICENCE["path"],
                "dataset": [dataset["@id"] for dataset in datasets],
                "service": [f"{service}#api"],
            },
            {
                "@id": f"{service}#api",
                "@type": "dcat:DataService",
                "title": {"en": "API"},
                "endpointURL": home(),
                "endpointDescription": service,
                "servesDataset": [dataset["@id"] for dataset in datasets],
            },
            publisher,
            *datasets,
            *files,
        ],
    }


def _dataset(resource: Resource) -> dict[str, Any]:
    address = f"{home()}/{resource.name}"
    parts = [
        {
            "@id": f"{home()}/bulk/{resource.name}.{ending}",
            "@type": "dcat:Distribution",
            "downloadURL": f"{home()}/bulk/{resource.name}.{ending}",
            "accessURL": address,
            "mediaType": f"{REGISTERED}{kind}",
            **_terms(resource),
        }
        for ending, kind in MEDIA.items()
    ]
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "identifier": resource.name,
        "title": in_every_language(resource.title),
        "description": in_every_language(resource.about),
        **_terms(resource),
        "distribution": [part["@id"] for part in parts],
        "parts": parts,
    }


def _terms(resource: Resource) -> dict[str, Any]:
    """Under which licence it may be used, where that is one for all of it."""
    if resource.of_others:
        return {"rights": in_every_language(RIGHTS)}
    return {"licence": settings.OPEN_DATA_LICENCE["path"]}


def _edition(row: dict[str, Any]) -> dict[str, Any]:
    address = f"{home()}/editions/{row['code']}"
    part = {
        "@id": row["content"],
        "@type": "dcat:Distribution",
        "downloadURL": row["content"],
        "accessURL": address,
        "mediaType": f"{REGISTERED}application/json",
        "checksum": {
            "@type": "spdx:Checksum",
            "algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
            "checksumValue": row["sha256"],
        },
    }
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "identifier": row["code"],
        "title": dict(row["title"]),
        "description": in_every_language(RESOURCES["editions"].about),
        "issued": row["published_on"].isoformat(),
        "licence": settings.OPEN_DATA_LICENCE["path"],
        "distribution": [part["@id"]],
        "parts": [part],
    }
