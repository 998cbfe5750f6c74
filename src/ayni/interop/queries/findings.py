"""What was found wrong in a file, each sentence once with all the places where it holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from ayni.interop.models import ImportFinding, SourceFile

# Findings of one page; all of them are counted.
FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A place: its line (from 1, None where it is not known), the record's identifier, the path, and what is said of it."""

    line: int | None
    identifier: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The places of one rule, code list or kind of schema error: what is wrong, and what to do."""

    severity: str
    text: str
    remedy: str
    rows: tuple[Found, ...]


def findings_by_sentence(file: SourceFile) -> list[Sentence]:
    """The findings of a file by what they say, in the order in which the file gives rise to them. One query."""
    return _by_sentence(file.findings.all()[:FINDINGS])


def findings_of_record(file: SourceFile, identifier: str) -> list[Sentence]:
    """Those of one record of a file, among the findings that are kept. One query."""
    return _by_sentence(file.findings.filter(identifier=identifier)[:FINDINGS])


def _by_sentence(findings: Iterable[ImportFinding]) -> list[Sentence]:
    groups: dict[tuple[str, str, str], list[ImportFinding]] = {}
    for one in findings:
        groups.setdefault((one.severity, one.template, one.advice), []).append(one)
    return [
        Sentence(
            rows[0].get_severity_display(),
            str(rows[0]),
            rows[0].remedy,
            tuple(Found(one.line, one.identifier, one.path, str(one)) for one in rows),
        )
        for rows in groups.values()
    ]
