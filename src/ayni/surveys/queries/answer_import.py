"""What a sheet of answers would change in a round: the dry run of its import, row by row.

A row is new, changed, unchanged or refused with a reason; nothing is guessed. An answer that is newer than the sheet is shown and
left alone. Reads the same tables whatever the sheet's length.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.permissions import ANSWER, RUN_ROUNDS, may
from ayni.common.workbooks.findings import Finding, errors
from ayni.surveys.formats.answer_grids import Grid, read_grids
from ayni.surveys.formats.answer_values import display
from ayni.surveys.models import Round
from ayni.surveys.queries.answer_entries import Entry, entries_of
from ayni.surveys.queries.answer_standing import Standing, Writer, standing_of


@dataclass(frozen=True)
class FieldChange:
    """A field as people read it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """What becomes of one row."""

    sheet: str
    number: int
    state: str
    what: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class PlannedEdit:
    """An answer to save: the value to keep, and the revision it was made from."""

    institution: str
    question: str
    value: Any
    base: int
    row: int


@dataclass(frozen=True)
class Plan:
    """The dry run. `digest` names exactly this plan: one made later from the same file and state has the same."""

    lines: tuple[Line, ...] = ()
    edits: tuple[PlannedEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    digest: str = field(default="", compare=False)

    @property
    def refused(self) -> bool:
        """Whether the file as a whole is refused."""
        return bool(errors(self.findings))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return {
            state: sum(line.state == state for line in self.lines)
            for state in ("new", "changed", "unchanged", "refused")
        }


def plan_import(*, user: Any, round_: Round, data: bytes, name: str) -> Plan:
    """Compare an uploaded file with the answers of the round. Never raises for what is in the file."""
    reading = read_grids(data, name=name)
    if errors(reading.findings):
        return Plan(findings=reading.findings)
    runs = may(user, RUN_ROUNDS)
    standing = standing_of(round_, lambda institution: runs or may(user, ANSWER, institution))
    lines: list[Line] = []
    edits: dict[tuple[str, str], PlannedEdit] = {}
    taken: dict[tuple[str, str], str] = {}
    for grid in reading.grids:
        for entry in entries_of(grid, standing):
            found, edit = _judged(entry, grid, standing, taken)
            lines += found
            if edit:
                edits[edit.institution, edit.question] = edit
    planned = tuple(edits.values())
    return Plan(tuple(_in_order(lines)), planned, reading.findings, _digest(lines, planned))


def _judged(
    entry: Entry, grid: Grid, standing: Standing, taken: dict[tuple[str, str], str]
) -> tuple[list[Line], PlannedEdit | None]:
    """The lines of an entry, and its edit when there is something to write."""
    problem = entry.problem or _twice(entry, grid, taken)
    if problem or entry.writer is None or entry.question is None:
        return list(_refused(entry, grid, problem)), None
    writer, question = entry.writer, entry.question
    now = writer.value(question.code)
    what = _("%(institution)s, question %(number)s") % {
        "institution": writer.name,
        "number": question.number or question.code,
    }
    words = FieldChange(text_in(question.label), display(now, question), display(entry.value, question))
    number = entry.rows[0]
    if entry.value == now:
        return [Line(grid.name, number, "unchanged", what)], None
    conflict = _conflict(entry, writer, now)
    if conflict:
        return [Line(grid.name, number, "refused", what, (words,), conflict)], None
    state = "new" if now is None else "changed"
    base = writer.revision(question.code)
    edit = PlannedEdit(writer.code, question.code, entry.value, base, number)
    return [Line(grid.name, number, state, what, (words,))], edit


def _refused(entry: Entry, grid: Grid, problem: str) -> Iterator[Line]:
    """A line for each row with its own reason; rows that only wait for another one say so."""
    for number in entry.rows:
        reason = entry.reasons.get(number, "") or ("" if entry.reasons else problem)
        if not reason:
            rows = ", ".join(str(row) for row in sorted(entry.reasons))
            reason = _("Right, but waits until row %(rows)s of the same answer is.") % {"rows": rows}
        yield Line(grid.name, number, "refused", entry.whats.get(number, entry.what), (), reason)


def _twice(entry: Entry, grid: Grid, taken: dict[tuple[str, str], str]) -> str:
    if entry.writer is None or entry.question is None:
        return ""
    key = (entry.writer.code, entry.question.code)
    before = taken.get(key)
    taken.setdefault(key, _("row %(row)d of sheet “%(sheet)s”") % {"row": entry.rows[0], "sheet": grid.name})
    if before is None:
        return ""
    return _("The same institution and question stand already in %(place)s. Keep one of the two.") % {"place": before}


def _conflict(entry: Entry, writer: Writer, now: Any) -> str:
    """Why a standing answer is not overwritten."""
    if now is None or entry.adds_only or entry.question is None:
        return ""
    standing = writer.revision(entry.question.code)
    if entry.revision is None:
        return _(
            "There is an answer already, and the sheet does not say which one it was made from. Export the answers again."
        )
    if entry.revision != standing:
        return _(
            "The answer was changed after this sheet was exported; the newer answer stays. Export again and compare."
        )
    return ""


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.sheet, line.number))


def _digest(lines: Iterable[Line], edits: Iterable[PlannedEdit]) -> str:
    told = [[line.sheet, line.number, line.state] for line in _in_order(lines)]
    written = [[edit.institution, edit.question, edit.value, edit.base] for edit in edits]
    return hashlib.sha256(json.dumps([told, written], sort_keys=True).encode()).hexdigest()
