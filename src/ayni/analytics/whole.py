"""All rows of a basis, from its cubes: what a question without filters is answered by, so that no row is read for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ayni.analytics.cubes import Cube, Cubes, Plane
from ayni.analytics.schema import MEASURES, Basis

# The plane that tells of each way to cut, and along which of its two sides.
SIDES = {
    "provider": ("pairs", 0),
    "recipient": ("pairs", 1),
    "sector_group": ("sector_years", 0),
    "year": ("sector_years", 1),
    "region": ("provider_regions", 1),
    "topic": ("topic_modalities", 0),
    "modality": ("topic_modalities", 1),
}
PLANES = {("provider", "recipient"): "pairs", ("provider", "region"): "provider_regions"}
NOTHING = Plane((), (), np.zeros((0, 0)))
EMPTY = Cube(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True)
class Whole:
    """The sums of a basis, as `scan.Cut` gives them of some of its rows; KeyError for a way that no cube tells of."""

    cubes: Cubes
    basis: Basis

    @property
    def empty(self) -> bool:
        return not self._cube(MEASURES[0]).pairs.rows

    def total(self, measure: str = "value") -> float:
        return float(self._cube(measure).pairs.sums.sum())

    def by(self, way: str, measure: str = "value") -> dict[Any, float]:
        """{label: sum} of those labels that have a row."""
        plane, side = self._side(way, measure)
        labels: Sequence[Any] = plane.columns if side else plane.rows
        return dict(zip(labels, plane.sums.sum(axis=1 - side).tolist(), strict=True))

    def plane(self, one: str, other: str, measure: str = "value") -> Plane:
        """Sums by two ways, dense."""
        found: Plane = getattr(self._cube(measure), PLANES[one, other])
        return found

    @property
    def years(self) -> range:
        """From the first year to the last."""
        known = self._cube(MEASURES[0]).sector_years.columns
        return range(known[0], known[-1] + 1) if known else range(0)

    def _cube(self, measure: str) -> Cube:
        return self.cubes.get((self.basis, measure), EMPTY)

    def _side(self, way: str, measure: str) -> tuple[Plane, int]:
        name, side = SIDES[way]
        return getattr(self._cube(measure), name), side
