"""What a file would change of a list, row by row: three ways between what the file was made from, what it holds, what stands.

A value that the file still holds as it was made is no wish to change anything, whatever stands by now. One that was changed on
both sides is a conflict: both are shown, and the person chooses for the row. Without the marks of what the file was made from,
the file's revision decides: an older one makes every difference a conflict, none makes it a change.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.sheets.lines import FieldChange, FileLine
from ayni.common.sheets.read import FileRow, read_file, rows_by_key
from ayni.common.sheets.rules import in_column
from ayni.common.sheets.sheet import Cells, Change, Column, Sheet, Source, Standing, Use

STATES = ("new", "changed", "unchanged", "conflict", "refused")
FILE, SITE = "file", "site"


@dataclass(frozen=True)
class Planned:
    """A row: what it changes, and what both sides changed (`clashes`: the file's values)."""

    number: int
    what: str
    cells: Cells
    standing: Standing | None
    changed: Cells = field(default_factory=dict)
    clashes: Cells = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        if self.reasons:
            return "refused"
        if self.standing is None:
            return "new"
        if self.clashes:
            return "conflict"
        return "changed" if self.changed else "unchanged"

    def chosen(self, choice: str | None) -> Change | None:
        """What goes in, with the side chosen for what both changed; None when nothing does. Raises Refused without a choice."""
        if self.clashes and choice not in (FILE, SITE):
            raise Refused(_("Row %(row)d: choose which version is to stand.") % {"row": self.number})
        changed = {**self.changed, **(self.clashes if choice == FILE else {})}
        return Change(self.cells, changed, self.standing) if changed or self.standing is None else None


@dataclass(frozen=True)
class SheetPlan:
    """What a file would change. `digest` names it: two plans that differ have different ones."""

    sheet: Sheet
    rows: tuple[Planned, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return {state: sum(row.state == state for row in self.rows) for state in STATES}

    @property
    def refused(self) -> list[Planned]:
        return [row for row in self.rows if row.state == "refused"]

    @property
    def going_in(self) -> list[Planned]:
        """The rows that change something."""
        return [row for row in self.rows if row.state in ("new", "changed", "conflict")]

    @property
    def conflicts(self) -> list[dict[str, Any]]:
        """The rows whose version is chosen, with each field as the file and the site have it."""
        return [
            {"number": row.number, "what": row.what, "fields": [*self._clashes(row)]}
            for row in self.rows
            if row.state == "conflict"
        ]

    @cached_property
    def digest(self) -> str:
        told = [(row.number, row.state, row.cells if row.standing is None else self._changes(row)) for row in self.rows]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=vars).encode()).hexdigest()

    def lines(self) -> list[FileLine]:
        """The rows worth looking at, for `components/diff_table.html`: those refused first."""
        told = [row for row in self.rows if row.state != "unchanged" or row.notes]
        return [
            FileLine(row.number, row.state, row.what, tuple(self._changes(row)), " ".join([*row.reasons, *row.notes]))
            for row in sorted(told, key=lambda row: row.state != "refused")
        ]

    def _changes(self, row: Planned) -> list[FieldChange]:
        stood: Cells = row.standing.cells if row.standing else {}
        values = {**row.changed, **row.clashes}
        return [
            FieldChange(
                str(column.heading), column.readable(stood.get(column.name, "")), column.readable(values[column.name])
            )
            for column in self.sheet.columns
            if column.name in values
        ]

    def _clashes(self, row: Planned) -> list[dict[str, str]]:
        return [
            {"field": change.field, "file": change.after, "site": change.before}
            for change in self._changes(replace(row, changed={}))
        ]


def plan_sheet(source: Source, data: bytes, *, by: Any, name: str = "") -> SheetPlan:
    """What the file would change if `by` loaded it; each change was tried and taken back, so that what an action refuses is said.

    Raises Refused when the file cannot be read.
    """
    sheet = source.sheet(by)
    rows = read_file(sheet, data, name=name)
    with transaction.atomic():
        standing = source.standing(by, {row.key for row in rows if not sheet.begins(row.key)})
        planned = difference(sheet, rows, standing, lambda cells: source.twin(by, cells))
        return SheetPlan(sheet, tuple(_tried(source, by, planned)))


