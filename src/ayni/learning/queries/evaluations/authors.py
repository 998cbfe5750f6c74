"""Who writes the report of an evaluation. Of an independent one its evaluator and the observers do; the parties read and respond.

An evaluator who has nobody here hands its report to a party, which enters it and is named as who did.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from ayni.common.permissions import EVALUATE, ROLES, Grant, grants_of, may
from ayni.directory.models import Institution, Membership
from ayni.learning.models import Evaluation
from ayni.learning.queries.evaluations.parties import institutions_of

WRITERS = [code for code, role in ROLES.items() if EVALUATE in role.permissions]


def writes_report(user: Any, evaluation: Evaluation) -> bool:
    """Whether `user` writes what was found, and sends it to the parties."""
    if evaluation.independent and party_of(user, evaluation) is not None:
        return not evaluator_is_here(evaluation)
    return of_evaluator(user, evaluation) or may(user, EVALUATE, evaluation)


def party_of(user: Any, evaluation: Evaluation) -> Institution | None:
    """The institution that takes part for which `user` writes evaluations: its own, or the first of the country it coordinates."""
    for grant in _writing(user):
        for one in institutions_of(evaluation.initiative):
            if one.pk == grant.institution_id or one.country_id and one.country_id == grant.country_id:
                return one
    return None


def of_evaluator(user: Any, evaluation: Evaluation) -> bool:
    """Whether `user` is of the institution that evaluates; the coordination of its country is not."""
    there = evaluation.evaluator_institution_id
    return there is not None and any(grant.institution_id == there for grant in _writing(user))


def evaluator_is_here(evaluation: Evaluation) -> bool:
    """Whether somebody of the institution that evaluates can write here today."""
    if evaluation.evaluator_institution_id is None:
        return False
    held = Membership.objects.in_force().filter(role__in=WRITERS, user__is_active=True)
    return held.filter(institution=evaluation.evaluator_institution_id).exists()


def commissioned_to(user: Any) -> Q:
    """The evaluations that an institution of `user` carries out."""
    numbers = [grant.institution_id for grant in _writing(user) if grant.institution_id]
    return Q(evaluator_institution__in=numbers) if numbers else Q(pk__in=())


def kept_from_parties() -> Q:
    """Independent ones whose evaluator can write here today."""
    held = Membership.objects.in_force().filter(role__in=WRITERS, user__is_active=True)
    return Q(Exists(held.filter(institution=OuterRef("evaluator_institution"))), independent=True)


def _writing(user: Any) -> list[Grant]:
    return [grant for grant in grants_of(user) if grant.role in WRITERS]
