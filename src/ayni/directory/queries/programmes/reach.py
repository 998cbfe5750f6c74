"""For which institutions and countries a person may enter programmes, and which parts of the vocabularies are offered."""

from collections.abc import Iterable
from typing import Any

from ayni.common.permissions import EDIT_PROGRAMMES, ROLES, grants_of
from ayni.directory.models import Component, Concept, Country, Institution
from ayni.directory.queries.programmes.columns import VOCABULARIES


def institutions_within(user: Any) -> dict[str, Institution]:
    """The institutions whose programmes the person may enter, by code. Three queries at most."""
    grants = [grant for grant in grants_of(user) if EDIT_PROGRAMMES in ROLES[grant.role].permissions]
    found = Institution.objects.select_related("country").prefetch_related("names").order_by("code")
    if any(ROLES[grant.role].scope == "network" for grant in grants):
        return {one.code: one for one in found}
    own = {grant.institution_id for grant in grants}
    countries = {grant.country_id for grant in grants} - {None}
    return {one.code: one for one in found if one.pk in own or one.country_id in countries}


def countries_within(user: Any, institutions: Iterable[Institution]) -> dict[str, Country]:
    """The countries whose programmes the person may enter: those of the institutions too. One query."""
    grants = [grant for grant in grants_of(user) if EDIT_PROGRAMMES in ROLES[grant.role].permissions]
    every = {country.pk: country for country in Country.objects.all()}
    listed = list(institutions)
    if any(ROLES[grant.role].scope == "network" for grant in grants) or any(one.international for one in listed):
        return every
    within = {grant.country_id for grant in grants} | {one.country_id for one in listed}
    return {code: country for code, country in every.items() if code in within}


def terms_offered(standing: Iterable[Concept] = ()) -> dict[str, dict[str, Concept]]:
    """{column: {code: term}} of the vocabularies in force, and what stands from earlier ones. A query for each."""
    found = {
        column: {term.code: term for term in Concept.objects.current(scheme)} for column, scheme in VOCABULARIES.items()
    }
    by_scheme = {scheme: column for column, scheme in VOCABULARIES.items()}
    for term in standing:
        found[by_scheme[term.scheme.code]].setdefault(term.code, term)
    return found


def could_be_needed(component: Component | None, programme_pk: int) -> dict[str, Component]:
    """The other components of the programme, and what the component needs of others, by PROGRAMME/code."""
    found = list(Component.objects.filter(programme=programme_pk, retired=False).select_related("programme"))
    if component is not None:
        found += list(component.needs.select_related("programme"))
    return {f"{one.programme.code}/{one.code}": one for one in found if component is None or one.pk != component.pk}
