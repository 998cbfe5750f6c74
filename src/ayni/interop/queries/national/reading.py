"""A national file through a profile: judged at the gate, read as plain cells, its codes led through the crosswalk."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

import pycountry
from django.conf import settings
from django.utils.translation import gettext as _

from ayni.common import country_names
from ayni.common.errors import Refused
from ayni.common.workbooks.safe_upload import UploadLimits
from ayni.common.workbooks.sheets import read_sheets
from ayni.common.workbooks.workbook import Row, Sheet
from ayni.interop.formats.national.cells import Class, Classes, Line, Place
from ayni.interop.formats.national.profile import NationalProfile, key_of
from ayni.interop.formats.national.rows import Rows
from ayni.interop.models import COUNTING, RecordProfile

MOST_ROWS, MOST_COLUMNS = 20_000, 200


def declared_of(profile: RecordProfile) -> NationalProfile:
    """What a profile declares. Raises ValueError for a document that is none."""
    return NationalProfile.model_validate(profile.declared)


def rows_of(profile: RecordProfile, data: bytes, name: str = "") -> Rows:
    """The records of a file, and what is wrong with it as a whole. Two queries. Raises Refused for what cannot be read."""
    declared = declared_of(profile)
    return Rows(declared, lines_of(data, name, declared.sheet), country_of, classes_of(profile))


def lines_of(data: bytes, name: str = "", sheet: str = "") -> list[Line]:
    """The rows of a sheet ("" the first) that hold something. Raises Refused: with why, and what to do."""

    def wanted(names: Sequence[str]) -> Collection[str]:
        found = [one for one in names if key_of(one) == key_of(sheet)] if sheet else list(names[:1])
        if not found:
            told = {"sheet": sheet, "names": ", ".join(names)[:300]}
            raise Refused(_("The workbook has no sheet “%(sheet)s”; it has: %(names)s.") % told)
        return found[:1]

    limits = UploadLimits(size=settings.UPLOAD_LIMIT)
    read = read_sheets(data, name=name, limits=limits, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS, wanted=wanted)
    if not read.sheets:
        raise Refused(" ".join(str(one) for one in read.findings))
    return [_line(row) for row in _whole(read.sheets[0])]


def lines_of_sample(sample: Sequence[Sequence[Any]]) -> list[Line]:
    """The rows that a profile keeps as an example."""
    return [Line(number, {at: value for at, value in enumerate(cells, 1) if value != ""}) for number, cells in sample]


def country_of(written: str) -> Place | None:
    """The country of that name or code, in four languages; a group of countries is told apart."""
    return _country(country_names.folded(written))


def classes_of(profile: RecordProfile) -> Classes:
    """Where each code of the country's counts; None for those whose terms are all narrower or only related. One query."""
    found: dict[tuple[str, str], Class | None] = {}
    for one in profile.mappings.select_related("concept__scheme"):
        if one.relation in COUNTING:
            crs = str((one.concept.extra or {}).get("crs") or "")
            found[one.field, one.key] = Class(one.concept.scheme.code, one.concept.code, crs)
        else:
            found.setdefault((one.field, one.key), None)
    return found


@cache
def _known() -> dict[str, frozenset[str]]:
    codes = {one.alpha_2.casefold(): frozenset({one.alpha_3}) for one in pycountry.countries}
    return {**codes, **country_names.names()}


def _country(key: str) -> Place | None:
    found = _known().get(key, frozenset())
    if len(found) == 1:
        (iso3,) = found
        one = pycountry.countries.get(alpha_3=iso3)
        return Place(iso3, one.alpha_2) if one else None
    return Place(group=True) if not found and key and country_names.is_aggregate(key) else None


def _whole(sheet: Sheet) -> tuple[Row, ...]:
    if sheet.given_up is not None:
        told = {"row": sheet.given_up}
        raise Refused(_("The sheet goes on after a thousand empty rows (row %(row)d). Remove the empty rows.") % told)
    return sheet.rows


def _line(row: Row) -> Line:
    values = {at: cell.value for at, cell in row.cells.items() if cell.value is not None}
    broken = frozenset(at for at, cell in row.cells.items() if cell.is_error or cell.is_formula and cell.value is None)
    return Line(row.number, values, broken)
