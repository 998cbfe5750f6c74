"""The tables and figures of domain.md section 9 that come from live records: T8, T12; F8, F11, F13."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ayni.atlas.queries.cooperation.scope import NOT_COUNTED, Scope
from ayni.common.i18n import text_in
from ayni.directory.models import Concept, Country
from ayni.methods.roles import BOTH, OFFERS, RECEIVES, Balance, balance, reciprocity
from ayni.registry.models import PUBLIC_RECORDS, Contribution, Initiative, Participation, ResultFrame, Validation
from ayni.registry.queries.initiatives.lists import RECORDS

# Declared and not settled, but for those in dispute.
WAITING = (Validation.NOTIFIED, Validation.RECONCILED)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """T8 and F8: a country's roles in validated records, and in how many unilateral ones it takes part."""

    country: Country
    balance: Balance
    unilateral: int


@dataclass(frozen=True, slots=True)
class QualityRow:
    """T12: how a country's records stand, and what they lack (shares of its public records)."""

    country: Country
    published: int
    unilateral: int
    waiting: int
    disputed: int
    lacking: dict[str, int]

    @property
    def records(self) -> int:
        return self.published + self.unilateral + self.waiting + self.disputed

    @property
    def validated_share(self) -> float | None:
        """Validated records of all that were declared; None when none was."""
        return self.published / self.records if self.records else None


def roles(scope: Scope) -> list[RoleRow]:
    """Each country's roles, the most active first."""
    held: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Participation.objects.filter(initiative__in=scope.initiatives().values("pk"))
    rows = rows.filter(institution__country__isnull=False)
    found = rows.values_list("institution__country", "initiative__validation", "initiative", "role__code")
    for country, validation, initiative, role in found.distinct().iterator():
        held[country, validation][initiative].add(role)
    places = {country for country, _validation in held}
    if scope.country is not None:
        places &= {scope.country.pk}
    countries = Country.objects.in_bulk(list(places))
    told = [
        RoleRow(
            country,
            balance(held[code, Validation.PUBLISHED].values()),
            len(held[code, Validation.UNILATERAL]),
        )
        for code, country in countries.items()
    ]
    return sorted(told, key=lambda row: (-_active(row.balance), -row.unilateral, str(row.country)))


def flows(scope: Scope) -> dict[tuple[str, str], float]:
    """{(giver, taker): validated initiatives} between countries: who offers in one, and who receives in it."""
    rows = Participation.objects.filter(
        initiative__in=scope.initiatives().filter(validation=Validation.PUBLISHED).values("pk"),
        institution__country__isnull=False,
    )
    sides: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for initiative, country, role in rows.values_list("initiative", "institution__country", "role__code").iterator():
        givers, takers = sides[initiative]
        if role in OFFERS or role == BOTH:
            givers.add(country)
        if role in RECEIVES or role == BOTH:
            takers.add(country)
    counted: Counter[tuple[str, str]] = Counter()
    for givers, takers in sides.values():
        counted.update((giver, taker) for giver in givers for taker in takers if giver != taker)
    return {pair: float(number) for pair, number in counted.items()}


def returned(scope: Scope) -> float | None:
    """The share of all that is offered which comes back between the same two countries; None when nothing is."""
    return reciprocity(flows(scope))


def _active(one: Balance) -> int:
    return one.offered + one.received + one.both + one.unknown


def quality(scope: Scope) -> list[QualityRow]:
    """How complete and how agreed the records of each country are."""
    there = Participation.objects.filter(initiative=OuterRef("pk"))
    rows = scope.all_records().annotate(
        roles_unknown=Exists(there.filter(role__code="unknown")),
        costed=Exists(Contribution.objects.filter(initiative=OuterRef("pk"))),
        framed=Exists(ResultFrame.objects.filter(initiative=OuterRef("pk"), results__isnull=False)),
        about=Exists(Initiative.topics.through.objects.filter(initiative=OuterRef("pk"))),
    )
    sums = {
        "published": Count("pk", filter=Q(validation__in=RECORDS["validated"]), distinct=True),
        "unilateral": Count("pk", filter=Q(validation__in=RECORDS["unilateral"]), distinct=True),
        "waiting": Count("pk", filter=Q(validation__in=WAITING), distinct=True),
        "disputed": Count("pk", filter=Q(validation=Validation.DISPUTED), distinct=True),
    }
    public = Q(validation__in=PUBLIC_RECORDS)
    lacks = {
        "end": Count("pk", filter=public & Q(ends_on__isnull=True), distinct=True),
        "topics": Count("pk", filter=public & Q(about=False), distinct=True),
        "roles": Count("pk", filter=public & Q(roles_unknown=True), distinct=True),
        "costs": Count("pk", filter=public & Q(costed=False), distinct=True),
        "results": Count("pk", filter=public & Q(framed=False), distinct=True),
    }
    counted = rows.filter(participations__institution__country__isnull=False)
    if scope.country is not None:
        counted = counted.filter(participations__institution__country=scope.country)
    names = (*sums, *lacks)
    found = counted.order_by().annotate(place=F("participations__institution__country")).values("place")
    by_country = {
        code: dict(zip(names, numbers, strict=True))
        for code, *numbers in found.annotate(**sums, **lacks).values_list("place", *names)
    }
    countries = Country.objects.in_bulk(list(by_country))
    told = [
        QualityRow(
            countries[code],
            **{name: row[name] for name in sums},
            lacking={name: row[name] for name in lacks},
        )
        for code, row in by_country.items()
    ]
    return sorted((row for row in told if row.records), key=lambda row: (-row.records, str(row.country)))


