"""The backup file: a zip with a manifest, sealed with the SHA-256 of everything before its last 64 bytes.

    manifest.json                what, when, from which version; size and SHA-256 of every other member
    tables/app.model.jsonl       a line with the columns, then a line a row
    uploads/...                  the uploaded files

The seal ends the zip's comment, so any zip program opens the file, and one wrong byte anywhere shows.
It guards against damage, not against forgery: keep backups where only the operator writes.
"""

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from django.utils.translation import gettext as _

from ayni.common.errors import Refused

FORMAT = "ayni-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
COMMENT = b"ayni-backup sha256 "
SEAL_LENGTH = 64
PIECE = 1024 * 1024
# Lines of JSON shrink 10 to 60 times; a zip bomb up to 1,032 times.
LARGEST_RATIO = 200
LARGEST_MANIFEST = 64 * PIECE
TABLE = re.compile(r"tables/([a-z0-9_]+\.[a-z0-9_]+)\.jsonl")


class Writer:
    """Writes a backup beside its final name; the name exists only once the file is whole and checked."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise Refused(_("%(path)s exists already: choose another name.") % {"path": path})
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._members: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        # Readable by its owner alone from its first byte on: it holds personal data.
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(self, *failure: object) -> None:
        if failure[0] is not None:
            self._file.close()
        self._part.unlink(missing_ok=True)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a member from pieces of bytes, so that no table and no file need fit in memory."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self._members[name] = {"size": size, "sha256": digest.hexdigest()}

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest and the seal, read the file back, and give it its name."""
        manifest = {"format": FORMAT, "format_version": FORMAT_VERSION, **facts, "members": self._members}
        self._zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        self._zip.comment = COMMENT + b"0" * SEAL_LENGTH
        self._zip.close()
        self._file.close()
        seal = _digest_before_seal(self._part)
        with self._part.open("r+b") as file:
            file.seek(-SEAL_LENGTH, os.SEEK_END)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
        with opened(self._part):
            self._part.replace(self._path)


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that passed every check. `facts` is its manifest."""

    facts: Mapping[str, Any]
    _zip: zipfile.ZipFile

    @property
    def tables(self) -> list[str]:
        """The models of its tables, as `app.model`."""
        return [found[1] for name in self.facts["members"] if (found := TABLE.fullmatch(name))]

    @property
    def uploads(self) -> list[str]:
        """The paths of its uploaded files, relative to the uploads folder."""
        return [name[len("uploads/") :] for name in self.facts["members"] if name.startswith("uploads/")]

    @property
    def size(self) -> int:
        """What its members take when unpacked, in bytes."""
        return sum(member["size"] for member in self.facts["members"].values())

    def lines(self, table: str) -> Iterator[bytes]:
        with self._zip.open(f"tables/{table}.jsonl") as member:
            yield from member

    def unpack_uploads(self, folder: Path) -> None:
        for name in self.uploads:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._zip.open(f"uploads/{name}") as member, target.open("wb") as file:
                shutil.copyfileobj(member, file, PIECE)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup after checking all of it: seal, manifest, names, sizes, the checksum of every member.

    Raises Refused with the reason; nothing was unpacked then.
    """
    _check_seal(path)
    try:
        with zipfile.ZipFile(path) as file:
            facts = _manifest(file)
            _check_members(file, facts["members"], path.stat().st_size)
            yield Archive(facts, file)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise _damaged(path) from error


def _check_seal(path: Path) -> None:
    if not path.is_file():
        raise Refused(_("There is no file %(path)s.") % {"path": path})
    with path.open("rb") as file:
        start = file.read(2)
        file.seek(max(0, path.stat().st_size - SEAL_LENGTH - len(COMMENT)))
        comment, seal = file.read(len(COMMENT)), file.read()
    if comment == COMMENT and seal == _digest_before_seal(path):
        return
    if start != b"PK" or (comment != COMMENT and zipfile.is_zipfile(path)):
        raise _foreign(path)
    raise _damaged(path)


def _digest_before_seal(path: Path) -> bytes:
    digest, left = hashlib.sha256(), path.stat().st_size - SEAL_LENGTH
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest().encode()


def _manifest(file: zipfile.ZipFile) -> dict[str, Any]:
    path = file.filename
    try:
        info = file.getinfo(MANIFEST)
        if info.file_size > LARGEST_MANIFEST:
            raise _foreign(path)
        facts = json.loads(file.read(info))
        well_formed = facts["format"] == FORMAT and all(
            isinstance(member["size"], int) and isinstance(member["sha256"], str)
            for member in facts["members"].values()
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _foreign(path) from error
    if not well_formed:
        raise _foreign(path)
    if facts["format_version"] != FORMAT_VERSION:
        raise Refused(
            _("%(path)s was written in format %(found)s and this version of Ayni reads format %(known)s.")
            % {"path": path, "found": facts["format_version"], "known": FORMAT_VERSION}
        )
    return dict(facts)


def _check_members(file: zipfile.ZipFile, declared: Mapping[str, Mapping[str, Any]], room: int) -> None:
    """The members are those of the manifest, safe to unpack, no larger than they say, and unchanged."""
    found = [info for info in file.infolist() if info.filename != MANIFEST]
    if sorted(info.filename for info in found) != sorted(declared):
        raise _damaged(file.filename)
    if any(not _is_safe(info.filename) for info in found):
        raise _foreign(file.filename)
    # Overlapping members share the same packed bytes, so together they seem larger than the file.
    bomb = sum(info.file_size for info in found) > LARGEST_RATIO * room
    if bomb or sum(info.compress_size for info in found) > room:
        raise Refused(_("%(path)s would unpack to far too much: refused.") % {"path": file.filename})
    for name, expected in declared.items():
        with file.open(name) as member:
            size, digest = _size_and_digest(member)
        if (size, digest) != (expected["size"], expected["sha256"]):
            raise _damaged(file.filename)


def _is_safe(name: str) -> bool:
    if TABLE.fullmatch(name):
        return True
    parts = name.split("/")
    safe = all(part not in {"", ".", ".."} for part in parts) and not re.search(r"[\\\0]", name)
    return safe and parts[0] == "uploads" and len(parts) > 1


def _size_and_digest(member: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while piece := member.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def _foreign(path: object) -> Refused:
    return Refused(_("%(path)s is not a backup of Ayni.") % {"path": path})


def _damaged(path: object) -> Refused:
    return Refused(_("%(path)s is damaged or incomplete: use another copy.") % {"path": path})
