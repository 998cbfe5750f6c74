"""The snapshot in force, held in memory by each process: its cubes at once, its rows when a question first filters them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from ayni.analytics import cubes, scan
from ayni.analytics.cubes import Cubes
from ayni.analytics.manifest import MANIFEST, Manifest, manifest_of
from ayni.analytics.scan import Rows
from ayni.analytics.schema import Basis

FOLDER = "snapshot"
_held: dict[str, Any] = {}
_lock = Lock()


@dataclass(frozen=True)
class Held:
    """A snapshot with what was read of it."""

    manifest: Manifest
    cubes: Cubes

    @cached_property
    def rows(self) -> Rows:
        return scan.load(folder(), self.manifest)

    @cached_property
    def bases(self) -> list[Basis]:
        """What there is, by source and status."""
        found = {basis for basis, _measure in self.cubes}
        return sorted(found, key=lambda one: (one.source, one.status, one.currency, one.price_base))


def folder() -> Path:
    return Path(settings.DATA_FOLDER) / FOLDER


def held() -> Held | None:
    """The snapshot in force; None while there is none. A new one is taken up with the next question."""
    path = folder() / MANIFEST
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    mark = (str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)
    with _lock:
        if _held.get("mark") != mark:
            manifest = manifest_of(folder())
            if manifest is None:
                return None
            _held.update(mark=mark, snapshot=Held(manifest, cubes.load(folder(), manifest)))
        found: Held = _held["snapshot"]
        return found
