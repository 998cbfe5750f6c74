"""Two countries side by side: the partners they share, and those that only one of them has."""

from collections.abc import Iterable
from typing import Any

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import country_link, evidence_url
from ayni.common.i18n import text_in
from ayni.methods.comparison import compare


def comparison(atlas: Atlas, left: str, right: str) -> dict[str, Any]:
    """The comparison of two reporting countries: sides, lists, Jaccard, and counts by region."""
    sides = [atlas.partners[left], atlas.partners[right]]
    found = compare(*sides)
    return {
        "left": country_link(atlas, left),
        "right": country_link(atlas, right),
        "shared": _links(atlas, found.shared),
        "only_left": _links(atlas, found.only_left),
        "only_right": _links(atlas, found.only_right),
        "jaccard": found.jaccard,
        "rows": [
            {"label": text_in(name), "counts": [_in_region(atlas, side, region) for side in (*sides, found.shared)]}
            for region, name in atlas.regions.items()
        ],
        "totals": [len(sides[0]), len(sides[1]), len(found.shared)],
        "hhi": [atlas.figures["F9"]["hhi"].get(code) for code in (left, right)],
        "periods": [_periods(atlas, code) for code in (left, right)],
    }


def _links(atlas: Atlas, codes: tuple[str, ...]) -> list[dict[str, str]]:
    return [{**country_link(atlas, code), "url": evidence_url(atlas, "T3", code)} for code in atlas.by_name(codes)]


def _in_region(atlas: Atlas, codes: Iterable[str], region: str) -> int:
    return sum(atlas.countries[code]["region"] == region for code in codes)


def _periods(atlas: Atlas, country: str) -> list[str]:
    """The periods that the country's answers cover, each once."""
    found = {mark.period for mark in atlas.marks if mark.reporter == country and mark.period}
    return [f"{first}–{last}" for first, last in sorted(found)]
