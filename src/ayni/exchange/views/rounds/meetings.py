"""A meeting: when, where and who; for the secretariat, to pin, move, cancel and take it up again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ayni.common.access import attempt
from ayni.common.reason import ReasonForm
from ayni.exchange.actions.rounds import timetable as actions
from ayni.exchange.forms.rounds.timetable import MoveForm
from ayni.exchange.models import Interest, Meeting, RoundState
from ayni.exchange.queries.rounds.grid import with_names
from ayni.exchange.queries.rounds.matrix import with_names as interests_with_names
from ayni.exchange.queries.rounds.reader import Reader
from ayni.exchange.views.rounds.frame import back, frame, not_public, reader
from ayni.exchange.views.rounds.timetable import ALIVE


def meeting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Both sides, the interests behind it, and (for those inside) what it brought."""
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    one = meeting_of(who, number)
    alive = who.runs and who.round.state in ALIVE
    move = MoveForm(request.POST if request.POST.get("do") == "move" else None, meeting=one) if alive else None
    cancel = (
        ReasonForm(request.POST if request.POST.get("do") == "cancel" else None, prefix="cancel") if alive else None
    )
    if request.method == "POST":
        if not who.runs:
            return not_public(request)
        return _changed(request, who, one) or _page(request, who, one, move, cancel)
    return _page(request, who, one, move, cancel)


def _page(request: HttpRequest, who: Reader, one: Meeting, move: Any, cancel: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "meeting": one,
        "sides": [one.one, one.other],
        "interests": _interests(one) if who.is_inside else None,
        "move": move if one.state != "cancelled" else None,
        "cancel": cancel if one.stands else None,
        "alive": who.runs and who.round.state in ALIVE,
        "forms": _forms(who, one),
        "sees_contact": who.runs or who.is_side(one),
    }
    return render(request, "exchange/rounds/meeting.html", frame(who, "round_timetable", **context))


def _changed(request: HttpRequest, who: Reader, one: Meeting) -> HttpResponse | None:
    """Carry out what a button of the page asks; None where a form is not right yet."""
    by, does = request.user, request.POST.get("do", "")
    if does in ("pin", "unpin"):
        attempt(request, lambda: actions.pin_meeting(by=by, meeting=one, pinned=does == "pin"), _("Saved."))
    elif does == "take-up":
        attempt(
            request,
            lambda: actions.take_up_meeting(by=by, meeting=one),
            _("The meeting waits for a place: repair the timetable, or move it by hand."),
        )
    elif does == "move":
        return _moved(request, who, one)
    elif does == "cancel":
        form = ReasonForm(request.POST, prefix="cancel")
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            attempt(
                request,
                lambda: actions.cancel_meeting(by=by, meeting=one, reason=reason),
                _("The meeting is cancelled."),
            )
    return back(who, "round_meeting", one.number)


def _moved(request: HttpRequest, who: Reader, one: Meeting) -> HttpResponse | None:
    form = MoveForm(request.POST, meeting=one)
    given = form.cleaned_data if form.is_valid() else {}
    if given:
        attempt(
            request,
            lambda: actions.move_meeting(by=request.user, meeting=one, **given),
            _("The meeting is moved, and pinned there."),
        )
        return back(who, "round_meeting", one.number)
    return None


def meeting_of(who: Reader, number: int) -> Meeting:
    return get_object_or_404(with_names(Meeting.objects.filter(round=who.round)), number=number)


def _interests(one: Meeting) -> list[Interest]:
    """What the two want of one another."""
    sides = [one.one_id, one.other_id]
    return list(interests_with_names(Interest.objects.filter(delegation__in=sides, partner__in=sides, withdrawn=False)))


def _forms(who: Reader, one: Meeting) -> list[dict[str, Any]]:
    """Both sides with what they said, and whether this reader fills the form; empty where it is not for this reader."""
    if not who.sees_reports(one) or not one.stands:
        return []
    told = {report.delegation_id: report for report in one.reports.select_related("modality", "topic")}
    running = who.round.state == RoundState.RUNNING
    return [
        {"side": side, "report": told.get(side.pk), "may_fill": running and (who.runs or who.acts_for(side))}
        for side in (one.one, one.other)
    ]
