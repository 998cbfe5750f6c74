"""The form of each side of a meeting; where both see a potential action, it stands."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Concept
from ayni.exchange.actions.rounds.guards import act_for, held, stands_in
from ayni.exchange.models import Delegation, Meeting, MeetingReport, PotentialAction, RoundState, Stance

# Personal data: the record does not hold it.
PERSONAL = ("contact",)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one side says. `interest` 0 to 3; with an action its stance, modality, topic and what; without one why not."""

    interest: int
    sees_action: bool
    stance: str = ""
    modality: Concept | None = None
    topic: Concept | None = None
    what: str = ""
    why_not: str = ""
    next_step: str = ""
    next_on: date | None = None
    contact: str = ""


@transaction.atomic
def save_report(*, by: Any, meeting: Meeting, delegation: Delegation, told: Told) -> MeetingReport:
    """One side's form, or a change of it, while the forms are open.

    Raises Refused for a meeting that is cancelled or of others, and for a form that does not say what, or why not.
    """
    act_for(by, delegation)
    stands_in(held(meeting.round), RoundState.RUNNING)
    meeting.refresh_from_db()
    if delegation.pk not in (meeting.one_id, meeting.other_id):
        raise Refused(_("%(name)s is not in this meeting.") % {"name": delegation})
    if not meeting.stands:
        raise Refused(_("The meeting has no place in the timetable: give it one first."))
    _check(told)
    report = MeetingReport.objects.filter(meeting=meeting, delegation=delegation).first()
    before = _public(report) if report else None
    report = report or MeetingReport(meeting=meeting, delegation=delegation)
    for name, value in _columns(told).items():
        setattr(report, name, value)
    report.filled_by = by
    report.save()
    record(by=by, verb="meeting reported", on=report, before=before, after=_public(report), public=False)
    _both_see(by, meeting)
    return report


def _both_see(by: Any, meeting: Meeting) -> None:
    """An action stands while both sides see it; who offers and who receives follows from what each would do."""
    reports = {one.delegation_id: one for one in meeting.reports.filter(sees_action=True)}
    standing = PotentialAction.objects.filter(meeting=meeting).first()
    if len(reports) < 2:
        if standing is not None:
            record(by=by, verb="potential action dropped", on=standing, before=snapshot(standing), public=False)
            standing.delete()
        return
    action = standing or PotentialAction(round=meeting.round, meeting=meeting, number=_next(meeting))
    before = snapshot(action) if standing else None
    one, other = reports[meeting.one_id].stance, reports[meeting.other_id].stance
    action.offerer, action.recipient, action.mutual = _direction(meeting, one, other)
    action.save()
    if before != snapshot(action):
        record(by=by, verb="potential action found", on=action, before=before, after=snapshot(action), public=False)


def _direction(meeting: Meeting, one: str, other: str) -> tuple[Delegation | None, Delegation | None, bool]:
    """(who offers, who receives, whether each does both); nobody where the two do not say the same."""
    if one == other == Stance.BOTH:
        return None, None, True
    if one == other:
        return None, None, False
    if one == Stance.OFFER or other == Stance.RECEIVE:
        return meeting.one, meeting.other, False
    return meeting.other, meeting.one, False


def _next(meeting: Meeting) -> int:
    last = PotentialAction.objects.filter(round=meeting.round_id).order_by("number").last()
    return last.number + 1 if last else 1


def _check(told: Told) -> None:
    if told.interest not in range(4):
        raise Refused(_("Interest is 0 to 3."))
    if told.sees_action and not (told.stance and told.modality and told.topic and told.what.strip()):
        raise Refused(_("Say what could be done, its type and topic, and what you would do."))
    if not told.sees_action and not told.why_not.strip():
        raise Refused(_("Say why you see no potential action."))


def _columns(told: Told) -> dict[str, Any]:
    """The half that was not chosen is left empty."""
    values = {name: getattr(told, name) for name in (field.name for field in fields(told))}
    if told.sees_action:
        return values | {"why_not": ""}
    return values | {"stance": "", "modality": None, "topic": None, "what": ""}


def _public(report: MeetingReport) -> dict[str, Any]:
    return {key: value for key, value in snapshot(report).items() if key not in PERSONAL}
