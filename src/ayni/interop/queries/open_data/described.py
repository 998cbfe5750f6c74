"""What the files are, as a Data Package (https://specs.frictionlessdata.io/data-package/)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import in_every_language
from ayni.interop.formats.open_data.columns import columns
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.editions import edition, editions
from ayni.interop.queries.open_data.resource import Resource

MEDIA = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
RIGHTS = _(
    "What others published comes under the licence that each of them gives it; the files are listed in “sources”."
)


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
        "licenses": [_licence(resource)],
        "schema": {
            "fields": [
                {"name": column.name, "type": column.kind, "description": column.description}
                for column in columns(resource.shape)
            ],
            "missingValues": [""],
        },
    }


def _licence(resource: Resource) -> dict[str, str]:
    if not resource.of_others:
        return dict(settings.OPEN_DATA_LICENCE)
    return {"name": "other", "title": in_every_language(RIGHTS)["en"], "path": f"{home()}/sources"}


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"edition-{row['code']}",
        "title": row["title"].get("en") or row["code"],
        "path": row["content"],
        "format": "json",
        "mediatype": "application/json",
        "hash": f"sha256:{row['sha256']}",
    }
