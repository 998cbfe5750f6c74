"""What a desk is made of: a task, and a source of tasks; and the desks of the apps above (`settings.DESK`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
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


def others() -> list[ModuleType]:
    """The desks of other apps: modules with KINDS, WAYS and `sources(user)`, named by `settings.DESK`."""
    return [import_module(name) for name in settings.DESK]


def kinds() -> dict[str, Promise]:
    """The kinds of tasks in the order of the desk, with their headings."""
    found = dict(KINDS)
    for desk in others():
        found |= desk.KINDS
    return found


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what, why, where it is done ("" where nowhere yet), since when, until when."""

    kind: str
    what: str
    why: str
    url: str
    since: datetime | None = None
    deadline: date | None = None

    @property
    def heading(self) -> str:
        return str(kinds()[self.kind])

    @property
    def overdue(self) -> bool:
        return self.deadline is not None and self.deadline < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that wait, and how each of them is told."""

    rows: QuerySet[Any]
    task: Callable[[Any], Task]


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


def url(name: str, *arguments: object, **query: str) -> str:
    """The address of a page, or "" while there is no such page."""
    try:
        address = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address


def response_url(name: str, thing: Invitation | Response) -> str:
    """The address of a page about an institution's answers to a round."""
    return url(name, thing.round.code, thing.institution.code)
