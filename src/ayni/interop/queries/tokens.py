"""Tokens of the API: a person's own, and the one that a program sends."""

import hashlib
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ayni.interop.models import ApiToken

PREFIX = "ayni_"


def tokens_of(user: Any) -> QuerySet[ApiToken]:
    """A person's tokens, the newest first; the revoked ones too."""
    return ApiToken.objects.filter(owner=user)


def token_in_force(secret: str, today: date) -> ApiToken | None:
    """The token of this secret, unless it is revoked, has ended, or its owner's account is closed. One query."""
    found = ApiToken.objects.filter(digest=digest_of(secret), revoked_at__isnull=True, expires_on__gte=today)
    return found.filter(owner__is_active=True).first()


def digest_of(secret: str) -> str:
    """What the table keeps of a secret: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