def difference(
    sheet: Sheet, rows: Sequence[FileRow], standing: Mapping[Any, Standing], twin: Callable[[Cells], str]
) -> list[Planned]:
    """Each row against what stands; nothing is asked of the tables but `twin`, for new rows."""
    found: list[Planned] = []
    new: dict[tuple[str, ...], int] = {}
    for row, earlier in rows_by_key(sheet, rows):
        if earlier is not None:
            reason = _("The same row stands in row %(row)d too. Remove one of the two.") % {"row": earlier}
            found.append(_refused(sheet, row, [reason]))
            continue
        stands = standing.get(row.key)
        if stands is not None:
            found.append(_changed(sheet, row, stands))
        elif sheet.numbered and not sheet.begins(row.key):
            reason = _("There is no such row, or you do not see it. Leave its key empty to begin a new one.")
            found.append(_refused(sheet, row, [reason]))
        else:
            found.append(_new(sheet, row, new, twin))
    return found


def _refused(sheet: Sheet, row: FileRow, reasons: Sequence[str]) -> Planned:
    return Planned(row.number, sheet.named(row.cells), row.cells, None, reasons=tuple(reasons))


def _new(sheet: Sheet, row: FileRow, new: dict[tuple[str, ...], int], twin: Callable[[Cells], str]) -> Planned:
    cells = {one.name: row.cells.get(one.name, "") for one in sheet.columns if one.use is not Use.READ}
    reasons = [*row.faults, *_empty(sheet, cells)]
    identity = tuple(cells.get(name, "").casefold() for name in sheet.identity)
    if identity and identity in new:
        message = _("Row %(row)d says the same. Remove one of the two.")
        reasons.append(message % {"row": new[identity]})
    new.setdefault(identity, row.number)
    same = "" if reasons else twin(cells)
    if same:
        reasons.append(_("This is in the list already, as %(key)s: change that row.") % {"key": same})
    changed = {name: value for name, value in cells.items() if value}
    return Planned(row.number, sheet.named(cells), cells, None, changed, reasons=tuple(reasons))


def _empty(sheet: Sheet, cells: Cells) -> list[str]:
    return [
        in_column(str(column.heading), _("The cell is empty."))
        for column in sheet.columns
        if column.required and column.name in cells and not cells[column.name]
    ]


def _changed(sheet: Sheet, row: FileRow, stands: Standing) -> Planned:
    changed: dict[str, str] = {}
    clashes: dict[str, str] = {}
    notes: list[str] = []
    for column in sheet.columns:
        if column.name in sheet.key or column.name not in row.cells:
            continue
        value, stood = row.cells[column.name], stands.cells.get(column.name, "")
        if value == stood or row.had(column.name, value):
            continue
        if column.use is not Use.WRITE:
            notes += [_unchanging(column)] if row.base else []
        elif _both(row, column, stood, stands.revision):
            clashes[column.name] = value
        else:
            changed[column.name] = value
    wanted = {**changed, **clashes}
    reasons = [*row.faults, *_empty(sheet, wanted)]
    what = sheet.named(stands.cells)
    return Planned(row.number, what, row.cells, stands, changed, clashes, tuple(reasons), tuple(notes))


def _both(row: FileRow, column: Column, stood: str, revision: int) -> bool:
    """Whether the site changed the value too since the file was made."""
    if row.base:
        return not row.had(column.name, stood)
    return row.revision is not None and row.revision < revision


def _unchanging(column: Column) -> str:
    return in_column(str(column.heading), _("This is not changed by a file; it stays as it is."))


class _TakenBack(Exception):
    """What was tried is not to stay."""


def _tried(source: Source, by: Any, planned: Sequence[Planned]) -> list[Planned]:
    """The rows, with what the action says of each that would go in after those before it."""
    found: list[Planned] = []
    try:
        with transaction.atomic():
            for row in planned:
                found.append(replace(row, reasons=(*row.reasons, *_said(source, by, row))))
            raise _TakenBack
    except _TakenBack:
        return found


def _said(source: Source, by: Any, row: Planned) -> list[str]:
    change = None if row.reasons else row.chosen(FILE)
    if change is None:
        return []
    try:
        with transaction.atomic():
            source.save(by=by, change=change)
    except PermissionDenied:
        return [_("You may read this, not change it.")]
    except Refused as refusal:
        return [str(refusal)]
    return []
