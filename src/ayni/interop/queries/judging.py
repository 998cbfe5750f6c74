"""What the three judges (schema, code lists, rulesets) have against a file that comes in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ayni.iati.findings import Finding, Severity
from ayni.iati.read import opened
from ayni.iati.source import Unreadable
from ayni.iati.validate import Judges, judged

RECORD = re.compile(r"^/[^/\[]+/[^/\[]+\[(\d+)\]")


@dataclass(slots=True)
class Tally:
    """The first findings of each severity, and how many more there are of it."""

    kept: list[Finding] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)


def findings_of(source: Path | bytes) -> Iterator[Finding]:
    """Each finding of a judge, in the order of the file; the reader's own are told where it reads. Memory stays flat.

    What was uploaded is judged in this process alone.
    """
    judges = Judges(timezone.localdate(), Path(settings.IATI_CODELISTS) if settings.IATI_CODELISTS else None)
    try:
        with opened(BytesIO(source) if isinstance(source, bytes) else source) as header:
            for each in judged(header, judges, processes=1 if isinstance(source, bytes) else None):
                yield from (one for one in each.findings if one.severity != Severity.READ)
    except Unreadable:
        return


def tally(source: Path | bytes, kept: int) -> Tally:
    """The first `kept` findings of each severity, the others counted."""
    found = Tally()
    counts: dict[str, int] = {}
    for one in findings_of(source):
        severity = str(one.severity)
        counts[severity] = counts.get(severity, 0) + 1
        if counts[severity] <= kept:
            found.kept.append(one)
    found.more = {severity: number - kept for severity, number in counts.items() if number > kept}
    return found


def by_record(source: bytes) -> Mapping[int, tuple[Finding, ...]]:
    """{position of the record: what is wrong in it}; 0 for the file as a whole."""
    found: dict[int, list[Finding]] = {}
    for one in findings_of(source):
        number = RECORD.match(one.path)
        found.setdefault(int(number.group(1)) if number else 0, []).append(one)
    return {position: tuple(findings) for position, findings in found.items()}
