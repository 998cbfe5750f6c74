"""What waits on a person's desk because of initiatives (settings.DESK)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import APPROVE_INITIATIVES, KEEP_INITIATIVES, ROLES, grants_of, may
from ayni.registry.models import Initiative, InitiativeState, Participation
from ayni.registry.queries.initiatives.approvals import waiting_for_approval
from ayni.registry.queries.reach import own

KINDS: dict[str, Promise] = {"initiative": gettext_lazy("Initiatives")}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (KEEP_INITIATIVES, "initiative_new", gettext_lazy("Record an initiative")),
)
# What has to be done in each state that waits for somebody.
TO_DO: dict[str, Promise] = {
    InitiativeState.IDENTIFICATION: gettext_lazy("name who takes part and begin the formulation"),
    InitiativeState.FORMULATION: gettext_lazy("approve the initiative"),
    InitiativeState.APPROVED: gettext_lazy("begin the execution"),
    InitiativeState.EXECUTION: gettext_lazy("approve the initiative that the country has joined"),
    InitiativeState.SUSPENDED: gettext_lazy("approve the initiative that the country has joined"),
    InitiativeState.CLOSURE: gettext_lazy("receive the final report and pass it to ex-post"),
}


def sources(user: User) -> Iterable[Source]:
    """Records that one keeps and that wait to be formulated or begun; those that wait for one's country to approve or receive."""
    standing = Initiative.objects.filter(merged_into__isnull=True)
    if may(user, KEEP_INITIATIVES):
        states = (InitiativeState.IDENTIFICATION, InitiativeState.APPROVED)
        mine = standing.filter(own(user, "institution", KEEP_INITIATIVES), state__in=states)
        yield Source(_named(mine), _task)
    if may(user, APPROVE_INITIATIVES):
        yield Source(_named(standing.filter(_waits_for(_countries(user)))), _task)


def _waits_for(countries: list[str]) -> Q:
    """In formulation and waiting for the approval of one of the countries, or closing."""
    takes_part = Participation.objects.filter(initiative=OuterRef("pk"), institution__country__in=countries)
    return waiting_for_approval(countries) | Q(Exists(takes_part), state=InitiativeState.CLOSURE)


def _countries(user: User) -> list[str]:
    """The countries for which the person approves."""
    return [
        grant.country_id
        for grant in grants_of(user)
        if grant.country_id and APPROVE_INITIATIVES in ROLES[grant.role].permissions
    ]


def _named(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return rows.select_related("institution").prefetch_related("institution__names")


def _task(initiative: Initiative) -> Task:
    what = _("%(institution)s: %(title)s") % {"institution": initiative.institution, "title": initiative}
    why = _("To do: %(what)s.") % {"what": TO_DO[initiative.state]}
    return Task("initiative", what, why, url("initiative", initiative.code), initiative.changed_at)
