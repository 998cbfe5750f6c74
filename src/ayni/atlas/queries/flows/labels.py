"""Words for the codes of flows, in the language of the page."""

from collections.abc import Callable, Mapping
from functools import cache

import pycountry
from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ayni.analytics.schema import CURRENT, UNSTATED, Basis
from ayni.common.i18n import folded, language, text_in
from ayni.common.reference import table, texts

WORLD, LATIN_AMERICA = "001", "419"
# What ISO 3166 does not have.
OTHERS = {"XKX": "XK", "ANT": "AN"}


def namer(names: Mapping[str, str]) -> Callable[[str], str]:
    """Gives the name of a country, of a region as such, or of an organisation (as its file writes it, `names`), by its code."""
    countries = _countries(language())

    def party(code: str) -> str:
        return (
            countries.get(code) or _as_such(code) or names.get(code) or code.partition("-")[2].replace("-", " ") or code
        )

    return party


def _as_such(code: str) -> str:
    """The name of a region that money goes to without a country named; "" for those that UN M49 does not have."""
    place = _regions_as_such().get(code, "")
    if place == WORLD:
        return _("Developing countries, none named")
    return _("%(region)s, no country named") % {"region": region(place)} if place else ""


@cache
def _regions_as_such() -> dict[str, str]:
    """{code: region of UN M49}, of those that are exactly that region: the first that the list names for it."""
    found: dict[str, str] = {}
    for row in table("flows/parties.csv"):
        if row["kind"] == "region" and row["region"] not in ("", LATIN_AMERICA):
            found.setdefault(row["region"], row["code"])
    return {code: place for place, code in found.items()}


@cache
def _countries(lang: str) -> dict[str, str]:
    territories = Locale(lang).territories
    found = {one.alpha_3: territories.get(one.alpha_2, one.name) for one in pycountry.countries}
    return found | {iso3: territories[iso2] for iso3, iso2 in OTHERS.items() if iso2 in territories}


def is_country(code: str) -> bool:
    return code in _countries(language())


def region(code: str) -> str:
    """The name of a region of UN M49."""
    return text_in(_regions().get(code, {}).get("name", code)) or _("Not said")


def within(code: str) -> list[str]:
    """A region and all that lie in it."""
    inside = [code]
    for one in inside:
        inside += [other for other, known in _regions().items() if known["parent"] == one and other not in inside]
    return inside


def above(code: str) -> list[str]:
    """A region and those that it lies in, but for the world."""
    found = []
    while code and code != WORLD:
        found.append(code)
        code = str(_regions().get(code, {}).get("parent", ""))
    return found


@cache
def _regions() -> dict[str, dict[str, object]]:
    return {row["code"]: {"name": texts(row, "name"), "parent": row["parent"]} for row in table("geo/m49_names.csv")}


def sector(code: str) -> str:
    """The name of a group of sectors, with its number."""
    if not code:
        return _("Not said")
    name = text_in(_words("sectors").get(code[:3], ""))
    return f"{code} {name}".strip()


def topic(code: str) -> str:
    return text_in(_vocabulary("topics").get(code, code)) or _("Not said")


def modality(code: str) -> str:
    """The name of a modality: the network's own, or a code of the OECD's and TOSSD's list."""
    if not code:
        return _("Not said")
    known = (
        _vocabulary("cooperation-types").get(code)
        or _words("modalities").get(code)
        or _words("modalities").get(code[:1])
    )
    name = text_in(known)
    return name if code in _vocabulary("cooperation-types") else f"{code} {name}".strip()


def source(code: str) -> str:
    known = {
        "registry": _("Records of the network"),
        "crs": "OECD CRS",
        "dac2a": "OECD DAC2a",
        "tossd": "TOSSD",
        "iati": _("Records of other systems"),
        "datastore": _("IATI Datastore"),
        "demo": _("Invented flows (demonstration)"),
    }
    return known.get(code, code)


def status(code: str) -> str:
    known = {
        "validated": pgettext("flows", "Validated by every side"),
        "unilateral": pgettext("flows", "Declared by one side alone"),
        "disbursement": pgettext("flows", "Disbursements"),
        "commitment": pgettext("flows", "Commitments"),
    }
    return known.get(code, code)


def money(basis: Basis) -> str:
    """The currency and the prices that a basis is told in; "" where it tells no money."""
    if not basis.currency:
        return ""
    if basis.price_base == CURRENT:
        return _("%(currency)s, current prices") % {"currency": basis.currency}
    if basis.price_base in (UNSTATED, "constant"):
        return _("%(currency)s, prices as in the file") % {"currency": basis.currency}
    return _("%(currency)s, prices of %(year)s") % {"currency": basis.currency, "year": basis.price_base}


def of_basis(basis: Basis) -> str:
    """A basis in words: "OECD CRS · Disbursements · USD, prices of 2022"."""
    return " · ".join(part for part in (source(basis.source), status(basis.status), money(basis)) if part)


def sorted_by_name(codes: list[str], name: object) -> list[tuple[str, str]]:
    """[(code, name)] in the order of the alphabet."""
    assert callable(name)
    return sorted(((code, name(code)) for code in codes), key=lambda pair: folded(pair[1]))


@cache
def _words(name: str) -> dict[str, dict[str, str]]:
    return {row["code"]: texts(row, "name") for row in table(f"flows/{name}.csv")}


@cache
def _vocabulary(name: str) -> dict[str, dict[str, str]]:
    return {row["code"]: texts(row, "label") for row in table(f"vocabularies/{name}.csv")}


def region_of(code: str) -> str:
    """The region of UN M49 that a country lies in."""
    return _country_regions().get(code, "")


@cache
def _country_regions() -> dict[str, str]:
    return {row["country"]: row["region"] for row in table("geo/country_m49.csv")}
