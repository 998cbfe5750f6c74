"""What a person changes about the own sign-in."""

from typing import Any

from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import record


@transaction.atomic
def set_password(*, by: Any, user: User, password: str) -> None:
    """Give the account another password; the record keeps that it happened, never the password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, verb="password changed", on=user, public=False)


@transaction.atomic
def keep_security_event(*, by: Any, user: User, verb: str) -> None:
    """Keep in the record what the sign-in library has written: the second step and its recovery codes."""
    record(by=by, verb=verb, on=user, public=False)
