"""What a country offers more of than the network does, by topic, modality or quadrant. See docs/methods/advantage.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.delimited import guarded
from ayni.exchange.queries.matrix import Asked, Sheet, headings
from ayni.exchange.queries.matrix_counts import SUPPLY, Item, Place, count
from ayni.exchange.queries.matrix_page import behind_url
from ayni.methods.advantage import NOBODY_OFFERS, Advantage, advantages

# The vocabulary of each way to look.
WAYS: Mapping[str, str] = {"topic": "topics", "modality": "modalities", "quadrant": "quadrants"}
NAMES: Mapping[str, Promise] = {
    "topic": gettext_lazy("By topic"),
    "modality": gettext_lazy("By modality"),
    "quadrant": gettext_lazy("By quadrant"),
}
# Within a quarter of the network's share a country is as the network; with fewer entries than this a share jumps.
NEAR, FEW = 1.25, 5


@dataclass(frozen=True, slots=True)
class Strength:
    """A country in a cell. `kind`: above, near or below the network, none (it offers nothing there), nobody (no one does)."""

    code: str
    label: str
    count: int
    total: int
    network_count: int
    network_total: int
    advantage: Advantage
    url: str

    @property
    def kind(self) -> str:
        return kind_of(self.advantage)

    @property
    def share(self) -> float:
        """In per cent."""
        return 100 * (self.advantage.share or 0.0)

    @property
    def network_share(self) -> float:
        """In per cent."""
        return 100 * (self.advantage.network_share or 0.0)

    @property
    def is_small(self) -> bool:
        """So few entries that one more would change the picture."""
        return 0 < self.count < FEW or self.total < FEW

    @property
    def sentence(self) -> str:
        numbers = {
            "count": self.count,
            "total": self.total,
            "network": self.network_count,
            "all": self.network_total,
            "times": _decimal(self.advantage.index),
        }
        return {
            "above": _(
                "%(count)d of its %(total)d entries lie here, in the network %(network)d of %(all)d: %(times)s times the network's share."
            ),
            "near": _(
                "%(count)d of its %(total)d entries lie here, in the network %(network)d of %(all)d: about the network's share."
            ),
            "below": _(
                "%(count)d of its %(total)d entries lie here, in the network %(network)d of %(all)d: less than the network's share."
            ),
            "none": _("It offers nothing here; in the network %(network)d of %(all)d entries do."),
            "nobody": _("Nobody offers anything here."),
        }[self.kind] % numbers


def kind_of(advantage: Advantage) -> str:
    if advantage.reason == NOBODY_OFFERS:
        return "nobody"
    if not advantage.count or advantage.index is None:
        return "none"
    if advantage.index > NEAR:
        return "above"
    return "near" if advantage.index * NEAR >= 1 else "below"


def strengths(seen: Sheet, country: str, by: str) -> list[Strength]:
    """The cells of `by`, those in which the country is strongest first. One query."""
    counts, found = _advantages(seen.offers, by)
    totals = {code: sum(number for (one, _cell), number in counts.items() if one == code) for code, _cell in counts}
    cells = {cell[0] for _country, cell in counts}
    rows = [
        Strength(
            code=heading.code,
            label=heading.label or _("Not told"),
            count=counts.get((country, (heading.code,)), 0),
            total=totals.get(country, 0),
            network_count=sum(counts.get((code, (heading.code,)), 0) for code in totals),
            network_total=sum(totals.values()),
            advantage=found.get((country, (heading.code,))) or _NOBODY,
            url=behind_url(Asked(country=country), **{by: heading.code}, side=SUPPLY),
        )
        for heading in headings(WAYS[by], cells)
    ]
    return sorted(rows, key=lambda row: (-(row.advantage.index or 0.0), -row.network_count))


def by_cell(seen: Sheet, country: str) -> Mapping[Place, Advantage]:
    """The advantage in each cell of topic and modality that anybody offers."""
    _counts, found = _advantages(seen.offers, "topic", "modality")
    return {cell: one for (code, cell), one in found.items() if code == country}


def strengths_csv(rows: Sequence[Strength]) -> list[list[str | float]]:
    """The rows as lines of a file, with their titles."""
    head: list[str | float] = [
        _("Code"),
        _("Name"),
        _("Entries of the country"),
        _("All of the country"),
        _("Entries of the network"),
        _("All of the network"),
        _("Index"),
        _("In words"),
    ]
    return [head] + [
        [
            row.code,
            guarded(row.label),
            row.count,
            row.total,
            row.network_count,
            row.network_total,
            "" if row.advantage.index is None else round(row.advantage.index, 4),
            guarded(row.sentence),
        ]
        for row in rows
    ]


def _advantages(
    offers: Sequence[Item], *by: str
) -> tuple[dict[tuple[str, Place], int], dict[tuple[str, Place], Advantage]]:
    """(counts by country and cell, advantages): what a country does not offer in a cell that others do is a told zero."""
    of_country: dict[str, list[Item]] = {}
    for item in offers:
        if item.country:
            of_country.setdefault(item.country, []).append(item)
    told = {code: count(items, (), *by).supply for code, items in of_country.items()}
    cells = dict.fromkeys(cell for tally in told.values() for cell in tally)
    counts = {(code, cell): tally.get(cell, 0) for code, tally in told.items() for cell in cells}
    return counts, advantages(counts)


def _decimal(value: float | None) -> str:
    return "" if value is None else number_format(round(value, 1), decimal_pos=1)


_NOBODY = Advantage(0, None, None, None, NOBODY_OFFERS)
