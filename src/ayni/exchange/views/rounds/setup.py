"""Setting up a round: its delegations, slots, rooms and interpreters, each added and removed on one page."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ayni.common.access import attempt, signed_in
from ayni.exchange.actions.rounds import delegations, setting_up
from ayni.exchange.forms.rounds.setting_up import DelegationForm, InterpretersForm, RoomForm, SlotForm
from ayni.exchange.queries.rounds.overview import coming, never_there
from ayni.exchange.queries.rounds.reader import Reader
from ayni.exchange.views.rounds.frame import back, done, frame, runner

FORMS: dict[str, type[Form]] = {
    "delegation": DelegationForm,
    "slot": SlotForm,
    "room": RoomForm,
    "interpreters": InterpretersForm,
}


@signed_in
def setup(request: HttpRequest, code: str) -> HttpResponse:
    """What is there, a form to add to each list, and a button to remove."""
    who = runner(request, code)
    adds = request.POST.get("add", "")
    forms = {
        name: kind(request.POST if adds == name else None, prefix=name, initial=_day_of(who, name))
        for name, kind in FORMS.items()
    }
    if request.method == "POST":
        form = forms.get(adds)
        if form is None:
            _remove(request, who)
            return back(who, "exchange_round_setup")
        if done(request, form, lambda: _add(request, who, adds, form), _("Added.")):
            return back(who, "exchange_round_setup")
    context: dict[str, Any] = {
        "forms": forms,
        "coming": coming(who.round),
        "never_there": list(never_there(who.round)),
        "slots": list(who.round.slots.all()),
        "rooms": list(who.round.rooms.all()),
        "interpreters": list(who.round.interpreters.all()),
    }
    return render(request, "exchange/rounds/setup.html", frame(who, **context))


def _day_of(who: Reader, name: str) -> dict[str, Any]:
    """A new slot begins where the last one ended."""
    last = who.round.slots.last() if name == "slot" else None
    if last is not None:
        return {"day": last.day, "starts_at": last.ends_at}
    return {"day": who.round.starts_on} if name == "slot" else {}


def _add(request: HttpRequest, who: Reader, what: str, form: Any) -> None:
    by, round_ = request.user, who.round
    adds: dict[str, Callable[[], Any]] = {
        "delegation": lambda: delegations.add_delegation(by=by, round=round_, **form.values()),
        "slot": lambda: setting_up.add_slot(by=by, round=round_, **form.cleaned_data),
        "room": lambda: setting_up.add_room(by=by, round=round_, **form.cleaned_data),
        "interpreters": lambda: setting_up.set_interpreters(by=by, round=round_, **form.values()),
    }
    adds[what]()


def _remove(request: HttpRequest, who: Reader) -> None:
    """One thing of the round, named by a button."""
    what, _dash, key = request.POST.get("remove", "").partition("-")
    by, number = request.user, int(key) if key.isdecimal() else 0
    rows: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "delegation": (who.round.delegations, lambda one: delegations.remove_delegation(by=by, delegation=one)),
        "slot": (who.round.slots, lambda one: setting_up.remove_slot(by=by, slot=one)),
        "room": (who.round.rooms, lambda one: setting_up.remove_room(by=by, room=one)),
    }
    if what in rows:
        of, remove = rows[what]
        thing = get_object_or_404(of.all(), pk=number)
        attempt(request, lambda: remove(thing), _("Removed."))
