"""Evaluations as their pages show them, and who reads what: drafts are the parties' and the network's, the rest everybody's."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from ayni.common.lifecycle import Turn
from ayni.common.permissions import EVALUATE, READ_DRAFTS, may
from ayni.directory.models import Country
from ayni.learning.models import Evaluation, EvaluationState
from ayni.learning.queries.evaluations.authors import commissioned_to
from ayni.learning.queries.evaluations.parties import still_to_respond
from ayni.registry.models import Initiative, Participation
from ayni.registry.queries.initiatives.sides import taking_part, visible


def reads_drafts(user: Any, initiative: Initiative) -> bool:
    """Whether `user` reads evaluations of it before they are published."""
    return may(user, READ_DRAFTS) or may(user, EVALUATE, initiative)


def evaluations_of(user: Any, initiative: Initiative) -> QuerySet[Evaluation]:
    """The evaluations of an initiative that `user` may read."""
    rows = with_names(initiative.evaluations.all())
    if reads_drafts(user, initiative):
        return rows
    return rows.filter(Q(state=EvaluationState.PUBLISHED) | commissioned_to(user))


def evaluations_for(user: Any) -> QuerySet[Evaluation]:
    """The evaluations of the whole network that `user` may read."""
    rows = Evaluation.objects.filter(initiative__merged_into__isnull=True)
    if may(user, READ_DRAFTS):
        return rows
    seen = Initiative.objects.filter(visible(user)).order_by().values("pk")
    read = Q(state=EvaluationState.PUBLISHED, initiative__in=seen)
    if may(user, EVALUATE):
        mine = Initiative.objects.filter(taking_part(user)).order_by().values("pk")
        read |= Q(initiative__in=mine) | commissioned_to(user)
    return rows.filter(read)


def filtered(rows: QuerySet[Evaluation], **asked: str) -> QuerySet[Evaluation]:
    """The rows that answer every question asked."""
    if "country" in asked:
        there = Participation.objects.filter(initiative=OuterRef("initiative"), institution__country=asked["country"])
        rows = rows.filter(Exists(there))
    if "instrument" in asked:
        rows = rows.filter(instrument__code=asked["instrument"])
    if "when" in asked:
        rows = rows.filter(when=asked["when"])
    if "state" in asked:
        rows = rows.filter(state=asked["state"])
    if "independent" in asked:
        rows = rows.filter(independent=True)
    return rows


def countries_evaluated() -> list[Country]:
    """The countries of which an institution takes part in an initiative with an evaluation."""
    there = Participation.objects.filter(
        Exists(Evaluation.objects.filter(initiative=OuterRef("initiative"))), institution__country=OuterRef("pk")
    )
    return list(Country.objects.filter(Exists(there)))


def with_names(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """With what lists show, in a few queries for all."""
    return rows.select_related("initiative__institution", "instrument", "evaluator_institution").prefetch_related(
        "evaluator_institution__names"
    )


def turn_of(evaluation: Evaluation) -> Turn:
    """Who has to act for the evaluation to go on, and what has to be done."""
    state = EvaluationState(evaluation.state)
    coordinations = _("national coordinations of the parties")
    if state == EvaluationState.DESIGNED:
        return Turn(coordinations, _("say who evaluates, and commission it"))
    if state in (EvaluationState.COMMISSIONED, EvaluationState.DRAFT):
        return Turn(evaluation.evaluator, _("write the report, judge the six criteria, and send it to the parties"))
    if state == EvaluationState.RESPONSE:
        waiting = still_to_respond(evaluation)
        if waiting:
            return Turn(", ".join(one.with_country for one in waiting), _("respond to the evaluation"))
        return Turn(coordinations, _("publish the evaluation"))
    return Turn("", _("The evaluation is published."))
