"""A file of another system goes in: in batches, each of them whole or not at all, so that a killed import goes on where it was.

What a batch wrote and how far the file was read are committed together (docs/howto/reported-records.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ayni.common.audit import record
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import IMPORT_RECORDS, require
from ayni.iati.findings import Finding
from ayni.interop.actions.batches import keep_compared, keep_findings
from ayni.interop.models import ImportState, SourceFile
from ayni.interop.queries.comparing import Compared, Fate, fates
from ayni.interop.queries.reading import ENDS_EARLY

# Any number that no other advisory lock of this database bears.
IMPORTS = 2010_0002
ANOTHER = _("Somebody else is loading the same file. Wait until that is done; nothing was written twice.")
COUNTED = {Fate.NEW: "added", Fate.CHANGED: "changed", Fate.UNCHANGED: "unchanged", Fate.FAILED: "failed"}
COUNTS = ("position", "seen", "added", "changed", "unchanged", "failed", "transactions", "results")
FOUND = ("schema_findings", "codelist_findings", "ruleset_findings", "read_findings")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it lies there. `address` and `licence` are told by who loads it, "" where unknown."""

    kind: str
    name: str
    sha256: str
    size: int
    address: str = ""
    licence: str = ""
    profile: str = ""
    fictional: bool = False


@transaction.atomic
def open_import(*, by: Any, facts: FileFacts, sector: str = "") -> SourceFile:
    """Begin to read a file, or go on with one whose import was broken off. `sector` begins the codes that are wanted.

    A file that was read to its end is read anew from its beginning, and so is one of which another sector is wanted now: who was
    reading it then is stopped. Raises Refused for what is longer than its column, PermissionDenied.
    """
    if by is not None:
        require(by, IMPORT_RECORDS)
    _fitting(facts, sector)
    _wait_for_turn()
    file = SourceFile.objects.select_for_update().filter(sha256=facts.sha256).first()
    if file is not None and file.state == ImportState.READING and file.sector == sector:
        return file
    if file is None:
        file = SourceFile(sha256=facts.sha256, size=facts.size)
    else:
        file.findings.all().delete()
    for name in (*COUNTS, *FOUND):
        setattr(file, name, 0)
    file.kind, file.profile, file.fictional = facts.kind, facts.profile, facts.fictional
    file.name = facts.name[:200]
    file.address = facts.address or file.address
    file.licence = facts.licence or file.licence
    file.sector, file.state, file.loaded_by = sector, ImportState.READING, by
    file.started_at, file.finished_at = timezone.now(), None
    file.save()
    record(by=by, verb="records import begun", on=file, after=_told(file), public=False)
    return file


@transaction.atomic
def keep_batch(*, by: Any, file: SourceFile, known: Sequence[Compared], findings: Sequence[Finding] = ()) -> SourceFile:
    """Keep what the next records of a file say, what the judges found in them, and that the file has been read so far.

    Returns the file as it is now.

    Raises Conflict when another has read on meanwhile, PermissionDenied.
    """
    if by is not None:
        require(by, IMPORT_RECORDS)
    _wait_for_turn()
    file = _being_read(file)
    last = max((one.position for one in known), default=0)
    if 0 < last <= file.position:
        raise Conflict(ANOTHER)
    compared = fates(known, file=file.pk)
    keep_compared(file, compared)
    keep_findings(file, [*(finding for one in compared for finding in one.findings), *findings])
    for one in compared:
        if one.fate in COUNTED:
            name = COUNTED[one.fate]
            setattr(file, name, getattr(file, name) + 1)
            file.seen += 1
        if one.ready is not None:
            file.transactions += one.ready.transactions
            file.results += one.ready.results
    file.position = max(file.position, last)
    file.save()
    return file


@transaction.atomic
def close_import(
    *, by: Any, file: SourceFile, findings: Sequence[Finding] = (), more: Mapping[str, int] | None = None
) -> SourceFile:
    """The file was read as far as it can be. `findings`: about it as a whole, and the judges'; `more` of a severity are only counted.

    Raises Conflict when another has closed it, PermissionDenied.
    """
    if by is not None:
        require(by, IMPORT_RECORDS)
    file = _being_read(file)
    keep_findings(file, findings)
    for severity, number in (more or {}).items():
        setattr(file, f"{severity}_findings", getattr(file, f"{severity}_findings") + number)
    broken = any(one.rule in ENDS_EARLY for one in findings)
    file.state = ImportState.BROKEN if broken else ImportState.WHOLE
    file.finished_at = timezone.now()
    file.save()
    record(by=by, verb="records imported", on=file, after=_told(file))
    return file


def _being_read(file: SourceFile) -> SourceFile:
    """The file as it is now, locked. Raises Conflict when its reading was ended, or begun anew, by somebody else."""
    now = SourceFile.objects.select_for_update().get(pk=file.pk)
    if now.state != ImportState.READING or now.started_at != file.started_at:
        raise Conflict(ANOTHER)
    return now


def _fitting(facts: FileFacts, sector: str) -> None:
    """Raises Refused for what would not fit into its column: not every database says so."""
    for told, what, most in (
        (facts.licence, _("licence"), 200),
        (facts.address, _("address"), 500),
        (sector, _("beginning of the sectors"), 5),
    ):
        if len(told) > most:
            raise Refused(
                _("The %(what)s is longer than %(most)d characters. Shorten it.") % {"what": what, "most": most}
            )


def _told(file: SourceFile) -> dict[str, object]:
    names = ("name", "sha256", "publisher", "sector", "state", *COUNTS[1:], *FOUND)
    return {name: getattr(file, name) for name in names}


def _wait_for_turn() -> None:
    """Batches that may name the same records go in one after the other; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTS])
