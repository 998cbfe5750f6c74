"""The rows of a sheet -> entries: one answer each, of one row or of several."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.workbooks.workbook import Cell, Row
from ayni.surveys.formats.answer_cells import check_cell, code_of, country, raw
from ayni.surveys.formats.answer_grids import Grid
from ayni.surveys.formats.answer_values import AnswerError, clean
from ayni.surveys.formats.marks import Mark, mark, unclear
from ayni.surveys.formats.spec import Kind
from ayni.surveys.queries.answer_standing import Standing, Writer
from ayni.surveys.queries.questions import AskedQuestion


@dataclass
class Entry:
    """An answer in a sheet. `rows` are its rows, `reasons` what is wrong with some of them, `problem` with it as a whole.

    `revision` is the answer's number as the sheet gives it, None when it gives none; `adds_only`: nothing that stands is lost.
    """

    rows: list[int]
    what: str
    writer: Writer | None = None
    question: AskedQuestion | None = None
    value: Any = None
    revision: int | None = None
    adds_only: bool = False
    whole: str = ""
    reasons: dict[int, str] = field(default_factory=dict)
    whats: dict[int, str] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """The first thing wrong with it."""
        return self.whole or next(iter(self.reasons.values()), "")


def entries_of(grid: Grid, standing: Standing) -> Iterator[Entry]:
    """The entries of a sheet in order; rows that answer nothing are passed over."""
    return SHAPES[grid.shape](grid, standing)


def _answers(grid: Grid, standing: Standing) -> Iterator[Entry]:
    for row in grid.rows:
        cell = grid.cell(row, "answer")
        if cell is None:
            continue
        entry = _addressed(grid, row, standing)
        if entry.question is not None and not entry.problem:
            entry.value = _read(entry, row.number, _answered, entry.question, cell)
        yield entry


def _answered(asked: AskedQuestion, cell: Cell) -> Any:
    return clean(asked, raw(asked, cell))


def _read(entry: Entry, number: int, read: Callable[..., Any], *given: Any) -> Any:
    """What `read` gives; what it refuses becomes the row's reason."""
    try:
        return read(*given)
    except AnswerError as error:
        entry.reasons[number] = str(error)
        return None


def _addressed(grid: Grid, row: Row, standing: Standing) -> Entry:
    """An entry for the institution and question that the row names."""
    named, asked = grid.text(row, "institution"), grid.text(row, "question")
    what = _("%(institution)s, question %(number)s") % {"institution": named or "?", "number": asked or "?"}
    entry = Entry([row.number], what)
    entry.writer, reason = standing.writer(named)
    if entry.writer is None:
        entry.reasons[row.number] = reason
        return entry
    entry.question, reason = standing.question(asked, entry.writer)
    entry.whole = entry.writer.closed
    entry.revision, wrong = _revision(grid, row)
    if reason or wrong:
        entry.reasons[row.number] = reason or wrong
    return entry


def _revision(grid: Grid, row: Row) -> tuple[int | None, str]:
    if "revision" not in grid.columns:
        return None, ""
    text = grid.text(row, "revision")
    if not text:
        return 0, ""
    if text.isdigit():
        return int(text), ""
    return None, _("“%(text)s” is no revision. Leave that column as it was exported.") % {"text": text[:20]}


def _lists(grid: Grid, standing: Standing) -> Iterator[Entry]:
    """Sheets with a row for each country or institution named: the rows of one answer become one entry."""
    found: dict[tuple[str, str], Entry] = {}
    items: dict[tuple[str, str], list[Any]] = {}
    for row in grid.rows:
        if not grid.text(row, "country" if grid.shape == "countries" else "named"):
            continue
        key = (grid.text(row, "institution"), grid.text(row, "question"))
        here = _addressed(grid, row, standing)
        entry = found.setdefault(key, here)
        if entry is not here:
            _join(entry, here)
        entry.whats[row.number] = _named(grid, row, entry)
        if entry.question is not None and row.number not in entry.reasons:
            items.setdefault(key, []).append(_read(entry, row.number, _item, grid, row, entry.question))
    for key, entry in found.items():
        if entry.question is not None and not entry.problem:
            entry.value = _read(entry, entry.rows[0], clean, entry.question, items.get(key, []))
        yield entry


