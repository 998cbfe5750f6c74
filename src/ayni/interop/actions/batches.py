"""The rows of a batch of an import: activities with their parts, and what was found wrong. Written inside the batch's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ayni.common.many_rows import insert, reserved, update
from ayni.iati.findings import Finding
from ayni.interop.formats.findings.telling import SENTENCES
from ayni.interop.formats.ready import Ready
from ayni.interop.models import (
    ImportFinding,
    ReportedActivity,
    ReportedCode,
    ReportedCountry,
    ReportedParty,
    ReportedResult,
    ReportedSector,
    ReportedTransaction,
    SourceFile,
)
from ayni.interop.queries.comparing import Compared, Fate

# The rows of an activity's parts, by the name of their table in `Facts`: the model and its columns.
PARTS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "parties": (ReportedParty, ("number", "role", "ref", "kind", "name")),
    "places": (ReportedCountry, ("code", "region", "share")),
    "sectors": (ReportedSector, ("vocabulary", "code", "share")),
    "transactions": (
        ReportedTransaction,
        (
            *("number", "kind", "on", "value", "currency", "value_on"),
            *("provider_ref", "provider", "receiver_ref", "receiver", "country", "sector"),
        ),
    ),
    "results": (ReportedResult, ("number", "kind", "titles", "indicators", "periods", "measured")),
    "codes": (ReportedCode, ("field", "key", "label")),
}
# Of each severity, so many are kept of a file; all are counted.
KEPT = 500
# What is read out of an activity; what its file says of it; what stays when it changes.
READ = ("titles", "descriptions", "status", "starts_on", "ends_on", "updated_at", "amounts", "words")
TOLD = ("publisher_name", "content", "digest", "last_file_id", "number", "line", "changed_at")
STAYING = ("publisher", "identifier", "first_file_id")
NAMED = ("last_file_id", "number", "line")
FINDING = ("file_id", "severity", "identifier", "path", "line", "template", "parameters", "advice", "rule")
Values = tuple[Any, ...]


def keep_compared(file: SourceFile, compared: Sequence[Compared]) -> None:
    """Add what is new, replace what changed, and note of the rest that the file still names it."""
    new = [(one, one.ready) for one in compared if one.fate == Fate.NEW and one.ready is not None]
    changed = [
        (one.stands.pk, one, one.ready)
        for one in compared
        if one.fate == Fate.CHANGED and one.ready is not None and one.stands is not None
    ]
    written = [(number, its) for number, (_one, its) in zip(reserved(ReportedActivity, len(new)), new, strict=True)]
    now = timezone.now()
    insert(
        ReportedActivity,
        (*READ, *TOLD, *STAYING, "id"),
        [
            (*_columns(file, one, its, now), *one.key, file.pk, number)
            for (one, its), (number, _its) in zip(new, written, strict=True)
        ],
    )
    update(
        ReportedActivity,
        (*READ, *TOLD),
        [(*_columns(file, one, its, now), number) for number, one, its in changed],
    )
    replaced = [number for number, _one, _its in changed]
    written += [(number, its) for number, _one, its in changed]
    for name, (model, columns) in PARTS.items():
        if replaced:
            model._default_manager.filter(activity__in=replaced).delete()
        values = itemgetter(*columns)
        rows = [(*values(part), number) for number, its in written for part in getattr(its.facts, name)]
        insert(model, (*columns, "activity_id"), rows)
    _still_named(file, compared)
    _tell_of(file, compared)


def keep_findings(file: SourceFile, findings: Iterable[Finding]) -> None:
    """Count findings on the file (its caller saves it), and keep the first of each severity."""
    rows = []
    for one in findings:
        name = f"{one.severity}_findings"
        number = getattr(file, name)
        setattr(file, name, number + 1)
        if number < KEPT:
            rows.append(_finding(file, one))
    insert(ImportFinding, FINDING, rows)


def _columns(file: SourceFile, one: Compared, ready: Ready, now: datetime) -> Values:
    """The values of `READ` and of `TOLD`."""
    told = (one.publisher_name, ready.content, ready.digest, file.pk, one.position, one.line or None, now)
    return *map(ready.facts.columns.__getitem__, READ), *told


def _still_named(file: SourceFile, compared: Iterable[Compared]) -> None:
    moved = []
    for one in compared:
        stands, names = one.stands, (file.pk, one.position, one.line or None)
        if one.fate == Fate.UNCHANGED and stands is not None:
            if (stands.last_file_id, stands.number, stands.line) != names:
                moved.append((*names, stands.pk))
    update(ReportedActivity, NAMED, moved)


def _tell_of(file: SourceFile, compared: Iterable[Compared]) -> None:
    """Whose the file is, its version, and when what it says was last touched."""
    for one in compared:
        if one.ready is None:
            continue
        file.version = file.version or one.ready.version[:10]
        if not file.publisher:
            file.publisher, file.publisher_name = one.key[0], one.publisher_name
        touched = one.ready.facts.columns["updated_at"]
        if touched and (file.made_at is None or touched > file.made_at):
            file.made_at = touched


def _finding(file: SourceFile, one: Finding) -> Values:
    """The values of `FINDING`."""
    template, advice = SENTENCES[one.key]
    at = (one.identifier[:250], one.path[:300], one.line or None)
    return file.pk, str(one.severity), *at, template, dict(one.parameters), advice, one.rule[:100]
