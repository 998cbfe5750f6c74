"""The committee: who is on it, what each reviewer says of each action, and what the secretariat selects."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import RUN_EXCHANGE_ROUNDS, SCORE_ACTIONS, may, require
from ayni.exchange.actions.rounds.guards import held, run_by, stands_in
from ayni.exchange.models import (
    Decision,
    ExchangeRound,
    PotentialAction,
    Review,
    Reviewer,
    ReviewScore,
    RoundState,
)
from ayni.exchange.queries.rounds.committee import judgements, own_countries

# Of the committee while it sits, and of judgements of an action before it is selected.
AT_LEAST = 2
APPOINTED = (RoundState.RUNNING, RoundState.FORMS_CLOSED, RoundState.COMMITTEE)


@transaction.atomic
def appoint_reviewer(*, by: Any, round: ExchangeRound, user: User) -> Reviewer:
    """A person of the committee. Raises Refused for who may not score, runs rounds and so reads every score, or is on it."""
    run_by(by)
    round_ = held(round)
    stands_in(round_, *APPOINTED)
    if not may(user, SCORE_ACTIONS):
        raise Refused(_("%(name)s has no role that may score potential actions.") % {"name": user})
    if may(user, RUN_EXCHANGE_ROUNDS):
        raise Refused(_("%(name)s runs exchange rounds and selects: the committee is made of others.") % {"name": user})
    if round_.reviewers.filter(user=user).exists():
        raise Refused(_("%(name)s is on the committee already.") % {"name": user})
    reviewer = Reviewer.objects.create(round=round_, user=user)
    record(by=by, verb="reviewer appointed", on=reviewer, after={"user": str(user)}, public=False)
    return reviewer


@transaction.atomic
def dismiss_reviewer(*, by: Any, reviewer: Reviewer) -> None:
    """The person is no longer on the committee.

    Raises Refused once there is a review of theirs, which stays; and while the committee sits, for one of the last two.
    """
    run_by(by)
    round_ = held(reviewer.round)
    stands_in(round_, *APPOINTED)
    if reviewer.reviews.exists():
        raise Refused(_("%(name)s has given reviews, which stay: the person stays too.") % {"name": reviewer})
    if round_.state == RoundState.COMMITTEE and round_.reviewers.count() <= AT_LEAST:
        raise Refused(_("A committee has at least two reviewers: appoint somebody else first."))
    record(by=by, verb="reviewer dismissed", on=reviewer, before={"user": str(reviewer.user)}, public=False)
    reviewer.delete()


@transaction.atomic
def give_review(*, by: Any, action: PotentialAction, scores: Mapping[str, int], comment: str) -> Review:
    """Scores of an action, {criterion: 0 to 3}; those left out are still missing. It may be changed until the round closes.

    Raises Refused for who is not on the committee, comes from one of the two countries, or abstained; and without a comment.
    """
    reviewer, round_ = _reviewer(by, action)
    conflict = own_countries(by) & {action.meeting.one.country_id, action.meeting.other.country_id}
    if conflict:
        raise Refused(_("You come from one of the two countries: you abstain from this action."))
    review = Review.objects.filter(reviewer=reviewer, action=action).first()
    if review is not None and review.conflict:
        raise Refused(_("You have abstained from this action: ask the secretariat if that was a mistake."))
    criteria = {one.code: one for one in round_.criteria.parts.all()} if round_.criteria else {}
    if not set(scores) <= set(criteria) or not all(0 <= score <= 3 for score in scores.values()):
        raise Refused(_("Each score is 0 to 3, for a criterion of this round."))
    if not comment.strip():
        raise Refused(_("Say in a sentence why you score so: the comment helps the selection."))
    before = _told(review) if review else None
    review, _made = Review.objects.update_or_create(
        reviewer=reviewer, action=action, defaults={"comment": comment.strip()}
    )
    review.scores.exclude(criterion__code__in=scores).delete()
    for code, score in scores.items():
        ReviewScore.objects.update_or_create(review=review, criterion=criteria[code], defaults={"value": score})
    record(by=by, verb="review given", on=review, before=before, after=_told(review), public=False)
    return review


@transaction.atomic
def abstain(*, by: Any, action: PotentialAction, conflict: str) -> Review:
    """A conflict of interest: no score is expected of this reviewer, and none stays. Raises Refused without the conflict."""
    reviewer, _round = _reviewer(by, action)
    if not conflict.strip():
        raise Refused(_("Say what your conflict of interest is."))
    review, _made = Review.objects.update_or_create(
        reviewer=reviewer, action=action, defaults={"comment": "", "conflict": conflict.strip()}
    )
    review.scores.all().delete()
    record(by=by, verb="reviewer abstained", on=review, after={"conflict": review.conflict}, public=False)
    return review


@transaction.atomic
def decide(*, by: Any, action: PotentialAction, selected: bool, reason: str) -> PotentialAction:
    """Select an action for follow-up, or say why not. Raises Refused without a reason, or to select what one has judged."""
    run_by(by)
    stands_in(held(action.round), RoundState.COMMITTEE)
    if not reason.strip():
        raise Refused(_("Say why: the reason becomes public with the selection."))
    if selected and judgements(action) < AT_LEAST:
        raise Refused(_("An action is selected once at least two reviewers have scored it."))
    action.refresh_from_db()
    before = {"decision": action.decision, "reason": action.reason}
    action.decision = Decision.SELECTED if selected else Decision.DECLINED
    action.reason = reason.strip()
    action.decided_at, action.decided_by = timezone.now(), by
    action.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
    record(
        by=by,
        verb="potential action decided",
        on=action,
        before=before,
        after={"decision": action.decision, "reason": action.reason},
        public=False,
    )
    return action


def _reviewer(by: Any, action: PotentialAction) -> tuple[Reviewer, ExchangeRound]:
    require(by, SCORE_ACTIONS)
    round_ = held(action.round)
    stands_in(round_, RoundState.COMMITTEE)
    reviewer = Reviewer.objects.filter(round=round_, user=by).first()
    if reviewer is None:
        raise Refused(_("You are not on the committee of this round."))
    return reviewer, round_


def _told(review: Review) -> dict[str, Any]:
    scores = {one.criterion.code: one.value for one in review.scores.select_related("criterion")}
    return {"comment": review.comment, "conflict": review.conflict, "scores": scores}
