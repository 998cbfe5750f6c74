"""The record of changes replayed: what every write is held to."""

import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ayni.common.audit import history, snapshot


def replays(row: models.Model) -> None:
    """What the record of changes says, one event after the other, is what the columns hold now."""
    now = json.loads(json.dumps(snapshot(type(row)._default_manager.get(pk=row.pk)), cls=DjangoJSONEncoder))
    told: dict[str, Any] = {}
    for event in history(row).order_by("id"):
        told |= {key: value for key, value in (event.after or {}).items() if key in now}
    assert _comparable(row, told) == _comparable(row, now)


def _comparable(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """5 and 5.00 are the same number."""
    numbers = {one.attname for one in row._meta.concrete_fields if isinstance(one, models.DecimalField)}
    return {key: Decimal(value) if key in numbers and value is not None else value for key, value in values.items()}
