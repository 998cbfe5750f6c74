"""Who a name in a file of flows is: a country, an organisation, a region without a country named, or an aggregate of others.

Aggregates are told first, by a list (data/flows/parties.csv) and by rules, because a total that passes for a country is counted twice:
a resemblance makes South Africa of "Africa, Total", and a code makes Ecuador of "EC". Countries are then known by their exact names
alone; two or three letters are never read as a code. See docs/howto/flows.md.
"""

import re
from dataclasses import dataclass
from functools import cache

from ayni.common.country_names import USUAL, aggregates, folded, names
from ayni.common.reference import table

COUNTRY, ORGANISATION, REGION, AGGREGATE, UNKNOWN = "country", "organisation", "region", "aggregate", "unknown"
# Words that only sums bear, and what ends the name of money for a region that no country of it is named for.
SUMS = frozenset(
    "total totals totales totaux subtotal sum countries donors recipients providers members agencies".split()
    + "banks multilaterals organisations organizations".split()
)
REST = re.compile(r"^(.*?)[\s,]*\b(regional|unspecified|unallocated|multi country|multicountry)$")
ACRONYM = re.compile(r"\[([A-Za-z][\w.&-]*)\s*\]\s*$")
SHORT = 3


@dataclass(frozen=True, slots=True)
class Party:
    """`code` is that of analytics.schema ("" for aggregates and unknown names); `region` a code of UN M49; `label` the name as it stood."""

    kind: str
    code: str
    region: str
    label: str


@cache
def party(name: str) -> Party:
    """Who bears this name."""
    label = " ".join(name.split())
    key = folded(label)
    if not key:
        return Party(UNKNOWN, "", "", label)
    found = _rest(key, label) or _listed(key, label)
    if found is not None:
        return found
    if _is_sum(label, key):
        return Party(AGGREGATE, "", "", label)
    countries = names().get(key, frozenset()) if len(key) > SHORT or key in USUAL else frozenset()
    if len(countries) == 1:
        iso3 = next(iter(countries))
        return Party(COUNTRY, iso3, country_regions().get(iso3, ""), label)
    if key in aggregates():
        return Party(AGGREGATE, "", "", label)
    return Party(UNKNOWN, "", "", label)


def organisation(name: str, code: str = "") -> Party:
    """An organisation by its name: its acronym in brackets is its code, so that files that write it differently meet."""
    label = " ".join(name.split())
    acronym = ACRONYM.search(label)
    stem = code or (acronym[1] if acronym else label)
    return Party(ORGANISATION, f"org-{'-'.join(folded(stem).split())[:80]}", "", label)


def country(iso: str) -> Party | None:
    """The country of a code of ISO 3166, of two or three letters; None where there is none. For files that give codes, not names."""
    found = names().get(iso.strip().lower(), frozenset()) if len(iso.strip()) in (2, SHORT) else frozenset()
    if len(found) != 1:
        return None
    iso3 = next(iter(found))
    return Party(COUNTRY, iso3, country_regions().get(iso3, ""), iso3)


@cache
def country_regions() -> dict[str, str]:
    """{ISO 3166 alpha-3: UN M49 region} of every country, with what parties.csv adds."""
    found = {row["country"]: row["region"] for row in table("geo/country_m49.csv")}
    return found | {
        row["code"]: row["region"] for row in table("flows/parties.csv") if row["kind"] == COUNTRY and row["region"]
    }


@cache
def _lists() -> dict[str, dict[str, tuple[str, str]]]:
    """{kind: {folded name: (code, region)}}."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in table("flows/parties.csv"):
        found.setdefault(row["kind"], {})[folded(row["name"])] = (row["code"], row["region"])
    return found


def _rest(key: str, label: str) -> Party | None:
    """Money for a region as such: "Africa, regional", "Developing countries unspecified"."""
    ending = REST.match(key)
    known = _lists()[REGION].get(ending[1].strip()) if ending else None
    if known is None:
        return None
    return Party(REGION, *known, label)


def _listed(key: str, label: str) -> Party | None:
    lists = _lists()
    for kind, name in ((AGGREGATE, AGGREGATE), ("place", REGION), (ORGANISATION, ORGANISATION), (COUNTRY, COUNTRY)):
        if key in lists[kind]:
            code, region = lists[kind][key]
            return Party(name, code, region or country_regions().get(code, ""), label)
    return None


def _is_sum(label: str, key: str) -> bool:
    words = key.split()
    return not SUMS.isdisjoint(words) or (words[0] == "all" and len(words) > 1) or label.casefold().endswith(", total")
