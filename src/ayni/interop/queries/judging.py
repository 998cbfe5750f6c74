"""What the three judges (schema, code lists, rulesets) have against a file that comes in."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ayni.iati.findings import Finding, Severity
from ayni.iati.read import opened
from ayni.iati.source import Unreadable
from ayni.iati.validate import Judges, judged
from ayni.interop.queries.preparing import RECORD


def judges() -> Judges:
    """Today, with the administrator's folder of lists."""
    return Judges(timezone.localdate(), Path(settings.IATI_CODELISTS) if settings.IATI_CODELISTS else None)


def findings_of(source: bytes) -> Iterator[Finding]:
    """Each finding of a judge, in the order of the file, made in this process alone; the reader's own are told where it reads."""
    try:
        with opened(BytesIO(source)) as header:
            for each in judged(header, judges(), processes=1):
                yield from (one for one in each.findings if one.severity != Severity.READ)
    except Unreadable:
        return


def by_record(source: bytes) -> Mapping[int, tuple[Finding, ...]]:
    """{position of the record: what is wrong in it}; 0 for the file as a whole."""
    found: dict[int, list[Finding]] = {}
    for one in findings_of(source):
        number = RECORD.match(one.path)
        found.setdefault(int(number.group(1)) if number else 0, []).append(one)
    return {position: tuple(findings) for position, findings in found.items()}
