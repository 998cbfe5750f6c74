"""Choosing what is worth most within limits, in whole or in parts: the one door to HiGHS (Huangfu and Hall 2018).

Used by docs/methods/missions.md and docs/methods/timetables.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Packing:
    """Maximise the worth of what is taken; each limit is the most that all of it together may use of one thing."""

    def __init__(self, limits: Sequence[float] | Floats, *, seed: int = 0) -> None:
        make: Any = highspy.Highs
        self._highs = make()
        for option, value in (("output_flag", False), ("log_to_console", False), ("random_seed", seed), ("threads", 2)):
            self._highs.setOptionValue(option, value)
        count = len(limits)
        self._highs.addRows(
            count,
            np.full(count, -highspy.kHighsInf),
            np.asarray(limits, dtype=float),
            0,
            np.zeros(count, dtype=np.int32),
            np.array([], dtype=np.int32),
            np.array([]),
        )
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._whole: list[bool] = []

    def add(
        self,
        worth: Sequence[float],
        uses: Sequence[Mapping[int, float]],
        *,
        most: float | None = None,
        divisible: bool = False,
    ) -> None:
        """Things to choose from: what each is worth, {limit: how much of it it uses}, and how often it may be taken.

        What is `divisible` may be taken in parts even where all else is taken whole.
        """
        if not uses:
            return
        starts = np.cumsum([0, *(len(use) for use in uses[:-1])], dtype=np.int32)
        self._highs.addCols(
            len(uses),
            np.asarray(worth, dtype=float),
            np.zeros(len(uses)),
            np.full(len(uses), highspy.kHighsInf if most is None else most),
            sum(len(use) for use in uses),
            starts,
            np.array([limit for use in uses for limit in use], dtype=np.int32),
            np.array([amount for use in uses for amount in use.values()], dtype=float),
        )
        self._whole += [not divisible] * len(uses)

    def parts(self) -> tuple[float, Floats]:
        """(worth, price of each limit) when everything may be taken in parts: no choice of whole things is worth more."""
        self._highs.run()
        prices = np.maximum(np.array(self._highs.getSolution().row_dual), 0.0)
        return float(self._highs.getInfo().objective_function_value), prices

    def amounts(self) -> Floats:
        """How much of each thing the last solution takes."""
        return np.array(self._highs.getSolution().col_value)

    def whole(self, *, seconds: float, gap: float) -> tuple[list[int], float]:
        """(places of what is taken, bound): the best choice found in time, and what no choice exceeds.

        No start is given to HiGHS: with one, 1.16 returns choices that lack a part of what it says it has found.
        """
        whole = np.flatnonzero(self._whole).astype(np.int32)
        self._highs.changeColsIntegrality(len(whole), whole, np.full(len(whole), highspy.HighsVarType.kInteger))
        for option, value in (("time_limit", max(seconds, 0.05)), ("mip_rel_gap", gap), ("mip_abs_gap", 1e-9)):
            self._highs.setOptionValue(option, value)
        self._highs.run()
        values = np.array(self._highs.getSolution().col_value)
        chosen = [int(place) for place in np.flatnonzero(values > 0.5)] if len(values) else []
        return chosen, float(self._highs.getInfo().mip_dual_bound)
