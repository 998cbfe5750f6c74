"""How the results of the initiatives are measured, as a sheet; the indicators of pairs of countries are written on their pages."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import text_in
from ayni.common.sheets.rules import tidy, whole, yes
from ayni.common.sheets.sheet import SEPARATOR, Cells, Column, Key, Kind, Sheet, Standing, Use
from ayni.registry.models import Dimension, Indicator, Initiative, Measure
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.sheets.columns import (
    days,
    initiative_column,
    kinds,
    number_column,
    of_initiatives,
    says_the_same,
    spoken,
    texts,
    told,
)
from ayni.registry.queries.sheets.results import counted_in, result_column, value_column

TEXTS = ("title", "unit", "verification")
NUMBERS = ("baseline", "baseline_numerator", "baseline_denominator")
AT_ONCE = 500


def indicator_sheet(_user: Any) -> Sheet:
    """The columns; an indicator is known by initiative, result and number."""
    columns = (
        initiative_column(),
        result_column(),
        number_column(),
        Column("changes", _("What is to change"), use=Use.READ, width=40),
        Column("level", _("Level"), use=Use.READ),
        *texts("title", _("What is measured"), longest=250),
        Column("measure", _("Measured as"), required=True, choices=kinds(Measure.choices), width=30),
        *texts("unit", _("Unit"), longest=60, width=20),
        Column("best", _("Best score"), whole(1, 1_000), kind=Kind.NUMBER, width=10),
        Column("descending", _("Less is better"), yes, width=10),
        Column("cumulative", _("Cumulative: the value of each period includes those before it"), yes, width=10),
        value_column("baseline", _("Baseline"), signed=True),
        value_column("baseline_numerator", _("Baseline: numerator")),
        value_column("baseline_denominator", _("Baseline: denominator")),
        days("baseline_on", _("Baseline measured on")),
        Column("dimensions", _("Split by"), choices=kinds(Dimension.choices), several=True),
        *texts("verification", _("Means of verification")),
        Column("rolls_into", _("Rolls up into"), use=Use.READ, width=40),
    )
    what = ("title_es", "title_pt", "title_en", "title_fr")
    key = ("initiative", "result", "number")
    identity = ("initiative", "result", *what)
    return Sheet("indicators", _("Indicators"), columns, key, what, numbered=True, identity=identity)


def indicator_rows(initiatives: QuerySet[Initiative]) -> Iterator[Standing]:
    """The rows of these initiatives, in a few queries for each 500."""
    rows = Indicator.objects.filter(result__frame__initiative__in=of_initiatives(initiatives))
    rows = rows.select_related("result__frame__initiative", "rolls_into__result__frame__initiative")
    rows = rows.order_by("-result__frame__initiative", "result__number", "number")
    for one in rows.iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def indicators_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these keys that `user` sees, their initiatives held for the transaction."""
    codes = {code for code, _result, _number in keys}
    list(Initiative.objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("pk"))
    rows = indicator_rows(initiatives_for(user).filter(code__in=codes))
    found = {(row.cells["initiative"], row.cells["result"], row.cells["number"]): row for row in rows}
    return {key: found[key] for key in keys if key in found}


def indicator_twin(user: Any, cells: Cells) -> str:
    """The number of an indicator of the same result that measures the same, in some language."""
    rows = Indicator.objects.filter(
        result__frame__initiative__in=of_initiatives(initiatives_for(user)),
        result__frame__initiative__code=cells["initiative"],
        result__number=cells["result"],
    )
    found = (number for number, title in rows.values_list("number", "title") if says_the_same(cells, "title", title))
    return str(next(found, ""))


def _cells(one: Indicator) -> dict[str, str]:
    found = {
        "initiative": _code(one),
        "result": str(one.result.number),
        "number": str(one.number),
        "changes": tidy(text_in(one.result.title)),
        "level": str(one.result.get_level_display()),
        "measure": one.measure,
        "best": told(one.best),
        "descending": "" if one.ascending else "yes",
        "cumulative": "yes" if one.cumulative else "",
        "baseline_on": told(one.baseline_on),
        "dimensions": SEPARATOR.join(sorted(one.dimensions.split())),
        "rolls_into": _named(one.rolls_into) if one.rolls_into else "",
    }
    found |= counted_in(one, NUMBERS)
    for name in TEXTS:
        found |= spoken(name, getattr(one, name))
    return found


def _code(one: Indicator) -> str:
    initiative = one.result.frame.initiative
    return initiative.code if initiative else ""


def _named(one: Indicator) -> str:
    return tidy(f"{_code(one)} {one.result.number}.{one.number} {one}")
