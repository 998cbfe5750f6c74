"""Schedules to print and to take into a calendar: of every delegation and room, or of one."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ayni.common.published import published
from ayni.exchange.formats.meeting_calendar import calendar
from ayni.exchange.models import Meeting
from ayni.exchange.queries.rounds import grid
from ayni.exchange.queries.rounds.calendars import entries
from ayni.exchange.queries.rounds.reader import Reader
from ayni.exchange.views.rounds.frame import delegation_of, frame, not_public, reader


@published()
def schedules(request: HttpRequest, code: str) -> HttpResponse:
    """The schedules of all delegations and rooms, each on a sheet of its own when printed."""
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    context: dict[str, Any] = {"people": grid.schedules(who.round), "rooms": grid.room_schedules(who.round)}
    return render(request, "exchange/rounds/schedules.html", frame(who, "round_schedules", **context))


@published()
def delegation(request: HttpRequest, code: str, delegation: str) -> HttpResponse:
    """One delegation's day on a sheet."""
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    one = delegation_of(who, delegation)
    context: dict[str, Any] = {"people": [(one, grid.schedule_of(one))], "rooms": [], "single": str(one)}
    return render(request, "exchange/rounds/schedules.html", frame(who, "round_schedules", **context))


@published()
def room(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What is held in one room, for its door."""
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    one = get_object_or_404(who.round.rooms, number=number)
    context: dict[str, Any] = {"people": [], "rooms": [(one, grid.room_schedule(one))], "single": str(one)}
    return render(request, "exchange/rounds/schedules.html", frame(who, "round_schedules", **context))


def calendar_of_all(request: HttpRequest, code: str) -> HttpResponse:
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    return _file(who, str(who.round), code, who.round.meetings.all())


def calendar_of_delegation(request: HttpRequest, code: str, delegation: str) -> HttpResponse:
    """A cancelled meeting stays in it, told as cancelled, so that calendars drop it."""
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    one = delegation_of(who, delegation)
    name = _("%(name)s: %(round)s") % {"name": one, "round": who.round}
    return _file(who, name, f"{code}-{one.code}", who.round.meetings.filter(Q(one=one) | Q(other=one)))


def calendar_of_room(request: HttpRequest, code: str, number: int) -> HttpResponse:
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    one = get_object_or_404(who.round.rooms, number=number)
    name = _("%(name)s: %(round)s") % {"name": one, "round": who.round}
    return _file(who, name, f"{code}-{one.number}", one.meetings.all())


def _file(who: Reader, name: str, stem: str, meetings: QuerySet[Meeting]) -> HttpResponse:
    body = calendar(name, (get_language() or "es")[:2], entries(who.round, grid.with_names(meetings)))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{stem}.ics"'
    return response
