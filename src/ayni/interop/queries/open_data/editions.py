"""Published editions of the diagnosis: what they are, their tables, and the marks of Table 3 one by one."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.open_data import figures as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.resource import Computed, FromTable, Resource
from ayni.surveys.models import DiagnosisEdition, EditionStatus

# Contents of frozen editions by checksum: they never change.
KEEP = 4
_read: dict[str, dict[str, Any]] = {}


def editions() -> QuerySet[DiagnosisEdition]:
    """Those that are published, without their content."""
    rows = DiagnosisEdition.objects.filter(status=EditionStatus.PUBLISHED).defer("content", "previous__content")
    return rows.select_related("round", "previous")


def edition(one: DiagnosisEdition) -> Row:
    before = one.previous
    published = one.published_at
    assert published is not None  # a constraint of the table: what is published has its date
    return {
        "code": one.code,
        "title": Texts(one.title),
        "round": one.round.code,
        "period_from": one.round.period_from,
        "period_to": one.round.period_to,
        "previous": before.code if before and before.status == EditionStatus.PUBLISHED else None,
        "sha256": one.checksum,
        "published_on": published.date(),
        "content": f"{settings.SITE_URL}/api/v1/editions/{one.code}/content.json",
        "fictional": one.round.fictional,
    }


def content_of(one: DiagnosisEdition) -> dict[str, Any]:
    """What the edition says; read once for a checksum."""
    found = _read.get(one.checksum)
    if found is None:
        found = json.loads(bytes_of(one))
        while len(_read) >= KEEP:
            _read.pop(next(iter(_read)))
        _read[one.checksum] = found
    return found


def bytes_of(one: DiagnosisEdition) -> bytes:
    """The bytes that were frozen, whose SHA-256 is the checksum."""
    return str(DiagnosisEdition.objects.values_list("content", flat=True).get(pk=one.pk)).encode()


def marks(edition: str = "", institution: str = "", partner: str = "") -> list[Row]:
    """The marks of Table 3 in every published edition, or in one."""
    rows = editions().filter(code=edition) if edition else editions()
    found = [mark | {"fictional": one.round.fictional} for one in rows for mark in _marks(one.code, content_of(one))]
    asked = {"institution": institution, "partner": partner}
    return [mark for mark in found if all(not value or mark[name] == value for name, value in asked.items())]


def _marks(edition: str, content: dict[str, Any]) -> Iterator[Row]:
    alone = {tuple(pair) for pair in content["quality"]["unilateral"]}
    known = content["institutions"]
    for row in content["tables"]["T3"]["rows"]:
        partner = row["country"]
        for institution, mark in row["marks"].items():
            reporter = known[institution]["country"] or None
            yield {
                "edition": edition,
                "institution": institution,
                "reporter": reporter,
                "partner": partner,
                "region": row["region"],
                "region_m49": content["countries"][partner]["m49"],
                "role": mark["role"],
                "unilateral": (reporter, partner) in alone,
                "source": mark["source"],
            }


RESOURCES = (
    Resource(
        "editions",
        _("Editions of the diagnosis"),
        _("Published editions, frozen with their checksum at a permanent address, and their tables."),
        shapes.Edition,
        questions.Nothing,
        FromTable(editions, edition),
    ),
    Resource(
        "partners",
        _("Partner matrix"),
        _("Table 3 of every edition, a row for each mark: which institution names which country."),
        shapes.Mark,
        questions.OfMarks,
        Computed(marks, ("edition", "partner", "institution")),
    ),
)
