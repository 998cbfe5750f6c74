"""A batch of a file made ready for an import: read and judged once, by any process, without the database."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ayni.iati.findings import Finding, Severity, moved
from ayni.iati.parsing import parse
from ayni.iati.read import values
from ayni.iati.source import Batch
from ayni.iati.validate import Judges, findings_of
from ayni.interop.queries.comparing import Compared, named
from ayni.interop.queries.reading import set_apart

RECORD = re.compile(r"^/[^/\[]+/[^/\[]+\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Prepared:
    """`known` in the file's order; `findings` of the judges by the record they concern; `about` those on the file as a whole.

    Positions and lines are the batch's until `placed`.
    """

    known: tuple[Compared, ...]
    findings: tuple[tuple[int, Finding], ...]
    about: tuple[Finding, ...]
    records: int
    lines: int

    @property
    def of_judges(self) -> list[Finding]:
        """What the judges found in records."""
        return [finding for _number, finding in self.findings]

    def in_pieces(self, size: int) -> Iterator["Prepared"]:
        """The same in runs of at most so many records, each with what was found in them."""
        before = 0
        for begin in range(0, len(self.known), size):
            known = self.known[begin : begin + size]
            last = known[-1].position
            findings = tuple(each for each in self.findings if before < each[0] <= last)
            yield replace(self, known=known, findings=findings)
            before = last


def prepare(batch: Batch, judges: Judges, sector: str) -> Prepared:
    """Reads and judges a batch."""
    parsed = parse(batch)
    about: list[Finding] = []
    of_records: list[tuple[int, Finding]] = []
    for one in findings_of(parsed, batch, judges):
        number = RECORD.match(one.path)
        if one.severity != Severity.READ and number:
            of_records.append((int(number.group(1)), one))
        elif one.severity != Severity.READ:
            about.append(one)
    broken, of_file = set_apart(parsed.findings)
    reads = [one for one in values(batch.header, parsed, 0, 0) if one.record is not None]
    known = sorted(
        (replace(named(one, sector), record=None) for one in (*reads, *broken)), key=lambda one: one.position
    )
    of_records.sort(key=lambda each: (each[0], each[1].line, each[1].severity, each[1].path, each[1].rule))
    return Prepared(tuple(known), tuple(of_records), (*of_file, *about), parsed.records, parsed.lines)


def placed(prepared: Prepared, line: int, records: int, done: int) -> Prepared:
    """The batch in the file's lines and positions; what stands before the position `done` is left away."""
    known = tuple(
        replace(
            one,
            position=one.position + records,
            line=one.line + line,
            findings=tuple(moved(each, line, records) for each in one.findings),
        )
        for one in prepared.known
        if one.position + records > done
    )
    findings = tuple(
        (number + records, moved(each, line, records)) for number, each in prepared.findings if number + records > done
    )
    about = tuple(moved(each, line, records) for each in prepared.about)
    return replace(prepared, known=known, findings=findings, about=about)


@dataclass(slots=True)
class Tally:
    """The first `limit` findings of each severity, and how many more there are of it."""

    limit: int
    kept: list[Finding] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def take(self, findings: Iterable[Finding]) -> None:
        """Count findings, and keep the first."""
        for one in findings:
            severity = str(one.severity)
            self._counts[severity] = self._counts.get(severity, 0) + 1
            if self._counts[severity] <= self.limit:
                self.kept.append(one)
            else:
                self.more[severity] = self.more.get(severity, 0) + 1
