"""A programme with everything that its page shows."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from ayni.directory.models import SPOKEN, Component, Programme, ProgrammeDocument, ProgrammeVersion


def described() -> QuerySet[Programme]:
    """Programmes with their institution, terms, versions, components and what those need, and documents. 14 queries at most."""
    components = (
        Component.objects.order_by("retired", "position", "code")
        .select_related("programme")
        .prefetch_related("topics", "quadrants", "modalities", "needs__programme", "needed_by__programme")
    )
    return Programme.objects.select_related("country", "institution").prefetch_related(
        "institution__names",
        "topics",
        "quadrants",
        "modalities",
        Prefetch("documents", ProgrammeDocument.objects.select_related("component").order_by("-year", "id")),
        Prefetch("versions", ProgrammeVersion.objects.order_by("-number")),
        Prefetch("components", components),
    )


def spoken(codes: str) -> list[str]:
    """The names of the languages of a column."""
    return [str(SPOKEN[code]) for code in codes.split() if code in SPOKEN]


def of_country(iso3: str) -> list[Programme]:
    """A country's programmes by name. One query."""
    return _by_name(Programme.objects.filter(country=iso3))


def of_institution(pk: int) -> list[Programme]:
    """An institution's programmes by name. One query."""
    return _by_name(Programme.objects.filter(institution=pk))


def _by_name(found: QuerySet[Programme]) -> list[Any]:
    return sorted(found, key=lambda one: str(one).casefold())
