"""The rows of a sheet, one after the other, as the reader of the standard's files gives its records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ayni.iati.findings import Finding
from ayni.iati.read import Read
from ayni.interop.formats.national.cells import Cells, Classes, Countries, Line
from ayni.interop.formats.national.profile import Common, NationalProfile, key_of
from ayni.interop.formats.national.record import record_of
from ayni.interop.formats.national.said import ABSENT, DOUBLED, HEADLESS
from ayni.interop.formats.national.values import text_of

# Above the titles there may be so many rows with a name, a date, an emblem.
ABOVE = 30
TOLD = 12


class Rows:
    """Iterate over the rows below the titles; `findings` are about the sheet as a whole, and known before.

    Without a row of titles there are no rows, and a finding says so.
    """

    def __init__(self, profile: NationalProfile, lines: Sequence[Line], countries: Countries, classes: Classes) -> None:
        self._profile, self._countries, self._classes = profile, countries, classes
        self.findings: list[Finding] = []
        self.columns: Mapping[str, int] = {}
        self._lines: Sequence[Line] = ()
        self._find(lines)

    def __iter__(self) -> Iterator[Read]:
        first: dict[str, int] = {}
        for position, line in enumerate(self._lines, 1):
            cells = Cells(self._profile, self.columns, line, self._countries, self._classes)
            activity = record_of(cells)
            before = first.setdefault(cells.identifier, line.number) if cells.identifier else line.number
            if before < line.number:
                cells.tell_of_row(DOUBLED, value=cells.identifier, first=before)
                activity = None
            yield Read(activity, position, line.number, tuple(cells.findings))

    def _find(self, lines: Sequence[Line]) -> None:
        title = self._profile.of(Common.IDENTIFIER)[0].column
        at = self._header(lines, key_of(title))
        if at is None:
            found = ", ".join(_titles(lines[0]))[:300] if lines else "–"
            self.findings.append(HEADLESS.found(0, "", "", title=title, found=found or "–"))
            return
        self.columns = {}
        for column, value in sorted(lines[at].cells.items()):
            self.columns = {key_of(text_of(value)): column, **self.columns}
        self._lines = lines[at + 1 :]
        absent = [one.column for one in self._profile.sources if one.column and key_of(one.column) not in self.columns]
        line = lines[at].number
        self.findings += [ABSENT.found(line, "", "", title=column) for column in dict.fromkeys(absent)]

    def _header(self, lines: Sequence[Line], wanted: str) -> int | None:
        """The place of the row of titles among `lines`."""
        asked = self._profile.header_row
        for at, line in enumerate(lines[:ABOVE] if not asked else lines):
            if asked and line.number != asked:
                continue
            if any(key_of(text_of(value)) == wanted for value in line.cells.values()):
                return at
        return None


def _titles(line: Line) -> Iterable[str]:
    return [text_of(value) for _column, value in sorted(line.cells.items())][:TOLD]
