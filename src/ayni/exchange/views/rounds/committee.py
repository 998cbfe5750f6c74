"""The committee of a round: who is on it, how far they are, where the actions stand, and what is selected."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, signed_in
from ayni.exchange.actions.rounds.committee import APPOINTED, appoint_reviewer, dismiss_reviewer
from ayni.exchange.forms.rounds.results import AppointForm
from ayni.exchange.queries.rounds import committee as queries
from ayni.exchange.queries.rounds.reader import Reader
from ayni.exchange.views.rounds.frame import back, done, frame, not_public, reader


@signed_in
def committee(request: HttpRequest, code: str) -> HttpResponse:
    """The secretariat appoints and selects; a reviewer finds what is left to score."""
    who = reader(request, code)
    if not who.sees_committee:
        return not_public(request)
    may_appoint = who.runs and who.round.state in APPOINTED
    form = AppointForm(request.POST if "user" in request.POST else None, round=who.round) if may_appoint else None
    if request.method == "POST":
        if form is None:
            return not_public(request)
        if not form.is_bound:
            return _dismissed(request, who)
        given = form.cleaned_data if form.is_valid() else {}
        if done(
            request,
            form,
            lambda: appoint_reviewer(by=request.user, round=who.round, **given),
            _("The person is on the committee."),
        ):
            return back(who, "round_committee")
    found = queries.actions(who.round)
    own = {one.action_id: one for one in queries.reviews_of(who.round).filter(reviewer__user=current_user(request))}
    context: dict[str, Any] = {
        "form": form,
        "criteria": queries.parts(who.round),
        "progress": queries.progress(who.round, found),
        "ranked": queries.ranking(who.round, found) if who.sees_scores else [],
        "found": found,
        "mine": [(one, own.get(one.pk)) for one in found] if who.reviews else [],
    }
    return render(request, "exchange/rounds/committee.html", frame(who, "round_committee", **context))


def _dismissed(request: HttpRequest, who: Reader) -> HttpResponse:
    key = request.POST.get("dismiss", "")
    reviewer = get_object_or_404(who.round.reviewers.all(), pk=int(key) if key.isdecimal() else 0)
    attempt(
        request,
        lambda: dismiss_reviewer(by=request.user, reviewer=reviewer),
        _("The person is no longer on the committee."),
    )
    return back(who, "round_committee")
