"""The countries in the order in which a respondent looks for them: by region, the Americas first."""

from collections.abc import Iterable, Mapping

from ayni.common.i18n import text_in
from ayni.directory.models import CountryRegion, Region, RegionScheme

# M49: Latin America and the Caribbean, Northern America, Africa, Asia, Europe, Oceania.
GROUPS = ("419", "021", "002", "142", "150", "009")
Group = tuple[dict[str, str], tuple[str, ...]]


def country_groups(countries: Iterable[str]) -> list[Group]:
    """[(name of the region, its countries of those given)]; what lies in none comes last, under no name. Two queries."""
    regions = {region.pk: region for region in Region.objects.filter(scheme=RegionScheme.M49)}
    group_of = {pk: _group(region, regions) for pk, region in regions.items()}
    found: dict[str, list[str]] = {code: [] for code in (*GROUPS, "")}
    wanted = set(countries)
    placed = dict(CountryRegion.objects.filter(scheme=RegionScheme.M49).values_list("country_id", "region_id"))
    for country in sorted(wanted):
        found[group_of.get(placed.get(country, 0), "")].append(country)
    names = {region.code: region.name for region in regions.values()}
    return [(names.get(code, {}), tuple(members)) for code, members in found.items() if members]


def sorted_by_name(names: Mapping[str, Mapping[str, str]], codes: Iterable[str]) -> list[str]:
    """The codes in the order of their names in the language of the page, accents aside."""
    return sorted(codes, key=lambda code: _plain(text_in(names[code])))


def _plain(text: str) -> str:
    return text.casefold().translate(ACCENTS)


ACCENTS = str.maketrans("áàâãäåéèêëíìîïóòôõöúùûüçñ", "aaaaaaeeeeiiiiooooouuuucn")


def _group(region: Region, regions: dict[int, Region]) -> str:
    """The nearest of GROUPS above a region, or empty."""
    standing: Region | None = region
    while standing is not None and standing.code not in GROUPS:
        standing = regions.get(standing.parent_id or 0)
    return standing.code if standing else ""
