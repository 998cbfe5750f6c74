"""What waits for respondents and for those who follow a country's answers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.common.desk import Source, Task
from ayni.common.permissions import ANSWER, FOLLOW, VALIDATE
from ayni.surveys.models import Answer, AnswerRevision, Invitation, Response, ResponseStatus, RoundStatus
from ayni.surveys.queries.desk.tasks import about, named, reach, response_url

OPEN = Q(round__status=RoundStatus.OPEN)
UNSUBMITTED = OPEN & Q(status__in=[ResponseStatus.DRAFT, ResponseStatus.RETURNED])
NOT_BEGUN = OPEN & ~Exists(Response.objects.filter(round=OuterRef("round"), institution=OuterRef("institution")))
ANSWERED = Exists(Answer.objects.filter(response=OuterRef("pk")))
CLASH = Exists(AnswerRevision.objects.filter(answer__response=OuterRef("pk"), revision__isnull=True, resolved=False))


def answering(user: User) -> Iterable[Source]:
    """To answer, to choose between two versions, to validate."""
    mine = reach(user, ANSWER, "institution")
    if mine is not None:
        yield Source(named(Invitation.objects.filter(NOT_BEGUN, mine)), _begin)
        yield Source(named(Response.objects.filter(UNSUBMITTED, mine).annotate(begun=ANSWERED)), _go_on)
        yield Source(named(Response.objects.filter(UNSUBMITTED, mine, CLASH)), _choose)
    mine = reach(user, VALIDATE, "institution")
    if mine is not None:
        proposed = Response.objects.filter(mine, status=ResponseStatus.ACCEPTED, proposed_at__isnull=False)
        yield Source(named(proposed), _validate)


def following(user: User) -> Iterable[Source]:
    """What the institutions of a country have not submitted; one's own stands under "To answer"."""
    country = reach(user, FOLLOW, "country")
    if country is not None:
        own = reach(user, ANSWER, "institution")
        others = country if own is None else country & ~own
        yield Source(named(Invitation.objects.filter(NOT_BEGUN, others)), _follow)
        yield Source(named(Response.objects.filter(UNSUBMITTED, others)), _follow)


def _begin(invitation: Invitation) -> Task:
    return Task(
        "answer",
        about(invitation),
        _("The questionnaire has not been begun."),
        response_url("response", invitation),
        invitation.invited_at,
        invitation.round.deadline,
    )


def _go_on(response: Any) -> Task:
    if response.status == ResponseStatus.RETURNED:
        why = _("The secretariat returned it: %(reason)s") % {"reason": response.reason}
    elif response.begun:
        why = _("Begun, and not submitted yet.")
    else:
        why = _("The questionnaire has not been begun.")
    return Task("answer", about(response), why, response_url("response", response), deadline=response.round.deadline)


def _choose(response: Response) -> Task:
    why = _("Two people changed the same answer. Both versions are kept until one is chosen.")
    return Task("conflict", about(response), why, response_url("response", response), deadline=response.round.deadline)


def _validate(response: Response) -> Task:
    why = _("Check what will be published, then validate or contest it.")
    return Task("validate", about(response), why, response_url("response", response), response.proposed_at)


def _follow(thing: Invitation | Response) -> Task:
    why = _("You may remind its focal point, or answer together.")
    return Task("follow", about(thing), why, response_url("response", thing), deadline=thing.round.deadline)
