"""The roster: who may see which expert, and who may be proposed for missions, without names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from ayni.common.permissions import EDIT_EXPERTS, ROLES, grants_of, may
from ayni.directory.models import Expert, ExpertMonth, Institution, Membership

AHEAD = 12


@dataclass(frozen=True)
class Available:
    """An expert who may be proposed, as missions need it. `free` is {"2027-03": days}; months that are not told are left out."""

    expert: int
    institution: int
    country: str
    quadrants: frozenset[str]
    languages: tuple[str, ...]
    teaching: int
    daily_cost: Decimal | None
    free: Mapping[str, int]


def available(*, institutions: Collection[int], since: date) -> list[Available]:
    """Those of `institutions` who have consented, with their months from `since` on. Three queries.

    Days that missions have taken already are not known here.
    """
    found = proposable().filter(institution__in=institutions).select_related("institution")
    months = ExpertMonth.objects.filter(month__gte=since.replace(day=1)).order_by("month")
    return [
        Available(
            expert=one.pk,
            institution=one.institution_id,
            country=one.institution.country_id or "",
            quadrants=frozenset(term.code for term in one.profiles.all()),
            languages=tuple(one.languages.split()),
            teaching=one.teaching,
            daily_cost=one.daily_cost,
            free={f"{row.month:%Y-%m}": row.days for row in one.months.all()},
        )
        for one in found.prefetch_related("profiles", Prefetch("months", months)).order_by("pk")
    ]


def proposable() -> QuerySet[Expert]:
    """Those who have consented and not taken it back."""
    return Expert.objects.filter(consented_on__isnull=False, withdrawn_on__isnull=True)


def is_own(user: Any, expert: Expert) -> bool:
    """Whether the profile is the person's own."""
    return expert.user_id is not None and expert.user_id == user.pk


def keeps(user: Any, expert: Expert) -> bool:
    """Whether the person keeps this profile: the expert, the institution's focal point, the secretariat."""
    return is_own(user, expert) or may(user, EDIT_EXPERTS, expert)


def sees_person(user: Any, expert: Expert) -> bool:
    """Whether the person sees name and address. Once consent is withdrawn, nobody but the expert does."""
    return is_own(user, expert) or (expert.withdrawn_on is None and may(user, EDIT_EXPERTS, expert))


def called(user: Any, expert: Expert) -> str:
    """The expert's name for whom may see it; a number for everybody else."""
    if sees_person(user, expert) and expert.name:
        return expert.name
    return _("Expert %(number)d") % {"number": expert.pk}


def roster(user: Any, asked: Mapping[str, str]) -> QuerySet[Expert]:
    """Those whom the person may know of: all who may be proposed, and whomever the person keeps."""
    found = Expert.objects.filter(Q(pk__in=proposable()) | _kept(user))
    if asked.get("quadrant"):
        found = found.filter(profiles__code=asked["quadrant"])
    if asked.get("language"):
        found = found.filter(languages__contains=asked["language"])
    if asked.get("teaching"):
        found = found.filter(teaching__gte=int(asked["teaching"]))
    if asked.get("institution"):
        found = found.filter(institution__code=asked["institution"])
    return (
        found.distinct()
        .select_related("institution__country")
        .prefetch_related("institution__names", "profiles")
        .order_by("institution__code", "pk")
    )


def own_profiles(user: Any) -> list[Expert]:
    """The person's own profiles."""
    return list(Expert.objects.filter(user=user).select_related("institution").prefetch_related("institution__names"))


def institutions_kept(user: Any) -> dict[str, Institution]:
    """The institutions whose experts the person may enter, by code: all for the secretariat."""
    grants = _grants(user)
    found = Institution.objects.select_related("country").prefetch_related("names").order_by("code")
    if not any(ROLES[grant.role].scope == "network" for grant in grants):
        found = found.filter(pk__in=[grant.institution_id for grant in grants])
    return {one.code: one for one in found}


def institutions_served(user: Any) -> dict[str, Institution]:
    """The institutions of which the person is an expert and has no profile yet, by code."""
    roles = [grant.institution_id for grant in grants_of(user) if grant.role == "expert" and grant.institution_id]
    found = Institution.objects.filter(pk__in=roles).exclude(experts__user=user).prefetch_related("names")
    return {one.code: one for one in found}


def accounts_of(institution: Institution) -> dict[str, Any]:
    """The accounts with the role of expert in an institution, by number."""
    held = Membership.objects.in_force().filter(institution=institution, role="expert", user__is_active=True)
    return {str(one.user_id): one.user for one in held.select_related("user").order_by("user__name")}


def months_ahead(today: date | None = None) -> list[date]:
    """The first days of the coming twelve months."""
    now = today or date.today()
    count = now.year * 12 + now.month
    return [date((count + ahead) // 12, (count + ahead) % 12 + 1, 1) for ahead in range(AHEAD)]


def _kept(user: Any) -> Q:
    grants = _grants(user)
    if any(ROLES[grant.role].scope == "network" for grant in grants):
        return Q(pk__isnull=False)
    return Q(user=user.pk) | Q(institution__in=[grant.institution_id for grant in grants])


def _grants(user: Any) -> list[Any]:
    return [grant for grant in grants_of(user) if EDIT_EXPERTS in ROLES[grant.role].permissions]
