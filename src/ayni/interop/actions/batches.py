"""The rows of a batch of an import: records with their parts, and what was found wrong. Written inside the batch's transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ayni.common.many_rows import insert, reserved, update
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

    model: type[Model]
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
# What is read out of every record; what its file says of it; what stays when it changes.
READ = ("updated_at", "words")
TOLD = ("publisher_name", "content", "digest", "last_file_id", "number", "line", "changed_at")
STAYING = ("publisher", "identifier", "first_file_id", "id")
NAMED = ("last_file_id", "number", "line", "updated_at")
FINDING = ("file_id", "severity", "identifier", "path", "line", "template", "parameters", "advice", "rule")
Values = tuple[Any, ...]


def keep_compared(file: SourceFile, compared: Sequence[Compared]) -> None:
    """Add what is new, replace what changed, and note of the rest that the file still names it."""
    written = [(one, one.ready) for one in compared if one.fate in (Fate.NEW, Fate.CHANGED) and one.ready is not None]
    for facts, tables in TABLES.items():
        _keep(file, tables, [(one, ready) for one, ready in written if isinstance(ready.facts, facts)])
    _still_named(file, compared)
    _tell_of(file, compared)


def _keep(file: SourceFile, tables: Tables, written: Sequence[tuple[Compared, Ready]]) -> None:
    """Numbers are reserved first, so that records and their parts are written without an object for each."""
    if not written:
        return
    new = [(one, ready) for one, ready in written if one.stands is None]
    changed = [(one.stands.pk, one, ready) for one, ready in written if one.stands is not None]
    added = [(number, *each) for number, each in zip(reserved(tables.model, len(new)), new, strict=True)]
    columns, now = (*tables.told, *READ), timezone.now()
    insert(
        tables.model,
        (*columns, *TOLD, *STAYING),
        [
            (*_values(columns, ready), *_said(file, one, ready, now), *one.key, file.pk, number)
            for number, one, ready in added
        ],
    )
    update(
        tables.model,
        (*columns, *TOLD),
        [(*_values(columns, ready), *_said(file, one, ready, now), number) for number, one, ready in changed],
    )
    replaced = [number for number, _one, _ready in changed]
    for name, model in tables.parts.items():
        if replaced:
            model._default_manager.filter(**{f"{tables.of}__in": replaced}).delete()
        names = _columns(model, tables.of)
        values = itemgetter(*names)
        rows = [
            (*values(part), number) for number, _one, ready in (*added, *changed) for part in getattr(ready.facts, name)
        ]
        insert(model, (*names, f"{tables.of}_id"), rows)


@cache
def _columns(model: type[Model], of: str) -> tuple[str, ...]:
    """The columns of a part, without its own number and that of its record."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.name not in ("id", of))


def _values(columns: Sequence[str], ready: Ready) -> Iterator[Any]:
    return map(ready.facts.columns.__getitem__, columns)


def _said(file: SourceFile, one: Compared, ready: Ready, now: datetime) -> Values:
    """The values of `TOLD`."""
    return one.publisher_name, ready.content, ready.digest, file.pk, one.position, one.line or None, now


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


def _still_named(file: SourceFile, compared: Iterable[Compared]) -> None:
    """What is said again is as new as who says it last: a file from between the two takes nothing back."""
    moved: dict[type[Model], list[Values]] = {}
    for one in compared:
        stands = one.stands
        if one.fate != Fate.UNCHANGED or stands is None or one.ready is None:
            continue
        told = (one.ready.facts.columns["updated_at"], stands.updated_at)
        names = (file.pk, one.position, one.line or None, max(filter(None, told), default=None))
        if (stands.last_file_id, stands.number, stands.line, stands.updated_at) != names:
            moved.setdefault(type(stands), []).append((*names, stands.pk))
    for model, rows in moved.items():
        update(model, NAMED, rows)


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
