"""Initiatives as lists show them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayni.common.i18n import folded
from ayni.directory.models import Country
from ayni.registry.models import Initiative, Participation, Validation
from ayni.registry.queries.initiatives.sides import visible

RECORDS = {
    "validated": (Validation.VALIDATED, Validation.PUBLISHED),
    "unilateral": (Validation.UNILATERAL,),
    "waiting": (Validation.PRIVATE, Validation.NOTIFIED, Validation.DISPUTED, Validation.RECONCILED),
}


def initiatives_for(user: Any) -> QuerySet[Initiative]:
    """Those that `user` may read; a record that was merged into another is found there."""
    return Initiative.objects.filter(visible(user), merged_into__isnull=True)


def filtered(rows: QuerySet[Initiative], **asked: str) -> QuerySet[Initiative]:
    """The rows that answer every question asked; every word has to be there, in any language, with or without accents."""
    if "text" in asked:
        for word in folded(asked["text"]).split():
            rows = rows.filter(words__contains=word)
    if "country" in asked:
        rows = rows.filter(_takes_part(asked["country"]))
    if "type" in asked:
        rows = rows.filter(cooperation_type__code=asked["type"])
    for name, relation in (("topic", "topics"), ("modality", "modalities"), ("quadrant", "quadrants")):
        if name in asked:
            has = getattr(Initiative, relation).through.objects.filter(
                initiative=OuterRef("pk"), concept__code=asked[name]
            )
            rows = rows.filter(Exists(has))
    if "state" in asked:
        rows = rows.filter(state=asked["state"])
    if "record" in asked:
        rows = rows.filter(validation__in=RECORDS[asked["record"]])
    if "year" in asked:
        rows = rows.filter(in_year(int(asked["year"])))
    return rows


def in_year(year: int) -> Q:
    """Planned or carried out at some time of the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Q(starts_on__lte=last) & (Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first))


def countries_there() -> list[Country]:
    """The countries of which an institution takes part in some initiative."""
    there = Participation.objects.filter(institution__country=OuterRef("pk"))
    return list(Country.objects.filter(Exists(there)))


def with_sides(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With what lists show, in a few queries for all."""
    return rows.select_related("institution__country", "cooperation_type").prefetch_related(
        "participations__institution__names", "participations__institution__country", "participations__role"
    )


def _takes_part(country: str) -> Q:
    has = Participation.objects.filter(initiative=OuterRef("pk"), institution__country=country)
    return Q(Exists(has))
