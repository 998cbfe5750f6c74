"""The potential actions of a round: what both sides see, the committee's scores, and the selection."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import posted, signed_in
from ayni.common.published import published
from ayni.exchange.actions.rounds.committee import abstain, decide, give_review
from ayni.exchange.forms.rounds.results import ConflictForm, DecisionForm, ReviewForm
from ayni.exchange.models import Decision, PotentialAction, RoundState
from ayni.exchange.queries.rounds import committee as queries
from ayni.exchange.queries.rounds.reader import Reader
from ayni.exchange.views.rounds.frame import back, done, frame, not_public, reader


@published()
def actions(request: HttpRequest, code: str) -> HttpResponse:
    """Those selected, for everybody once the round is closed; all of them for those inside."""
    who = reader(request, code)
    if not who.sees_actions:
        return not_public(request)
    found = queries.actions(who.round)
    shown = [one for one in found if who.sees_action(one)]
    context: dict[str, Any] = {"actions": shown, "all": len(shown) == len(found)}
    return render(request, "exchange/rounds/actions.html", frame(who, "round_actions", **context))


def action(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What each side says; for the committee its form, for the secretariat the scores and the decision."""
    who = reader(request, code)
    if not who.sees_actions:
        return not_public(request)
    one = action_of(who, number)
    deciding = who.runs and who.round.state == RoundState.COMMITTEE
    form = DecisionForm(posted(request), initial=_decided(one)) if deciding else None
    if request.method == "POST":
        if form is None:
            return not_public(request)
        given = form.cleaned_data if form.is_valid() else {}
        if done(request, form, lambda: decide(by=request.user, action=one, **given), _("The decision is saved.")):
            return back(who, "round_committee")
    shown = _ranked(who, one) if who.sees_scores else None
    context: dict[str, Any] = {
        "action": one,
        "sides": queries.sides(one) if who.sees_reports(one.meeting) else [],
        "criteria": queries.parts(who.round),
        "ranked": shown,
        "reviews": queries.by_criterion(who.round, shown.reviews) if shown else [],
        "form": form,
        "own_review": queries.own_review(request.user, one) if who.reviews else None,
        "may_review": who.reviews and who.round.state == RoundState.COMMITTEE,
        "sees_contact": who.runs or who.acts_for(one.meeting.one) or who.acts_for(one.meeting.other),
    }
    return render(request, "exchange/rounds/action.html", frame(who, "round_actions", **context))


@signed_in
def review(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A reviewer scores, or says that a conflict of interest forbids it."""
    who = reader(request, code)
    if not who.reviews:
        return not_public(request)
    if who.round.state != RoundState.COMMITTEE:
        raise Http404
    one = action_of(who, number)
    standing = queries.own_review(request.user, one)
    abstains = request.POST.get("do") == "abstain"
    form = ReviewForm(None if abstains else posted(request), criteria=queries.parts(who.round), review=standing)
    conflict = ConflictForm(request.POST if abstains else None, prefix="conflict")
    if abstains and done(
        request,
        conflict,
        lambda: abstain(by=request.user, action=one, **conflict.cleaned_data),
        _("You abstain from this action."),
    ):
        return back(who, "round_committee")
    if (
        request.method == "POST"
        and not abstains
        and done(
            request,
            form,
            lambda: give_review(
                by=request.user, action=one, scores=form.scores(), comment=form.cleaned_data["comment"]
            ),
            _("Your review is saved. You can change it until the round closes."),
        )
    ):
        return back(who, "round_committee")
    context: dict[str, Any] = {
        "action": one,
        "sides": queries.sides(one),
        "form": form,
        "conflict": conflict,
        "own_review": standing,
        "from_here": bool(
            queries.own_countries(request.user) & {one.meeting.one.country_id, one.meeting.other.country_id}
        ),
        "cancel_url": reverse("round_committee", args=[code]),
    }
    return render(request, "exchange/rounds/review.html", frame(who, "round_committee", **context))


def action_of(who: Reader, number: int) -> PotentialAction:
    """Raises Http404 for an action that is not there for this reader."""
    one = get_object_or_404(queries.with_names(PotentialAction.objects.filter(round=who.round)), number=number)
    if not who.sees_action(one):
        raise Http404
    return one


def _ranked(who: Reader, one: PotentialAction) -> queries.Ranked | None:
    """Where the action stands among all of the round."""
    ranked = queries.ranking(who.round, queries.actions(who.round))
    return next((row for row in ranked if row.action.pk == one.pk), None)


def _decided(one: PotentialAction) -> dict[str, str]:
    if one.decision == Decision.OPEN:
        return {}
    return {"selected": "yes" if one.decision == Decision.SELECTED else "no", "reason": one.reason}
