"""What a person's roles reach: the institutions, and rows that belong to them."""

from typing import Any

from django.db.models import Q, QuerySet

from ayni.common.permissions import ROLES, grants_of
from ayni.directory.models import Institution


def own(user: Any, path: str, permission: str) -> Q:
    """What belongs, by `path`, to the institutions and countries for which `user` has `permission`."""
    found = Q(pk__in=())
    for grant in grants_of(user):
        if permission in ROLES[grant.role].permissions:
            if grant.institution_id:
                found |= Q(**{path: grant.institution_id})
            elif grant.country_id:
                found |= Q(**{f"{path}__country": grant.country_id})
    return found


def institutions_kept(user: Any, permission: str) -> QuerySet[Institution]:
    """The institutions for which `user` has `permission`, with their names."""
    found = Q(pk__in=())
    for grant in grants_of(user):
        if permission in ROLES[grant.role].permissions:
            found |= Q(pk=grant.institution_id) if grant.institution_id else Q(country=grant.country_id)
    return Institution.objects.filter(found).prefetch_related("names")
