"""What the files are: as a Data Package (datapackage.org) and as a DCAT catalogue (JSON-LD)."""

from typing import Any

from django.conf import settings

from ayni.common.i18n import in_every_language
from ayni.interop.formats.open_data.columns import columns
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.editions import edition, editions
from ayni.interop.queries.open_data.resource import Resource

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "licence": {"@id": "dct:license", "@type": "@id"},
    "dataset": {"@id": "dcat:dataset", "@type": "@id"},
    "service": {"@id": "dcat:service", "@type": "@id"},
    "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "endpointURL": {"@id": "dcat:endpointURL", "@type": "@id"},
    "endpointDescription": {"@id": "dcat:endpointDescription", "@type": "@id"},
    "mediaType": "dcat:mediaType",
    "identifier": "dct:identifier",
    "issued": "dct:issued",
    "checksum": "spdx:checksum",
    "checksumValue": "spdx:checksumValue",
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
}
MEDIA = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}


def home() -> str:
    """The address of the API, without a slash at the end."""
    return f"{settings.SITE_URL}/api/v1"


def data_package(version: int) -> dict[str, Any]:
    """Every resource as CSV with its columns, and the frozen editions with their checksums; `version` of the data."""
    licence = settings.OPEN_DATA_LICENCE
    return {
        "profile": "data-package",
        "name": "ayni-open-data",
        "title": "Ayni: cooperation on social protection",
        "version": str(version),
        "homepage": f"{settings.SITE_URL}/en/open-data/",
        "licenses": [licence],
        "resources": [
            *(_tabular(resource) for resource in RESOURCES.values()),
            *(_frozen(one) for one in map(edition, editions().order_by("pk"))),
        ],
    }


def _tabular(resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.name,
        "title": in_every_language(resource.title)["en"],
        "description": in_every_language(resource.about)["en"],
        "profile": "tabular-data-resource",
        "path": f"{home()}/bulk/{resource.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": column.name, "type": column.kind, "description": column.description}
                for column in columns(resource.shape)
            ],
            "missingValues": [""],
        },
    }


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"edition-{row['code']}",
        "title": row["title"].get("en") or row["code"],
        "path": row["content"],
        "format": "json",
        "mediatype": "application/json",
        "hash": f"sha256:{row['sha256']}",
    }


def dcat() -> dict[str, Any]:
    """A catalogue with a dataset for each resource and each edition, and the API as a service."""
    datasets = [_dataset(resource) for resource in RESOURCES.values()]
    datasets += [_edition(row) for row in map(edition, editions().order_by("pk"))]
    files = [part for dataset in datasets for part in dataset.pop("parts")]
    service = f"{home()}/openapi.json"
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": f"{home()}/catalog.jsonld",
                "@type": "dcat:Catalog",
                "title": {"en": "Ayni"},
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
            },
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
            "mediaType": kind,
            "licence": settings.OPEN_DATA_LICENCE["path"],
        }
        for ending, kind in MEDIA.items()
    ]
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "identifier": resource.name,
        "title": in_every_language(resource.title),
        "description": in_every_language(resource.about),
        "licence": settings.OPEN_DATA_LICENCE["path"],
        "distribution": [part["@id"] for part in parts],
        "parts": parts,
    }


def _edition(row: dict[str, Any]) -> dict[str, Any]:
    address = f"{home()}/editions/{row['code']}"
    part = {
        "@id": row["content"],
        "@type": "dcat:Distribution",
        "downloadURL": row["content"],
        "accessURL": address,
        "mediaType": "application/json",
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
        "issued": row["published_on"].isoformat(),
        "licence": settings.OPEN_DATA_LICENCE["path"],
        "distribution": [part["@id"]],
        "parts": [part],
    }
