"""What is given to the initiatives, as a sheet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.common.sheets.rules import text, tidy, whole, yes
from ayni.common.sheets.sheet import Cells, Column, Key, Kind, Sheet, Standing, Use
from ayni.methods.contributions import expert_value
from ayni.registry.models import Contribution, ContributionKind, Group, Initiative, Stage, Unit
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.sheets.columns import (
    counted,
    days,
    figure,
    figures,
    initiative_column,
    institutions,
    kinds,
    number_column,
    of_initiatives,
    spoken,
    texts,
    told,
    whole_numbers,
)

NUMBERS = ("quantity", "unit_value", "amount")
CODES = ("kind", "group", "stage", "unit", "currency")
AT_ONCE = 500


def capitals(given: str) -> tuple[str, str]:
    """A currency; small letters are made capital."""
    return text(3)(given.upper())


def contribution_sheet(_user: Any) -> Sheet:
    """The columns; a contribution is known by its number."""
    columns = (
        number_column(),
        initiative_column(),
        Column(
            "institution",
            _("Institution that gives it"),
            use=Use.BEGIN,
            required=True,
            choices=institutions(),
            width=30,
        ),
        Column("kind", _("What is given"), required=True, choices=kinds(ContributionKind.choices), width=30),
        Column("group", _("Group"), required=True, choices=kinds(Group.choices)),
        Column("stage", _("Planned or executed"), required=True, choices=kinds(Stage.choices)),
        replace(days("on", _("Day")), required=True),
        figures("quantity", _("Quantity"), figure(10, 2), required=True),
        Column("unit", _("Unit"), required=True, choices=kinds(Unit.choices)),
        figures("unit_value", _("Value of one unit"), figure(12, 2)),
        figures("amount", _("Amount"), figure(14, 2)),
        Column("currency", _("Currency"), capitals, width=10),
        Column("activity", _("Number of the activity"), whole(1, 9_999), kind=Kind.NUMBER, width=10),
        Column("interpretation", _("It pays for interpretation between languages"), yes, width=10),
        *texts("method", _("How the value was found")),
        Column("note", _("Note"), text(2_000), width=40),
    )
    identity = ("initiative", "institution", "on", "activity", "interpretation", "note", *CODES, *NUMBERS)
    what = ("kind", "institution")
    return Sheet("contributions", _("Contributions"), columns, ("number",), what, numbered=True, identity=identity)


def contribution_rows(initiatives: QuerySet[Initiative]) -> Iterator[Standing]:
    """The rows of these initiatives, in a few queries for each 500."""
    return _told(Contribution.objects.filter(initiative__in=of_initiatives(initiatives)))


def contributions_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these numbers that `user` sees, held for the transaction."""
    rows = Contribution.objects.filter(pk__in=whole_numbers(keys))
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    seen = rows.filter(initiative__in=of_initiatives(initiatives_for(user)))
    return {(row.cells["number"],): row for row in _told(seen)}


def contribution_twin(user: Any, cells: Cells) -> str:
    """The number of the same contribution: who, what, when, how much, for what, with the same note."""
    rows = Contribution.objects.filter(
        initiative__in=of_initiatives(initiatives_for(user)),
        initiative__code=cells["initiative"],
        institution__code=cells["institution"],
        on=cells["on"],
        quantity=Decimal(cells["quantity"]),
        activity__number=cells["activity"] or None,
        interpretation=bool(cells["interpretation"]),
        **{name: cells[name] for name in CODES},
    )
    said = (_amount(cells), cells["unit_value"], cells["note"])
    same = (one for one in rows if (counted(one.amount), counted(one.unit_value), tidy(one.note)) == said)
    return str(next((one.pk for one in same), ""))


def _amount(cells: Cells) -> str:
    """The amount that the row comes to."""
    if cells["amount"] or not cells["unit_value"]:
        return cells["amount"]
    return counted(expert_value(Decimal(cells["quantity"]), Decimal(cells["unit_value"])))


def _told(rows: QuerySet[Contribution]) -> Iterator[Standing]:
    whole_rows = rows.select_related("initiative", "institution__country", "activity")
    for one in whole_rows.order_by("-initiative", "on", "id").iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def _cells(one: Contribution) -> dict[str, str]:
    found = {
        "number": str(one.pk),
        "initiative": one.initiative.code,
        "institution": one.institution.code,
        "on": told(one.on),
        "activity": str(one.activity.number) if one.activity else "",
        "interpretation": "yes" if one.interpretation else "",
        "note": tidy(one.note),
        **spoken("method", one.method),
    }
    found |= {name: str(getattr(one, name)) for name in CODES}
    return found | {name: counted(getattr(one, name)) for name in NUMBERS}
