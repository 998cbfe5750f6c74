"""What a reader of files has to say about a file: one sentence, and the place it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the import; a warning says what changes on the way in; a note says what was understood."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found in a file.

    `sheet` is its name or empty (a file without sheets, or the file as a whole); `row` counts from 1 as spreadsheets
    do, `column` is the letters of a spreadsheet column ("C"); both may be unknown. `message` is a translated sentence:
    what is wrong and what to do.
    """

    message: str
    severity: Severity = Severity.ERROR
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def cell(self) -> str:
        """The address, as "C7", "row 7" being "7"; empty when neither is known."""
        return f"{self.column}{self.row or ''}"

    def __str__(self) -> str:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"{place}: {self.message}" if place else self.message


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that stop an import."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without repetitions; errors first, then by sheet and row as one reads the file."""
    order = list(Severity)
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda finding: (
                order.index(finding.severity),
                finding.sheet,
                finding.row or 0,
                len(finding.column),
                finding.column,
            ),
        )
    )
