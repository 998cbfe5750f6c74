"""A small profile, and files in its shape, for tests."""

import csv
import io
from typing import Any

from ayni.common.workbooks.cells import WorkbookWriter
from ayni.interop.formats.national.cells import Class, Line, Place
from ayni.interop.formats.national.profile import NationalProfile

TITLES = ("Folio", "Nombre", "Rol", "Socio", "Sector", "Inicio", "Fin", "Monto", "Estado")
ROW = ("A-1", "Registro social", "Oferente", "Perú", "Padrones", "01/02/2015", "2016", "1.250,50", "En curso")
PLACES = {
    "peru": Place("PER", "PE"),
    "per": Place("PER", "PE"),
    "mex": Place("MEX", "MX"),
    "bolivia": Place("BOL", "BO"),
    "africa": Place(group=True),
}
CLASSES = {("sector", "padrones"): Class("topics", "single-registry", "16010"), ("sector", "varios"): None}
DOCUMENT: dict[str, Any] = {
    "reporter": {"ref": "MX-X", "name": {"es": "Agencia", "en": "Agency"}},
    "country": "MEX",
    "currency": "MXN",
    "sources": [
        {"field": "identifier", "column": "Folio"},
        {"field": "title", "column": "Nombre"},
        {"field": "role", "column": "Rol"},
        {"field": "counterpart", "column": "Socio"},
        {"field": "sector", "column": "Sector"},
        {"field": "start", "column": "Inicio"},
        {"field": "end", "column": "Fin"},
        {"field": "amount", "column": "Monto"},
        {"field": "status", "column": "Estado"},
    ],
    "codes": {"role": {"Oferente": "provider", "Receptor": "recipient"}, "status": {"En curso": "2", "Cerrado": "4"}},
}


def profile(**changed: Any) -> NationalProfile:
    """The small profile, with other values."""
    return NationalProfile.model_validate({**DOCUMENT, **changed})


def country(written: str) -> Place | None:
    """A few countries without accents."""
    return PLACES.get(written.casefold().replace("ú", "u"))


def row(**changed: Any) -> tuple[Any, ...]:
    """A row of the profile's shape, with other cells by title."""
    return tuple(changed.get(title, cell) for title, cell in zip(TITLES, ROW, strict=True))


def lines(*rows: tuple[Any, ...], titles: tuple[str, ...] = TITLES) -> list[Line]:
    """The rows under their titles, as a reader of sheets gives them."""
    given = [titles, *rows]
    return [Line(number, dict(enumerate(cells, 1))) for number, cells in enumerate(given, 1)]


def as_csv(*rows: tuple[Any, ...], titles: tuple[str, ...] = TITLES) -> bytes:
    """The rows as CSV, semicolons between them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([titles, *rows])
    return text.getvalue().encode()


def as_xlsx(*rows: tuple[Any, ...], titles: tuple[str, ...] = TITLES) -> bytes:
    """The rows as a workbook; numbers stay numbers, days days."""
    book = WorkbookWriter()
    book.add_sheet("Hoja1", [titles], [dict(enumerate(cells)) for cells in rows], [12] * len(titles))
    return book.written()
