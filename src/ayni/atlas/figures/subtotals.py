"""Partners of each institution by region, in the print's regions or in those of M49: the subtotals of Table 3."""

from dataclasses import dataclass

from ayni.atlas.figures.regions import counted_by_region
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import Link, address


@dataclass(frozen=True, slots=True)
class Subtotals:
    """`rows` are (region, partner countries, its share of all partners, partners of each institution)."""

    institutions: list[Link]
    rows: list[tuple[str, int, float, list[int]]]
    partners: int
    totals: list[int]


def subtotals(atlas: Atlas, scheme: str) -> Subtotals:
    """Each partner counts once in its region's number, however many institutions name it."""
    names, _counts, totals = counted_by_region(atlas, scheme)
    column = "m49" if scheme == "m49" else "region"
    lies = {code: country[column] for code, country in atlas.countries.items()}
    named: dict[str, set[str]] = {code: set() for code in atlas.institutions}
    for mark in atlas.marks:
        named.setdefault(mark.institution, set()).add(mark.partner)
    every = sum(totals.values())
    rows = [
        (
            names[region],
            total,
            100 * total / every if every else 0.0,
            [sum(lies[partner] == region for partner in named[code]) for code in atlas.institutions],
        )
        for region, total in totals.items()
    ]
    return Subtotals(
        institutions=[
            {"label": atlas.acronym(code), "url": address("institution", code)} for code in atlas.institutions
        ],
        rows=rows,
        partners=every,
        totals=[len(named[code]) for code in atlas.institutions],
    )
