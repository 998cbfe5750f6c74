"""Two answers side by side: their numbers, what each year holds, and their greatest recipients and providers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.figures.world.amounts import unit
from ayni.atlas.figures.world.summary import summary
from ayni.atlas.queries.flows import told
from ayni.atlas.queries.flows.asked import Answer

MOST, METHOD = 15, "cubes"


@dataclass(frozen=True, slots=True)
class Compared:
    """`numbers` of each side; `tables` of (title, columns, rows written for the language); `units` in which each side is told."""

    numbers: list[list[dict[str, str]]]
    tables: list[dict[str, Any]]
    units: list[str]


@dataclass(frozen=True, slots=True)
class Side:
    """A way to cut: `rows` of (name, first amount, its share, second amount, its share), in whole units, shares of one."""

    title: str
    rows: list[tuple[str, float, float, float, float]]


def sides(one: Answer, other: Answer, most: int | None = None) -> list[Side]:
    """Both answers by recipient, provider and year: of parties the `most` that have the greatest share in either, years in their order."""
    ways: list[tuple[str, str, Callable[[Any], str]]] = [
        (_("Recipient"), "recipient", one.party),
        (_("Provider"), "provider", one.party),
        (_("Year"), "year", str),
    ]
    return [Side(title, _rows(one, other, way, name, most)) for title, way, name in ways]


def _rows(
    one: Answer, other: Answer, way: str, name: Callable[[Any], str], most: int | None
) -> list[tuple[str, float, float, float, float]]:
    first, second = (side.cut.by(way, side.measure) for side in (one, other))
    whole, all_of_it = (sum(value for value in sums.values() if value > 0) or 1.0 for sums in (first, second))
    shares = {code: (first.get(code, 0.0) / whole, second.get(code, 0.0) / all_of_it) for code in {*first, *second}}
    greatest = {code: max(both) for code, both in shares.items()}
    chosen = sorted(shares) if way == "year" else [code for code, _share in told.ranked(greatest, most)]
    return [
        (name(code), first.get(code, 0.0), shares[code][0], second.get(code, 0.0), shares[code][1]) for code in chosen
    ]


def side_by_side(one: Answer, other: Answer) -> Compared:
    """Shares stand beside amounts: the two may be told in different money, and amounts of different sources are never subtracted."""
    units = [unit(side, [side.cut.total(side.measure)]) for side in (one, other)]
    tables = [
        {
            "title": side.title,
            "columns": [side.title, _("First"), _("Share"), _("Second"), _("Share")],
            "rows": [
                [name, units[0].of(first), _percent(share), units[1].of(second), _percent(other_share)]
                for name, first, share, second, other_share in side.rows
            ],
        }
        for side in sides(one, other, MOST)
    ]
    return Compared([summary(one), summary(other)], tables, [amounts.words for amounts in units])


def table_of(one: Answer, other: Answer, said: tuple[str, str]) -> tuple[list[str], list[list[Any]]]:
    """(columns, rows) for a file: every row of the comparison with both questions, the method and the snapshot."""
    columns = [
        *(_("Cut"), _("Name"), _("First"), _("Share of the first"), _("Second"), _("Share of the second")),
        *(_("First question"), _("Second question"), _("Method"), _("Snapshot")),
    ]
    manifest = one.held.manifest
    about = [*said, METHOD, f"{manifest.made} {manifest.checksum[:12]}"]
    return columns, [[side.title, *row, *about] for side in sides(one, other) for row in side.rows]


def _percent(share: float) -> str:
    return f"{number_format(round(share * 100, 1), 1)} %"
