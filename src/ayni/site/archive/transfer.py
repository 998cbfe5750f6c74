"""Backup and restoration of the whole site: the database and the uploaded files."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

import ayni
from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.site.archive import container, tables

ROOM_TO_SPARE = 50 * 1024 * 1024


def backup(path: Path, progress: tables.Progress) -> dict[str, Any]:
    """Write the backup `path`, read it back and check it. Returns the facts of its manifest.

    The database is read as it was at one moment. Files are read after it, so that each file a record names is
    there. Raises Refused when `path` exists already.
    """
    facts = {
        "ayni": ayni.__version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
    }
    with container.Writer(path) as archive:
        with tables.snapshot():
            for label, model in sorted(tables.tables().items()):
                progress(label)
                archive.add(f"tables/{label}.jsonl", tables.dump(model))
        uploads = Path(settings.MEDIA_ROOT)
        for file in sorted(uploads.rglob("*")):
            if file.is_file() and not file.is_symlink():
                progress(file.name)
                archive.add(f"uploads/{file.relative_to(uploads).as_posix()}", _pieces(file))
        archive.finish(facts)
    return facts


def require_fitting(archive: container.Archive) -> None:
    """The backup is of this version of the database's tables, and the disk has room for it.

    Raises Refused.
    """
    theirs = sorted(map(tuple, archive.facts["migrations"]))
    if theirs != sorted(_migrations()) or not set(archive.tables) <= set(tables.tables()):
        raise Refused(
            _(
                "The backup comes from Ayni %(theirs)s and its tables differ from those of this installation "
                "(%(ours)s): install that version, restore, and update then."
            )
            % {"theirs": archive.facts["ayni"], "ours": ayni.__version__}
        )
    free = shutil.disk_usage(settings.DATA_FOLDER).free
    needed = 2 * archive.size + ROOM_TO_SPARE
    if free < needed:
        raise Refused(
            _("Restoring needs %(needed)d MB of free disk space and %(free)d MB are free.")
            % {"needed": needed // 1_000_000, "free": free // 1_000_000}
        )


def restore(archive: container.Archive, name: str, progress: tables.Progress) -> int:
    """Put the backup in the place of everything there is. Returns the number of rows.

    The database changes in one transaction: a running site sees all of it or nothing. Uploads are unpacked
    beside the present ones first and take their place right after. An interruption in between is mended by
    restoring once more.
    """
    if not MigrationLoader(connection).applied_migrations:
        call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    uploads = Path(settings.MEDIA_ROOT)
    beside = uploads.with_name(uploads.name + ".restored")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        archive.unpack_uploads(beside)
        with tables.replacing():
            rows = tables.replace_all(archive.lines, archive.tables, progress)
            _remember(archive, name, rows)
            cache.clear()
        _exchange(uploads, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return rows


def _migrations() -> list[tuple[str, str]]:
    """The migrations of the database, or those it would get when it is still empty."""
    try:
        loader = MigrationLoader(connection)
    except DatabaseError as error:
        raise Refused(
            _("The present database cannot be read (%(reason)s): move it away, and restore into a new one.")
            % {"reason": error}
        ) from error
    return list(loader.applied_migrations or loader.disk_migrations)


def _remember(archive: container.Archive, name: str, rows: int) -> None:
    """An event with a number that no page has seen yet: what readers and browsers cached is out of date."""
    AuditEvent.objects.create(
        verb="restored",
        object_type="backup",
        object_id=archive.facts["created"],
        object_name=name[:250],
        after={"ayni": archive.facts["ayni"], "database": archive.facts["database"], "rows": rows},
    )


def _exchange(uploads: Path, beside: Path) -> None:
    former = uploads.with_name(uploads.name + ".former")
    shutil.rmtree(former, ignore_errors=True)
    if uploads.exists():
        uploads.rename(former)
    beside.rename(uploads)
    shutil.rmtree(former, ignore_errors=True)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(container.PIECE):
            yield piece
