"""The recipient's opinion of an initiative (R9): a round of the questionnaire `opinion` for one evaluation."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.i18n import LANGUAGES, text_in
from ayni.common.permissions import EVALUATE, require
from ayni.learning.actions.evaluations.steps import locked, refuse_once_over
from ayni.learning.models import Evaluation, EvaluationState
from ayni.surveys.actions.letters import Kind, post
from ayni.surveys.actions.rounds import locked as locked_round
from ayni.surveys.actions.rounds import start_responses
from ayni.surveys.models import InstrumentVersion, Invitation, Round, RoundStatus, VersionStatus
from ayni.surveys.queries.opinion_surveys import INSTRUMENT, asked_institutions
from ayni.surveys.queries.recipients import recipients

OPINION = Kind("opinion", gettext_lazy("Your opinion is asked: %(round)s"))


@transaction.atomic
def open_opinion_survey(*, by: Any, evaluation: Evaluation, deadline: date, notify: bool = True) -> Round:
    """Ask the institutions that receive for their opinion until `deadline`, and (`notify`) write to them.

    Raises Refused when it has been asked already, for a published evaluation, for a day that is past, without a published
    questionnaire, and when nobody receives.
    """
    evaluation = locked(evaluation)
    require(by, EVALUATE, evaluation)
    refuse_once_over(evaluation.initiative)
    if Round.objects.filter(evaluation=evaluation).exists():
        raise Refused(_("The recipient has been asked already."))
    if evaluation.state == EvaluationState.PUBLISHED:
        raise Refused(_("The evaluation is published: it asks nobody any more."))
    if deadline < timezone.localdate():
        raise Refused(_("The deadline is past: choose a day to come."))
    version = InstrumentVersion.objects.filter(instrument__code=INSTRUMENT, status=VersionStatus.PUBLISHED).first()
    if version is None:
        raise Refused(_("The questionnaire for the recipient's opinion is not published: ask the secretariat."))
    asked = asked_institutions(evaluation.initiative)
    if not asked:
        raise Refused(_("No institution receives in this initiative: say on its page who does."))
    round_ = _begin(evaluation, version, deadline)
    Invitation.objects.bulk_create(Invitation(round=round_, institution=one) for one in asked)
    start_responses(by=by, round=round_, institutions=[one.pk for one in asked])
    invited = list(round_.invitations.select_related("institution").prefetch_related("institution__names"))
    letters = post(round_, OPINION, recipients(invited)) if notify else []
    written = {letter.invitation_id for letter in letters}
    round_.invitations.filter(pk__in=written).update(invited_at=timezone.now())
    record(by=by, verb="opinion survey opened", on=round_, after=snapshot(round_), public=False)
    return round_


@transaction.atomic
def close_opinion_survey(*, by: Any, evaluation: Evaluation) -> Round:
    """Nobody answers any more; what was handed in stands. Raises Refused unless the survey is open."""
    require(by, EVALUATE, locked(evaluation))
    standing = Round.objects.filter(evaluation=evaluation, status=RoundStatus.OPEN).first()
    if standing is None:
        raise Refused(_("The survey is not open."))
    round_ = locked_round(standing)
    before = snapshot(round_)
    round_.status = RoundStatus.CLOSED
    round_.save(update_fields=["status"])
    record(by=by, verb="round closed", on=round_, before=before, after=snapshot(round_), public=False)
    return round_


def _begin(evaluation: Evaluation, version: InstrumentVersion, deadline: date) -> Round:
    initiative = evaluation.initiative
    first = initiative.began_on or initiative.starts_on or deadline
    return Round.objects.create(
        code=f"opinion-{evaluation.pk}",
        title=_title(initiative.title),
        version=version,
        period_from=min(first.year, deadline.year),
        period_to=deadline.year,
        deadline=deadline,
        status=RoundStatus.OPEN,
        evaluation=evaluation,
        fictional=initiative.fictional,
    )


def _title(initiative: dict[str, str]) -> dict[str, str]:
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = _("Recipient's opinion: %(initiative)s") % {"initiative": text_in(initiative, code)}
    return found
