"""Initiatives for the tests of lists as files, and what a spreadsheet program does with such a file."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from ayni.accounts.models import User
from ayni.directory.models import Concept, Institution
from ayni.registry.actions.initiatives.frame import InitiativeFacts, begin_initiative
from ayni.registry.actions.initiatives.participations import Part, add_participation
from ayni.registry.models import Initiative


def facts(**values: Any) -> InitiativeFacts:
    """The frame of an initiative."""
    given: dict[str, Any] = {
        "title": {"en": "On registries", "es": "Sobre registros"},
        "objective": {"en": "To learn."},
        "summary": {},
        "cooperation_type": Concept.objects.current("cooperation-types").get(code="horizontal"),
        "size": "project",
        "formality": "",
        "continuity": "",
        "parent": None,
        "requested_on": None,
        "answered_on": None,
        "starts_on": None,
        "ends_on": None,
        "source": "",
    }
    return InitiativeFacts(**(given | values))


def role(code: str) -> Concept:
    """A role in force."""
    return Concept.objects.current("cooperation-roles").get(code=code)


def initiative(by: User, *codes: str, **values: Any) -> Initiative:
    """An initiative kept by the first of these institutions, in which the others take part."""
    first, *others = codes or ("BR-MDS",)
    roles = [one.code for one in Concept.objects.current("cooperation-roles")]
    made = begin_initiative(
        by=by, institution=Institution.objects.get(code=first), facts=facts(**values), role=role(roles[0])
    )
    for code in others:
        part = Part(institution=Institution.objects.get(code=code), role=role(roles[-1]))
        add_participation(by=by, initiative=made, part=part)
    made.participations.exclude(institution__code=first).update(counterpart="Ana")
    return Initiative.objects.get(pk=made.pk)


class Book:
    """A workbook of a list, open for editing."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book.worksheets[0]
        headings = [str(cell.value) for cell in self.sheet[1]]
        self.columns = {heading.rsplit("[", 1)[1].rstrip("]"): at for at, heading in enumerate(headings, 1)}

    def find(self, column: str, value: str) -> int:
        """The row in which the column holds the value."""
        at = self.columns[column]
        return next(row for row in range(2, self.sheet.max_row + 1) if str(self.sheet.cell(row, at).value) == value)

    def value(self, row: int, column: str) -> Any:
        return self.sheet.cell(row, self.columns[column]).value

    def write(self, row: int, **cells: object) -> None:
        for column, value in cells.items():
            self.sheet.cell(row, self.columns[column]).value = value  # type: ignore[assignment]  # a cell takes any value

    def add(self, **cells: object) -> int:
        row = self.sheet.max_row + 1
        self.write(row, **cells)
        return row

    def drop(self, *columns: str) -> None:
        """Take columns out, the last first."""
        for at in sorted((self.columns[column] for column in columns), reverse=True):
            self.sheet.delete_cols(at)

    def saved(self) -> bytes:
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The headings and the rows (by code) of a CSV file."""
    headings, *lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    codes = [heading.rsplit("[", 1)[1].rstrip("]") for heading in headings]
    return headings, [dict(zip(codes, line, strict=True)) for line in lines]


def as_csv(headings: list[str], rows: list[Mapping[str, str]]) -> bytes:
    """The file again."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(headings)
    writer.writerows([list(row.values()) for row in rows])
    return buffer.getvalue().encode()


def look(client: Any, data: bytes, address: str, name: str = "list.xlsx") -> Any:
    """The page that shows what the file would change."""
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def put_in(client: Any, page: Any, address: str, **choices: str) -> Any:
    """The page after the file that `page` shows has gone in."""
    sent = {"token": page.context["token"], "seen": page.context["plan"].digest, **choices}
    return client.post(address, {name.replace("_", "-"): value for name, value in sent.items()}, follow=True)


def counts(page: Any) -> dict[str, int]:
    """How many rows are in each state in which some are."""
    return {state: number for state, number in page.context["plan"].counts.items() if number}


def told(page: Any) -> str:
    return str(page.content.decode())
