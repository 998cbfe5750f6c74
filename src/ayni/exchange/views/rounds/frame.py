"""What the pages of an exchange round share: who reads, the head, the tabs, and forms that answer in their place."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import signed_in, tried
from ayni.exchange.models import Delegation, ExchangeRound
from ayni.exchange.queries.rounds.reader import Reader, named, reader_of


def reader(request: HttpRequest, code: str) -> Reader:
    """Who reads which round. Raises Http404 for a round that is not there for this reader."""
    found = reader_of(request.user, get_object_or_404(ExchangeRound, code=code))
    if not found.sees_round:
        raise Http404
    return found


def runner(request: HttpRequest, code: str) -> Reader:
    """The reader, who runs exchange rounds. Raises PermissionDenied for others; sign in first (`signed_in`)."""
    found = reader_of(request.user, get_object_or_404(ExchangeRound, code=code))
    if not found.runs:
        raise PermissionDenied
    return found


def delegation_of(who: Reader, code: str) -> Delegation:
    """Raises Http404 when no such delegation comes."""
    return get_object_or_404(named(who.round.delegations.all()), code=code)


def frame(who: Reader, tab: str = "", **page: Any) -> dict[str, Any]:
    """The context of every page of a round. `tab` is the name of the address that the tabs mark."""
    round_ = who.round
    crumbs = [*above(), {"label": _("Exchange rounds"), "url": reverse("exchange_rounds")}]
    if tab != "exchange_round":
        crumbs.append({"label": str(round_), "url": reverse("exchange_round", args=[round_.code])})
    return {
        "who": who,
        "round": round_,
        "fictional": round_.fictional,
        "demo": round_.fictional,
        "crumbs": crumbs,
        "tabs": tabs(who, tab),
        **page,
    }


def above() -> list[dict[str, str]]:
    """Where the exchange rounds lie."""
    return [{"label": _("Exchange"), "url": reverse("exchange")}]


def tabs(who: Reader, current: str) -> list[dict[str, Any]]:
    shown = [
        ("exchange_round", _("The round"), True),
        ("round_matrix", _("Supply and demand"), who.sees_matrix),
        ("round_timetable", _("Timetable"), who.sees_timetable),
        ("round_schedules", _("Schedules"), who.sees_timetable),
        ("round_actions", _("Potential actions"), who.sees_actions),
        ("round_committee", _("Committee"), who.sees_committee),
    ]
    return [
        {"label": label, "url": reverse(name, args=[who.round.code]), "current": name == current}
        for name, label, sees in shown
        if sees
    ]


def done(request: HttpRequest, form: Form, act: Callable[[], Any], success: str) -> bool:
    """Call an action with a valid form; a refusal stands at its head."""
    if not form.is_valid() or not tried(form, act):
        return False
    messages.success(request, success)
    return True


def form_page(request: HttpRequest, who: Reader, form: Form, **page: Any) -> HttpResponse:
    """One form on a page of its own. Context: title, submit, cancel_url, lede (optional)."""
    return render(request, "exchange/rounds/form.html", frame(who, form=form, **page))


def back(who: Reader, name: str = "exchange_round", *arguments: Any) -> HttpResponse:
    return redirect(name, who.round.code, *arguments)


@signed_in
def not_public(request: HttpRequest) -> HttpResponse:
    """What is not public yet: who is nobody in particular signs in first. Raises PermissionDenied for the others."""
    raise PermissionDenied
