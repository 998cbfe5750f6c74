"""The matrix as its page shows it: the version in force, supply and demand by cell, what lies behind each number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet

from ayni.common.i18n import text_in
from ayni.common.permissions import EDIT_MATRIX, READ_DRAFTS, may
from ayni.directory.models import Concept, Country, Region, RegionScheme
from ayni.exchange.models import Demand, DemandState, MatrixQuadrant, MatrixScheme, Offer, OfferState, VersionStatus
from ayni.exchange.queries.matrix_counts import WITHOUT, Counts, Item, count
from ayni.methods.advantage import Balance

# Demands that still wait for an answer. Those that are endorsed and not yet screened are for readers of drafts.
OPEN = (DemandState.ELIGIBLE, DemandState.MATCHED)
# {what is counted by: the way to its code from an offer and from a demand}.
PATHS = {
    "topics": ("topics__code", "topics__code"),
    "modalities": ("modalities__code", "modalities__code"),
    "quadrants": ("quadrants__code", "needs__quadrant__code"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the network is looked at; "" is all of it. `region` is "m49:419" or "oas2010:africa"."""

    country: str = ""
    region: str = ""
    quadrant: str = ""

    def parts(self) -> dict[str, str]:
        found = {"country": self.country, "region": self.region, "quadrant": self.quadrant}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Sheet:
    """Every offer and demand that counts for a reader, within what is asked."""

    offers: Sequence[Item]
    demands: Sequence[Item]

    @cached_property
    def cells(self) -> Counts:
        return count(self.offers, self.demands, "topic", "modality")

    def by(self, name: str) -> Counts:
        return count(self.offers, self.demands, name)

    @property
    def fictional(self) -> bool:
        """Whether any of it is invented."""
        return any(item.fictional for item in (*self.offers, *self.demands))

    @property
    def total(self) -> Balance[str]:
        return Balance("", len(self.offers), len(self.demands))


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or column of the table: a term, or what has none."""

    code: str
    label: str


def counted_states(user: Any) -> tuple[DemandState, ...]:
    """The states of the demands that count for this reader."""
    return (DemandState.ENDORSED, *OPEN) if may(user, READ_DRAFTS) else OPEN


def offers_counted() -> QuerySet[Offer]:
    return Offer.objects.filter(state=OfferState.PUBLISHED)


def demands_counted(user: Any) -> QuerySet[Demand]:
    return Demand.objects.filter(state__in=counted_states(user))


def sheet(user: Any, asked: Asked) -> Sheet:
    """What `user` may count. Eight queries, and one for a region."""
    where = _where(asked)
    found = Sheet(
        _items(offers_counted().filter(where), 0),
        _items(demands_counted(user).filter(where), 1),
    )
    if not asked.quadrant:
        return found
    inside = {"quadrant": asked.quadrant}
    return replace(
        found,
        offers=[item for item in found.offers if item.fits(inside)],
        demands=[item for item in found.demands if item.fits(inside)],
    )


def scheme_in_force() -> MatrixScheme | None:
    return MatrixScheme.objects.filter(status=VersionStatus.CURRENT).first()


def versions_for(user: Any) -> list[MatrixScheme]:
    """The versions that this reader may see, the latest first. One query."""
    found = MatrixScheme.objects.order_by("-version")
    sees_drafts = may(user, EDIT_MATRIX) or may(user, READ_DRAFTS)
    return [scheme for scheme in found if sees_drafts or scheme.status != VersionStatus.DRAFT]


def quadrants_of(scheme: MatrixScheme | None) -> list[MatrixQuadrant]:
    """The quadrants of a version with everything that they ask for. Three queries."""
    if scheme is None:
        return []
    rows = scheme.quadrants.select_related("quadrant").order_by("position")
    ordered = Concept.objects.order_by("position")
    return list(rows.prefetch_related(Prefetch("mechanisms", ordered), Prefetch("agreement_forms", ordered)))


def headings(scheme: str, used: Iterable[str]) -> list[Heading]:
    """The terms of a vocabulary in force, then those of earlier versions that something still bears, then what has none.

    One query.
    """
    used = set(used)
    current = list(Concept.objects.current(scheme))
    known = {concept.code for concept in current}
    former = sorted(used - known - {WITHOUT})
    found = [Heading(concept.code, str(concept)) for concept in current] + [Heading(code, code) for code in former]
    return found + ([Heading(WITHOUT, "")] if WITHOUT in used else [])


def countries_in(user: Any) -> list[Country]:
    """The countries that offer or ask for something, by their name in the language of the page. One query."""
    offering = offers_counted().values("institution__country")
    asking = demands_counted(user).values("institution__country")
    found = Country.objects.filter(Q(pk__in=offering) | Q(pk__in=asking))
    return sorted(found, key=lambda country: text_in(country.name))


def region_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The regions of each scheme: [(name of the scheme, [("m49:419", name)])]. One query."""
    found: dict[str, list[tuple[str, str]]] = {scheme: [] for scheme in RegionScheme.values}
    for region in Region.objects.order_by("scheme", "position", "code"):
        found[region.scheme].append((f"{region.scheme}:{region.code}", str(region)))
    return [(str(RegionScheme(scheme).label), choices) for scheme, choices in found.items() if choices]


def offers_behind(items: Iterable[Item]) -> list[Offer]:
    """The offers themselves, with their institutions. Two queries."""
    return list(_named(Offer.objects.filter(pk__in=[item.pk for item in items])))


def demands_behind(items: Iterable[Item]) -> list[Demand]:
    """The demands themselves, with their institutions. Two queries."""
    return list(_named(Demand.objects.filter(pk__in=[item.pk for item in items])))


def cell_of(items: Iterable[Item], place: Mapping[str, str]) -> list[Item]:
    """Those of the items that lie in the cell {topic, modality, quadrant, country: code}."""
    return [item for item in items if item.fits(place)]


def _named(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("institution__country").prefetch_related("institution__names").order_by("pk")


def _where(asked: Asked) -> Q:
    where = Q()
    if asked.country:
        where &= Q(institution__country=asked.country)
    if asked.region:
        where &= Q(institution__country__regions__in=_region_and_below(asked.region))
    return where


def _region_and_below(code: str) -> list[int]:
    """The numbers of a region and of those that lie in it."""
    scheme, _separator, name = code.partition(":")
    regions = list(Region.objects.filter(scheme=scheme))
    inside = {region.pk for region in regions if region.code == name}
    for _depth in range(len(regions)):
        below = {region.pk for region in regions if region.parent_id in inside} - inside
        if not below:
            break
        inside |= below
    return sorted(inside)


def _items(rows: QuerySet[Any], side: int) -> list[Item]:
    """Plain values of offers (side 0) or demands (1). Four queries, however many rows."""
    codes = {name: _codes(rows, paths[side]) for name, paths in PATHS.items()}
    return [
        Item(
            pk=pk,
            country=country or "",
            topics=codes["topics"].get(pk, frozenset()),
            modalities=codes["modalities"].get(pk, frozenset()),
            quadrants=codes["quadrants"].get(pk, frozenset()),
            fictional=fictional,
        )
        for pk, country, fictional in rows.order_by("pk").values_list("pk", "institution__country", "fictional")
    ]


def _codes(rows: QuerySet[Model], path: str) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for pk, code in rows.order_by().filter(**{f"{path}__isnull": False}).values_list("pk", path):
        found.setdefault(pk, set()).add(code)
    return {pk: frozenset(codes) for pk, codes in found.items()}
