"""How many records there are: each once, validated and unilateral apart, never added up (domain.md section 6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear

from ayni.directory.models import Concept, Country
from ayni.registry.models import Participation
from ayni.registry.queries.declared import TYPES
from ayni.registry.queries.initiatives.lists import RECORDS, initiatives_for

KINDS = tuple(RECORDS)
KIND_OF: dict[str, str] = {state: kind for kind, states in RECORDS.items() for state in states}


@dataclass
class Counted:
    """Records of one sort: `key` says which, `label` in words; a number for each of KINDS."""

    key: tuple[Any, ...]
    label: str
    validated: int = 0
    unilateral: int = 0
    waiting: int = 0

    def add(self, state: str, number: int) -> None:
        """So many more that stand like this."""
        kind = KIND_OF[state]
        setattr(self, kind, getattr(self, kind) + number)


@dataclass(frozen=True)
class Counts:
    """Every record that the reader may see. A record counts once for each of its countries and pairs, and once elsewhere."""

    total: Counted
    countries: list[Counted] = field(default_factory=list)
    pairs: list[Counted] = field(default_factory=list)
    types: list[Counted] = field(default_factory=list)
    years: list[Counted] = field(default_factory=list)


def counted_for(user: Any) -> Counts:
    """What `user` may read, counted by the database; records that were merged into another are left out.

    The year is that of the record's first day.
    """
    rows = initiatives_for(user)
    countries = {
        one.pk: str(one) for one in Country.objects.filter(institutions__participations__isnull=False).distinct()
    }
    types = {one.code: str(one) for one in Concept.objects.filter(scheme__code=TYPES).order_by("scheme__version")}
    total = Counted((), "")
    for state, number in _numbers(rows.order_by().values_list("validation"), "pk"):
        total.add(state, number)
    part = Participation.objects.filter(initiative__in=rows.order_by().values("pk")).order_by()
    one, other = F("institution__country"), F("initiative__participations__institution__country")
    pairs = part.filter(initiative__participations__institution__country__gt=one)
    by_country = _numbers(
        part.filter(institution__country__isnull=False).values_list("institution__country", "initiative__validation"),
        "initiative",
    )
    by_pair = _numbers(pairs.values_list("institution__country", other, "initiative__validation"), "initiative")
    by_type = _numbers(rows.order_by().values_list("cooperation_type__code", "validation"), "pk")
    dated = rows.order_by().filter(starts_on__isnull=False)
    by_year = _numbers(dated.values_list(ExtractYear("starts_on"), "validation"), "pk")
    return Counts(
        total,
        _table(by_country, lambda code: countries[code]),
        _table(by_pair, lambda *codes: " – ".join(sorted(countries[code] for code in codes))),
        _table(by_type, lambda code: types[code]),
        sorted(_table(by_year, lambda year: str(year)), key=lambda one: one.key, reverse=True),
    )


def _numbers(rows: QuerySet[Any, Any], each: str) -> Iterable[tuple[Any, ...]]:
    return rows.annotate(number=Count(each, distinct=True))


def _table(rows: Iterable[tuple[Any, ...]], label: Any) -> list[Counted]:
    """The rows `(key…, state, number)` by key, in the order of their labels."""
    found: dict[tuple[Any, ...], Counted] = {}
    for *key, state, number in rows:
        one = found.setdefault(tuple(key), Counted(tuple(key), label(*key)))
        one.add(state, number)
    return sorted(found.values(), key=lambda one: one.label)
