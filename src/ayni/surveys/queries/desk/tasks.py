"""What the surveys' tasks have in common: their kinds, whom they reach, and what they are called."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import url
from ayni.common.permissions import ROLES, grants_of
from ayni.surveys.models import Invitation, Response

# In the order of the desk.
KINDS: dict[str, Promise] = {
    "safety": gettext_lazy("Your account"),
    "expert": gettext_lazy("The roster of experts"),
    "answer": gettext_lazy("To answer"),
    "conflict": gettext_lazy("Two versions to choose from"),
    "validate": gettext_lazy("To validate"),
    "review": gettext_lazy("To review"),
    "contested": gettext_lazy("Contested"),
    "code": gettext_lazy("To code"),
    "owed": gettext_lazy("Past the deadline"),
    "edition": gettext_lazy("Editions of the diagnosis"),
    "follow": gettext_lazy("Not submitted yet"),
    "invited": gettext_lazy("Invited, without an account"),
    "role": gettext_lazy("Accounts without a role"),
}


def reach(user: User, permission: str, scope: str) -> Q | None:
    """The rows with an `institution` that the person's roles of `scope` (institution or country) reach, if any."""
    grants = [
        grant
        for grant in grants_of(user)
        if ROLES[grant.role].scope == scope and permission in ROLES[grant.role].permissions
    ]
    if not grants:
        return None
    if scope == "institution":
        return Q(institution__in=[grant.institution_id for grant in grants])
    return Q(institution__country__in=[grant.country_id for grant in grants])


def named(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what a task says of a response or an invitation."""
    return rows.select_related("round", "institution").prefetch_related("institution__names")


def about(thing: Invitation | Response) -> str:
    """The heading of a task about an institution's answers."""
    return _("%(institution)s: %(round)s") % {"institution": thing.institution, "round": thing.round}


def response_url(name: str, thing: Invitation | Response) -> str:
    """The address of a page about an institution's answers to a round."""
    return url(name, thing.round.code, thing.institution.code)