def goals(scope: Scope) -> list[dict[str, Any]]:
    """F13: how many records serve each goal, validated and unilateral apart, in the goals' order."""
    rows = Initiative.goals.through.objects.filter(initiative__in=scope.initiatives().values("pk"))
    found = rows.values("concept__code", "concept__label", "concept__position").annotate(
        validated=Count("pk", filter=Q(initiative__validation=Validation.PUBLISHED)),
        unilateral=Count("pk", filter=Q(initiative__validation=Validation.UNILATERAL)),
    )
    return [
        {
            "code": row["concept__code"],
            "label": row["concept__label"],
            "validated": row["validated"],
            "unilateral": row["unilateral"],
        }
        for row in found.order_by("concept__position")
    ]


def topics(scope: Scope) -> list[dict[str, Any]]:
    """How many records are about each topic, validated and unilateral apart, the most frequent first."""
    rows = Initiative.topics.through.objects.filter(initiative__in=scope.initiatives().values("pk"))
    found = rows.values("concept__code", "concept__label", "concept__position").annotate(
        validated=Count("pk", filter=Q(initiative__validation=Validation.PUBLISHED)),
        unilateral=Count("pk", filter=Q(initiative__validation=Validation.UNILATERAL)),
    )
    return [
        {
            "code": row["concept__code"],
            "label": row["concept__label"],
            "validated": row["validated"],
            "unilateral": row["unilateral"],
        }
        for row in found.order_by("-validated", "-unilateral", "concept__position")
    ]


def timeline(scope: Scope, first: int) -> list[dict[str, Any]]:
    """F11: records that were under way in each year from `first`, by type of cooperation; validated and unilateral apart."""
    columns = ("starts_on__year", "ends_on__year", "cooperation_type__code", "cooperation_type__label", "validation")
    counts: Counter[tuple[int, str, str]] = Counter()
    kinds = {one.code: one.label for one in Concept.objects.current("cooperation-types")}
    for start, end, kind, label, validation in under_way(scope).values_list(*columns).order_by().iterator():
        # A type that the vocabulary in force has no longer is named as the record names it.
        kinds.setdefault(kind, label)
        for year in range(max(start, first), min(end or start, scope.year) + 1):
            counts[year, kind, validation] += 1
    return [
        {
            "year": year,
            "type": text_in(label),
            "validated": counts[year, kind, Validation.PUBLISHED],
            "unilateral": counts[year, kind, Validation.UNILATERAL],
        }
        for year in range(first, scope.year + 1)
        for kind, label in kinds.items()
    ]


def under_way(scope: Scope) -> QuerySet[Initiative]:
    """What F11 counts, of every year up to the scope's."""
    rows = Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True)
    return scope.of_country(rows.exclude(state__in=NOT_COUNTED)).filter(starts_on__year__lte=scope.year)


def partners(scope: Scope) -> list[dict[str, Any]]:
    """With which countries the scope's country cooperates, and in how many validated and unilateral records."""
    if scope.country is None:
        return []
    rows = Participation.objects.filter(initiative__in=scope.initiatives().values("pk"))
    rows = rows.filter(institution__country__isnull=False).exclude(institution__country=scope.country)
    found = rows.values("institution__country").annotate(
        validated=Count("initiative", filter=Q(initiative__validation=Validation.PUBLISHED), distinct=True),
        unilateral=Count("initiative", filter=Q(initiative__validation=Validation.UNILATERAL), distinct=True),
    )
    counts = {row["institution__country"]: row for row in found}
    countries = Country.objects.in_bulk(list(counts))
    told = [{"country": countries[code], **row} for code, row in counts.items()]
    return sorted(told, key=lambda row: (-row["validated"], -row["unilateral"], str(row["country"])))
