"""The catalogue as files: a workbook with codes to load again and a sheet to read, CSV, and the empty template."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayni.common.delimited import csv_file
from ayni.common.i18n import text_in
from ayni.common.workbooks.cells import WorkbookWriter
from ayni.directory.models import Programme
from ayni.directory.queries.programmes.columns import TABLES, Cells, Table
from ayni.directory.queries.programmes.explained import explained
from ayni.directory.queries.programmes.page import spoken
from ayni.directory.queries.programmes.standing import standing

WIDE, NARROW = 40, 16


def catalogue_workbook(programmes: QuerySet[Programme]) -> bytes:
    """The programmes with their versions, components and documents in codes, and first a sheet to read."""
    stands = standing(programmes)
    writer = WorkbookWriter()
    rows = [dict(enumerate(line)) for line in _readable(programmes)]
    writer.add_sheet(_("to read"), [_titles()], rows, [NARROW, WIDE, WIDE, WIDE, WIDE, NARROW, NARROW, WIDE])
    for table in TABLES.values():
        _add(writer, table, stands[table.name].values())
    return writer.written()


def catalogue_csv(programmes: QuerySet[Programme]) -> bytes:
    """The sheet of programmes alone."""
    table = TABLES["programmes"]
    rows = ([cells[name] for name in table.names] for cells in standing(programmes)[table.name].values())
    return csv_file([table.names, *rows])


def template_workbook() -> bytes:
    """The sheets without rows, and a sheet that says what each column holds."""
    writer = WorkbookWriter()
    told = [
        {0: sheet["name"], 1: column, 2: meaning}
        for sheet in explained(TABLES.values())
        for column, meaning in _pairs(sheet["columns"])
    ]
    writer.add_sheet(_("to read"), [[_("Sheet"), _("Column"), _("What it holds")]], told, [NARROW, WIDE, 60])
    for table in TABLES.values():
        _add(writer, table, [])
    return writer.written()


def _pairs(columns: object) -> Iterable[tuple[str, str]]:
    assert isinstance(columns, list)
    return columns


def _add(writer: WorkbookWriter, table: Table, rows: Iterable[Cells]) -> None:
    lines = [{at: cells[name] for at, name in enumerate(table.names) if cells[name]} for cells in rows]
    widths = [WIDE if "_" in name else NARROW for name in table.names]
    writer.add_sheet(table.name, [table.names], lines, widths)


def _titles() -> list[str]:
    return [
        _("Code"),
        _("Programme"),
        _("Country"),
        _("Institution"),
        _("Topics"),
        _("Quadrants"),
        _("Evidence"),
        _("Working languages"),
    ]


def _readable(programmes: QuerySet[Programme]) -> Iterable[list[str]]:
    for one in programmes:
        yield [
            one.code,
            text_in(one.name),
            str(one.country),
            str(one.institution or ""),
            "; ".join(str(topic) for topic in one.topics.all()),
            "; ".join(f"{quadrant.code} {quadrant}" for quadrant in one.quadrants.all()),
            "" if one.evidence is None else f"{one.evidence}: {one.get_evidence_display()}",
            ", ".join(spoken(one.languages)),
        ]
