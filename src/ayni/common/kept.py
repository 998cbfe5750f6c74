"""An upload kept between its dry run and its going in. The browser holds a signed token, never the content.

Files lie in `<data>/generated/kept` for an hour; the token says who may use which of them, for what, and its checksum.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from ayni.common.errors import Refused

SALT = "ayni.common.kept"
SECONDS = 60 * 60


@dataclass(frozen=True)
class Kept:
    """A file as it was uploaded; `name` is only for showing."""

    name: str
    data: bytes


def keep(data: bytes, *, name: str, by: Any, purpose: str) -> str:
    """Keep a file for `by` and one purpose, for an hour. Returns the token that opens it."""
    folder = _folder()
    _sweep(folder)
    file = secrets.token_hex(16)
    path = folder / file
    path.touch(mode=0o600)
    path.write_bytes(data)
    told = {"file": file, "name": name, "by": by.pk, "purpose": purpose, "sha256": hashlib.sha256(data).hexdigest()}
    return signing.dumps(told, salt=SALT, compress=True)


def kept(token: str, *, by: Any, purpose: str) -> Kept:
    """The file of `token`. Raises Refused when it is another person's, for another purpose, too old or altered."""
    try:
        told = signing.loads(token, salt=SALT, max_age=SECONDS)
        data = (_folder() / told["file"]).read_bytes()
    except (signing.BadSignature, OSError):
        raise Refused(_gone()) from None
    right = told["by"] == by.pk and told["purpose"] == purpose
    if not right or hashlib.sha256(data).hexdigest() != told["sha256"]:
        raise Refused(_gone())
    return Kept(told["name"], data)


def forget(token: str) -> None:
    """Remove the file of `token`, which has gone in."""
    try:
        told = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return
    (_folder() / told["file"]).unlink(missing_ok=True)


def _gone() -> str:
    return _("The uploaded file is no longer kept. Choose it again.")


def _folder() -> Path:
    folder = Path(settings.DATA_FOLDER) / "generated" / "kept"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        try:
            if time.time() - path.stat().st_mtime > SECONDS:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
