"""What a file of flows does not say of itself and its reader may add."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """`year` of a table without years; `currency` of ISO 4217; `prices` "current" or the year of constant prices; `multiplier`: the power
    of ten that the values are written in (6: millions). None: as the file or its format says."""

    year: int | None = None
    currency: str | None = None
    prices: str | None = None
    multiplier: int | None = None
    file_name: str = ""
