"""Regions: those of the 2010 document, and those of the United Nations (M49)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ayni.common.audit import record
from ayni.common.reference import Row, table, texts
from ayni.directory.models import Country, CountryRegion, Region, RegionScheme


@transaction.atomic
def load_regions(*, by: Any) -> int:
    """Add the regions that are not there yet and put each country into its own. Returns how many regions were added."""
    added = _load(by, RegionScheme.OAS2010, table("oas2010/regions_print.csv"))
    added += _load(by, RegionScheme.M49, table("geo/m49_names.csv"))
    _place(
        RegionScheme.OAS2010, ((row["country"], row["region"]) for row in table("oas2010/country_regions_print.csv"))
    )
    _place(RegionScheme.M49, ((row["country"], row["region"]) for row in table("geo/country_m49.csv")))
    return added


def _load(by: Any, scheme: str, rows: list[Row]) -> int:
    standing = {region.code: region for region in Region.objects.filter(scheme=scheme)}
    added = []
    for position, row in enumerate(rows):
        if row["code"] in standing:
            continue
        parent = standing.get(row.get("parent", ""))
        region = Region(scheme=scheme, code=row["code"], name=texts(row, "name"), position=position, parent=parent)
        region.save()
        standing[region.code] = region
        added.append(region)
    if added:
        codes = [region.code for region in added]
        record(by=by, verb="regions loaded", on=added[0], after={"scheme": scheme, "codes": codes})
    return len(added)


def _place(scheme: str, places: Iterable[tuple[str, str]]) -> None:
    regions = {region.code: region for region in Region.objects.filter(scheme=scheme)}
    placed = set(CountryRegion.objects.filter(scheme=scheme).values_list("country_id", flat=True))
    known = set(Country.objects.values_list("iso3", flat=True))
    CountryRegion.objects.bulk_create(
        CountryRegion(country_id=country, region=regions[region], scheme=scheme)
        for country, region in places
        if country in known - placed
    )
