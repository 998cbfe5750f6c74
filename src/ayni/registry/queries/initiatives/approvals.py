"""Which countries have approved an initiative, and who approves for which."""

from typing import Any

from ayni.common.permissions import APPROVE_INITIATIVES
from ayni.directory.models import Country
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.sides import countries_of, speaks
from ayni.registry.queries.sides import countries_with_coordination


def missing_approvals(initiative: Initiative) -> list[Country]:
    """The countries that have not approved yet."""
    given = set(initiative.approvals.values_list("country", flat=True))
    return [country for country in countries_of(initiative) if country.pk not in given]


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
    return [country for country in missing_approvals(initiative) if approves(user, initiative, country)]
