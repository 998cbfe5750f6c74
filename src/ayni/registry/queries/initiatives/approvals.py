"""Which countries have approved an initiative, and who approves for which."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayni.common.permissions import APPROVE_INITIATIVES, ROLES
from ayni.directory.models import Country, Membership
from ayni.registry.models import Initiative, InitiativeApproval, InitiativeState, Participation
from ayni.registry.queries.initiatives.sides import countries_of, speaks
from ayni.registry.queries.sides import countries_with_coordination

# Begun: a country that joins now approves what the others have approved before.
JOINED_IN = (InitiativeState.EXECUTION, InitiativeState.SUSPENDED, InitiativeState.CLOSURE)


def missing_approvals(initiative: Initiative) -> list[Country]:
    """The countries that have not approved yet."""
    given = {one.country_id for one in initiative.approvals.all()}
    return [country for country in countries_of(initiative) if country.pk not in given]


def still_to_approve(initiative: Initiative) -> list[Country]:
    """The countries whose approval is asked for now: in formulation each one's, later of those that have joined since.

    A record of earlier years, which nobody has approved here, asks nobody.
    """
    if initiative.state == InitiativeState.FORMULATION:
        return missing_approvals(initiative)
    if initiative.state not in JOINED_IN or not initiative.approvals.all():
        return []
    return missing_approvals(initiative)


def approves(user: Any, initiative: Initiative, country: Country) -> bool:
    """Whether `user` approves for the country: its own coordination; that of who keeps the record where it has none."""
    if country.pk not in {one.pk for one in countries_of(initiative)}:
        return False
    if speaks(user, APPROVE_INITIATIVES, country):
        return True
    keeper = initiative.institution.country
    if country.pk in countries_with_coordination() or keeper is None:
        return False
    return speaks(user, APPROVE_INITIATIVES, keeper)


def to_approve(user: Any, initiative: Initiative) -> list[Country]:
    """The countries for which `user` can approve now."""
    return [country for country in still_to_approve(initiative) if approves(user, initiative, country)]


def coordinated() -> QuerySet[Any, str | None]:
    """The countries that have a coordination today, as the database asks it."""
    roles = [code for code, role in ROLES.items() if APPROVE_INITIATIVES in role.permissions]
    held = Membership.objects.in_force().filter(role__in=roles, user__is_active=True, country__isnull=False)
    return held.order_by().values_list("country", flat=True)


def waiting_for_approval(countries: Collection[str]) -> Q:
    """In formulation, or joined since, while a country is silent for which one of `countries` approves.

    That is itself, or the country of who keeps the record where it has no coordination.
    """
    approved = InitiativeApproval.objects.filter(
        initiative=OuterRef(OuterRef("pk")), country=OuterRef("institution__country")
    )
    itself = Q(institution__country__in=countries)
    for_others = Q(initiative__institution__country__in=countries) & ~Q(institution__country__in=coordinated())
    silent = Participation.objects.filter(
        itself | for_others, ~Exists(approved), initiative=OuterRef("pk"), institution__country__isnull=False
    )
    begun = Q(Exists(InitiativeApproval.objects.filter(initiative=OuterRef("pk"))), state__in=JOINED_IN)
    return Q(Exists(silent)) & (Q(state=InitiativeState.FORMULATION) | begun)
