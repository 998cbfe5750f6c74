"""Files of frozen editions, kept in the data folder: a frozen edition never changes, so each is written once."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

import ayni.atlas
from ayni import __version__
from ayni.atlas.reports.files import edition_file
from ayni.surveys.models import DiagnosisEdition

FOLDER = "reports"


def kept_file(edition: DiagnosisEdition, lang: str, fmt: str) -> bytes:
    """The bytes of `edition`; read from the data folder when this version of Ayni wrote them there. Drafts are not kept."""
    if not edition.checksum or fmt == "json":
        return edition_file(edition, lang, fmt)
    folder = Path(settings.DATA_FOLDER) / FOLDER
    mark = hashlib.sha256(f"{edition.code}|{edition.published_at}|{made_by()}".encode()).hexdigest()[:16]
    path = folder / f"{edition.checksum[:16]}-{lang}-{mark}.{fmt}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        body = edition_file(edition, lang, fmt)
        _write(path, body)
        return body


@cache
def made_by() -> str:
    """What decides a report beside its content: Ayni's version, the code of the atlas, the translations."""
    sources = [*Path(ayni.atlas.__file__).parent.rglob("*.*")]
    for folder in settings.LOCALE_PATHS:
        sources += Path(folder).rglob("*.mo")
    stamps = sorted(f"{path}:{path.stat().st_mtime_ns}" for path in sources if path.suffix != ".pyc")
    return hashlib.sha256("\n".join((__version__, *stamps)).encode()).hexdigest()


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all; what an earlier version wrote for the same edition, language and format goes away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    Path(name).replace(path)
    start = path.name.rsplit("-", 1)[0]
    for old in path.parent.glob(f"{start}-*{path.suffix}"):
        if old != path:
            old.unlink(missing_ok=True)
