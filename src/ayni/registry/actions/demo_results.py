"""The demonstration's results (data/demo/results.json): frames of its initiatives, and one of a pair of countries; all fictional.

Rows of earlier years cannot be measured again: they are entered as they stand, with one event of the record for each frame.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.reference import document
from ayni.directory.models import Country, Institution, Membership
from ayni.registry.actions.results.holding import shown
from ayni.registry.models import (
    Indicator,
    Initiative,
    Measurement,
    MeasurementState,
    Period,
    Result,
    ResultFrame,
)


@transaction.atomic
def load_results(*, by: Any = None) -> bool:
    """Enter the frames unless there are any; initiatives that are not there are left out. Returns whether it did."""
    if ResultFrame.objects.exists():
        return False
    loading = _Loading(by)
    for row in document("demo/results.json"):
        loading.enter(row)
    return True


class _Loading:
    """What all rows share: who writes and who approves, the indicators by their keys."""

    def __init__(self, by: Any) -> None:
        self._by = by
        held = list(Membership.objects.in_force().select_related("user"))
        self._coordinators = {one.country_id: one.user for one in held if one.role == "national-coordinator"}
        self._writers = {one.institution_id: one.user for one in held if one.role == "focal-point"}
        self._institutions = {one.code: one for one in Institution.objects.all()}
        self._indicators: dict[str, Indicator] = {}
        self._frames: dict[str, ResultFrame] = {}

    def enter(self, row: Mapping[str, Any]) -> None:
        frame = self._frame(row)
        if frame is None:
            return
        for number, told in enumerate(row["results"], 1):
            result = frame.results.create(number=number, level=told["level"], title=told["title"])
            for place, one in enumerate(told["indicators"], 1):
                self._indicator(result, place, one)
        record(by=self._by, verb="results entered", on=frame, after=snapshot(frame), public=shown(frame))

    def _frame(self, row: Mapping[str, Any]) -> ResultFrame | None:
        if "pair" in row:
            first, second = (Country.objects.get(pk=code) for code in sorted(row["pair"]))
            keeper = self._institutions[row["institution"]]
            return ResultFrame.objects.create(
                first=first, second=second, institution=keeper, title=row["title"], fictional=True
            )
        initiative = Initiative.objects.filter(code=row["initiative"]).first()
        if initiative is None:
            return None
        parent = self._frames.get(row.get("parent", ""))
        frame = ResultFrame.objects.create(initiative=initiative, parent=parent, fictional=True)
        self._frames[initiative.code] = frame
        return frame

    def _indicator(self, result: Result, number: int, told: Mapping[str, Any]) -> None:
        indicator = result.indicators.create(
            number=number,
            title=told["title"],
            measure=told["measure"],
            unit=told.get("unit", {}),
            best=told.get("best"),
            ascending=told.get("ascending", True),
            cumulative=told.get("cumulative", False),
            rolls_into=self._indicators.get(told.get("rolls_into", "")),
            baseline_on=date(_year(told["baseline_year"]), 12, 31) if "baseline_year" in told else None,
            dimensions=" ".join(told.get("dimensions", ())),
            national_target=told.get("national_target", {}),
            **_numbers("baseline", told.get("baseline")),
        )
        self._indicators[told["key"]] = indicator
        for one in told["periods"]:
            period = indicator.periods.create(
                starts_on=date(_year(one["year"]), 1, 1),
                ends_on=date(_year(one["year"]), 12, 31),
                target_note=one.get("note", {}),
                locked=one["locked"],
                **_numbers("target", one.get("target")),
            )
            for measured in one.get("measurements", ()):
                self._measurement(indicator, period, measured)

    def _measurement(self, indicator: Indicator, period: Period, told: Mapping[str, Any]) -> None:
        institution = self._institutions[told["institution"]]
        state = told["state"]
        writer, reviewer = self._people(institution)
        if state != MeasurementState.DRAFT and (writer is None or reviewer is None):
            return
        now = timezone.now()
        value = told["value"]
        numbers = {name.removeprefix("value_"): number for name, number in _numbers("value", value).items()}
        sent = state != MeasurementState.DRAFT
        seen = state in (MeasurementState.RETURNED, MeasurementState.APPROVED)
        measured = Measurement.objects.create(
            period=period,
            institution=institution,
            state=state,
            not_applicable=value is None,
            note=told.get("note", {}),
            reason=told.get("reason", ""),
            submitted_at=now if sent else None,
            submitted_by=writer if sent else None,
            reviewed_at=now if seen else None,
            reviewed_by=reviewer if seen else None,
            **numbers,
        )
        for dimension, shares in told.get("shares", {}).items():
            for category, share in shares.items():
                measured.shares.create(dimension=dimension, category=category, value=Decimal(share))

    def _people(self, institution: Institution) -> tuple[User | None, User | None]:
        """Who writes for the institution, and another person who approves: its own coordination, or another country's."""
        own = self._coordinators.get(institution.country_id)
        writer = self._writers.get(institution.pk, own)
        others = [one for place, one in sorted(self._coordinators.items(), key=str) if place != institution.country_id]
        candidates = [one for one in (own, *others) if one is not None and one != writer]
        return writer, next(iter(candidates), None)


def _numbers(name: str, told: Any) -> dict[str, Decimal]:
    """A number, or a numerator and a denominator, as the columns take them."""
    if told is None:
        return {}
    if isinstance(told, list):
        return {f"{name}_numerator": Decimal(told[0]), f"{name}_denominator": Decimal(told[1])}
    return {name: Decimal(told)}


def _year(told: int) -> int:
    """A year, or so many from this one."""
    return told if told > 1900 else timezone.localdate().year + told
