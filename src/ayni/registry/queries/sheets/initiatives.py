"""The list of initiatives as a sheet."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import folded
from ayni.common.sheets.rules import text, tidy
from ayni.common.sheets.sheet import SEPARATOR, Cells, Choices, Column, Key, Sheet, Standing, Use
from ayni.registry.models import CONCLUDED, SCHEMES, Continuity, Formality, Initiative, Size
from ayni.registry.queries.agreements import agreements_for
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.initiatives.sides import visible
from ayni.registry.queries.sheets.columns import days, institutions, kinds, spoken, terms, texts, told

TEXTS = ("title", "objective", "summary")
DAYS = ("starts_on", "ends_on", "requested_on", "answered_on")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the reader may know of: agreements that are not concluded, programmes with something below."""

    drafts: set[int]
    programmes: set[int]


def initiative_sheet(user: Any) -> Sheet:
    """The columns, with the lists of codes as `user` can choose from them."""
    agreements = {str(one.pk): one.title for one in agreements_for(user).order_by("pk")}
    programmes = {one.code: one.title for one in initiatives_for(user).filter(size=Size.PROGRAMME).order_by("code")}
    columns = (
        Column("code", _("Code"), use=Use.READ, width=16),
        *texts("title", _("Title"), longest=250),
        Column(
            "institution", _("Institution that keeps the record"), use=Use.BEGIN, required=True, choices=institutions()
        ),
        Column("role", _("Its role"), use=Use.BEGIN, required=True, choices=terms("cooperation-roles")),
        Column("type", _("Type of cooperation"), required=True, choices=terms("cooperation-types")),
        Column("size", _("Size"), required=True, choices=kinds(Size.choices)),
        days("starts_on", _("Planned from")),
        days("ends_on", _("Planned until")),
        days("requested_on", _("Asked for on")),
        days("answered_on", _("Answered on")),
        *texts("objective", _("Objective")),
        *texts("summary", _("Summary")),
        Column("formality", _("Formality"), choices=kinds(Formality.choices)),
        Column("continuity", _("Continuity"), choices=kinds(Continuity.choices)),
        Column("topics", _("Topics"), choices=terms("topics"), several=True),
        Column("modalities", _("Modalities"), choices=terms("modalities"), several=True),
        Column("quadrants", _("Quadrants of the matrix"), choices=terms("quadrants"), several=True),
        Column("goals", _("Sustainable Development Goals"), choices=terms("sdgs"), several=True),
        Column("agreements", _("Agreements that cover it"), choices=Choices(agreements), several=True),
        Column("parent", _("Part of the programme"), choices=Choices(programmes)),
        Column("source", _("Source"), text(300)),
        Column("parties", _("Who takes part"), use=Use.READ, width=40),
        Column("state", _("State"), use=Use.READ),
        Column("record", _("Record"), use=Use.READ),
        days("approved_on", _("Approved on"), Use.READ),
        days("began_on", _("Begun on"), Use.READ),
        days("closed_on", _("Closed on"), Use.READ),
    )
    identity = ("institution", *(f"title_{code}" for code in ("es", "pt", "en", "fr")), "starts_on")
    what = ("title_es", "title_pt", "title_en", "title_fr")
    return Sheet("initiatives", _("Initiatives"), columns, ("code",), what, numbered=True, identity=identity)


def initiative_rows(user: Any, rows: QuerySet[Initiative]) -> Iterator[Standing]:
    """The rows of a sheet, in a few queries for each 500; agreements and programmes only as far as `user` may read them."""
    seen = _Seen(
        set(agreements_for(user).exclude(state__in=CONCLUDED).values_list("pk", flat=True)),
        set(Initiative.objects.filter(visible(user), below__isnull=False).values_list("pk", flat=True)),
    )
    for one in _whole(rows).iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one, seen), one.revision, one)


def initiatives_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these codes that `user` sees, held for the transaction."""
    codes = [code for (code,) in keys]
    list(Initiative.objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("pk"))
    rows = initiatives_for(user).filter(code__in=codes)
    return {(row.row.code,): row for row in initiative_rows(user, rows)}


def initiative_twin(user: Any, cells: Cells) -> str:
    """The code of a record that `user` may read, of the same institution, with the same title in some language and first day."""
    rows = Initiative.objects.filter(
        visible(user), institution__code=cells["institution"], starts_on=cells["starts_on"] or None
    )
    titles = {folded(text) for text in _titles(cells)}
    for code, title in rows.values_list("code", "title"):
        if titles & {folded(text) for text in title.values()}:
            return str(code)
    return ""


def _titles(cells: Cells) -> Iterable[str]:
    return (value for name, value in cells.items() if name.startswith("title_") and value)


def _whole(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return rows.select_related("institution", "cooperation_type", "parent").prefetch_related(
        "topics",
        "modalities",
        "quadrants",
        "goals",
        "agreements",
        "participations__role",
        "participations__institution__names",
        "participations__institution__country",
    )


def _cells(one: Initiative, seen: _Seen) -> dict[str, str]:
    whole = [row for row in one.participations.all() if row.part_id is None]
    keeper = next((row for row in whole if row.institution_id == one.institution_id), None)
    found = {
        "code": one.code,
        "institution": one.institution.code,
        "role": keeper.role.code if keeper else "",
        "type": one.cooperation_type.code,
        "size": one.size,
        "formality": one.formality,
        "continuity": one.continuity,
        "agreements": SEPARATOR.join(
            sorted(str(row.pk) for row in one.agreements.all() if row.state in CONCLUDED or row.pk in seen.drafts)
        ),
        "parent": one.parent.code if one.parent and one.parent.pk in seen.programmes else "",
        "source": tidy(one.source),
        "parties": tidy(SEPARATOR.join(f"{row.institution} ({row.role})" for row in whole)),
        "state": str(one.get_state_display()),
        "record": str(one.get_validation_display()),
    }
    for name in (*DAYS, "approved_on", "began_on", "closed_on"):
        found[name] = told(getattr(one, name))
    for name in SCHEMES:
        found[name] = SEPARATOR.join(sorted({row.code for row in getattr(one, name).all()}))
    for name in TEXTS:
        found |= spoken(name, getattr(one, name))
    return found
