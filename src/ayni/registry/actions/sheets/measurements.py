"""A row of the sheet of measurements goes in through the actions of its pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.sheets.sheet import Change
from ayni.registry.actions.results.measurements import MeasurementFacts, save_measurement
from ayni.registry.actions.sheets.given import flag_of, initiative_of, institution_of, number_of, told_of
from ayni.registry.models import Measurement, Period
from ayni.registry.queries.sheets.measurements import NUMBERS, SHARES


@transaction.atomic
def save_measurement_row(*, by: Any, change: Change) -> None:
    """Keep what an institution measured for a period, as a draft: it is submitted on its page. Refuses what that action refuses."""
    standing: Measurement | None = change.standing.row if change.standing else None
    if standing is not None:
        period, institution, base = standing.period, standing.institution, standing.revision
    else:
        period, institution, base = _period(by, change), institution_of(change.cells["institution"]), 0
    save_measurement(by=by, period=period, institution=institution, base=base, facts=_facts(change, standing))


def _period(by: Any, change: Change) -> Period:
    cells = change.cells
    found = Period.objects.filter(
        indicator__result__frame__initiative=initiative_of(by, cells["initiative"]),
        indicator__result__number=cells["result"],
        indicator__number=cells["indicator"],
        starts_on=date.fromisoformat(cells["starts_on"]),
    ).first()
    if found is None:
        raise Refused(
            _("The initiative has no indicator %(result)s.%(indicator)s with a period that begins on %(day)s.")
            % {"result": cells["result"], "indicator": cells["indicator"], "day": cells["starts_on"]}
        )
    return found


def _facts(change: Change, standing: Measurement | None) -> MeasurementFacts:
    return MeasurementFacts(
        not_applicable=flag_of(change, "not_applicable", standing),
        note=change.texts("note", standing.note if standing else None),
        evidence=told_of(change, "evidence", standing),
        shares=_shares(change, standing),
        **{name: number_of(change, name, standing) for name in NUMBERS},
    )


def _shares(change: Change, standing: Measurement | None) -> tuple[tuple[str, str, Decimal], ...]:
    stand = {(row.dimension, row.category): row.value for row in standing.shares.all()} if standing else {}
    for name, share in SHARES.items():
        if name in change.changed:
            stand.pop(share, None)
            if change.changed[name]:
                stand[share] = Decimal(change.changed[name])
    return tuple((dimension, category, value) for (dimension, category), value in stand.items())
