"""Cursors: where a page ended, signed, so that nobody but this site makes one. They tell nothing and do not age."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from ayni.interop.api.problems import unanswerable


def written(name: str, key: list[Any] | None) -> str | None:
    """The cursor behind this key of the resource `name`; None at the end of the list."""
    return None if key is None else _signer(name).sign_object(key)


def read(name: str, cursor: str | None) -> list[Any] | None:
    """The key of a cursor of the resource `name`. Raises Problem for one that this site did not make for it."""
    if cursor is None:
        return None
    try:
        key: list[Any] = _signer(name).unsign_object(cursor)
    except BadSignature:
        message = _("Take it as it is from the page before, of the same list.")
        raise unanswerable([{"name": "cursor", "message": message}]) from None
    return key


def _signer(name: str) -> Signer:
    return Signer(salt=f"ayni.api.{name}")
