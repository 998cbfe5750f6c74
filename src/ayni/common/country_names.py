"""Names of countries as people write them -> ISO 3166-1 alpha-3, by exact names alone.

Names are those of ISO 3166 and of CLDR in four languages. Case, accents and punctuation make no difference; near names are only
suggested. Aggregates ("Africa, Total") are recognised first, because near them stand countries ("South Africa").
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import pycountry
from babel import Locale
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES, language

# Words that stand in the names of groups of countries and in no country's name.
AGGREGATE_WORDS = frozenset(
    "total subtotal totals totales totais totaux sum soma suma other others otros otras outros outras autres unspecified "
    "multilateral regional global world mundo monde region regiao all todos tous toutes".split()
)
AGGREGATES = (
    "africa, afrique, asia, asie, europe, europa, america, amerique, americas, ameriques, oceania, oceanie, latin america, "
    "america latina, amerique latine, caribbean, caribe, el caribe, caraibes, latin america and the caribbean, "
    "america latina y el caribe, america latina e caribe, amerique latine et caraibes, middle east, oriente medio, "
    "oriente proximo, moyen orient, americas and caribbean, americas y el caribe, americas e caribe, ameriques et caraibes, "
    "central america, america central, centroamerica, south america, america del sur, sudamerica, america do sul, "
    "north africa, africa del norte, norte da africa, afrique du nord, west africa, east africa, southern africa, "
    "north america, america del norte, eu, ue, oecd, ocde, mercosur, mercosul, caricom, can, celac, sica"
)
# Usual names that neither source has.
USUAL = {
    "bolivia": "BOL", "venezuela": "VEN", "usa": "USA", "eeuu": "USA", "ee uu": "USA", "eua": "USA", "uk": "GBR",
    "russia": "RUS", "iran": "IRN", "syria": "SYR", "vietnam": "VNM", "laos": "LAO", "tanzania": "TZA", "moldova": "MDA",
    "cabo verde": "CPV", "cape verde": "CPV", "ivory coast": "CIV", "czech republic": "CZE", "republica checa": "CZE",
    "east timor": "TLS", "swaziland": "SWZ", "turkey": "TUR", "holland": "NLD", "holanda": "NLD", "curacao": "CUW",
    "st lucia": "LCA", "st kitts and nevis": "KNA", "saint christopher and nevis": "KNA",
    "st vincent and the grenadines": "VCT", "trinidad y tobago": "TTO",
    "south korea": "KOR", "north korea": "PRK", "palestine": "PSE", "macedonia": "MKD", "brunei": "BRN",
}  # fmt: skip


@dataclass(frozen=True)
class Match:
    """`iso3` when the name is a country's; otherwise `reason`, a translated sentence with what to do."""

    iso3: str = ""
    reason: str = ""


def match(name: str) -> Match:
    """The country of that name or ISO 3166 code."""
    key = folded(name)
    if not key:
        return Match(reason=_("The name of the country is missing."))
    found = names().get(key, frozenset())
    if len(found) == 1:
        return Match(next(iter(found)))
    if found:
        codes = ", ".join(sorted(found))
        return Match(
            reason=_("“%(name)s” may be several countries (%(codes)s). Write the code.")
            % {"name": name, "codes": codes}
        )
    if is_aggregate(key):
        return Match(reason=_("“%(name)s” is a group of countries, not a country. Leave the row out.") % {"name": name})
    near = suggestions(key)
    if near:
        message = _("There is no country “%(name)s”. Did you mean %(near)s? Correct the cell.")
        return Match(reason=message % {"name": name, "near": ", ".join(near)})
    return Match(
        reason=_("There is no country “%(name)s”. Write its name, or its code of three letters.") % {"name": name}
    )


def is_aggregate(key: str) -> bool:
    """Whether a folded name is that of a region or a total."""
    return key in aggregates() or not AGGREGATE_WORDS.isdisjoint(key.split())


def suggestions(key: str) -> list[str]:
    """The nearest countries by name, in the language of the reader, with their codes; three at most."""
    long = [name for name in names() if len(name) > 3]
    shown: dict[str, str] = {}
    for near in get_close_matches(key, long, n=6, cutoff=0.8):
        for iso3 in names()[near]:
            shown.setdefault(iso3, f"{_label(iso3)} ({iso3})")
    return list(shown.values())[:3]


def folded(name: str) -> str:
    """Lower case, without accents and punctuation, "&" as "and"."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^\w]+|_", " ", letters).split())


@cache
def names() -> dict[str, frozenset[str]]:
    """Folded name or code -> the countries that bear it."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, iso3 in _all_names():
        found[folded(name)].add(iso3)
    for key, iso3 in USUAL.items():
        found[key] = {iso3}
    return {key: frozenset(countries) for key, countries in found.items() if key}


@cache
def aggregates() -> frozenset[str]:
    """Folded names of continents, regions and groups, in four languages."""
    territories = (Locale(code).territories for code in LANGUAGES)
    regions = {folded(name) for known in territories for code, name in known.items() if code.isdigit()}
    return frozenset(regions | {folded(name) for name in AGGREGATES.split(",")}) - frozenset(names())


def _all_names() -> Iterator[tuple[str, str]]:
    locales = [Locale(code) for code in LANGUAGES]
    for country in pycountry.countries:
        iso3 = country.alpha_3
        known = [
            iso3,
            country.alpha_2,
            country.name,
            getattr(country, "common_name", ""),
            getattr(country, "official_name", ""),
        ]
        known += [locale.territories.get(country.alpha_2, "") for locale in locales]
        known += [re.sub(r"\s*\(.*\)", "", name) for name in known]
        yield from ((name, iso3) for name in known if name)


def _label(iso3: str) -> str:
    country = pycountry.countries.get(alpha_3=iso3)
    return Locale(language()).territories.get(country.alpha_2, country.name) if country else iso3
