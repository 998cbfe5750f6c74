"""Pairs of records that may be of the same cooperation, for tests."""

from datetime import date
from typing import Any

from django.utils import timezone

from ayni.interop.models import RecordPair, ReportedActivity
from ayni.methods.linkage.features import FEATURES
from ayni.registry.models import Initiative
from tests.factories.records import declared, initiative
from tests.factories.reported import reported

MX, BR = "MX-BIENESTAR", "BR-MDS"


def report(publisher: str = BR, title: str = "Cadastro único de domicílios", **values: Any) -> ReportedActivity:
    """What a publisher (Brazil's ministry) reports of a registry in Mexico, from a file of its own."""
    given: dict[str, Any] = {
        "publisher": publisher,
        "publisher_name": publisher,
        "titles": {"pt": title},
        "starts_on": date(2010, 3, 1),
        "ends_on": date(2011, 6, 30),
    }
    made = reported(**(given | values))
    made.places.create(code="MX")
    made.parties.create(number=1, role="4", ref=MX, name="Bienestar")
    made.sectors.create(code="16010")
    return made


def report_pair(record: Initiative | ReportedActivity, other: ReportedActivity, **values: Any) -> RecordPair:
    """An initiative and a report, or two reports (the earlier first)."""
    first: dict[str, Any] = {"one": record} if isinstance(record, Initiative) else {"report": record}
    return RecordPair.objects.create(**(_given(None) | first | {"other_report": other} | values))


def pair(one: Initiative | None = None, other: Initiative | None = None, **values: Any) -> RecordPair:
    """Mexico's record, which it has declared, and Brazil's of the same thing, which nobody has."""
    first = one or declared(MX, BR)
    second = other or initiative(BR, MX, title={"pt": "Cadastro único de domicílios"})
    first, second = sorted((first, second), key=lambda row: row.pk)
    return RecordPair.objects.create(**(_given(0.0) | {"one": first, "other": second} | values))


def _given(rival: float | None) -> dict[str, Any]:
    found: dict[str, float | None] = dict.fromkeys(FEATURES, 0.8)
    found |= {"start": 0.0, "end": 1.0, "sector": 0.0, "money": None, "numbers": None, "names": None, "rival": rival}
    return {
        "chance": 0.7,
        "certainty": 0.2,
        "features": found,
        "evidence": dict.fromkeys(FEATURES, 0.0) | {"words": 1.5, "sector": -0.9, "rival": 0.7, "end": 0.1},
        "compared_at": timezone.now(),
    }
