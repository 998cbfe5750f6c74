"""The rounds, one round with who still owes what, and the steps of its life."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.access import attempt, posted, requires
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_ROUNDS, may
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.surveys.actions.rounds import (
    close_round,
    create_round,
    edit_round,
    extend_deadline,
    open_round,
    reopen_round,
)
from ayni.surveys.forms.rounds import DeadlineForm, ReopenForm, ResponseFilter, RoundForm
from ayni.surveys.models import EditionStatus, Round, RoundStatus
from ayni.surveys.queries import rounds as queries
from ayni.surveys.queries.recipients import undelivered
from ayni.surveys.queries.responses import is_frozen

PAGE = 50
SHOWN = 500


@published()
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round that the reader may see, with its published editions."""
    context = {
        "rounds": queries.visible_rounds(request.user),
        "may_run": may(request.user, RUN_ROUNDS),
    }
    return render(request, "surveys/rounds/rounds.html", context)


@published()
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """A round: what it asks, its editions; and for those who follow it, who still owes what."""
    round_ = get_object_or_404(Round.objects.select_related("version__instrument", "previous"), code=code)
    if round_.status == RoundStatus.DRAFT and not queries.sees_drafts(request.user):
        raise Http404
    may_run = may(request.user, RUN_ROUNDS)
    if round_.evaluation_id and not may_run:
        return redirect("opinion_survey", round_.evaluation_id)
    context: dict[str, Any] = {
        "round": round_,
        "fictional": round_.fictional,
        "demo": round_.fictional,
        "may_run": may_run,
        "may_reopen": may_run and round_.status == RoundStatus.CLOSED and not is_frozen(round_),
        "editions": list(round_.editions.filter(status=EditionStatus.PUBLISHED).defer("content")),
        "crumbs": [{"label": _("Rounds"), "url": reverse("rounds")}],
        "invited": round_.invitations.count(),
        "late": round_.status == RoundStatus.OPEN and round_.deadline < timezone.localdate(),
    }
    if request.user.is_authenticated:
        context |= _followed(request, round_)
    if may_run:
        context["undelivered"] = list(undelivered(round_)[:SHOWN])
    if not context.get("progress"):
        context["answered"] = queries.published_responses(round_, context["editions"])[:SHOWN]
    return render(request, "surveys/rounds/round.html", context)


def _followed(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """The part of the page for those who follow responses: figures, filters and a page of the list."""
    responses = queries.visible_responses(request.user, round_)
    figures = queries.progress(responses)
    if not figures.total:
        return {"progress": None}
    places = Country.objects.filter(pk__in=responses.values("institution__country"))
    countries = sorted(((country.pk, str(country)) for country in places), key=lambda pair: pair[1])
    form = ResponseFilter(request.GET, countries=countries)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.filtered(responses, **asked)
    listed = queries.with_last_activity(queries.with_names(found))
    paginator = Paginator(listed, PAGE)
    # The list without its columns counts faster.
    paginator.count = found.count() if any(asked.values()) else figures.total
    page = paginator.get_page(request.GET.get("page"))
    return {
        "progress": figures,
        "filter": form,
        "filtering": any(asked.values()),
        "page_obj": page,
        "rows": queries.rows(round_, page.object_list),
        "result": ngettext("%(number)d response", "%(number)d responses", paginator.count)
        % {"number": paginator.count},
    }


@requires(RUN_ROUNDS)
def new(request: HttpRequest) -> HttpResponse:
    form = RoundForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            round_ = create_round(by=request.user, code=form.cleaned_data["code"], plan=form.plan())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round is prepared. Now invite the institutions."))
            return redirect("round_invite", round_.code)
    return _form_page(request, form, title=_("New round"), submit=_("Create the round"), cancel_url=reverse("rounds"))


@requires(RUN_ROUNDS)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    form = RoundForm(posted(request), initial=RoundForm.values_of(round_), round=round_)
    if request.method == "POST" and form.is_valid():
        try:
            edit_round(by=request.user, round=round_, plan=form.plan())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round is changed."))
            return redirect("round", code)
    return _form_page(
        request, form, title=_("Edit the round"), submit=_("Save"), cancel_url=_address(round_), round=round_
    )


@requires(RUN_ROUNDS)
def open_(request: HttpRequest, code: str) -> HttpResponse:
    """Asks, then opens: the institutions are written to."""
    round_ = get_object_or_404(Round, code=code)
    number = round_.invitations.count()
    consequences = [
        ngettext(
            "%(number)d institution gets the questionnaire and an e-mail.",
            "%(number)d institutions get the questionnaire and an e-mail each.",
            number,
        )
        % {"number": number},
        _("The questionnaire and the period asked about can no longer be changed."),
    ]

    def act() -> None:
        sent = open_round(by=request.user, round=round_)
        text = ngettext("%(number)d institution was written to.", "%(number)d institutions were written to.", sent)
        messages.info(request, text % {"number": sent})

    return _step(
        request,
        round_,
        act,
        title=_("Open the round?"),
        text=str(round_),
        consequences=consequences,
        confirm=_("Open the round"),
        done=_("The round is open."),
    )


@requires(RUN_ROUNDS)
def close(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    return _step(
        request,
        round_,
        lambda: close_round(by=request.user, round=round_),
        title=_("Close the round?"),
        text=str(round_),
        consequences=[
            _("Nobody can answer any more; returned and unfinished answers stay as they are."),
            _("Responses can still be coded and validated, and the diagnosis can be frozen."),
        ],
        confirm=_("Close the round"),
        done=_("The round is closed."),
    )


@requires(RUN_ROUNDS)
def extend(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    form = DeadlineForm(posted(request), initial={"deadline": round_.deadline})

    def act(deadline: date) -> None:
        extend_deadline(by=request.user, round=round_, deadline=deadline)

    return _asking(
        request,
        round_,
        form,
        act,
        title=_("Extend the deadline"),
        submit=_("Extend"),
        done=_("The deadline is extended."),
    )


@requires(RUN_ROUNDS)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    round_ = get_object_or_404(Round, code=code)
    form = ReopenForm(posted(request))

    def act(deadline: date, reason: str) -> None:
        reopen_round(by=request.user, round=round_, deadline=deadline, reason=reason)

    return _asking(
        request,
        round_,
        form,
        act,
        title=_("Open the round again"),
        submit=_("Open again"),
        done=_("The round is open again."),
    )


def _step(request: HttpRequest, round_: Round, act: Callable[[], Any], *, done: str, **question: Any) -> HttpResponse:
    """A page that asks before `act`."""
    if request.method == "POST":
        attempt(request, act, done)
        return redirect("round", round_.code)
    return render(request, "common/confirm.html", {**question, "cancel_url": _address(round_), **_marks(round_)})


def _asking(
    request: HttpRequest, round_: Round, form: Form, act: Callable[..., Any], *, done: str, **page: Any
) -> HttpResponse:
    """A form whose values `act` takes."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("round", round_.code)
    return _form_page(request, form, cancel_url=_address(round_), round=round_, **page)


def _form_page(request: HttpRequest, form: Form, *, round: Round | None = None, **page: Any) -> HttpResponse:
    crumbs = [{"label": _("Rounds"), "url": reverse("rounds")}]
    if round is not None:
        crumbs.append({"label": str(round), "url": _address(round)})
        page |= _marks(round)
    return render(request, "surveys/rounds/form.html", {"form": form, "crumbs": crumbs, **page})


def _marks(round_: Round) -> dict[str, bool]:
    return {"fictional": round_.fictional, "demo": round_.fictional}


def _address(round_: Round) -> str:
    return reverse("round", args=[round_.code])
