"""What waits about accounts: one's own, and those of others."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.accounts.queries import second_step
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import grants_of
from ayni.directory.models import Expert, Membership
from ayni.surveys.models import Invitation, RoundStatus
from ayni.surveys.queries.desk.tasks import about, named


def own_account(user: User) -> Iterable[Source]:
    """A demonstration account is everybody's on this machine: nobody should lock the others out of it."""
    if second_step.should_use_it(user):
        yield Source(second_step.without_it(User.objects.filter(pk=user.pk, is_demo=False)), _protect)


def own_profile(user: User) -> Iterable[Source]:
    """An expert's own profiles that wait for the consent."""
    if any(grant.role == "expert" for grant in grants_of(user)):
        rows = Expert.objects.filter(user=user, consented_on__isnull=True).select_related("institution")
        yield Source(rows.prefetch_related("institution__names"), _agree)


def invited_without_account(*, manages: bool) -> Source:
    """Invitations to open rounds that nobody can answer; `manages`: the reader can add people."""
    accounts = Membership.objects.in_force().filter(role="focal-point", institution=OuterRef("institution"))
    rows = Invitation.objects.filter(~Exists(accounts), round__status=RoundStatus.OPEN)
    return Source(named(rows), _add_focal_point if manages else _ask_for_account)


def accounts_without_role() -> Source:
    """Active accounts that can do nothing."""
    held = Membership.objects.in_force().filter(user=OuterRef("pk"))
    return Source(User.objects.filter(~Exists(held), is_active=True, is_superuser=False), _no_role)


def _protect(user: User) -> Task:
    return Task(
        "safety",
        _("Sign-in in two steps is not active"),
        _("Your role can change what others see: protect it with an application on your telephone."),
        url("mfa_activate_totp"),
    )


def _agree(expert: Expert) -> Task:
    what = _("%(institution)s: your profile as an expert") % {"institution": expert.institution}
    why = _("You are proposed for missions once you have agreed: read the text first.")
    return Task("expert", what, why, url("expert_consent", expert.pk))


def _add_focal_point(invitation: Invitation) -> Task:
    why = _("Nobody can answer for it: add a person with the role of focal point.")
    address = url("person_add", institution=invitation.institution.code, email=invitation.email)
    return Task("invited", about(invitation), why, address, invitation.invited_at, invitation.round.deadline)


def _ask_for_account(invitation: Invitation) -> Task:
    why = _("Nobody can answer for it: ask an administrator for a focal point's account.")
    address = url("round", invitation.round.code)
    return Task("invited", about(invitation), why, address, invitation.invited_at, invitation.round.deadline)


def _no_role(user: User) -> Task:
    why = _("The account can sign in and do nothing: give it a role, or deactivate it.")
    return Task("role", str(user), why, url("person", user.pk), user.date_joined)
