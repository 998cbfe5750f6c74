"""Initiatives with result frames for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Concept, Institution
from ayni.registry.models import (
    Indicator,
    Initiative,
    Level,
    Measurement,
    MeasurementState,
    Period,
    Result,
    ResultFrame,
)

YEAR = date.today().year - 1


def initiative(*codes: str, **values: Any) -> Initiative:
    """An initiative of these institutions, kept by the first; under execution and public unless told otherwise."""
    first, *_others = codes
    given: dict[str, Any] = {
        "code": f"BR-2026-{Initiative.objects.count() + 5000}",
        "institution": Institution.objects.get(code=first),
        "title": {"en": "An initiative"},
        "cooperation_type": Concept.objects.current("cooperation-types").first(),
        "state": "execution",
        "validation": "published",
        "approved_on": date(YEAR, 1, 1),
        "began_on": date(YEAR, 1, 2),
    }
    made = Initiative.objects.create(**(given | values))
    role = Concept.objects.current("cooperation-roles").first()
    for code in codes:
        made.participations.create(institution=Institution.objects.get(code=code), role=role)
    return made


def frame(*codes: str, parent: ResultFrame | None = None, **values: Any) -> ResultFrame:
    """A frame of a new initiative of these institutions."""
    return ResultFrame.objects.create(
        initiative=initiative(*(codes or ("BR-MDS", "CL-FOSIS")), **values), parent=parent
    )


def result(of: ResultFrame, level: str = Level.OUTCOME) -> Result:
    """A result of the frame."""
    return of.results.create(number=of.results.count() + 1, level=level, title={"en": "Something changes"})


def indicator(of: Result | ResultFrame, **values: Any) -> Indicator:
    """An indicator of a result; units that are added up unless told otherwise."""
    of = result(of) if isinstance(of, ResultFrame) else of
    given = {"title": {"en": "Families reached"}, "measure": "unit", "unit": {"en": "families"}}
    return of.indicators.create(number=of.indicators.count() + 1, **(given | values))


def period(of: Indicator, year: int = YEAR, **values: Any) -> Period:
    """The year as a period, open unless told otherwise."""
    given = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31), "locked": False, "target": Decimal(100)}
    if of.measure == "percentage":
        given |= {"target": None, "target_numerator": Decimal(80), "target_denominator": Decimal(100)}
    elif of.measure == "score":
        given |= {"target": Decimal(of.best or 1)}
    return of.periods.create(**(given | values))


def measurement(of: Period, code: str, state: str = "approved", **values: Any) -> Measurement:
    """What an institution measured, in a state, by Brazil's focal point and coordination."""
    now = timezone.now()
    writer = User.objects.get(email="punto.focal@demo.ayni")
    reviewer = User.objects.get(email="coordinacion.br@demo.ayni")
    given: dict[str, Any] = {"value": Decimal(10)} if not values else {}
    if state != MeasurementState.DRAFT:
        given |= {"submitted_at": now, "submitted_by": writer}
    if state in (MeasurementState.RETURNED, MeasurementState.APPROVED):
        given |= {"reviewed_at": now, "reviewed_by": reviewer}
    if state == MeasurementState.RETURNED:
        given["reason"] = "Say how it was counted."
    institution = Institution.objects.get(code=code)
    return of.measurements.create(institution=institution, state=state, **(given | values))
