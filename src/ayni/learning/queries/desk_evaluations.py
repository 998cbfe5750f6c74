"""What waits on a person's desk about evaluations and what remains (settings.DESK)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import APPROVE_INITIATIVES, EVALUATE, KEEP_INITIATIVES, may
from ayni.learning.models import CheckMoment, Evaluation, EvaluationState, ManagementResponse, SustainabilityCheck
from ayni.learning.queries.evaluations.authors import commissioned_to, kept_from_parties
from ayni.learning.queries.evaluations.checks import CHECKED_STATES, EARLY, MONTHS, due_on
from ayni.learning.queries.evaluations.parties import TOLD_ABOUT, awaited
from ayni.methods.sustainability import months_after
from ayni.registry.models import Initiative, InitiativeState, Participation
from ayni.registry.queries.reach import own

KINDS: dict[str, Promise] = {
    "evaluation": gettext_lazy("Evaluations"),
    "check": gettext_lazy("What remains of an initiative"),
}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (EVALUATE, "evaluation_list", gettext_lazy("Evaluations of the network")),
)
SOON = timedelta(days=30)
NOT_EVALUATED = Q(initiative__state=InitiativeState.CANCELLED) | Q(initiative__merged_into__isnull=False)


def sources(user: User) -> Iterable[Source]:
    """To commission, to write, to respond, to publish; measures that were promised; checks that are due. One query each."""
    if may(user, KEEP_INITIATIVES):
        mine, today = own(user, "institution", KEEP_INITIATIVES), timezone.localdate()
        yield Source(
            _waiting(mine, own(user, "institution", APPROVE_INITIATIVES), commissioned_to(user), today), _evaluation
        )
        yield Source(_promised(mine, today), _measure)
        yield Source(_to_check(mine, today), _check)


def _waiting(mine: Q, national: Q, carried_out: Q, today: date) -> QuerySet[Evaluation]:
    """The evaluations that wait for the person's side or that it carries out; `national` are the institutions it coordinates."""
    coordinated = _takes_part(national)
    writes = _takes_part(mine) & ~kept_from_parties() | carried_out
    written = Q(state__in=[EvaluationState.COMMISSIONED, EvaluationState.DRAFT]) & writes
    soon = Q(state=EvaluationState.DESIGNED, planned_on__lte=today + SOON) & coordinated
    rows = Evaluation.objects.annotate(asked=Exists(awaited(mine)), awaited=Exists(awaited()))
    answered = Q(state=EvaluationState.RESPONSE) & (Q(asked=True) | Q(awaited=False) & coordinated)
    return rows.filter(written | soon | answered).exclude(NOT_EVALUATED).select_related("initiative")


def _takes_part(mine: Q) -> Q:
    return Q(Exists(Participation.objects.filter(mine, initiative=OuterRef("initiative"))))


def _promised(mine: Q, today: date) -> QuerySet[ManagementResponse]:
    rows = ManagementResponse.objects.filter(
        mine,
        evaluation__state=EvaluationState.PUBLISHED,
        done_on__isnull=True,
        due_on__lte=today + SOON,
    )
    return rows.select_related("evaluation__initiative", "institution").prefetch_related("institution__names")


def _to_check(mine: Q, today: date) -> QuerySet[Initiative]:
    """The initiatives of which a receiving side of the person has not said what remains, and the day comes near."""
    due = Q(lacks_closure=True)
    for moment in (CheckMoment.AFTER_12, CheckMoment.AFTER_24):
        near = Q(closed_on__lte=months_after(today + EARLY, -MONTHS[moment]))
        due |= near & Q(**{_lacks(moment): True})
    rows = Initiative.objects.annotate(**{_lacks(moment): Exists(_untold(mine, moment)) for moment in CheckMoment})
    return rows.filter(due, state__in=CHECKED_STATES, merged_into__isnull=True)


def _untold(mine: Q, moment: CheckMoment) -> QuerySet[Participation]:
    told = SustainabilityCheck.objects.filter(
        initiative=OuterRef("initiative"), moment=moment, institution__country=OuterRef("institution__country")
    )
    return Participation.objects.filter(
        mine, ~Q(Exists(told)), initiative=OuterRef("pk"), role__code__in=TOLD_ABOUT, institution__country__isnull=False
    )


def _lacks(moment: CheckMoment) -> str:
    return f"lacks_{moment.value.replace('-', '_')}"


def _evaluation(evaluation: Any) -> Task:
    what = _("%(initiative)s: %(title)s") % {"initiative": evaluation.initiative, "title": evaluation}
    return Task("evaluation", what, _why(evaluation), url("evaluation", evaluation.pk), None, evaluation.planned_on)


def _why(evaluation: Any) -> str:
    if evaluation.state == EvaluationState.DESIGNED:
        return _("Say who evaluates, and commission it.")
    if evaluation.state != EvaluationState.RESPONSE:
        return _("The report is being written: send it to the parties when it is complete.")
    if evaluation.asked:
        return _("The report waits for the response of your side.")
    return _("Every party has responded: publish it, or return it with a reason.")


def _measure(response: ManagementResponse) -> Task:
    what = _("%(institution)s: %(title)s") % {"institution": response.institution, "title": response.evaluation}
    why = _("Say when the measure that was promised is done.")
    return Task("evaluation", what, why, url("evaluation", response.evaluation_id), response.given_at, response.due_on)


def _check(initiative: Any) -> Task:
    """The earliest moment that is missing, until the day of which it is due."""
    moment = next(one for one in CheckMoment if getattr(initiative, _lacks(one)))
    why = _("Say what remains in your country (%(moment)s).") % {"moment": moment.label}
    return Task("check", str(initiative), why, url("evaluations", initiative.code), None, due_on(initiative, moment))
