"""People and their roles."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import MANAGE_PEOPLE, require
from ayni.directory.models import Country, Institution, Membership


@transaction.atomic
def add_person(
    *, by: Any, email: str, name: str, language: str = "es", password: str | None = None, demo: bool = False
) -> User:
    """An account; without a password the person sets one through the e-mail. Raises Refused when the address is taken."""
    _require(by)
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=name, language=language, is_demo=demo)
    except IntegrityError as error:
        raise Refused(_("There is already an account with the address %(email)s.") % {"email": email}) from error
    record(by=by, verb="person added", on=user, after=snapshot(user), public=False)
    return user


@transaction.atomic
def grant_role(
    *, by: Any, user: User, role: str, institution: Institution | None = None, country: Country | None = None
) -> Membership:
    """Give a person a role within what it needs: an institution, a country, or nothing. Raises Refused when they do not fit."""
    _require(by)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, role=role, institution=institution, country=country)
    except IntegrityError as error:
        raise Refused(
            _("This role needs another scope: a focal point an institution, a national coordinator a country.")
        ) from error
    record(by=by, verb="role granted", on=membership, after=snapshot(membership), public=False)
    return membership


@transaction.atomic
def end_role(*, by: Any, membership: Membership) -> Membership:
    """The role ends today; it stays in the record."""
    _require(by)
    membership.until = max(timezone.localdate(), membership.since)
    membership.save(update_fields=["until"])
    record(by=by, verb="role ended", on=membership, after={"until": membership.until}, public=False)
    return membership


def _require(by: Any) -> None:
    if by is not None:
        require(by, MANAGE_PEOPLE)
