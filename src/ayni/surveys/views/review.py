"""A response beside its questions, as the secretariat reviews it: accept, return with a reason, send for validation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import attempt, requires
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_ROUNDS
from ayni.surveys.actions.review import accept_response, return_response
from ayni.surveys.forms.review import ReasonForm
from ayni.surveys.models import Response, ResponseStatus, RoundStatus
from ayni.surveys.queries.responses import read_response
from ayni.surveys.queries.rounds import PROPOSED


@requires(RUN_ROUNDS)
def review(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """The answers beside the questions, and what can be done with them now."""
    response = response_of(code, institution)
    form = ReasonForm(request.POST if request.POST.get("do") == "return" else None)
    if request.method == "POST":
        if form.is_bound:
            if form.is_valid() and _returned(request, response, form):
                return redirect("round", code)
        else:
            accepted = request.POST.get("do") == "accept" and _accepted(request, response)
            return redirect("code" if accepted else "review", code, institution)
    state = read_response(response)
    context = {
        **frame(response),
        "state": state,
        "form": form,
        "may_accept": response.status == ResponseStatus.SUBMITTED,
        "may_return": response.round.status == RoundStatus.OPEN
        and response.status in (ResponseStatus.SUBMITTED, ResponseStatus.ACCEPTED, ResponseStatus.CONTESTED),
        "may_code": response.status in (ResponseStatus.SUBMITTED, ResponseStatus.ACCEPTED, ResponseStatus.CONTESTED),
    }
    return render(request, "surveys/rounds/review.html", context)


def response_of(code: str, institution: str) -> Response:
    """Raises Http404 when the institution has no response in the round."""
    found = (
        Response.objects.filter(round__code=code, institution__code=institution)
        .select_related("round__version__instrument", "institution__country")
        .prefetch_related("institution__names")
        .first()
    )
    if found is None:
        raise Http404
    return found


def frame(response: Response) -> dict[str, Any]:
    """What the head of each page about one response shows."""
    round_ = response.round
    proposed = response.status == ResponseStatus.ACCEPTED and response.proposed_at
    return {
        "response": response,
        "round": round_,
        "institution": response.institution,
        "state_code": PROPOSED if proposed else response.status,
        "fictional": round_.fictional,
        "demo": round_.fictional,
        "crumbs": [
            {"label": _("Rounds"), "url": reverse("rounds")},
            {"label": str(round_), "url": reverse("round", args=[round_.code])},
        ],
    }


def _accepted(request: HttpRequest, response: Response) -> bool:
    return attempt(
        request,
        lambda: accept_response(by=request.user, response=response),
        _("The response is accepted, and what it states is recorded. Now code its answers in words."),
    )


def _returned(request: HttpRequest, response: Response, form: ReasonForm) -> bool:
    try:
        return_response(by=request.user, response=response, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("The response is returned, and its focal points are written to."))
    return True
