"""People as others may see them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ayni.accounts.models import User
from ayni.common.models import AuditEvent
from ayni.common.permissions import EDIT_EXPERTS, MANAGE_PEOPLE, ROLES, RUN_ROUNDS, SEE_RECORD, grants_of, may
from ayni.directory.models import Country, Institution, Membership

LATELY = 20


def sees_email(viewer: Any, person: User) -> bool:
    """An address is for the person, the secretariat and the administrators."""
    return viewer.pk == person.pk or may(viewer, MANAGE_PEOPLE) or may(viewer, RUN_ROUNDS)


def people(*, name: str = "", role: str = "", active: str = "") -> QuerySet[User]:
    """Accounts by name, with their roles in force; `active` "no" those that cannot sign in."""
    found = User.objects.order_by("name", "pk").prefetch_related(Prefetch("memberships", _held(), "roles"))
    if name:
        found = found.filter(Q(name__icontains=name) | Q(email__icontains=name))
    if role:
        found = found.filter(pk__in=Membership.objects.in_force().filter(role=role).values("user"))
    if active:
        found = found.filter(is_active=active == "yes")
    return found


def roles_of(person: User, viewer: Any) -> list[Membership]:
    """The roles that the person holds or held, as far as the viewer may see them: those in force first, then the latest."""
    roles = [role for role in _named(Membership.objects.filter(user=person)) if sees_role(viewer, role)]
    return sorted(roles, key=lambda role: (role.has_ended, -role.since.toordinal(), role.pk))


def sees_role(viewer: Any, role: Membership) -> bool:
    """Who is an expert is for the expert, the institution, the secretariat and the administrators; other roles are for everyone."""
    if role.role != "expert" or viewer.pk == role.user_id or may(viewer, MANAGE_PEOPLE):
        return True
    return any(grant.institution_id == role.institution_id for grant in grants_of(viewer)) or may(
        viewer, EDIT_EXPERTS, role.institution
    )


def people_of(place: Country | Institution, viewer: Any) -> list[tuple[str, list[Membership]]]:
    """Who holds which role for a country or an institution, by the name of the role, as far as the viewer may see it. No addresses."""
    here = Q(institution=place) if isinstance(place, Institution) else Q(country=place) | Q(institution__country=place)
    held = Membership.objects.in_force().filter(here, user__is_active=True).select_related("user", "institution")
    by_role: dict[str, list[Membership]] = {code: [] for code in ROLES}
    for membership in held.prefetch_related("institution__names").order_by("user__name"):
        if sees_role(viewer, membership):
            by_role[membership.role].append(membership)
    return [(str(ROLES[code].name), members) for code, members in by_role.items() if members]


def done_lately(person: User, viewer: Any) -> QuerySet[AuditEvent]:
    """What the person did, as far as the viewer may see it, the latest first."""
    events = AuditEvent.objects.filter(actor_id=person.pk).order_by("-id")
    if not may(viewer, SEE_RECORD) and viewer.pk != person.pk:
        events = events.filter(public=True)
    return events[:LATELY]


def _held() -> QuerySet[Membership]:
    return _named(Membership.objects.in_force())


def _named(roles: QuerySet[Membership]) -> QuerySet[Membership]:
    return roles.select_related("institution", "country").prefetch_related("institution__names")
