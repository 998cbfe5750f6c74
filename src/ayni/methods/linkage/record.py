"""What is compared: a report of cooperation, whoever made it (docs/methods/linkage.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Record:
    """One report. What it does not say is empty or None: unknown, which is not the same as different.

    `key` tells records apart; `source` is where it came from; `reporter` who says so ("" unknown): a reporter reports a thing once.
    `countries` are ISO 3166 alpha-3 codes; `first` and `last` calendar years; `sectors` codes whose first three characters are
    their group (as of the CRS); `usd` the whole amount in United States dollars; `title` and `text` by language code.
    Raises ValueError for years out of order or an amount that is not positive.
    """

    key: str
    source: str = ""
    reporter: str = ""
    countries: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None
    sectors: frozenset[str] = frozenset()
    usd: float | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError(f"{self.key}: it ends before it begins")
        if self.usd is not None and not self.usd > 0:
            raise ValueError(f"{self.key}: an amount is positive")
