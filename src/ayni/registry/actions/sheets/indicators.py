"""A row of the sheet of indicators goes in through the actions of its pages."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.sheets.sheet import SEPARATOR, Change
from ayni.registry.actions.results.indicators import IndicatorFacts, add_indicator, edit_indicator
from ayni.registry.actions.sheets.given import day_of, flag_of, initiative_of, number_of, told_of
from ayni.registry.models import Indicator, Result
from ayni.registry.queries.sheets.indicators import NUMBERS, TEXTS


@transaction.atomic
def save_indicator_row(*, by: Any, change: Change) -> None:
    """Add an indicator to a result, or change one that stands; what it rolls up into stays. Refuses what those actions refuse."""
    if change.standing is not None:
        standing: Indicator = change.standing.row
        edit_indicator(by=by, indicator=standing, base=standing.revision, facts=_facts(change, standing))
        return
    initiative = initiative_of(by, change.cells["initiative"])
    number = change.cells["result"]
    result = Result.objects.filter(frame__initiative=initiative, number=number).select_related("frame").first()
    if result is None:
        raise Refused(
            _("The initiative has no result %(number)s: add it on the page of its results.") % {"number": number}
        )
    add_indicator(by=by, result=result, facts=_facts(change, None))


def _facts(change: Change, standing: Indicator | None) -> IndicatorFacts:
    changed = change.changed
    best = standing.best if standing else None
    if "best" in changed:
        best = int(changed["best"]) if changed["best"] else None
    dimensions = standing.dimensions.split() if standing else []
    if "dimensions" in changed:
        dimensions = [code for code in changed["dimensions"].split(SEPARATOR) if code]
    ascending = standing.ascending if standing else True
    if "descending" in changed:
        ascending = not changed["descending"]
    more: dict[str, Any] = {name: number_of(change, name, standing) for name in NUMBERS} | {
        name: change.texts(name, getattr(standing, name) if standing else None) for name in TEXTS
    }
    return IndicatorFacts(
        measure=told_of(change, "measure", standing),
        best=best,
        ascending=ascending,
        cumulative=flag_of(change, "cumulative", standing),
        rolls_into=standing.rolls_into if standing else None,
        baseline_on=day_of(change, "baseline_on", standing),
        dimensions=tuple(dimensions),
        national_target=standing.national_target if standing else {},
        **more,
    )