def _join(entry: Entry, row: Entry) -> None:
    """Take a further row of the same answer in. Rows that were added by hand may leave the revision empty."""
    entry.rows += row.rows
    entry.reasons |= row.reasons
    if entry.revision and row.revision and row.revision != entry.revision:
        entry.reasons[row.rows[0]] = _("The rows of one answer give different revisions. Export the answers again.")
    entry.revision = entry.revision or row.revision


def _named(grid: Grid, row: Row, entry: Entry) -> str:
    item = grid.text(row, "country" if grid.shape == "countries" else "named")
    return _("%(answer)s: %(item)s") % {"answer": entry.what, "item": item}


def _item(grid: Grid, row: Row, asked: AskedQuestion) -> dict[str, Any]:
    wanted = Kind.COUNTRIES if grid.shape == "countries" else Kind.INSTITUTIONS
    if asked.kind is not wanted:
        raise AnswerError(_("The question asks for something else. Answer it on the sheet of answers."))
    for column in grid.columns:
        cell = grid.cell(row, column)
        if cell is not None:
            check_cell(cell)
    role = grid.text(row, "role")
    code = code_of(asked.roles, role) if role and role != "unknown" else ""
    if wanted is Kind.INSTITUTIONS:
        named = grid.text(row, "named")
        known = asked.directory.institutions
        return {"institution": named, "role": code} if named in known else {"name": named, "role": code}
    item = {
        "country": country(grid.text(row, "country")),
        "role": code,
        "since": grid.text(row, "since"),
        "until": grid.text(row, "until"),
    }
    clean(asked, [item])  # so that what is wrong is said of this row
    return item


def _matrix(grid: Grid, standing: Standing) -> Iterator[Entry]:
    """A table of countries by institutions with marks, as Table 3 of the 2010 document. It adds countries and removes none."""
    asked = next((question for question in standing.questions.values() if question.kind is Kind.COUNTRIES), None)
    if asked is None:
        what = _("The whole table")
        yield Entry([1], what, whole=_("The questionnaire has no question on countries: the table answers nothing."))
        return
    writers: dict[int, Writer] = {}
    for column, title in grid.others.items():
        writer, reason = standing.writer(title)
        if writer is None or writer.closed:
            yield Entry([1], title, whole=reason or (writer.closed if writer else ""))
        else:
            writers[column] = writer
    marked: dict[int, dict[int, str]] = {column: {} for column in writers}
    for row in grid.rows:
        bad = _marks(grid, row, marked)
        if bad:
            yield bad
    for column, writer in writers.items():
        question, _reason = standing.question(asked.code, writer)
        if question is not None and marked[column]:
            yield from _added(writer, question, marked[column])


def _marks(grid: Grid, row: Row, marked: Mapping[int, dict[int, str]]) -> Entry | None:
    """Note the country under each institution whose cell is marked; an entry when the row cannot stand."""
    name = grid.text(row, "country") or grid.text(row, "country_name")
    cells = {column: row.cells[column] for column in marked if column in row.cells}
    if not cells:
        return None
    entry = Entry([row.number], name or "?")
    iso3 = _read(entry, row.number, country, name)
    for cell in cells.values():
        _read(entry, row.number, check_cell, cell)
        if mark(cell.text) is Mark.UNCLEAR and not entry.reasons:
            entry.reasons[row.number] = unclear(cell.text)
    if entry.reasons:
        return entry
    for column, cell in cells.items():
        if mark(cell.text) is Mark.YES:
            marked[column].setdefault(row.number, iso3)
    return None


def _added(writer: Writer, question: AskedQuestion, marked: Mapping[int, str]) -> Iterator[Entry]:
    standing = list(writer.value(question.code) or [])
    known = {item["country"] for item in standing}
    entry = Entry(list(marked), "", writer, question, revision=writer.revision(question.code), adds_only=True)
    entry.what = _("%(institution)s, question %(number)s") % {
        "institution": writer.name,
        "number": question.number or question.code,
    }
    new: list[Any] = []
    for number, iso3 in marked.items():
        names = {"answer": entry.what, "item": text_in(question.directory.countries.get(iso3, iso3))}
        entry.whats[number] = _("%(answer)s: %(item)s") % names
        if iso3 not in known:
            new += _read(entry, number, clean, question, [{"country": iso3}]) or []
    if not entry.reasons:
        entry.value = _read(entry, entry.rows[0], clean, question, [*standing, *new])
    yield entry


SHAPES: Mapping[str, Callable[[Grid, Standing], Iterator[Entry]]] = {
    "answers": _answers,
    "countries": _lists,
    "institutions": _lists,
    "matrix": _matrix,
}
