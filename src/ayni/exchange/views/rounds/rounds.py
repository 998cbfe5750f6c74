"""The exchange rounds, one round with where it stands and whose turn it is, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ayni.common.access import attempt, posted, requires, signed_in
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_EXCHANGE_ROUNDS, SEE_RECORD, may
from ayni.common.published import published
from ayni.common.reason import ReasonForm
from ayni.common.record.entries import headlines
from ayni.exchange.actions.rounds import steps
from ayni.exchange.actions.rounds.setting_up import create_exchange_round, edit_exchange_round
from ayni.exchange.forms.rounds.setting_up import ExchangeRoundForm
from ayni.exchange.models import ExchangeRound, RoundState
from ayni.exchange.queries.rounds import overview
from ayni.exchange.queries.rounds.clashes import told_troubles
from ayni.exchange.queries.rounds.reader import reader_of, visible_rounds
from ayni.exchange.queries.rounds.record import events
from ayni.exchange.views.rounds.frame import above, back, done, form_page, frame, reader, runner

A_PAGE = 50


@dataclass(frozen=True)
class Step:
    """A step that the secretariat takes: its button, its question, what follows, and what is said afterwards."""

    act: Callable[..., Any]
    button: Promise
    consequence: Promise
    done: Promise
    asks_reason: bool = False


STEPS = {
    "open-interests": Step(
        steps.open_interests,
        gettext_lazy("Open the interests"),
        gettext_lazy("The delegations can say whom they want to meet. The round becomes public."),
        gettext_lazy("The delegations can give their interests."),
    ),
    "close-interests": Step(
        steps.close_interests,
        gettext_lazy("Close the interests"),
        gettext_lazy("The delegations can no longer change their interests; you can plan the timetable."),
        gettext_lazy("The interests are closed. Look at the matrix, then plan the timetable."),
    ),
    "reopen-interests": Step(
        steps.reopen_interests,
        gettext_lazy("Open the interests again"),
        gettext_lazy("The delegations can say more. The reason stays in the record."),
        gettext_lazy("The interests are open again."),
        asks_reason=True,
    ),
    "begin-meetings": Step(
        steps.begin_meetings,
        gettext_lazy("Begin the meetings"),
        gettext_lazy("The timetable becomes public, and both sides of each meeting can fill their form."),
        gettext_lazy("The meetings have begun."),
    ),
    "close-forms": Step(
        steps.close_forms,
        gettext_lazy("Close the forms"),
        gettext_lazy("Nobody can fill a form any more. The potential actions stand as both sides see them."),
        gettext_lazy("The forms are closed. Appoint the committee."),
    ),
    "reopen-forms": Step(
        steps.reopen_forms,
        gettext_lazy("Open the forms again"),
        gettext_lazy("Both sides can fill and change their forms. The reason stays in the record."),
        gettext_lazy("The forms are open again."),
        asks_reason=True,
    ),
    "open-committee": Step(
        steps.open_committee,
        gettext_lazy("Open the committee"),
        gettext_lazy("The reviewers score by the criteria in force, which stand for this round from now on."),
        gettext_lazy("The committee can score."),
    ),
    "close": Step(
        steps.close_exchange_round,
        gettext_lazy("Close the exchange round"),
        gettext_lazy("The selection and its reasons become public. Nothing of the round can be changed any more."),
        gettext_lazy("The round is closed and its selection is public."),
    ),
}
# The steps that may follow where a round stands, the usual one first.
NEXT = {
    RoundState.DRAFT: ("open-interests",),
    RoundState.INTERESTS: ("close-interests",),
    RoundState.PLANNING: ("begin-meetings", "reopen-interests"),
    RoundState.RUNNING: ("close-forms",),
    RoundState.FORMS_CLOSED: ("open-committee", "reopen-forms"),
    RoundState.COMMITTEE: ("close",),
    RoundState.CLOSED: (),
}


@published()
def rounds(request: HttpRequest) -> HttpResponse:
    """Every exchange round that the reader may see."""
    context = {
        "rounds": visible_rounds(request.user),
        "may_run": may(request.user, RUN_EXCHANGE_ROUNDS),
        "crumbs": above(),
    }
    return render(request, "exchange/rounds/rounds.html", context)


@published()
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """A round: where it stands, whose turn it is, who comes and with what."""
    who = reader(request, code)
    context: dict[str, Any] = {
        "figures": overview.figures(who.round),
        "steps": overview.steps(who.round),
        "coming": overview.coming(who.round),
        "programmes": sorted(overview.bringing(who.round), key=lambda one: str(one.delegation).casefold()),
        "next_steps": [(step, STEPS[step].button) for step in NEXT[RoundState(who.round.state)]] if who.runs else [],
        "turn": overview.TURNS[who.round.state][1],
        "sees_record": may(request.user, SEE_RECORD),
    }
    if who.is_inside and who.round.state == RoundState.RUNNING:
        context["forms"] = forms = overview.forms(who.round)
        context["owed"] = [pair for pair in forms.owed if who.runs or who.acts_for(pair[1])]
    return render(request, "exchange/rounds/round.html", frame(who, "exchange_round", **context))


@requires(RUN_EXCHANGE_ROUNDS)
def new(request: HttpRequest) -> HttpResponse:
    form = ExchangeRoundForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            round_ = create_exchange_round(by=request.user, code=form.cleaned_data["code"], frame=form.frame())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round is prepared. Now add delegations, slots and rooms."))
            return redirect("exchange_round_setup", round_.code)
    context: dict[str, Any] = {
        "form": form,
        "title": _("New exchange round"),
        "submit": _("Create the round"),
        "cancel_url": reverse("exchange_rounds"),
        "crumbs": [*above(), {"label": _("Exchange rounds"), "url": reverse("exchange_rounds")}],
    }
    return render(request, "exchange/rounds/form.html", context)


@signed_in
def edit(request: HttpRequest, code: str) -> HttpResponse:
    who = runner(request, code)
    form = ExchangeRoundForm(posted(request), round=who.round)
    if request.method == "POST" and done(
        request,
        form,
        lambda: edit_exchange_round(by=request.user, round=who.round, frame=form.frame()),
        _("The round is changed."),
    ):
        return back(who)
    cancel = reverse("exchange_round", args=[code])
    return form_page(request, who, form, title=_("Edit the round"), submit=_("Save"), cancel_url=cancel)


@signed_in
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Asks, then takes the step."""
    who = runner(request, code)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    form = ReasonForm(posted(request)) if taken.asks_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        more = {"reason": form.cleaned_data["reason"]} if form else {}
        attempt(request, lambda: taken.act(by=request.user, round=who.round, **more), str(taken.done))
        return back(who)
    question: dict[str, Any] = {
        "title": taken.button,
        "text": str(who.round),
        "consequences": [*_in_the_way(who.round, step), taken.consequence],
        "confirm": taken.button,
        "cancel_url": reverse("exchange_round", args=[code]),
        "form": form,
    }
    return render(request, "common/confirm.html", frame(who, **question))


def _in_the_way(round_: ExchangeRound, step: str) -> list[str]:
    """What the secretariat knows before the meetings begin: those that can no longer be held as they stand."""
    if step != "begin-meetings":
        return []
    return [
        _("Meeting %(number)d: %(reasons)s") % {"number": number, "reasons": " ".join(reasons)}
        for number, reasons in told_troubles(round_)
    ]


@require_safe
@requires(SEE_RECORD)
def record(request: HttpRequest, code: str) -> HttpResponse:
    """What happened to the round and all that belongs to it, the latest first."""
    who = reader_of(request.user, get_object_or_404(ExchangeRound, code=code))
    page = Paginator(events(who.round), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"page_obj": page, "entries": headlines(page.object_list)}
    return render(request, "exchange/rounds/record.html", frame(who, **context))
