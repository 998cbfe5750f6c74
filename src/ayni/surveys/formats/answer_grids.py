"""Sheets of answers, from a workbook or a CSV file, told apart by their column titles.

A title may be in any of the four languages. Shapes: `answers` (institution, question, answer), `countries` (institution, question,
country, role, since, until), `institutions` (institution, question, named, role), `matrix` (country, then an institution a column).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.country_names import folded
from ayni.common.i18n import in_every_language
from ayni.common.workbooks.findings import Finding, Severity, errors
from ayni.common.workbooks.safe_upload import UploadLimits
from ayni.common.workbooks.sheets import read_sheets
from ayni.common.workbooks.workbook import Cell, Row, Sheet

LIMITS = UploadLimits(unpacked=60 * 1024 * 1024)
MOST_ROWS = 20_000
MOST_COLUMNS = 200

TITLES: Mapping[str, Promise] = {
    "institution": gettext_lazy("Institution code"),
    "institution_name": gettext_lazy("Institution"),
    "question": gettext_lazy("Question code"),
    "question_text": gettext_lazy("Question"),
    "how": gettext_lazy("How to answer"),
    "answer": gettext_lazy("Answer"),
    "words": gettext_lazy("Answer in words"),
    "revision": gettext_lazy("Revision"),
    "country": gettext_lazy("Country"),
    "country_name": gettext_lazy("Name of the country"),
    "region": gettext_lazy("Region"),
    "role": gettext_lazy("Role"),
    "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"),
    "named": gettext_lazy("Institution named"),
}
MORE_TITLES = {
    "partner iso3": "country",
    "iso3": "country",
    "partner name": "country_name",
    "partner": "country",
    "pais": "country",
    "pays": "country",
    "region": "region",
}
SHAPES: Mapping[str, tuple[str, ...]] = {
    "answers": ("institution", "question", "answer"),
    "countries": ("institution", "question", "country"),
    "institutions": ("institution", "question", "named"),
}


@dataclass(frozen=True)
class Grid:
    """A sheet whose shape is known. `columns` are the known ones by key, `others` the titles of the rest by column."""

    shape: str
    name: str
    columns: Mapping[str, int]
    others: Mapping[int, str]
    rows: tuple[Row, ...]

    def text(self, row: Row, key: str) -> str:
        """What stands in the column of that key; empty when there is none."""
        return row.text(self.columns.get(key))

    def cell(self, row: Row, key: str) -> Cell | None:
        """The cell itself."""
        return row.cells.get(self.columns.get(key, 0))


@dataclass(frozen=True)
class Reading:
    """The sheets that hold answers; nothing is imported when a finding is an error."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_grids(data: bytes, *, name: str = "") -> Reading:
    """Read an uploaded file of answers. Never raises for what is in it."""
    read = read_sheets(data, name=name, limits=LIMITS, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS)
    if errors(read.findings):
        return Reading(findings=read.findings)
    return _understood(read.sheets, list(read.findings))


def _understood(sheets: Sequence[Sheet], findings: list[Finding]) -> Reading:
    grids: list[Grid] = []
    for sheet in sheets:
        if not sheet.rows:
            continue
        grid = _grid(sheet)
        if grid:
            grids.append(grid)
        if grid and sheet.given_up:
            message = _("A thousand empty rows stand before this one; nothing after it was read.")
            findings.append(sheet.finding(message, sheet.given_up, severity=Severity.WARNING))
    if not grids:
        findings.append(_unknown(sheets))
    found = tuple(findings)
    return Reading(() if errors(found) else tuple(grids), found)


def _unknown(sheets: Sequence[Sheet]) -> Finding:
    """What the nearest shape lacks."""
    held = {key for sheet in sheets for key in _keys(sheet)}
    wanted = SHAPES["countries" if "country" in held else "institutions" if "named" in held else "answers"]
    missing = ", ".join(f"“{TITLES[key]}”" for key in wanted if key not in held)
    message = _(
        "No sheet has the columns of answers; missing: %(missing)s. Export the answers and fill in that workbook."
    )
    return Finding(message % {"missing": missing})


def _keys(sheet: Sheet) -> dict[str, int]:
    known: dict[str, int] = {}
    for column, cell in (sheet.rows[0].cells if sheet.rows else {}).items():
        key = titles().get(folded(cell.text))
        if key:
            known.setdefault(key, column)
    return known


def _grid(sheet: Sheet) -> Grid | None:
    known = _keys(sheet)
    others = {at: cell.text for at, cell in sheet.rows[0].cells.items() if at not in known.values() and cell.text}
    for shape, wanted in SHAPES.items():
        if all(key in known for key in wanted):
            return Grid(shape, sheet.name, known, others, sheet.rows[1:])
    if others and "institution" not in known and ("country" in known or "country_name" in known):
        return Grid("matrix", sheet.name, known, others, sheet.rows[1:])
    return None


@cache
def titles() -> dict[str, str]:
    """Folded title in any language, or the key itself -> key."""
    found = dict(MORE_TITLES)
    for key, title in TITLES.items():
        found[folded(key)] = key
        for text in in_every_language(title).values():
            found.setdefault(folded(text), key)
    return found
