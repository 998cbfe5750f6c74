"""Two answers side by side: their numbers, what each year holds, and their greatest recipients and providers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.figures.world.amounts import unit
from ayni.atlas.figures.world.summary import summary
from ayni.atlas.queries.flows import labels, told
from ayni.atlas.queries.flows.asked import Answer

MOST = 15


@dataclass(frozen=True, slots=True)
class Compared:
    """`numbers` of each side; `tables` of (title, columns, rows written for the language); `units` in which each side is told."""

    numbers: list[list[dict[str, str]]]
    tables: list[dict[str, Any]]
    units: list[str]


def side_by_side(one: Answer, other: Answer) -> Compared:
    """Shares stand beside amounts: the two may be told in different money, and amounts of different sources are never subtracted."""
    names = dict(one.held.manifest.names)

    def party(code: str) -> str:
        return labels.party(code, names)

    units = [unit(side, [side.cut.total(side.measure)]) for side in (one, other)]
    ways: list[tuple[str, str, Callable[[Any], str]]] = [
        (_("Recipient"), "recipient", party),
        (_("Provider"), "provider", party),
        (_("Year"), "year", str),
    ]
    tables = []
    for title, way, name in ways:
        sums = [side.cut.by(way, side.measure) for side in (one, other)]
        wholes = [sum(value for value in found.values() if value > 0) or 1.0 for found in sums]
        shares = {
            code: max(found.get(code, 0.0) / whole for found, whole in zip(sums, wholes, strict=True))
            for code in {*sums[0], *sums[1]}
        }
        chosen = sorted(shares) if way == "year" else [code for code, _share in told.ranked(shares, MOST)]
        rows = [
            [
                name(code),
                *(
                    cell
                    for found, whole, amounts in zip(sums, wholes, units, strict=True)
                    for cell in (amounts.of(found.get(code, 0.0)), _percent(found.get(code, 0.0) / whole))
                ),
            ]
            for code in chosen
        ]
        tables.append(
            {"title": title, "columns": [title, _("First"), _("Share"), _("Second"), _("Share")], "rows": rows}
        )
    return Compared([summary(one), summary(other)], tables, [amounts.words for amounts in units])


def _percent(share: float) -> str:
    return f"{number_format(round(share * 100, 1), 1)} %"
