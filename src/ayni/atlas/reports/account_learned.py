"""The tables of an account about costs and learning: T2, T9, T10, T11, and F2 as a table of its stations."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.queries.cooperation.learned import LastingRow
from ayni.atlas.reports.account_tables import source
from ayni.atlas.reports.document import Cell, Column, Paragraph, Row, Table
from ayni.atlas.reports.wording import number, percent
from ayni.common.i18n import text_in
from ayni.exchange.queries.circuit import STATIONS, Circuit
from ayni.registry.models import Unit
from ayni.registry.queries.costs import CostLine, Costs


def costs(found: Costs) -> Table:
    """T9. Contributions by group and kind: quantities beside values; groups and currencies are never added."""
    rows: list[Row] = []
    for one in found.groups:
        if not one.by_kind:
            continue
        rows.append(Row((f"{one.group.value}: {one.group.label}",), "group"))
        rows += [_cost(line) for line in one.by_kind]
        rows.append(_cost(one.sum, _("Together"), "subtotal"))
    notes = [
        _(
            "Group C has no value in money: it is added to nothing. Dollars at the rate of each contribution's own month."
        )
    ]
    if found.missing:
        told = ", ".join(f"{currency} ({count})" for currency, count in found.missing.items())
        notes.append(_("Contributions without a rate, which no total in dollars holds: %(which)s.") % {"which": told})
    return Table(
        code="T9",
        title=_("Costs of the year, in validated records"),
        columns=(
            Column(_("Kind"), weight=2),
            Column(_("Planned: quantity"), weight=2),
            Column(_("Planned: value"), weight=2),
            Column(_("Executed: quantity"), weight=2),
            Column(_("Executed: value"), weight=2),
            Column(_("Executed, of planned"), "number"),
        ),
        rows=tuple(rows),
        source=source(),
        notes=tuple(notes),
        wide=True,
    )


def _cost(line: CostLine, label: str = "", kind: Any = "body") -> Row:
    share: Cell = percent(float(line.execution.share)) if line.execution else "–"
    cells = (_quantities(line.planned), _values(line.planned), _quantities(line.executed), _values(line.executed))
    return Row((label or line.label, *cells, share), kind)


def _quantities(total: Any) -> str:
    parts = (Unit(unit).counted(amount) for unit, amount in total.quantities.items())
    return ", ".join(parts) or "–"


def _values(total: Any) -> str:
    if total.money is None or not total.count:
        return "–"
    parts = [f"{number_format(amount, 2)} {currency}" for currency, amount in total.money.by_currency.items()]
    if total.money.converted and list(total.money.by_currency) != ["USD"]:
        parts.append(f"(= {number_format(total.money.dollars, 2)} USD)")
    return " ".join(parts)


def evaluations(rows: Sequence[dict[str, Any]]) -> Table:
    """T10. The instruments of evaluation in use."""
    labels = (_("Evaluations"), _("Published"), _("Initiatives"))
    return Table(
        code="T10",
        title=_("Instruments of monitoring and evaluation in use, in validated records"),
        columns=(Column(_("Instrument"), weight=4), *(Column(label, "number") for label in labels)),
        rows=tuple(
            Row(
                (
                    text_in(row["instrument__label"]),
                    *(number(row[name]) for name in ("all", "published", "initiatives")),
                )
            )
            for row in rows
        ),
        source=source(),
    )


def lasting(rows: Sequence[LastingRow], year: int) -> Table:
    """T11. What remains at closure, 12 and 24 months later."""
    return Table(
        code="T11",
        title=_("Sustainability: what remains of validated records"),
        columns=(
            Column(_("Moment"), weight=2),
            Column(_("Checks"), "number"),
            Column(_("Mean, 0 to 3"), "number"),
            Column(_("Interval, with what is not known"), "number"),
            Column(_("Survived a change of government"), "number"),
            Column(_("Grown to national scale"), "number"),
            Column(_("Third countries"), "number"),
        ),
        rows=tuple(
            Row(
                (
                    str(row.moment.label),
                    number(row.checks),
                    "–" if row.mean is None else number(row.mean, 1),
                    f"{number(row.least, 1).text} – {number(row.most, 1).text}",
                    _of(row.survived, row.changes),
                    _of(row.national, row.national_known),
                    "–" if row.third_countries is None else number(row.third_countries),
                )
            )
            for row in rows
        ),
        source=source(),
        notes=(
            _("Each check is of one institution about its own country: seven items of 0 (nothing) to 3 (wholly)."),
            _("Of initiatives of every year, by checks made up to the end of %(year)s.") % {"year": year},
        ),
    )


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole} if whole else "–"


def obstacles(rows: Sequence[dict[str, Any]], year: int) -> Table:
    """T2. Obstacles of the year, and what was done about them."""
    labels = (_("Registered"), _("Countries"), _("With a counter-measure"), _("It worked, at least in part"))
    return Table(
        code="T2",
        title=_("Obstacles, and what was done about them"),
        columns=(Column(_("Obstacle"), weight=4), *(Column(label, "number") for label in labels)),
        rows=tuple(
            Row((text_in(row["kind__label"]), *(number(row[name]) for name in ("all", "countries", "met", "worked"))))
            for row in rows
        ),
        source=source(),
        notes=(
            _("Registered up to the end of %(year)s and not ended before that year, whenever the initiative was.")
            % {"year": year},
        ),
    )


def loop(found: Circuit) -> list[Table | Paragraph]:
    """F2. The stations of the feedback circuit, the loop rate, and who has changed sides."""
    share = found.rate.share
    told: list[Table | Paragraph] = [
        Table(
            code="F2",
            title=_("The feedback circuit"),
            columns=(Column(_("Station"), weight=4), Column(_("How many"), "number")),
            rows=tuple(Row((str(label), number(found.numbers[code]))) for code, label in STATIONS),
            source=source(),
            notes=(_("Of all years, as the records stand."),),
        )
    ]
    if share is not None:
        told.append(
            Paragraph(
                _("Loop rate: %(share)s (%(part)s of %(whole)s reviewed lessons have a verified use).")
                % {"share": percent(share).text, "part": found.rate.part, "whole": found.rate.whole}
            )
        )
    told += [
        Paragraph(_("%(country)s received first and offers now.") % {"country": one.country}) for one in found.turned
    ]
    return told
