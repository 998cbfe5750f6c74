"""What the institutions measured in the initiatives, as a sheet."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.permissions import KEEP_INITIATIVES, READ_DRAFTS, REVIEW_RESULTS, may
from ayni.common.sheets.rules import text, tidy, whole, yes
from ayni.common.sheets.sheet import Column, Key, Kind, Sheet, Standing, Use
from ayni.registry.models import Dimension, Initiative, Measurement, MeasurementState
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.reach import own
from ayni.registry.queries.results.words import CATEGORIES
from ayni.registry.queries.sheets.columns import (
    counted,
    days,
    initiative_column,
    institutions,
    of_initiatives,
    spoken,
    texts,
    told,
)
from ayni.registry.queries.sheets.results import PLACES, counted_in, result_column, value_column

NUMBERS = ("value", "numerator", "denominator")
KEY = ("initiative", "result", "indicator", "starts_on", "institution")
AT_ONCE = 500
# The column of each share: "sex_women", "age_0_17".
SHARES = {
    f"{dimension}_{re.sub('[^a-z0-9]+', '_', category).strip('_')}": (str(dimension), category)
    for dimension, categories in CATEGORIES.items()
    for category in categories
}


def measurement_sheet(_user: Any) -> Sheet:
    """The columns; a measurement is known by indicator, first day of its period and institution."""
    columns = (
        initiative_column(),
        result_column(),
        Column(
            "indicator",
            _("Number of the indicator"),
            whole(1, 9_999),
            Use.BEGIN,
            kind=Kind.NUMBER,
            required=True,
            width=10,
        ),
        Column("measures", _("What is measured"), use=Use.READ, width=40),
        replace(days("starts_on", _("First day of the period"), Use.BEGIN), required=True),
        days("ends_on", _("Last day of the period"), Use.READ),
        Column("institution", _("Institution"), use=Use.BEGIN, required=True, choices=institutions(), width=30),
        value_column("value", _("Value"), signed=True),
        value_column("numerator", _("Numerator")),
        value_column("denominator", _("Denominator")),
        Column("not_applicable", _("Does not apply"), yes, width=10),
        *(value_column(name, _share(*share)) for name, share in SHARES.items()),
        *texts("note", _("Note")),
        Column("evidence", _("Evidence"), text(500), width=40),
        Column("state", _("State"), use=Use.READ),
    )
    return Sheet("measurements", _("Measurements"), columns, KEY, ("measures", "institution"))


def _share(dimension: str, category: str) -> str | Promise:
    told = pgettext_lazy("share", "%(dimension)s: %(category)s")
    return told % {"dimension": Dimension(dimension).label, "category": CATEGORIES[dimension][category]}


def measurements_seen(user: Any, initiatives: QuerySet[Initiative]) -> QuerySet[Measurement]:
    """Those of these initiatives, which `user` may read: approved ones; all for whoever works in the frame or reads drafts.

    The same as `works_in` says of one frame.
    """
    rows = Measurement.objects.filter(period__indicator__result__frame__initiative__in=of_initiatives(initiatives))
    if may(user, READ_DRAFTS):
        return rows
    sides = "participations__institution"
    works = Initiative.objects.filter(own(user, sides, KEEP_INITIATIVES) | own(user, sides, REVIEW_RESULTS))
    mine = Q(period__indicator__result__frame__initiative__in=of_initiatives(works))
    return rows.filter(Q(state=MeasurementState.APPROVED) | mine)


def measurement_rows(user: Any, initiatives: QuerySet[Initiative]) -> Iterator[Standing]:
    """The rows of these initiatives that `user` sees, in a few queries for each 500."""
    rows = measurements_seen(user, initiatives).select_related(
        "period__indicator__result__frame__initiative", "institution__country"
    )
    rows = rows.prefetch_related("shares").order_by(
        "-period__indicator__result__frame__initiative",
        "period__indicator__result__number",
        "period__indicator__number",
        "period__starts_on",
        "institution__code",
    )
    for one in rows.iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def measurements_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these keys that `user` sees, held for the transaction."""
    there = initiatives_for(user).filter(code__in={key[0] for key in keys})
    held = Measurement.objects.filter(pk__in=measurements_seen(user, there).order_by().values("pk"))
    list(held.select_for_update().order_by("pk").values_list("pk"))
    found = {tuple(row.cells[name] for name in KEY): row for row in measurement_rows(user, there)}
    return {key: found[key] for key in keys if key in found}


def _cells(one: Measurement) -> dict[str, str]:
    indicator = one.period.indicator
    initiative = indicator.result.frame.initiative
    found = {
        "initiative": initiative.code if initiative else "",
        "result": str(indicator.result.number),
        "indicator": str(indicator.number),
        "measures": tidy(str(indicator)),
        "starts_on": told(one.period.starts_on),
        "ends_on": told(one.period.ends_on),
        "institution": one.institution.code,
        "not_applicable": "yes" if one.not_applicable else "",
        "evidence": tidy(one.evidence),
        "state": str(one.get_state_display()),
        **spoken("note", one.note),
    }
    found |= counted_in(one, NUMBERS)
    shares = {(row.dimension, row.category): row.value for row in one.shares.all()}
    return found | {name: counted(shares.get(share), PLACES) for name, share in SHARES.items()}
