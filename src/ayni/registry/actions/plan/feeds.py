"""Addresses that calendar programs follow: made, with a secret that is shown once, and revoked."""

import hashlib
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES
from ayni.registry.models import CalendarFeed, Initiative
from ayni.registry.queries.initiatives.lists import initiatives_for

MOST = 20


@transaction.atomic
def make_feed(*, by: Any, language: str, initiative: Initiative | None = None) -> tuple[CalendarFeed, str]:
    """An address of one initiative's plan, or of all that `by` sees; and its secret, which nobody can read again.

    Raises PermissionDenied for an initiative that `by` does not see, Refused for more than MOST addresses in use.
    """
    if not getattr(by, "is_authenticated", False) or language not in LANGUAGES:
        raise PermissionDenied("calendar address")
    if initiative is not None and not initiatives_for(by).filter(pk=initiative.pk).exists():
        raise PermissionDenied("calendar address")
    if CalendarFeed.objects.filter(owner=by, revoked_at__isnull=True).count() >= MOST:
        raise Refused(_("You have %(most)d addresses in use. Revoke one that you no longer need.") % {"most": MOST})
    secret = secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(owner=by, initiative=initiative, language=language, digest=digest_of(secret))
    record(by=by, verb="calendar address made", on=made, after=_told(made), public=False)
    return made, secret


@transaction.atomic
def revoke_feed(*, by: Any, feed: CalendarFeed) -> CalendarFeed:
    """The address answers no more. Raises PermissionDenied for another person's, Refused when it is revoked already."""
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if feed.owner_id != by.pk:
        raise PermissionDenied("calendar address")
    if feed.revoked_at is not None:
        raise Refused(_("This address has been revoked already."))
    before = _told(feed)
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    record(by=by, verb="calendar address revoked", on=feed, before=before, after=_told(feed), public=False)
    return feed


def digest_of(secret: str) -> str:
    """What the table keeps of a secret: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _told(feed: CalendarFeed) -> dict[str, Any]:
    return {"initiative_id": feed.initiative_id, "language": feed.language, "revoked_at": feed.revoked_at}
