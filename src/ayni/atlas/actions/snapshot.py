"""Makes the snapshot of all flows. It writes files and no table: what it holds can be made again at any time."""

from importlib import import_module

from django.conf import settings
from django.utils import timezone

from ayni.analytics.manifest import Gathered, Manifest
from ayni.analytics.snapshot import write
from ayni.atlas.queries.flows.held import folder
from ayni.common.audit import data_version


def write_snapshot() -> Manifest:
    """Gather the rows of every source (settings.SNAPSHOT_SOURCES), make the marts, and put the snapshot in force."""
    # Read first: a change meanwhile makes the snapshot look older than it is, never newer.
    version = data_version()
    gathered: list[Gathered] = [import_module(name).gather() for name in settings.SNAPSHOT_SOURCES]
    names: dict[str, str] = {}
    for source in gathered:
        names |= source.names
    return write(
        folder(),
        (table for source in gathered for table in source.tables),
        made=timezone.now().isoformat(timespec="seconds"),
        data_version=version,
        names=names,
        sources=[said for source in gathered for said in source.about],
        engine=settings.ANALYTICS_ENGINE,
    )
