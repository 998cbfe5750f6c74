"""People and their roles. Accounts are given here; nobody signs up."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.accounts.actions.letters import send_invitation
from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import MANAGE_PEOPLE, ROLES, require
from ayni.directory.models import Country, Institution, Membership


@transaction.atomic
def add_person(
    *, by: Any, email: str, name: str, language: str = "es", password: str | None = None, demo: bool = False
) -> User:
    """An account; without a password the person sets one through the e-mail.

    Raises Refused when the address is taken, and for a demonstration account in production.
    """
    _require(by)
    if demo and settings.PRODUCTION:
        raise Refused(_("Demonstration accounts, whose passwords are printed, are not made in production."))
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=name, language=language, is_demo=demo)
    except IntegrityError as error:
        raise _taken(email) from error
    record(by=by, verb="person added", on=user, after=snapshot(user), public=False)
    return user


@transaction.atomic
def invite_person(*, by: Any, user: User) -> None:
    """Send the letter with which the person sets a password. Raises Refused for accounts that cannot use one."""
    _require(by)
    if not user.is_active:
        raise Refused(_("The account of %(person)s is not active: activate it first.") % {"person": user})
    if user.is_demo:
        raise Refused(_("A demonstration account keeps its printed password: there is nothing to set."))
    record(by=by, verb="person invited", on=user, after={"email": user.email}, public=False)
    transaction.on_commit(partial(send_invitation, user=user, inviter=by.name if by is not None else ""))


@transaction.atomic
def edit_person(*, by: Any, user: User, name: str, email: str, language: str) -> User:
    """Correct a person's name, address or language. Raises Refused when the address is another's, or a demonstration's."""
    _require(by)
    if user.is_demo and email.lower() != user.email:
        raise Refused(_("A demonstration account keeps its printed address."))
    before = snapshot(user)
    user.name, user.email, user.language = name.strip(), User.objects.normalize_email(email).lower(), language
    try:
        with transaction.atomic():
            user.save(update_fields=["name", "email", "language"])
    except IntegrityError as error:
        raise _taken(email) from error
    record(by=by, verb="person edited", on=user, before=before, after=snapshot(user), public=False)
    return user


@transaction.atomic
def set_active(*, by: Any, user: User, active: bool) -> User:
    """Let an account sign in or not; what it did stays. Raises Refused for one's own and for the last administrator."""
    _require(by)
    if not active:
        if by is not None and by.pk == user.pk:
            raise Refused(_("You cannot deactivate your own account: ask another administrator."))
        _keep_an_administrator(without=Membership.objects.filter(user=user))
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb = "person activated" if active else "person deactivated"
    record(by=by, verb=verb, on=user, before={"is_active": not active}, after={"is_active": active}, public=False)
    return user


@transaction.atomic
def grant_role(
    *, by: Any, user: User, role: str, institution: Institution | None = None, country: Country | None = None
) -> Membership:
    """Give a person a role within what it needs: an institution, a country, or nothing.

    Raises Refused when they do not fit, or when the person holds the role already.
    """
    _require(by)
    held = Membership.objects.in_force().filter(user=user, role=role, institution=institution, country=country)
    if held.exists():
        raise Refused(
            _("%(person)s holds the role %(role)s there already.") % {"person": user, "role": ROLES[role].name}
        )
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
    """The role ends at once; it stays in the record. Raises Refused when it has ended, or is the last administrator's."""
    _require(by)
    if membership.until is not None and membership.until <= timezone.localdate():
        raise Refused(_("This role has ended already."))
    _keep_an_administrator(without=Membership.objects.filter(pk=membership.pk))
    membership.until = max(timezone.localdate(), membership.since)
    membership.save(update_fields=["until"])
    record(by=by, verb="role ended", on=membership, after={"until": membership.until}, public=False)
    return membership


def _keep_an_administrator(*, without: Any) -> None:
    """Somebody must be able to give roles afterwards."""
    held = Membership.objects.in_force().filter(role="administrator", user__is_active=True)
    if held.filter(pk__in=without).exists() and not held.exclude(pk__in=without).exists():
        raise Refused(_("This is the last administrator: give the role to somebody else first."))


def _taken(email: str) -> Refused:
    return Refused(_("There is already an account with the address %(email)s.") % {"email": email})


def _require(by: Any) -> None:
    if by is not None:
        require(by, MANAGE_PEOPLE)
