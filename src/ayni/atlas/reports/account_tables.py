"""The tables of an account of cooperation: T7 topics, T8 roles, T12 quality of the data, partners, the initiatives themselves."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ayni.atlas.queries.cooperation.scope import Scope
from ayni.atlas.queries.cooperation.tables import QualityRow, RoleRow
from ayni.atlas.reports.document import Cell, Column, Row, Table
from ayni.atlas.reports.wording import listed, number, percent
from ayni.common.i18n import text_in
from ayni.registry.queries.initiatives.lists import with_sides


def source() -> str:
    """Where the numbers of an account come from."""
    return _("the records of the network's members, as they stand")


def roles(rows: Sequence[RoleRow]) -> Table:
    """T8. Roles by country, in validated records; beside them, the unilateral ones."""
    labels = (pgettext("what a country does", "offers"), _("receives"), _("offers and receives"), _("role not known"))
    return Table(
        code="T8",
        title=_("Roles by country"),
        columns=(
            Column(_("Country"), weight=2),
            *(Column(label, "number") for label in labels),
            Column(_("Dual role"), "number"),
            Column(_("Unilateral"), "number"),
        ),
        rows=tuple(
            Row(
                (
                    str(row.country),
                    number(row.balance.offered),
                    number(row.balance.received),
                    number(row.balance.both),
                    number(row.balance.unknown),
                    _share(row.balance.dual),
                    number(row.unilateral),
                )
            )
            for row in rows
        ),
        source=source(),
        notes=(
            _(
                "Dual role: 100 % when a country offers and receives alike, 0 % when it does only one of them. "
                "Unilateral: records of one side alone; their roles are not counted."
            ),
        ),
    )


def quality(rows: Sequence[QualityRow]) -> Table:
    """T12. How the records of each country stand, and what its public ones lack."""
    labels = (
        _("Validated"),
        _("Unilateral"),
        _("Waiting"),
        _("Disputed"),
        _("Validated share"),
        _("Without an end"),
        _("Without a topic"),
        _("Role not known"),
        _("Without costs"),
        _("Without results"),
    )
    return Table(
        code="T12",
        title=_("Quality of the data, and unilateral declarations"),
        columns=(Column(_("Country"), weight=2), *(Column(label, "number") for label in labels)),
        rows=tuple(
            Row(
                (
                    str(row.country),
                    number(row.published),
                    number(row.unilateral),
                    number(row.waiting),
                    number(row.disputed),
                    _share(row.validated_share),
                    *(number(row.lacking[name]) for name in ("end", "topics", "roles", "costs", "results")),
                )
            )
            for row in rows
        ),
        source=source(),
        notes=(_("What is lacking is counted in public records. A record of several countries counts for each."),),
        wide=True,
    )


def topics(rows: Sequence[dict[str, Any]]) -> Table:
    """Topics of the year's initiatives."""
    return Table(
        code="T7",
        title=_("Topics of the initiatives"),
        columns=(
            Column(_("Topic"), weight=3),
            Column(_("Validated"), "number"),
            Column(_("Unilateral"), "number"),
        ),
        rows=tuple(Row((text_in(row["label"]), number(row["validated"]), number(row["unilateral"]))) for row in rows),
        source=source(),
        notes=(_("An initiative may have several topics."),),
    )


def partners(rows: Sequence[dict[str, Any]]) -> Table:
    """With whom a country cooperates."""
    return Table(
        code="T3",
        title=_("Partner countries"),
        columns=(
            Column(_("Country"), weight=3),
            Column(_("Validated"), "number"),
            Column(_("Unilateral"), "number"),
        ),
        rows=tuple(Row((str(row["country"]), number(row["validated"]), number(row["unilateral"]))) for row in rows),
        source=source(),
    )


def initiatives(scope: Scope, most: int) -> Table:
    """The first `most` initiatives of the year, with who takes part and how the record of each stands."""
    found = with_sides(scope.initiatives()).order_by("starts_on", "code")
    rows = list(found[: most + 1])
    first = (
        _("The first %(number)s of them: the list of initiatives, filtered by country and year, shows all.")
        % {"number": number(most).text},
    )
    return Table(
        code="L1",
        title=_("The initiatives"),
        columns=(
            Column(_("Code")),
            Column(_("Title"), weight=4),
            Column(_("Type of cooperation"), weight=2),
            Column(_("Who takes part"), weight=3),
            Column(_("State"), weight=1.5),
            Column(_("Record"), weight=2),
            Column(_("Years"), weight=1),
        ),
        rows=tuple(
            Row(
                (
                    one.code,
                    f"{one} ({_('Fictional')})" if one.fictional else str(one),
                    str(one.cooperation_type),
                    listed(
                        f"{part.institution} ({part.role})" for part in one.participations.all() if part.part_id is None
                    ),
                    one.get_state_display(),
                    one.get_validation_display(),
                    _years(one),
                )
            )
            for one in rows[:most]
        ),
        source=source(),
        notes=first if len(rows) > most else (),
        wide=True,
    )


def _years(one: Any) -> str:
    first = date_format(one.starts_on, "Y") if one.starts_on else ""
    last = date_format(one.ends_on, "Y") if one.ends_on else ""
    return first if first == last else f"{first}–{last}"


def _share(value: float | None) -> Cell:
    return "–" if value is None else percent(value)
