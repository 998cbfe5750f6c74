"""The timetable: planned, repaired after late changes, and what each version moved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import attempt, posted, signed_in
from ayni.common.errors import Refused
from ayni.common.published import published
from ayni.exchange.actions.rounds.timetable import save_timetable, set_room_losses
from ayni.exchange.forms.rounds.timetable import RepairForm, RoomLossForm
from ayni.exchange.models import ExchangeRound, RoundState
from ayni.exchange.queries.rounds import grid as queries
from ayni.exchange.queries.rounds.clashes import stuck, told_troubles
from ayni.exchange.queries.rounds.overview import never_there
from ayni.exchange.queries.rounds.plan import read_plan
from ayni.exchange.queries.rounds.planning import solve
from ayni.exchange.queries.rounds.reader import by_key, named
from ayni.exchange.views.rounds.frame import back, done, form_page, frame, not_public, reader, runner

ALIVE = (RoundState.PLANNING, RoundState.RUNNING)


@published()
def timetable(request: HttpRequest, code: str) -> HttpResponse:
    """Slots by rooms; for the secretariat, what stands in the way after late changes."""
    who = reader(request, code)
    if not who.sees_timetable:
        return not_public(request)
    versions = list(who.round.timetables.all())
    alive = who.runs and who.round.state in ALIVE
    context: dict[str, Any] = {
        "grid": queries.grid(who.round),
        "versions": versions,
        "latest": versions[0] if versions else None,
        "alive": alive,
        "may_plan": alive and who.round.state == RoundState.PLANNING,
        "own": {one.pk for one in who.acting},
    }
    if alive:
        context["never_there"] = list(never_there(who.round))
    if alive and versions:
        context["troubles"] = told_troubles(who.round)
    return render(request, "exchange/rounds/timetable.html", frame(who, "round_timetable", **context))


@signed_in
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Asks, then plans every meeting anew around those that are pinned."""
    who = runner(request, code)
    if request.method == "POST":
        _made(request, who.round)
        return back(who, "round_timetable")
    question: dict[str, Any] = {
        "title": _("Plan the timetable"),
        "text": _(
            "Every wish is weighed against all others; the plan that meets the most is sought for twenty seconds at most."
        ),
        "consequences": [_("Pinned meetings stay. All others may get another slot and room.")],
        "confirm": _("Plan the timetable"),
        "cancel_url": reverse("round_timetable", args=[code]),
    }
    return render(request, "common/confirm.html", frame(who, **question))


@signed_in
def repair(request: HttpRequest, code: str) -> HttpResponse:
    """After late changes: the timetable that stands, with few moves."""
    who = runner(request, code)
    form = RepairForm(posted(request))
    if request.method == "POST" and form.is_valid():
        version = _made(request, who.round, form.cleaned_data["how"])
        if version:
            return back(who, "round_timetable_version", version)
        return back(who, "round_timetable")
    page: dict[str, Any] = {
        "title": _("Repair the timetable"),
        "lede": _("What stands stays where it can. You see what moved before you tell anybody."),
        "submit": _("Repair"),
        "cancel_url": reverse("round_timetable", args=[code]),
    }
    return form_page(request, who, form, **page)


@signed_in
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What one planning or repair found: its proof, what moved, and the wishes without a place."""
    who = reader(request, code)
    if not who.is_inside:
        return not_public(request)
    one = get_object_or_404(who.round.timetables.select_related("round", "made_by"), number=number)
    names = by_key(named(who.round.delegations.all()))
    context: dict[str, Any] = {
        "version": one,
        "moves": queries.moves_of(one),
        "unmet": queries.unmet_of(one, names),
    }
    return render(request, "exchange/rounds/version.html", frame(who, "round_timetable", **context))


@signed_in
def late(request: HttpRequest, code: str) -> HttpResponse:
    """Where late changes are said: delegations that are away, rooms that are lost, wishes that come late."""
    who = runner(request, code)
    context: dict[str, Any] = {
        "rooms": [(room, len(room.losses.all())) for room in who.round.rooms.prefetch_related("losses")],
        "coming": sorted(
            ((one, len(one.absences.all())) for one in named(who.round.delegations.prefetch_related("absences"))),
            key=lambda pair: str(pair[0]).casefold(),
        ),
    }
    return render(request, "exchange/rounds/late.html", frame(who, "round_timetable", **context))


@signed_in
def room_loss(request: HttpRequest, code: str, number: int) -> HttpResponse:
    who = runner(request, code)
    room = get_object_or_404(who.round.rooms, number=number)
    form = RoomLossForm(posted(request), round=who.round, room=room)
    if request.method == "POST" and done(
        request,
        form,
        lambda: set_room_losses(by=request.user, room=room, slots=form.cleaned_data["slots"]),
        _("Saved. Now repair the timetable."),
    ):
        return back(who, "round_late")
    cancel = reverse("round_late", args=[code])
    return form_page(request, who, form, title=str(room), submit=_("Save"), cancel_url=cancel)


def _made(request: HttpRequest, round_: ExchangeRound, how: str = "") -> int | None:
    """Solve outside of any transaction, then keep it; the number of the version, None where it was refused."""
    plan = read_plan(round_)
    numbers: list[int] = []

    def act() -> None:
        numbers.append(save_timetable(by=request.user, round=round_, found=_solved(round_, how)).number)

    if not plan.slots or not plan.rooms:
        messages.error(request, _("There is no slot for meetings or no room: add them first."))
        return None
    attempt(request, act, _("The timetable is repaired.") if how else _("The timetable is planned."))
    return numbers[0] if numbers else None


def _solved(round_: ExchangeRound, how: str) -> Any:
    """Raises Refused where a meeting that must stay cannot."""
    plan = read_plan(round_)
    stays = stuck(plan)
    if stays:
        raise Refused(" ".join(stays))
    try:
        return solve(plan, repair=how)
    except ValueError as error:
        raise Refused(
            _("No timetable fits what must stay: undo the last late change, or let the pinned meetings move.")
        ) from error
