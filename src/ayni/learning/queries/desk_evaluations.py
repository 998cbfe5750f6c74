"""What waits on a person's desk about evaluations and what remains (settings.DESK)."""

from collections.abc import Callable, Iterable
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
from ayni.learning.queries.evaluations.checks import CHECKED_STATES, EARLY, MONTHS, due_on
from ayni.learning.queries.evaluations.parties import RECEIVING, awaited
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
    """To commission, to write, to respond, to publish; measures that were promised; checks that are due."""
    today = timezone.localdate()
    if may(user, APPROVE_INITIATIVES):
        national = _takes_part(own(user, "institution", APPROVE_INITIATIVES))
        live = Evaluation.objects.filter(national).exclude(NOT_EVALUATED)
        soon = live.filter(state=EvaluationState.DESIGNED, planned_on__lte=today + SOON)
        yield Source(_named(soon), _task(_("Say who evaluates, and commission it.")))
        ready = live.filter(~Exists(awaited()), state=EvaluationState.RESPONSE)
        yield Source(_named(ready), _task(_("Every party has responded: publish it, or return it with a reason.")))
    if may(user, KEEP_INITIATIVES):
        mine = own(user, "institution", KEEP_INITIATIVES)
        live = Evaluation.objects.filter(_takes_part(mine)).exclude(NOT_EVALUATED)
        written = live.filter(state__in=[EvaluationState.COMMISSIONED, EvaluationState.DRAFT])
        yield Source(
            _named(written), _task(_("The report is being written: send it to the parties when it is complete."))
        )
        asked = live.filter(Exists(awaited(mine)), state=EvaluationState.RESPONSE)
        yield Source(_named(asked), _task(_("The report waits for the response of your side.")))
        yield Source(_promised(mine, today), _measure)
        for moment in CheckMoment:
            yield Source(_to_check(mine, moment, today), _check(moment))


def _takes_part(mine: Q) -> Q:
    return Q(Exists(Participation.objects.filter(mine, initiative=OuterRef("initiative"))))


def _named(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    return rows.select_related("initiative")


def _promised(mine: Q, today: date) -> QuerySet[ManagementResponse]:
    rows = ManagementResponse.objects.filter(
        mine,
        evaluation__state=EvaluationState.PUBLISHED,
        done_on__isnull=True,
        due_on__lte=today + SOON,
    )
    return rows.select_related("evaluation__initiative", "institution").prefetch_related("institution__names")


def _to_check(mine: Q, moment: CheckMoment, today: date) -> QuerySet[Initiative]:
    """The initiatives of which a receiving side of the person has not said what remains, and the day comes near."""
    told = SustainabilityCheck.objects.filter(
        initiative=OuterRef("initiative"), moment=moment, institution__country=OuterRef("institution__country")
    )
    side = Participation.objects.filter(
        mine, ~Q(Exists(told)), initiative=OuterRef("pk"), role__code__in=RECEIVING, institution__country__isnull=False
    )
    rows = Initiative.objects.filter(Exists(side), state__in=CHECKED_STATES, merged_into__isnull=True)
    if moment == CheckMoment.CLOSURE:
        return rows
    return rows.filter(closed_on__lte=months_after(today + EARLY, -MONTHS[moment]))


def _task(why: str) -> Callable[[Any], Task]:
    def told(evaluation: Evaluation) -> Task:
        what = _("%(initiative)s: %(title)s") % {"initiative": evaluation.initiative, "title": evaluation}
        return Task("evaluation", what, why, url("evaluation", evaluation.pk), None, evaluation.planned_on)

    return told


def _measure(response: ManagementResponse) -> Task:
    what = _("%(institution)s: %(title)s") % {"institution": response.institution, "title": response.evaluation}
    why = _("Say when the measure that was promised is done.")
    return Task("evaluation", what, why, url("evaluation", response.evaluation_id), response.given_at, response.due_on)


def _check(moment: CheckMoment) -> Callable[[Any], Task]:
    def told(initiative: Initiative) -> Task:
        why = _("Say what remains in your country (%(moment)s).") % {"moment": moment.label}
        return Task(
            "check", str(initiative), why, url("evaluations", initiative.code), None, due_on(initiative, moment)
        )

    return told
