"""A delegation's own page, what it says of itself, and whom it wants to meet."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.common.access import attempt, posted, signed_in
from ayni.exchange.actions.rounds import delegations as actions
from ayni.exchange.actions.rounds.interests import add_interest, change_interest, withdraw_interest
from ayni.exchange.actions.rounds.timetable import set_absences
from ayni.exchange.forms.rounds.delegations import (
    AbsencesForm,
    DelegateForm,
    InterestForm,
    LanguagesForm,
    RoundProgrammeForm,
)
from ayni.exchange.models import Delegation, Interest, RoundState
from ayni.exchange.queries.rounds.grid import schedule_of
from ayni.exchange.queries.rounds.matrix import with_names
from ayni.exchange.queries.rounds.reader import PUBLIC_TIMETABLE, Reader
from ayni.exchange.views.rounds.frame import back, delegation_of, done, form_page, frame, reader

LATE = (RoundState.PLANNING, RoundState.RUNNING)


def delegation(request: HttpRequest, code: str, delegation: str) -> HttpResponse:
    """Its programmes for everybody; its interests and schedule for those inside; its people for itself."""
    who = reader(request, code)
    one = delegation_of(who, delegation)
    people = who.sees_people(one)
    context: dict[str, Any] = {
        "delegation": one,
        "own": who.acts_for(one),
        "may_edit": _may_edit(who, one),
        "may_want": _may_want(who, one),
        "programmes": list(one.programmes.select_related("topic", "quadrant")),
        "delegates": list(one.delegates.all()) if people else None,
        "away": list(one.absences.select_related("slot")) if who.is_inside else [],
        "interests": list(with_names(one.interests.filter(withdrawn=False))) if who.is_inside else None,
        "wanted_by": list(with_names(one.interests_of_others.filter(withdrawn=False))) if who.is_inside else [],
        "schedule": schedule_of(one) if who.sees_timetable else None,
        "sees_forms": (who.observes or who.acts_for(one)) and who.round.state in PUBLIC_TIMETABLE,
        "may_fill": (who.runs or who.acts_for(one)) and who.round.state == RoundState.RUNNING,
    }
    return render(request, "exchange/rounds/delegation.html", frame(who, **context))


@signed_in
def edit(request: HttpRequest, code: str, delegation: str) -> HttpResponse:
    """Its languages, when it is away, its people and its programmes, each with its own form."""
    who = reader(request, code)
    one = delegation_of(who, delegation)
    _speaks_for(who, one)
    does = request.POST.get("do", "")
    forms: dict[str, Form] = {
        "languages": LanguagesForm(
            _if(request, does, "languages"), prefix="languages", initial={"languages": one.spoken}
        ),
        "absences": AbsencesForm(_if(request, does, "absences"), prefix="absences", delegation=one),
        "delegate": DelegateForm(_if(request, does, "delegate"), prefix="delegate"),
        "programme": RoundProgrammeForm(_if(request, does, "programme"), prefix="programme"),
    }
    if request.method == "POST":
        form = forms.get(does)
        if form is None:
            _remove(request, one)
            return back(who, "round_delegation_edit", one.code)
        if done(request, form, lambda: _save(request, one, does, form), _("Saved.")):
            return back(who, "round_delegation_edit", one.code)
    context: dict[str, Any] = {
        "delegation": one,
        "forms": forms,
        "delegates": list(one.delegates.all()),
        "programmes": list(one.programmes.select_related("topic", "quadrant")),
    }
    page = frame(who, **context)
    page["crumbs"].append(_crumb(one))
    return render(request, "exchange/rounds/delegation_edit.html", page)


@signed_in
def interest_new(request: HttpRequest, code: str, delegation: str) -> HttpResponse:
    who = reader(request, code)
    one = delegation_of(who, delegation)
    _speaks_for(who, one)
    form = InterestForm(posted(request), delegation=one, initial={"partner": request.GET.get("partner", "")})
    return _interest_page(
        request,
        who,
        one,
        form,
        lambda: add_interest(by=request.user, delegation=one, wanted=form.wanted()),
        _("New interest"),
    )


@signed_in
def interest_edit(request: HttpRequest, code: str, delegation: str, number: int) -> HttpResponse:
    who = reader(request, code)
    one = delegation_of(who, delegation)
    _speaks_for(who, one)
    interest = _interest(one, number)
    form = InterestForm(posted(request), delegation=one, interest=interest)
    return _interest_page(
        request,
        who,
        one,
        form,
        lambda: change_interest(by=request.user, interest=interest, wanted=form.wanted()),
        _("Change the interest"),
    )


@require_POST
@signed_in
def interest_withdraw(request: HttpRequest, code: str, delegation: str, number: int) -> HttpResponse:
    who = reader(request, code)
    one = delegation_of(who, delegation)
    interest = _interest(one, number)
    attempt(request, lambda: withdraw_interest(by=request.user, interest=interest), _("The interest is withdrawn."))
    return back(who, "round_delegation", one.code)


def _interest(one: Delegation, number: int) -> Interest:
    return get_object_or_404(with_names(one.interests.filter(withdrawn=False)), pk=number)


def _interest_page(
    request: HttpRequest, who: Reader, one: Delegation, form: InterestForm, act: Callable[[], Any], title: str
) -> HttpResponse:
    if not _may_want(who, one):
        raise Http404
    if request.method == "POST" and done(request, form, act, _("The interest is saved.")):
        return back(who, "round_delegation", one.code)
    cancel = reverse("round_delegation", args=[who.round.code, one.code])
    return form_page(request, who, form, title=title, eyebrow=str(one), submit=_("Save"), cancel_url=cancel)


def _save(request: HttpRequest, one: Delegation, does: str, form: Any) -> None:
    by, given = request.user, form.cleaned_data
    acts: dict[str, Callable[[], Any]] = {
        "languages": lambda: actions.set_languages(by=by, delegation=one, **given),
        "absences": lambda: _away(request, one, given["slots"]),
        "delegate": lambda: actions.add_delegate(by=by, delegation=one, **given),
        "programme": lambda: actions.add_programme(by=by, delegation=one, **form.values()),
    }
    acts[does]()


def _away(request: HttpRequest, one: Delegation, slots: Any) -> None:
    if set_absences(by=request.user, delegation=one, slots=slots):
        messages.warning(request, _("%(name)s is away in every slot: nobody can meet it.") % {"name": one})


def _remove(request: HttpRequest, one: Delegation) -> None:
    what, _dash, key = request.POST.get("remove", "").partition("-")
    number = int(key) if key.isdecimal() else 0
    if what == "delegate":
        person = get_object_or_404(one.delegates.all(), pk=number)
        attempt(request, lambda: actions.remove_delegate(by=request.user, delegate=person), _("Removed."))
    elif what == "programme":
        programme = get_object_or_404(one.programmes.all(), pk=number)
        attempt(request, lambda: actions.remove_programme(by=request.user, programme=programme), _("Removed."))


def _if(request: HttpRequest, does: str, name: str) -> Any:
    return request.POST if does == name else None


def _speaks_for(who: Reader, one: Delegation) -> None:
    if not (who.runs or who.acts_for(one)):
        raise PermissionDenied


def _may_edit(who: Reader, one: Delegation) -> bool:
    return (who.runs or who.acts_for(one)) and who.round.state in (RoundState.DRAFT, RoundState.INTERESTS, *LATE)


def _may_want(who: Reader, one: Delegation) -> bool:
    """Its own people until the last day for interests; the secretariat also later, for a late wish."""
    if who.runs:
        return who.round.state in (RoundState.INTERESTS, *LATE)
    return who.acts_for(one) and who.may_say_interests


def _crumb(one: Delegation) -> dict[str, str]:
    return {"label": str(one), "url": reverse("round_delegation", args=[one.round.code, one.code])}
