"""Who takes part in the initiatives, as a sheet."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from ayni.common.sheets.rules import text, tidy, whole
from ayni.common.sheets.sheet import Cells, Column, Key, Kind, Sheet, Standing, Use
from ayni.registry.models import Initiative, Participation
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.initiatives.sides import with_counterparts
from ayni.registry.queries.sheets.columns import institutions, spoken, terms, texts, told

AT_ONCE = 500


def participation_sheet(_user: Any) -> Sheet:
    """The columns; a row is an institution in an initiative, or in one part of it."""
    columns = (
        Column("initiative", _("Initiative"), text(20), use=Use.BEGIN, required=True, width=16),
        Column("title", _("Title"), use=Use.READ, width=40),
        Column("part", _("Number of the part"), whole(1, 999), use=Use.BEGIN, kind=Kind.NUMBER, width=10),
        Column("institution", _("Institution"), use=Use.BEGIN, required=True, choices=institutions(), width=30),
        Column("role", _("Role"), required=True, choices=terms("cooperation-roles")),
        Column("counterpart", _("Counterpart"), text(150), width=30),
        Column("hours_a_month", _("Hours a month"), whole(1, 744), kind=Kind.NUMBER, width=10),
        *texts("tasks", _("What it does")),
    )
    key = ("initiative", "institution", "part")
    return Sheet("participations", _("Who takes part"), columns, key, ("title", "institution"))


def participation_rows(user: Any, initiatives: QuerySet[Initiative]) -> Iterator[Standing]:
    """The rows of these initiatives, in a few queries for each 500; the counterparts' names only for the sides and the secretariat."""
    own = Initiative.objects.filter(with_counterparts(user)).order_by().values("pk")
    rows = Participation.objects.filter(initiative__in=initiatives.order_by().values("pk"))
    rows = rows.select_related("initiative__institution", "institution", "role", "part")
    rows = rows.annotate(named=Case(When(initiative__in=own, then=True), default=False, output_field=BooleanField()))
    for one in rows.order_by("-initiative", "part__number", "id").iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one, named=one.named), one.initiative.revision, one)


def participations_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these keys that `user` sees, their initiatives held for the transaction."""
    codes = {code for code, _institution, _part in keys}
    list(Initiative.objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("pk"))
    rows = participation_rows(user, initiatives_for(user).filter(code__in=codes))
    found = {(row.cells["initiative"], row.cells["institution"], row.cells["part"]): row for row in rows}
    return {key: found[key] for key in keys if key in found}


def no_twin(_user: Any, _cells: Cells) -> str:
    """A row is known by its key: another one cannot say the same."""
    return ""


def _cells(one: Participation, *, named: bool) -> dict[str, str]:
    return {
        "initiative": one.initiative.code,
        "title": tidy(str(one.initiative)),
        "part": str(one.part.number) if one.part else "",
        "institution": one.institution.code,
        "role": one.role.code,
        "counterpart": tidy(one.counterpart) if named else "",
        "hours_a_month": told(one.hours_a_month),
        **spoken("tasks", one.tasks),
    }
