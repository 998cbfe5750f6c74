"""A row of a national file seen through a profile: its values field by field, and what is wrong with them as it is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ayni.iati.findings import Finding
from ayni.interop.formats.national.profile import Common, NationalProfile, Source, key_of
from ayni.interop.formats.national.said import BROKEN_CELL, Fault
from ayni.interop.formats.national.values import Value, text_of

# A value shown in a sentence; more says nothing more.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something: its number in the sheet (from 1), its cells by column (from 1), those that are in error."""

    number: int
    cells: Mapping[int, Value]
    broken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """What the name of a country means: ISO 3166-1 alpha-3 and alpha-2, or a `group` of countries, which has neither."""

    iso3: str = ""
    iso2: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A term of ours for a code of the country's: the vocabulary, the term, and its purpose code of the OECD's ("" none)."""

    scheme: str
    code: str
    crs: str = ""


# A name of a country as written -> its place, None for what is none.
Countries = Callable[[str], Place | None]
# {(field, key of the country's code): the one term of ours that it counts in; None for a code that is mapped, but counts in none}.
Classes = Mapping[tuple[str, str], Class | None]


def letters(column: int) -> str:
    """The letters of a spreadsheet's column, counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@dataclass(slots=True)
class Cells:
    """One row through a profile. `columns` are {key of a title: column}; `findings` grow as the row is read."""

    profile: NationalProfile
    columns: Mapping[str, int]
    line: Line
    countries: Countries
    classes: Classes
    identifier: str = ""
    refused: bool = False
    findings: list[Finding] = field(default_factory=list)

    def held(self, wanted: Common) -> Iterator[tuple[Source, Value]]:
        """What the row holds of a field, source by source; nothing of sources that are empty or in error."""
        for source in self.profile.of(wanted):
            if source.value:
                yield source, source.value
                continue
            at = self.columns.get(key_of(source.column), 0)
            if at in self.line.broken:
                self.tell(BROKEN_CELL, source)
            elif text_of(self.line.cells.get(at)):
                yield source, self.line.cells[at]

    def text(self, wanted: Common) -> str:
        """The first value of a field as text, "" for none."""
        return next((text_of(value) for _source, value in self.held(wanted)), "")

    def tell(self, fault: Fault, source: Source, **places: str | int) -> None:
        """Note that a cell is wrong."""
        at = self.columns.get(key_of(source.column), 0) if source.column else 0
        shown = {name: value[:SHOWN] if isinstance(value, str) else value for name, value in places.items()}
        column = letters(at) or "–"
        found = fault.found(self.line.number, self.identifier, column, title=source.column or source.value, **shown)
        self._note(fault, found)

    def tell_of_row(self, fault: Fault, **places: str | int) -> None:
        """Note that the row as a whole is wrong."""
        self._note(fault, fault.found(self.line.number, self.identifier, "", **places))

    def _note(self, fault: Fault, found: Finding) -> None:
        self.findings.append(found)
        self.refused = self.refused or fault.refuses
