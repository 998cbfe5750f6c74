"""What a drawing function hands back: SVG of our own, or a Vega-Lite specification to be drawn."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Drawing:
    """Exactly one of `svg` and `spec` is drawn; the texts are in the active language."""

    title: str
    description: str
    columns: list[str]
    rows: list[list[Any]]
    method: str
    svg: str = ""
    spec: dict[str, Any] | None = None
    legend: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
