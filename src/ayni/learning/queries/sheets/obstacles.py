"""The obstacles as a sheet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.common.sheets.rules import text
from ayni.common.sheets.sheet import Cells, Column, Key, Sheet, Standing, Use
from ayni.learning.models import Obstacle, Worked
from ayni.learning.queries.obstacles import obstacles_for
from ayni.registry.queries.sheets.columns import (
    days,
    institutions,
    kinds,
    number_column,
    says_the_same,
    spoken,
    terms,
    texts,
    told,
    whole_numbers,
)

AT_ONCE = 500


def obstacle_sheet(_user: Any) -> Sheet:
    """The columns; without an initiative it is one of the country's cooperation as a whole."""
    judged = [(code, label) for code, label in Worked.choices if code != Worked.UNKNOWN]
    columns = (
        number_column(),
        *texts("text", _("Obstacle")),
        Column("institution", _("Institution"), use=Use.BEGIN, required=True, choices=institutions(), width=30),
        Column("kind", _("Type"), required=True, choices=terms("obstacles"), width=30),
        replace(days("seen_on", _("Seen on")), required=True),
        Column("initiative", _("Initiative"), text(20), width=16),
        *texts("counter_measure", _("Counter-measure")),
        days("taken_on", _("Taken on")),
        Column("worked", _("Whether it worked"), choices=kinds(judged)),
        days("ended_on", _("Ended on")),
    )
    what = ("text_es", "text_pt", "text_en", "text_fr")
    identity = ("institution", "seen_on", *what)
    return Sheet("obstacles", _("Obstacles"), columns, ("number",), what, numbered=True, identity=identity)


def obstacle_rows(rows: QuerySet[Obstacle]) -> Iterator[Standing]:
    """The rows of a sheet, in a few queries for each 500."""
    for one in rows.select_related("institution__country", "kind", "initiative").iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def obstacles_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these numbers that `user` sees, held for the transaction."""
    numbers = whole_numbers(keys)
    list(Obstacle.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
    return {(row.cells["number"],): row for row in obstacle_rows(obstacles_for(user).filter(pk__in=numbers))}


def obstacle_twin(user: Any, cells: Cells) -> str:
    """The number of an obstacle of the same institution and day that says the same in some language."""
    rows = obstacles_for(user).filter(institution__code=cells["institution"], seen_on=cells["seen_on"])
    found = (pk for pk, words in rows.values_list("pk", "text") if says_the_same(cells, "text", words))
    return str(next(found, ""))


def _cells(one: Obstacle) -> dict[str, str]:
    return {
        "number": str(one.pk),
        "institution": one.institution.code,
        "kind": one.kind.code,
        "seen_on": told(one.seen_on),
        "initiative": one.initiative.code if one.initiative else "",
        "taken_on": told(one.taken_on),
        "worked": "" if one.worked == Worked.UNKNOWN else one.worked,
        "ended_on": told(one.ended_on),
        **spoken("text", one.text),
        **spoken("counter_measure", one.counter_measure),
    }
