"""Pairs of records that may be of the same cooperation, for tests."""

from typing import Any

from django.utils import timezone

from ayni.interop.models import RecordPair
from ayni.methods.linkage.features import FEATURES
from ayni.registry.models import Initiative
from tests.factories.records import declared, initiative

MX, BR = "MX-BIENESTAR", "BR-MDS"


def pair(one: Initiative | None = None, other: Initiative | None = None, **values: Any) -> RecordPair:
    """Mexico's record, which it has declared, and Brazil's of the same thing, which nobody has."""
    first = one or declared(MX, BR)
    second = other or initiative(BR, MX, title={"pt": "Cadastro único de domicílios"})
    first, second = sorted((first, second), key=lambda row: row.pk)
    found = dict.fromkeys(FEATURES, 0.8) | {"start": 0.0, "end": 1.0, "money": None, "numbers": None, "rival": -2.0}
    given: dict[str, Any] = {
        "one": first,
        "other": second,
        "chance": 0.7,
        "certainty": 0.2,
        "features": [found[name] for name in FEATURES],
        "evidence": dict.fromkeys(FEATURES, 0.0) | {"words": 1.5, "sector": -0.9, "rival": 0.7, "end": 0.1},
        "compared_at": timezone.now(),
    }
    return RecordPair.objects.create(**(given | values))
