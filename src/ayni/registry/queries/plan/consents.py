"""Which sides have agreed with the dates of an activity, and who agrees for which."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from ayni.common.permissions import APPROVE_INITIATIVES, KEEP_INITIATIVES, ROLES, Scope, grants_of, may
from ayni.directory.models import Country
from ayni.registry.models import Activity, ActivityConsent, ActivityState, Initiative, InitiativeState, Participation
from ayni.registry.queries.initiatives.approvals import approves, coordinated
from ayni.registry.queries.initiatives.lifecycle import WRITABLE
from ayni.registry.queries.initiatives.sides import countries_of
from ayni.registry.queries.plan.lifecycle import plan_is_open

AGREEING = (KEEP_INITIATIVES, APPROVE_INITIATIVES)


@dataclass(frozen=True, slots=True)
class Side:
    """A country in an initiative, with the institutions through which it takes part."""

    permission_scope: Scope


def side_of(initiative: Initiative, country: Country) -> Side:
    """The side of an initiative that is this country."""
    there = (initiative.institution, *(row.institution for row in initiative.participations.all()))
    institutions = frozenset(one.pk for one in there if one.country_id == country.pk)
    return Side(Scope(institutions=institutions, countries=frozenset({country.pk})))


def agrees(user: Any, initiative: Initiative, country: Country) -> bool:
    """Whether `user` agrees for the country: its institutions that take part, its coordination.

    Where a country has no coordination, that of who keeps the record agrees for it, as with approvals.
    """
    if country.pk not in {one.pk for one in countries_of(initiative)}:
        return False
    side = side_of(initiative, country)
    return any(may(user, permission, side) for permission in AGREEING) or approves(user, initiative, country)


def given(activity: Activity) -> list[Country]:
    """The sides that have agreed, in the order of the initiative."""
    there = {one.country_id for one in activity.consents.all()}
    return [country for country in countries_of(activity.initiative) if country.pk in there]


def missing(activity: Activity) -> list[Country]:
    """The sides that have not agreed yet."""
    there = {one.country_id for one in activity.consents.all()}
    return [country for country in countries_of(activity.initiative) if country.pk not in there]


def to_agree(user: Any, activity: Activity) -> list[Country]:
    """The sides for which `user` can agree now."""
    if activity.state != ActivityState.PLANNED or not any(may(user, permission) for permission in AGREEING):
        return []
    if not plan_is_open(activity.initiative, follow_up=activity.follow_up):
        return []
    # A side that was missing may have left the initiative meanwhile: any other settles the dates by saying so again.
    waiting = missing(activity) or given(activity)
    return [country for country in waiting if agrees(user, activity.initiative, country)]


def waiting_for(user: Any) -> Q:
    """The activities whose dates wait for a side for which `user` agrees. The database is asked nothing beforehand."""
    held = [grant for grant in grants_of(user) if any(one in ROLES[grant.role].permissions for one in AGREEING)]
    countries = [grant.country_id for grant in held if grant.country_id]
    institutions = [grant.institution_id for grant in held if grant.institution_id]
    agreed = ActivityConsent.objects.filter(activity=OuterRef(OuterRef("pk")), country=OuterRef("institution__country"))
    mine = Q(institution__in=institutions) | Q(institution__country__in=countries)
    # The coordination of who keeps the record agrees for countries that have none.
    for_others = Q(initiative__institution__country__in=countries) & ~Q(institution__country__in=coordinated())
    silent = Participation.objects.filter(
        mine | for_others, ~Exists(agreed), initiative=OuterRef("initiative"), institution__country__isnull=False
    )
    open_ = Q(initiative__state__in=WRITABLE) | Q(initiative__state=InitiativeState.EX_POST, follow_up=True)
    return Exists(silent) & open_ & Q(state=ActivityState.PLANNED, initiative__merged_into__isnull=True)
