"""The tables of an edition as a page shows them, each with what leads from its cells to their evidence."""

from collections.abc import Callable
from typing import Any

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import coverage_url, source_of
from ayni.atlas.queries.tables import categories, coverage, partners
from ayni.atlas.queries.tables.titles import METHODS, TABLES

BUILDERS: dict[str, Callable[[Atlas], dict[str, Any]]] = {
    "T1": categories.outcomes,
    "T2": categories.obstacles,
    "T4": partners.agencies,
    "T5": categories.agreements,
    "T6": categories.modalities,
    "T7": categories.topics,
    "T10": categories.evaluation,
    "T13": coverage.coverage,
}


def table(atlas: Atlas, code: str, scheme: str = "") -> dict[str, Any]:
    """The table `code` for its template: code, number, title, source, method, coverage and its own rows.

    `scheme` chooses the regions of T3: the print's, or "m49".
    """
    found = partners.matrix(atlas, scheme) if code == "T3" else BUILDERS[code](atlas)
    return {
        "code": code,
        "anchor": code.lower(),
        "title": TABLES[code],
        "template": f"atlas/tables/{code.lower()}.html",
        "source": source_of(atlas, atlas.tables[code]["source"]),
        "method": METHODS[code],
        "coverage_url": coverage_url(atlas),
        **found,
    }
