"""Institutions as the rows of a CSV file (docs/howto/institutions.md): what each cell may hold, whatever stands in the directory."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ayni.common.country_names import match
from ayni.common.delimited import TitledRow, csv_file, titled_rows, unguarded
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES
from ayni.common.sheets.lines import RowProblem
from ayni.common.sheets.rules import codes_in, formula, in_column, too_long
from ayni.directory.models import INSTITUTION_CODE
from ayni.directory.queries.cell_rules import foreign_letters, website

NAMES = tuple(f"name_{code}" for code in LANGUAGES)
COLUMNS = ("code", "country", "parent", "type", "role", "website", "source", "acronym", *NAMES, "memberships")
INTERNATIONAL = "international"
MOST_INSTITUTIONS = 2_000
LONGEST = {"website": 200, "source": 200, "acronym": 60} | dict.fromkeys(NAMES, 300)
# {column: text} of an institution.
Cells = Mapping[str, str]


@dataclass(frozen=True)
class InstitutionsRead:
    """The rows of a file with their lines, each with the columns that the file has, or what stands in the way."""

    rows: tuple[tuple[int, Cells], ...]
    problems: tuple[RowProblem, ...]


def institutions_from_csv(data: bytes) -> InstitutionsRead:
    """The institutions in a CSV file. Raises Refused when the file as a whole cannot be read: encoding, columns, too many rows."""
    header, lines = titled_rows(data, columns=COLUMNS, required=(("code",),), most=MOST_INSTITUTIONS)
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown:
        message = _("These columns are not known: %(names)s. The columns are %(known)s.")
        raise Refused(message % {"names": ", ".join(unknown), "known": ", ".join(COLUMNS)})
    if not lines:
        raise Refused(_("The file has no institutions below its column titles."))
    rows: list[tuple[int, Cells]] = []
    problems: list[RowProblem] = []
    first: dict[str, int] = {}
    for line in lines:
        cells, reasons = _read(line)
        code = cells["code"]
        if code in first:
            message = _("The code stands in row %(row)d too: an institution has one row. Remove one of them.")
            reasons.append(in_column("code", message % {"row": first[code]}))
        first.setdefault(code, line.number)
        problems += [RowProblem(line.number, code, reason) for reason in reasons]
        rows.append((line.number, cells))
    return InstitutionsRead(tuple(rows), tuple(problems))


def institutions_to_csv(institutions: Iterable[Cells]) -> bytes:
    """The CSV form that `institutions_from_csv` reads back."""
    return csv_file([COLUMNS, *([cells[name] for name in COLUMNS] for cells in institutions)])


def _read(line: TitledRow) -> tuple[Cells, list[str]]:
    """The cells as they will be kept, and what is wrong with them."""
    cells: dict[str, str] = {}
    reasons: list[str] = []
    for column in COLUMNS:
        raw = line.values.get(column)
        if raw is None:
            continue
        reason = formula(raw) or foreign_letters(raw) or too_long(raw, LONGEST.get(column, len(raw)))
        cells[column] = unguarded(raw)
        if not reason and column in KINDS:
            cells[column], reason = KINDS[column](cells[column])
        if reason:
            reasons.append(in_column(column, reason))
    if line.surplus:
        reasons.append(
            _("The row has more cells than there are columns: put texts that hold a separator between quotation marks.")
        )
    return {"code": ""} | cells, reasons


def _code(text: str) -> tuple[str, str]:
    usable = re.fullmatch(INSTITUTION_CODE, text) and len(text) <= 40
    return text, "" if usable else _("Write two capitals, a hyphen, and capitals or numbers: PE-MIDIS.")


def _country(text: str) -> tuple[str, str]:
    if text.casefold() == INTERNATIONAL:
        return INTERNATIONAL, ""
    found = match(text)
    if found.iso3:
        return found.iso3, ""
    return text, found.reason if text else _("Write the country's three letters, such as PER, or “international”.")


def _memberships(text: str) -> tuple[str, str]:
    return " ".join(codes_in(text)), ""


KINDS: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "code": _code,
    "country": _country,
    "website": website,
    "memberships": _memberships,
}
