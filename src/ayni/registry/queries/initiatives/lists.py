"""Initiatives as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ayni.common.i18n import folded
from ayni.directory.models import Country, Institution
from ayni.registry.models import PUBLIC_RECORDS, Initiative, InitiativeState, Participation, Validation
from ayni.registry.queries.initiatives.sides import visible

# Of the filter: a column of the initiative, of who takes part, one of its vocabularies.
COLUMNS = {"type": "cooperation_type__code", "state": "state"}
PARTS = {"country": "institution__country", "institution": "institution__code"}
TERMS = {"topic": "topics", "modality": "modalities", "quadrant": "quadrants"}
# How many of a country's or an institution's initiatives its own page shows.
FEW = 5
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
    for word in folded(asked.get("text", "")).split():
        rows = rows.filter(Q(words__contains=word) | Q(code__icontains=word))
    for name in asked.keys() & COLUMNS.keys():
        rows = rows.filter(**{COLUMNS[name]: asked[name]})
    for name in asked.keys() & PARTS.keys():
        rows = rows.filter(_takes_part(**{PARTS[name]: asked[name]}))
    for name in asked.keys() & TERMS.keys():
        has = getattr(Initiative, TERMS[name]).through.objects.filter(
            initiative=OuterRef("pk"), concept__code=asked[name]
        )
        rows = rows.filter(Exists(has))
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


@dataclass(frozen=True, slots=True)
class Public:
    """The public initiatives of a country or an institution: how many of every side's word and of one's alone; the latest of them."""

    validated: int
    unilateral: int
    latest: Sequence[Initiative]


def public_of(*, country: str = "", institution: int = 0) -> Public:
    """Those that anybody may read, in which it takes part, without cancelled ones. One query, one for the numbers of many."""
    where = {"institution": institution} if institution else {"institution__country": country}
    has = Participation.objects.filter(initiative=OuterRef("pk"), **where)
    rows = Initiative.objects.filter(Exists(has), validation__in=PUBLIC_RECORDS, merged_into__isnull=True)
    rows = rows.exclude(state=InitiativeState.CANCELLED)
    latest = list(rows.order_by(F("starts_on").desc(nulls_last=True), "-id")[: FEW + 1])
    if len(latest) <= FEW:
        alone = sum(one.validation == Validation.UNILATERAL for one in latest)
        return Public(len(latest) - alone, alone, latest)
    told = rows.aggregate(all=Count("pk"), alone=Count("pk", filter=Q(validation=Validation.UNILATERAL)))
    return Public(told["all"] - told["alone"], told["alone"], latest[:FEW])


def institutions_there() -> list[Institution]:
    """The institutions that take part in some initiative, with their names."""
    there = Participation.objects.filter(institution=OuterRef("pk"))
    return list(Institution.objects.filter(Exists(there)).prefetch_related("names"))


def with_sides(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With what lists show, in a few queries for all."""
    return rows.select_related("institution__country", "cooperation_type").prefetch_related(
        "participations__institution__names", "participations__institution__country", "participations__role"
    )


def _takes_part(**who: str) -> Q:
    return Q(Exists(Participation.objects.filter(initiative=OuterRef("pk"), **who)))
