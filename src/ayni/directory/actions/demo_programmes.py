"""Programmes of the demonstration (data/demo/programmes.json): real ones with their source, and one that is invented and says so."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from ayni.common.reference import document
from ayni.directory.actions.programme_file import enter_programmes
from ayni.directory.queries.programmes.columns import TABLES, Cells

PARTS = ("versions", "components", "documents")


@transaction.atomic
def load_demo_programmes(*, by: Any) -> int:
    """Enter those that are not there yet. Returns how many were added."""
    told = document("demo/programmes.json")["programmes"]
    rows: dict[str, list[Cells]] = {name: [] for name in TABLES}
    for programme in told:
        rows["programmes"].append(_cells(programme))
        for part in PARTS:
            rows[part] += [
                {"position": str(place), "version": "1", **_cells(one), "programme": programme["code"]}
                for place, one in enumerate(programme[part], 1)
            ]
    return enter_programmes(by=by, rows=rows)


def _cells(told: Mapping[str, Any]) -> dict[str, str]:
    """Texts by language become a column for each; the parts of a programme have rows of their own."""
    return dict(pair for name, value in told.items() if name not in PARTS for pair in _spread(name, value))


def _spread(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        yield from ((f"{name}_{code}", text) for code, text in value.items())
    else:
        yield name, value
