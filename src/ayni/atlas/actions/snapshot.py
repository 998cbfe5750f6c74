"""Makes the snapshot of all flows. It writes files and no table: what it holds can be made again at any time."""

from importlib import import_module

from django.conf import settings
from django.utils import timezone

from ayni.analytics.snapshot import Manifest, write
from ayni.atlas.queries.flows.held import folder
from ayni.common.audit import data_version


def write_snapshot() -> Manifest:
    """Gather the rows of every source (settings.SNAPSHOT_SOURCES), make the marts, and put the snapshot in force."""
    # Read first: a change meanwhile makes the snapshot look older than it is, never newer.
    version = data_version()
    modules = [import_module(name) for name in settings.SNAPSHOT_SOURCES]
    names: dict[str, str] = {}
    for module in modules:
        names |= module.names()
    return write(
        folder(),
        (table for module in modules for table in module.tables()),
        made=timezone.now().isoformat(timespec="seconds"),
        data_version=version,
        names=names,
        sources=[said for module in modules for said in module.about()],
        engine=settings.ANALYTICS_ENGINE,
    )
