"""The steps of an exchange round, each by the secretariat, one after the other; two of them can be taken back with a reason."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.exchange.actions.rounds.guards import held, run_by, stands_in
from ayni.exchange.models import (
    CommitteeCriteria,
    Decision,
    ExchangeRound,
    Interest,
    MeetingState,
    RoundState,
    VersionStatus,
)


@transaction.atomic
def open_interests(*, by: Any, round: ExchangeRound) -> ExchangeRound:
    """Delegations may say whom they want to meet. Raises Refused without two countries, a slot for meetings and a room."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.DRAFT)
    if round_.delegations.values("country").distinct().count() < 2:
        raise Refused(_("Delegations of at least two countries must come: add them first."))
    if not round_.slots.filter(is_break=False).exists():
        raise Refused(_("There is no slot for meetings: add one first."))
    if not round_.rooms.exists():
        raise Refused(_("There is no room: add one first."))
    return _turn(by, round_, RoundState.INTERESTS, "interests opened")


@transaction.atomic
def close_interests(*, by: Any, round: ExchangeRound) -> ExchangeRound:
    """The matrix stands and the timetable can be planned. Raises Refused when nobody has given an interest."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.INTERESTS)
    if not Interest.objects.filter(delegation__round=round_, withdrawn=False).exists():
        raise Refused(_("No delegation has given an interest yet: there would be nothing to plan."))
    return _turn(by, round_, RoundState.PLANNING, "interests closed")


@transaction.atomic
def reopen_interests(*, by: Any, round: ExchangeRound, reason: str) -> ExchangeRound:
    """Delegations may say more. Raises Refused without a reason, or once a timetable is made."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.PLANNING)
    if round_.meetings.exists():
        raise Refused(_("The timetable is made: the secretariat adds late wishes itself and repairs it."))
    return _turn(by, round_, RoundState.INTERESTS, "interests opened again", reason=_reason(reason))


@transaction.atomic
def begin_meetings(*, by: Any, round: ExchangeRound) -> ExchangeRound:
    """The delegations meet and fill their forms. Raises Refused without a timetable."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.PLANNING)
    if not round_.meetings.filter(state=MeetingState.PLANNED).exists():
        raise Refused(_("No meeting is planned yet: plan the timetable first."))
    return _turn(by, round_, RoundState.RUNNING, "meetings begun")


@transaction.atomic
def close_forms(*, by: Any, round: ExchangeRound) -> ExchangeRound:
    """Nobody fills a form any more; the potential actions stand."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.RUNNING)
    return _turn(by, round_, RoundState.FORMS_CLOSED, "forms closed")


@transaction.atomic
def reopen_forms(*, by: Any, round: ExchangeRound, reason: str) -> ExchangeRound:
    """Forms may be filled again. Raises Refused without a reason, or once the committee has begun."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.FORMS_CLOSED)
    return _turn(by, round_, RoundState.RUNNING, "forms opened again", reason=_reason(reason))


@transaction.atomic
def open_committee(*, by: Any, round: ExchangeRound) -> ExchangeRound:
    """The reviewers score by the criteria in force, which stand for this round from now on.

    Raises Refused without two reviewers, an action to score, or criteria in force.
    """
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.FORMS_CLOSED)
    if not round_.actions.exists():
        raise Refused(_("No meeting has led to a potential action: there is nothing to score."))
    if round_.reviewers.count() < 2:
        raise Refused(_("A committee has at least two reviewers: appoint them first."))
    criteria = CommitteeCriteria.objects.filter(status=VersionStatus.CURRENT).first()
    if criteria is None:
        raise Refused(_("No criteria are in force: put a version in force first."))
    round_.criteria = criteria
    return _turn(by, round_, RoundState.COMMITTEE, "committee opened", criteria=criteria.number)


@transaction.atomic
def close_exchange_round(*, by: Any, round: ExchangeRound) -> ExchangeRound:
    """The selection is published. Raises Refused while an action is not decided."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, RoundState.COMMITTEE)
    left = round_.actions.filter(decision=Decision.OPEN).count()
    if left:
        raise Refused(
            ngettext(
                "%(number)d potential action is not decided yet: select it or say why not.",
                "%(number)d potential actions are not decided yet: select them or say why not.",
                left,
            )
            % {"number": left}
        )
    return _turn(by, round_, RoundState.CLOSED, "exchange round closed")


def _turn(by: Any, round_: ExchangeRound, state: RoundState, verb: str, **more: Any) -> ExchangeRound:
    before = {"state": round_.state}
    round_.state = state
    round_.save(update_fields=["state", "criteria"])
    record(by=by, verb=verb, on=round_, before=before, after={"state": state, **more})
    return round_


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."))
    return reason.strip()
