"""Tokens of the API: made, with a secret that is shown once, used, and revoked."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.interop.models import SCOPES, ApiToken
from ayni.interop.queries.tokens import PREFIX, digest_of, tokens_of

MOST = 10
LONGEST = timedelta(days=366)


@transaction.atomic
def make_token(*, by: Any, name: str, scopes: Iterable[str], expires_on: date) -> tuple[ApiToken, str]:
    """A token of `by`, and its secret, which nobody can read again.

    Raises PermissionDenied without an account; Refused without a name or scope, for a day that is past or more than a year
    away, and for more than MOST tokens in force.
    """
    if not getattr(by, "is_authenticated", False):
        raise PermissionDenied("API token")
    asked, today = sorted(set(scopes)), timezone.localdate()
    if not name.strip():
        raise Refused(_("Give the token a name: by it you will know which program uses it."))
    if not asked or not set(asked) <= set(SCOPES):
        raise Refused(_("Choose at least one thing that the token may be used for."))
    if not today < expires_on <= today + LONGEST:
        raise Refused(_("Choose a last day after today and at most one year away."))
    if tokens_of(by).filter(revoked_at__isnull=True, expires_on__gte=today).count() >= MOST:
        raise Refused(_("You have %(most)d tokens in use. Revoke one that you no longer need.") % {"most": MOST})
    secret = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        owner=by,
        name=name.strip(),
        digest=digest_of(secret),
        hint=secret[: len(PREFIX) + 4],
        scopes=" ".join(asked),
        expires_on=expires_on,
    )
    record(by=by, verb="API token made", on=made, after=_told(made), public=False)
    return made, secret


@transaction.atomic
def revoke_token(*, by: Any, token: ApiToken) -> ApiToken:
    """The token opens nothing more. Its owner may; the tokens of an account that is closed open nothing anyway.

    Raises PermissionDenied for others, Refused when it is revoked already.
    """
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.owner_id != by.pk:
        raise PermissionDenied("API token")
    if token.revoked_at is not None:
        raise Refused(_("This token has been revoked already."))
    before = _told(token)
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(by=by, verb="API token revoked", on=token, before=before, after=_told(token), public=False)
    return token


def note_use(*, token: ApiToken, on: date) -> None:
    """Keep the last day on which the token was used: one write a day. It is no change of anybody's, so the record tells nothing."""
    if token.last_used_on is None or token.last_used_on < on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)


def _told(token: ApiToken) -> dict[str, Any]:
    return {name: getattr(token, name) for name in ("name", "scopes", "expires_on", "revoked_at")}
