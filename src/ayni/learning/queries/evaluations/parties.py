"""The parties of an evaluation: who has to respond, who has nobody here to do so, and which sides tell what remains."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayni.common.permissions import KEEP_INITIATIVES, ROLES
from ayni.directory.models import Country, Institution, Membership
from ayni.learning.models import Evaluation, ManagementResponse
from ayni.methods.roles import RECEIVING
from ayni.registry.models import Initiative, Participation

# Sides that receive, or of which nobody has said that they do not: they tell what remains in their countries.
TOLD_ABOUT = RECEIVING | {"unknown"}
KEEPERS = [code for code, role in ROLES.items() if KEEP_INITIATIVES in role.permissions]


def institutions_of(initiative: Initiative) -> list[Institution]:
    """The institutions that take part, each once, the one that keeps the record first."""
    found = {initiative.institution_id: initiative.institution}
    for one in initiative.participations.all():
        found.setdefault(one.institution_id, one.institution)
    return list(found.values())


def with_people(institutions: Iterable[Institution]) -> set[int]:
    """Those for which somebody can act here today: a focal point of its own, or its country's coordination. One query."""
    listed = list(institutions)
    held = Membership.objects.in_force().filter(role__in=KEEPERS, user__is_active=True)
    places = {one.country_id for one in listed if one.country_id}
    there = set(
        held.filter(Q(institution__in=[one.pk for one in listed]) | Q(country__in=places)).values_list(
            "institution", "country"
        )
    )
    numbers, countries = {number for number, _place in there}, {place for _number, place in there if place}
    return {one.pk for one in listed if one.pk in numbers or one.country_id in countries}


def still_to_respond(evaluation: Evaluation) -> list[Institution]:
    """The parties whose response is missing, without those that have nobody here."""
    given = {one.institution_id for one in evaluation.responses.all()}
    parties = [one for one in institutions_of(evaluation.initiative) if one.pk not in given]
    here = with_people(parties) if parties else set()
    return [one for one in parties if one.pk in here]


def excepted(evaluation: Evaluation) -> list[Institution]:
    """The parties that have nobody here: nothing waits for their response."""
    parties = institutions_of(evaluation.initiative)
    given = {one.institution_id for one in evaluation.responses.all()}
    here = with_people(parties)
    return [one for one in parties if one.pk not in here and one.pk not in given]


def receiving(initiative: Initiative) -> list[Country]:
    """The countries on whose side something is to remain, in the order of the parties."""
    found: dict[str, Country] = {}
    for one in initiative.participations.all():
        if one.institution.country is not None and one.role.code in TOLD_ABOUT:
            found.setdefault(one.institution.country.pk, one.institution.country)
    return list(found.values())


def awaited(mine: Q | None = None) -> QuerySet[Participation]:
    """For an outer query over evaluations: participations whose institution has people here and has not responded."""
    rows = Participation.objects.filter(_has_people(), ~_has_responded(), initiative=OuterRef("initiative"))
    return rows if mine is None else rows.filter(mine)


def _has_people() -> Q:
    held = Membership.objects.in_force().filter(role__in=KEEPERS, user__is_active=True)
    own = held.filter(institution=OuterRef("institution"))
    national = held.filter(country=OuterRef("institution__country"))
    return Q(Exists(own)) | Q(Exists(national))


def _has_responded() -> Q:
    given = ManagementResponse.objects.filter(evaluation=OuterRef(OuterRef("pk")), institution=OuterRef("institution"))
    return Q(Exists(given))
