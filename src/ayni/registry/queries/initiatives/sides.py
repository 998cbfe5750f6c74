"""The sides of an initiative: its countries; each is spoken for by its coordination."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ayni.common.permissions import KEEP_INITIATIVES, MEDIATE, READ_DRAFTS, ROLES, grants_of, may
from ayni.directory.models import Country
from ayni.registry.models import PUBLIC_RECORDS, Initiative
from ayni.registry.queries.reach import own


def countries_of(initiative: Initiative) -> list[Country]:
    """The countries that take part, the one that keeps the record first."""
    found: dict[str, Country | None] = {}
    for one in (initiative.institution, *(row.institution for row in initiative.participations.all())):
        if one.country_id:
            found.setdefault(one.country_id, one.country)
    return [country for country in found.values() if country is not None]


def spoken_for(user: Any, permission: str, initiative: Initiative) -> list[Country]:
    """The sides of the initiative for which `user` has `permission`."""
    return [country for country in countries_of(initiative) if speaks(user, permission, country)]


def speaks(user: Any, permission: str, country: Country) -> bool:
    """Whether a role of `user` in the country, or in the network, gives `permission` for it."""
    return any(
        permission in ROLES[grant.role].permissions
        and (ROLES[grant.role].scope == "network" or grant.country_id == country.pk)
        for grant in grants_of(user)
    )


def taking_part(user: Any) -> Q:
    """The initiatives in which an institution or a country of `user` takes part."""
    institutions, countries = _scope(user)
    found = Q(pk__in=())
    if institutions:
        found |= Q(participations__institution__in=institutions) | Q(institution__in=institutions)
    if countries:
        found |= Q(participations__institution__country__in=countries) | Q(institution__country__in=countries)
    return found


def sees_counterparts(user: Any, initiative: Initiative) -> bool:
    """Whether `user` reads the names of counterparts: the sides and the secretariat. They are persons; others read the institution."""
    return may(user, KEEP_INITIATIVES, initiative) or may(user, MEDIATE)


def with_counterparts(user: Any) -> Q:
    """The initiatives of which `user` reads the names of counterparts, as `sees_counterparts` says it of one."""
    if may(user, MEDIATE):
        return Q()
    return own(user, "institution", KEEP_INITIATIVES) | own(user, "participations__institution", KEEP_INITIATIVES)


def visible(user: Any, path: str = "") -> Q:
    """What `user` may read: public records; those of one's own side; everything for those who read drafts.

    `path` leads from the rows asked for to their initiative ("initiative__"): a join is answered sooner than a list of numbers.
    """
    if may(user, READ_DRAFTS):
        return Q()
    public = Q(**{f"{path}validation__in": PUBLIC_RECORDS, f"{path}merged_into__isnull": True})
    institutions, countries = _scope(user)
    if not institutions and not countries:
        return public
    mine = Initiative.objects.filter(taking_part(user)).order_by().values("pk")
    return public | Q(**{f"{path}pk__in": mine})


def _scope(user: Any) -> tuple[Iterable[int], Iterable[str]]:
    grants = list(grants_of(user))
    institutions = [grant.institution_id for grant in grants if grant.institution_id]
    countries = [grant.country_id for grant in grants if grant.country_id]
    return institutions, countries
