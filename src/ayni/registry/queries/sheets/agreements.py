"""The list of agreements as a sheet."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import folded
from ayni.common.sheets.rules import text, tidy, yes
from ayni.common.sheets.sheet import SEPARATOR, Cells, Choices, Column, Key, Kind, Sheet, Standing, Use
from ayni.registry.models import Agreement, AgreementState
from ayni.registry.queries.agreements import agreements_for
from ayni.registry.queries.sheets.columns import days, institutions, spoken, terms, texts, told

TEXTS = ("title", "purpose", "roles", "responsibilities", "limits")
DAYS = ("valid_from", "valid_to")
AT_ONCE = 500


def agreement_sheet(user: Any) -> Sheet:
    """The columns, with the lists of codes as `user` can choose from them."""
    above = agreements_for(user).filter(state=AgreementState.IN_FORCE).order_by("pk")
    columns = (
        Column("number", _("Number"), use=Use.READ, kind=Kind.NUMBER, width=10),
        *texts("title", _("Title")),
        Column(
            "institution", _("Institution that keeps the record"), use=Use.BEGIN, required=True, choices=institutions()
        ),
        Column("form", _("Form of agreement"), required=True, choices=terms("agreement-forms")),
        Column("parent", _("Under the framework of"), choices=Choices({str(one.pk): one.title for one in above})),
        days("valid_from", _("First day")),
        days("valid_to", _("Last day")),
        Column("renews", _("Renews by itself"), yes, width=10),
        *texts("purpose", _("Purpose")),
        *texts("roles", _("Roles of the parties")),
        *texts("responsibilities", _("Responsibilities")),
        *texts("limits", _("Limits of the agreement")),
        Column("source", _("Source"), text(300)),
        Column("parties", _("Parties"), use=Use.READ, width=40),
        Column("state", _("State"), use=Use.READ),
    )
    identity = ("institution", *(f"title_{code}" for code in ("es", "pt", "en", "fr")), "valid_from")
    what = ("title_es", "title_pt", "title_en", "title_fr")
    return Sheet("agreements", _("Agreements"), columns, ("number",), what, numbered=True, identity=identity)


def agreement_rows(rows: QuerySet[Agreement]) -> Iterator[Standing]:
    """The rows of a sheet, in a few queries for each 500."""
    whole = rows.select_related("institution", "form", "parent").prefetch_related("parties__institution__names")
    for one in whole.iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def agreements_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these numbers that `user` sees, held for the transaction."""
    numbers = [number for (number,) in keys if number.isascii() and number.isdigit() and len(number) < 15]
    list(Agreement.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
    return {(row.cells["number"],): row for row in agreement_rows(agreements_for(user).filter(pk__in=numbers))}


def agreement_twin(user: Any, cells: Cells) -> str:
    """The number of one that `user` may read, of the same institution, with the same title in some language and first day."""
    rows = agreements_for(user).filter(institution__code=cells["institution"], valid_from=cells["valid_from"] or None)
    titles = {folded(value) for name, value in cells.items() if name.startswith("title_") and value}
    for pk, title in rows.values_list("pk", "title"):
        if titles & {folded(text) for text in title.values()}:
            return str(pk)
    return ""


def _cells(one: Agreement) -> dict[str, str]:
    found = {
        "number": str(one.pk),
        "institution": one.institution.code,
        "form": one.form.code,
        "parent": str(one.parent_id or ""),
        "renews": "yes" if one.renews else "",
        "source": tidy(one.source),
        "parties": tidy(SEPARATOR.join(str(row.institution) for row in one.parties.all())),
        "state": str(one.get_state_display()),
    }
    for name in DAYS:
        found[name] = told(getattr(one, name))
    for name in TEXTS:
        found |= spoken(name, getattr(one, name))
    return found
