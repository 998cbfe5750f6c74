"""The dry run of a file of programmes: what each row would add or change, or why it cannot go in."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ayni.common.i18n import text_in
from ayni.common.sheets.lines import FieldChange, FileLine
from ayni.directory.queries.programmes.checks import Checks
from ayni.directory.queries.programmes.columns import TABLES, Cells, Table
from ayni.directory.queries.programmes.rows import FileRow, read_file
from ayni.directory.queries.programmes.standing import standing


@dataclass(frozen=True)
class PlannedChange:
    """A row before (None: it is new) and after."""

    table: Table
    number: int
    before: Cells | None
    after: Cells


@dataclass(frozen=True)
class LoadPlan:
    """What a file would change: `lines` by sheet for readers, `changes` in the order in which they go in."""

    lines: Mapping[str, tuple[FileLine, ...]]
    changes: tuple[PlannedChange, ...]
    notes: tuple[str, ...] = ()
    profile: str = ""

    @property
    def refused(self) -> list[tuple[str, FileLine]]:
        return [(name, line) for name, lines in self.lines.items() for line in lines if line.state == "refused"]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """{sheet: {state: how many rows}}; a row with several faults is refused once."""
        return {name: _counts(lines) for name, lines in self.lines.items() if lines}

    @cached_property
    def digest(self) -> str:
        """Names what would change: two plans that differ have different ones."""
        told = [(change.table.name, change.before, change.after) for change in self.changes]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plan_load(data: bytes, *, by: Any, name: str = "") -> LoadPlan:
    """What the file would change if `by` loaded it (None: the system). Raises Refused when it cannot be read. 17 queries."""
    read = read_file(data, name=name)
    stands = standing()
    after = {table: dict(rows) for table, rows in stands.items()}
    whole: dict[int, Cells] = {}
    for row in read.rows:
        # One after the other: a component without a place comes after those before it.
        whole[id(row)] = after[row.table.name][row.key] = _whole(row, stands, after)
    checks = Checks(by, stands, after)
    lines: dict[str, list[FileLine]] = {table: [] for table in TABLES}
    changes: list[PlannedChange] = []
    for row in read.rows:
        before = stands[row.table.name].get(row.key)
        cells = whole[id(row)]
        reasons = [*row.reasons, *checks.reasons(row, before, cells)]
        lines[row.table.name] += list(_lines(row, before, cells, reasons))
        if not reasons and before != cells:
            changes.append(PlannedChange(row.table, row.number, before, cells))
    changes.sort(key=lambda change: list(TABLES).index(change.table.name))
    profile = text_in(read.profile.title) if read.profile else ""
    return LoadPlan({name: tuple(found) for name, found in lines.items()}, tuple(changes), read.notes, profile)


def _whole(row: FileRow, stands: Mapping[str, Any], after: Mapping[str, Any]) -> Cells:
    """The row with every column: what the file lacks stays as it stands."""
    before = stands[row.table.name].get(row.key)
    cells = {**dict.fromkeys(row.table.names, ""), **(before or {}), **row.cells}
    if row.table.name == "components":
        cells["position"] = cells["position"] or (before or {}).get("position") or _next_position(row, after)
        cells["version"] = cells["version"] or (before or {}).get("version") or "1"
        own = f"{cells['programme']}/"
        cells["needs"] = " ".join(sorted(code.removeprefix(own) for code in cells["needs"].split()))
    return cells


def _next_position(row: FileRow, after: Mapping[str, Any]) -> str:
    rows: dict[tuple[str, ...], Cells] = after[row.table.name]
    taken = [
        int(cells["position"]) for key, cells in rows.items() if key[0] == row.key[0] and cells["position"].isdigit()
    ]
    return str(max(taken, default=0) + 1)


def _lines(row: FileRow, before: Cells | None, after: Cells, reasons: list[str]) -> Iterator[FileLine]:
    what = _what(row, after)
    if reasons:
        yield from (FileLine(row.number, "refused", what, (), reason) for reason in reasons)
        return
    stood: Cells = before or {}
    changes = tuple(
        FieldChange(name, stood.get(name, ""), after[name])
        for name in row.table.names
        if stood.get(name, "") != after[name] and name not in row.table.key
    )
    state = ("changed" if changes else "unchanged") if before is not None else "new"
    yield FileLine(row.number, state, what, changes)


def _what(row: FileRow, cells: Cells) -> str:
    stem = row.table.needed[0]
    name = text_in({code: cells.get(f"{stem}_{code}", "") for code in ("es", "pt", "en", "fr")})
    code = "/".join(part for part in row.key if part and not part.startswith("http")) or "?"
    return f"{name[:120]} ({code})" if name else code


def _counts(lines: tuple[FileLine, ...]) -> dict[str, int]:
    found = {state: sum(line.state == state for line in lines) for state in ("new", "changed", "unchanged")}
    return found | {"refused": len({line.number for line in lines if line.state == "refused"})}
