"""What a person changes about the own account."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused


@transaction.atomic
def edit_profile(*, by: Any, user: User, name: str, language: str) -> User:
    """Another name or preferred language. Only the person may; raises Refused without a name."""
    if by is not None and by.pk != user.pk:
        raise PermissionDenied
    if not name.strip():
        raise Refused(_("Give your name: others read it beside what you do."))
    before = snapshot(user)
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    record(by=by, verb="profile edited", on=user, before=before, after=snapshot(user), public=False)
    return user
