"""A file of programmes -> its rows, sheet by sheet, each with what is wrong with it. Whatever stands in the directory."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ayni.common.delimited import unguarded
from ayni.common.errors import Refused
from ayni.common.sheets.rules import formula, in_column, too_long
from ayni.common.workbooks.findings import errors
from ayni.common.workbooks.safe_upload import UploadLimits
from ayni.common.workbooks.sheets import read_sheets
from ayni.common.workbooks.workbook import Cell, Row, Sheet
from ayni.directory.queries.cell_rules import foreign_letters
from ayni.directory.queries.programmes.columns import TABLES, Cells, Column, Table, key_of
from ayni.directory.queries.programmes.profiles import Profile, profile_for, profiles

LIMITS = UploadLimits(unpacked=60 * 1024 * 1024)
MOST_ROWS = 5_000
MOST_COLUMNS = 100
# Of unknown columns so many are told, and so much of each.
TOLD = 10
TOLD_LETTERS = 60


@dataclass(frozen=True)
class FileRow:
    """A row as it will be kept; `reasons` say what is wrong with it."""

    table: Table
    number: int
    cells: Cells
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return key_of(self.table, self.cells)


@dataclass(frozen=True)
class FileRead:
    """`profile` is how a file with columns of its own was understood; `notes` say what was left out."""

    rows: tuple[FileRow, ...]
    profile: Profile | None = None
    notes: tuple[str, ...] = ()


@dataclass
class _Raw:
    """The cells of a row as they were written, and what cannot be read in them."""

    table: Table
    number: int
    values: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


def read_file(data: bytes, *, name: str = "") -> FileRead:
    """Read a workbook or a CSV file of programmes. Raises Refused when the file as a whole cannot be read."""
    read = read_sheets(data, name=name, limits=LIMITS, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS, wanted=_wanted)
    problems = errors(read.findings)
    if problems:
        raise Refused(str(problems[0]))
    sheets = [sheet for sheet in read.sheets if sheet.rows]
    notes = [str(finding) for finding in read.findings]
    notes += [_beyond(sheet) for sheet in sheets if sheet.given_up]
    profile = next((found for sheet in sheets if (found := profile_for(sheet))), None)
    raw: Iterable[_Raw]
    if profile is not None:
        sheet = next(sheet for sheet in sheets if profile_for(sheet) is profile)
        mapped, left_out = profile.rows(sheet)
        notes += left_out
        raw = [_Raw(TABLES[row.table], row.number, dict(row.values), list(row.reasons)) for row in mapped]
    else:
        raw = _by_table(sheets)
    rows = tuple(_checked(raw))
    if not rows:
        raise Refused(_("The file has no programmes below its column titles."))
    return FileRead(rows, profile, tuple(notes))


def _wanted(names: Iterable[str]) -> set[str]:
    listed = list(names)
    own = {name for name in listed if name.casefold() in TABLES}
    return own or {name for name in listed if name in {profile.sheet for profile in profiles()}} or set(listed[:1])


def _beyond(sheet: Sheet) -> str:
    message = _("Sheet “%(sheet)s”: a thousand empty rows stand before row %(row)d; nothing after it was read.")
    return message % {"sheet": sheet.name, "row": sheet.given_up}


def _by_table(sheets: Iterable[Sheet]) -> Iterator[_Raw]:
    for sheet in sheets:
        titles = {number: cell.text.lower() for number, cell in sheet.rows[0].cells.items()}
        table = _table_of(sheet, titles)
        _check_titles(table, list(titles.values()))
        for row in sheet.rows[1:]:
            yield _raw(table, row, titles, from_csv=not sheet.name)


def _table_of(sheet: Sheet, titles: Mapping[int, str]) -> Table:
    """By the sheet's name; a CSV file, which has none, by its columns."""
    held = set(titles.values())
    if sheet.name.casefold() in TABLES:
        table = TABLES[sheet.name.casefold()]
    else:
        table = next((one for one in reversed(TABLES.values()) if held.issuperset(one.key)), TABLES["programmes"])
    missing = [name for name in table.key if name not in held]
    if missing:
        message = _("Columns are missing: %(names)s. The first row names the columns. Begin with the template.")
        raise Refused(message % {"names": ", ".join(missing)})
    return table


def _check_titles(table: Table, titles: list[str]) -> None:
    unknown = [title for title in titles if title not in table.names]
    if unknown:
        message = _("These columns are not known: %(names)s. The columns are %(known)s.")
        told = [title[:TOLD_LETTERS] for title in unknown[:TOLD]] + ["…"] * (len(unknown) > TOLD)
        raise Refused(message % {"names": ", ".join(told), "known": ", ".join(table.names)})
    doubled = sorted(title for title, times in Counter(titles).items() if times > 1)
    if doubled:
        raise Refused(_("Columns stand twice: %(names)s.") % {"names": ", ".join(doubled)})


def _raw(table: Table, row: Row, titles: Mapping[int, str], *, from_csv: bool) -> _Raw:
    raw = _Raw(table, row.number, dict.fromkeys(titles.values(), ""))
    for number, cell in row.cells.items():
        title = titles.get(number)
        if title is None:
            raw.reasons.append(_("The row has more cells than there are columns: remove what stands beyond the last."))
            break
        raw.values[title] = unguarded(cell.text) if from_csv else cell.text
        reason = formula(cell.text) if from_csv else _no_text(cell)
        if reason:
            raw.reasons.append(in_column(title, reason))
    return raw


def _no_text(cell: Cell) -> str:
    if cell.is_formula:
        return _("The cell holds a formula. Write its result as text.")
    return _("The cell holds an error instead of a value. Correct it.") if cell.is_error else ""


def _checked(raws: Iterable[_Raw]) -> Iterator[FileRow]:
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    for raw in raws:
        cells: dict[str, str] = dict.fromkeys(raw.table.key, "")
        reasons = list(raw.reasons)
        for column in raw.table.columns:
            if column.name in raw.values:
                cells[column.name], reason = _cell(column, raw.values[column.name])
                if reason and not any(column.name in told for told in raw.reasons):
                    reasons.append(in_column(column.name, reason))
        key = (raw.table.name, key_of(raw.table, cells))
        if key in first:
            message = _("The same code stands in row %(row)d too. Remove one of the two rows.")
            reasons.append(in_column(raw.table.key[-1], message % {"row": first[key]}))
        first.setdefault(key, raw.number)
        yield FileRow(raw.table, raw.number, cells, tuple(dict.fromkeys(reasons)))


def _cell(column: Column, text: str) -> tuple[str, str]:
    text = text.replace("\r\n", "\n").strip()
    reason = too_long(text, column.longest) or (foreign_letters(text) if column.identifies else "")
    if reason or column.rule is None:
        return text, reason
    return column.rule(text)
