"""How the money of an activity is divided over its countries and sectors."""

from collections.abc import Iterable, Sequence
from functools import cache

from ayni.common.reference import table
from ayni.interop.formats.flows.parties import REGION, Party, party

WHOLE = 100.0
DEVELOPING = "Developing countries"


def shares(told: Sequence[float | None]) -> list[float]:
    """Parts of one, in per cent as told where each is told and none is below zero; else evenly. Never more than the whole."""
    given = [one for one in told if one is not None]
    whole = sum(given)
    if not told:
        return []
    if len(given) < len(told) or whole <= 0 or min(given) < 0:
        return [1.0 / len(told)] * len(told)
    return [one / max(whole, WHOLE) for one in given]


def region(codes: Iterable[str]) -> Party:
    """The region of an activity without countries, by a code of the OECD's list or of UN M49, which do not meet; else the developing
    countries as such."""
    found = (_regions().get(code.strip().lstrip("0")) for code in codes)
    return party(f"{next((name for name in found if name), DEVELOPING)}, regional")


@cache
def _regions() -> dict[str, str]:
    """{code without leading zeros: name in data/flows/parties.csv}."""
    known = {row["code"]: row["name"] for row in table("flows/dac_regions.csv")}
    for row in table("flows/parties.csv"):
        if row["kind"] == REGION:
            known.setdefault(row["region"].lstrip("0"), row["name"])
    return known
