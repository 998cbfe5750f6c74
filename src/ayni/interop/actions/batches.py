"""The rows of a batch of an import: records with their parts, and what was found wrong. Written inside the batch's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ayni.iati.findings import Finding
from ayni.interop.formats.facts import Facts
from ayni.interop.formats.findings.telling import SENTENCES
from ayni.interop.formats.organisation_facts import OrganisationFacts
from ayni.interop.formats.ready import Ready
from ayni.interop.models import (
    ImportFinding,
    ReportedActivity,
    ReportedBudget,
    ReportedCode,
    ReportedCountry,
    ReportedDocument,
    ReportedOrganisation,
    ReportedParty,
    ReportedResult,
    ReportedSector,
    ReportedTransaction,
    SourceFile,
)
from ayni.interop.queries.comparing import Compared, Fate


@dataclass(frozen=True, slots=True)
class Tables:
    """Where records of a kind go: `model`, `parts` by the name of their rows, each with its column `of`, and what is told of a record."""

    model: type[ReportedActivity] | type[ReportedOrganisation]
    parts: Mapping[str, type[Model]]
    of: str
    told: tuple[str, ...]


ACTIVITIES = Tables(
    ReportedActivity,
    {
        "parties": ReportedParty,
        "places": ReportedCountry,
        "sectors": ReportedSector,
        "transactions": ReportedTransaction,
        "results": ReportedResult,
        "codes": ReportedCode,
    },
    "activity",
    ("titles", "descriptions", "status", "starts_on", "ends_on", "amounts"),
)
ORGANISATIONS = Tables(
    ReportedOrganisation, {"budgets": ReportedBudget, "documents": ReportedDocument}, "organisation", ("names",)
)
TABLES = {Facts: ACTIVITIES, OrganisationFacts: ORGANISATIONS}
# Of each severity, so many are kept of a file; all are counted.
KEPT = 500
# Rows of one statement: SQLite takes a limited number of values.
ROWS = 500
OVERWRITTEN = (
    "publisher_name",
    "words",
    "content",
    "digest",
    "last_file",
    "number",
    "line",
    "updated_at",
    "changed_at",
)


def keep_compared(file: SourceFile, compared: Sequence[Compared]) -> None:
    """Add what is new, replace what changed, and note of the rest that the file still names it."""
    written = [(one, one.ready) for one in compared if one.fate in (Fate.NEW, Fate.CHANGED) and one.ready is not None]
    for facts, tables in TABLES.items():
        _keep(file, tables, [(one, ready) for one, ready in written if isinstance(ready.facts, facts)])
    _still_named(file, compared)
    _tell_of(file, compared)


def _keep(file: SourceFile, tables: Tables, written: Sequence[tuple[Compared, Ready]]) -> None:
    if not written:
        return
    kept: Sequence[Any] = tables.model._default_manager.bulk_create(
        [_record(file, tables, one, ready) for one, ready in written],
        ROWS,
        update_conflicts=True,
        unique_fields=["publisher", "identifier"],
        update_fields=(*OVERWRITTEN, *tables.told),
    )
    replaced = [row.pk for row, (one, _ready) in zip(kept, written, strict=True) if one.fate == Fate.CHANGED]
    for name, model in tables.parts.items():
        if replaced:
            model._default_manager.filter(**{f"{tables.of}__in": replaced}).delete()
        parts = [
            model(**{f"{tables.of}_id": row.pk}, **part)
            for row, (_one, ready) in zip(kept, written, strict=True)
            for part in getattr(ready.facts, name)
        ]
        model._default_manager.bulk_create(parts, ROWS)


def keep_findings(file: SourceFile, findings: Iterable[Finding]) -> None:
    """Count findings on the file (its caller saves it), and keep the first of each severity."""
    rows = []
    for one in findings:
        name = f"{one.severity}_findings"
        number = getattr(file, name)
        setattr(file, name, number + 1)
        if number < KEPT:
            rows.append(_finding(file, one))
    ImportFinding.objects.bulk_create(rows, ROWS)


def _record(file: SourceFile, tables: Tables, one: Compared, ready: Ready) -> Any:
    return tables.model(
        publisher=one.key[0],
        publisher_name=one.publisher_name,
        identifier=one.key[1],
        content=ready.content,
        digest=ready.digest,
        first_file_id=one.stands.first_file_id if one.stands else file.pk,
        last_file=file,
        number=one.position,
        line=one.line or None,
        changed_at=timezone.now(),
        **ready.facts.columns,
    )


def _still_named(file: SourceFile, compared: Iterable[Compared]) -> None:
    moved: dict[type[Model], list[Any]] = {}
    for one in compared:
        stands = one.stands
        if one.fate != Fate.UNCHANGED or stands is None:
            continue
        if (stands.last_file_id, stands.number, stands.line) != (file.pk, one.position, one.line or None):
            stands.last_file, stands.number, stands.line = file, one.position, one.line or None
            moved.setdefault(type(stands), []).append(stands)
    for model, rows in moved.items():
        model._default_manager.bulk_update(rows, ["last_file", "number", "line"], ROWS)


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


def _finding(file: SourceFile, one: Finding) -> ImportFinding:
    template, advice = SENTENCES[one.key]
    parameters: dict[str, Any] = dict(one.parameters)
    return ImportFinding(
        file=file,
        severity=str(one.severity),
        identifier=one.identifier[:250],
        path=one.path[:300],
        line=one.line or None,
        template=template,
        parameters=parameters,
        advice=advice,
        rule=one.rule[:100],
    )
