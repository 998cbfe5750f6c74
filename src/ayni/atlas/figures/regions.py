"""Partners counted by region, in the print's regions or in those of M49."""

from ayni.atlas.queries.facts import Atlas
from ayni.common.i18n import text_in

Counts = dict[str, dict[str, int]]


def counted_by_region(atlas: Atlas, scheme: str) -> tuple[dict[str, str], Counts, dict[str, int]]:
    """({region: name}, {reporter: {region: partners}}, {region: partners}) in the order of the regions.

    The print's regions are counted by the edition itself; those of M49 here, each partner in its own.
    """
    if scheme != "m49":
        figure = atlas.figures["F5"]
        names = {code: text_in(atlas.regions[code]) for code in figure["regions"]}
        counts = {series["country"]: series["counts"] for series in figure["series"]}
        return names, counts, {code: figure["partners"][code] for code in figure["regions"]}
    lies = {code: country["m49"] for code, country in atlas.countries.items()}
    partners = {mark.partner for mark in atlas.marks}
    totals = {region: sum(lies[partner] == region for partner in partners) for region in atlas.m49}
    totals = {region: total for region, total in totals.items() if total}
    counts = {
        reporter: {region: sum(lies[partner] == region for partner in atlas.partners[reporter]) for region in totals}
        for reporter in atlas.reporters
    }
    return {code: text_in(atlas.m49[code]) for code in totals}, counts, totals
