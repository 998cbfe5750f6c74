"""The committee of a round as people read it: who has reviewed what, the standings, and who may be appointed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ayni.accounts.models import User
from ayni.common.permissions import ROLES, RUN_EXCHANGE_ROUNDS, SCORE_ACTIONS
from ayni.directory.models import Membership
from ayni.exchange.models import (
    CommitteeCriterion,
    ExchangeRound,
    MeetingReport,
    PotentialAction,
    Review,
    Reviewer,
)
from ayni.methods.committee import Judgement, Standing, standings


@dataclass(frozen=True, slots=True)
class Ranked:
    """An action with where it stands, and the reviews of it."""

    action: PotentialAction
    standing: Standing
    reviews: Sequence[Review]


def actions(round_: ExchangeRound) -> list[PotentialAction]:
    """The potential actions of a round, with what a line about each says."""
    return list(with_names(PotentialAction.objects.filter(round=round_)))


def with_names(rows: "QuerySet[PotentialAction]") -> "QuerySet[PotentialAction]":
    sides = ("one", "other")
    return rows.select_related(
        "round",
        *(f"meeting__{side}__{part}" for side in sides for part in ("country", "institution")),
        *(f"{side}__{part}" for side in ("offerer", "recipient") for part in ("country", "institution")),
    ).prefetch_related(
        *(f"meeting__{side}__institution__names" for side in sides),
        "offerer__institution__names",
        "recipient__institution__names",
        "meeting__reports__modality",
        "meeting__reports__topic",
    )


def ranking(round_: ExchangeRound, found: Sequence[PotentialAction]) -> list[Ranked]:
    """The actions by their mean, with the interval that missing scores leave. Empty before there are criteria."""
    criteria = parts(round_)
    if not criteria:
        return []
    reviewers = list(round_.reviewers.all())
    homes = countries_of(reviewers)
    reviews: dict[int, dict[int, Review]] = {}
    for review in reviews_of(round_):
        reviews.setdefault(review.action_id, {})[review.reviewer_id] = review
    told = {
        f"{action.number:06}": [
            _judgement(reviewer, reviews.get(action.pk, {}).get(reviewer.pk))
            for reviewer in reviewers
            if not abstains(reviewer, action, reviews.get(action.pk, {}).get(reviewer.pk), homes)
        ]
        for action in found
    }
    by_name = {f"{action.number:06}": action for action in found}
    return [
        Ranked(by_name[one.action], one, list(reviews.get(by_name[one.action].pk, {}).values()))
        for one in standings({part.code: float(part.weight) for part in criteria}, told)
    ]


def parts(round_: ExchangeRound) -> list[CommitteeCriterion]:
    return list(round_.criteria.parts.all()) if round_.criteria else []


def reviews_of(round_: ExchangeRound) -> "QuerySet[Review]":
    return (
        Review.objects.filter(action__round=round_)
        .select_related("reviewer__user")
        .prefetch_related("scores__criterion")
    )


def progress(round_: ExchangeRound, found: Sequence[PotentialAction]) -> list[dict[str, Any]]:
    """Each reviewer with how many actions are scored whole, abstained from, and still to do."""
    needed = len(parts(round_))
    given: dict[int, list[Review]] = {}
    for review in reviews_of(round_):
        given.setdefault(review.reviewer_id, []).append(review)
    reviewers = list(round_.reviewers.select_related("user"))
    homes = countries_of(reviewers)
    rows = []
    for reviewer in reviewers:
        mine = {review.action_id: review for review in given.get(reviewer.pk, [])}
        abstained = sum(abstains(reviewer, one, mine.get(one.pk), homes) for one in found)
        whole = sum(not review.conflict and len(review.scores.all()) == needed for review in mine.values())
        rows.append(
            {"reviewer": reviewer, "abstained": abstained, "whole": whole, "left": len(found) - abstained - whole}
        )
    return rows


def countries_of(reviewers: Sequence[Reviewer]) -> dict[int, set[str]]:
    """{person: the countries that the person's roles belong to}."""
    found: dict[int, set[str]] = {}
    rows = Membership.objects.in_force().filter(user__in=[one.user_id for one in reviewers])
    for user, *codes in rows.values_list("user_id", "country_id", "institution__country_id"):
        found.setdefault(user, set()).update(code for code in codes if code)
    return found


def abstains(reviewer: Reviewer, action: PotentialAction, review: Review | None, homes: Mapping[int, set[str]]) -> bool:
    """Whether no score is expected: the reviewer said so, or comes from one of the two countries."""
    sides = {action.meeting.one.country_id, action.meeting.other.country_id}
    return (review is not None and bool(review.conflict)) or bool(homes.get(reviewer.user_id, set()) & sides)


def by_criterion(round_: ExchangeRound, reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Each review with its scores in the order of the criteria; None for one that is missing."""
    codes = [part.code for part in parts(round_)]
    rows = []
    for review in reviews:
        given = {score.criterion.code: score.value for score in review.scores.all()}
        rows.append({"review": review, "scores": [given.get(code) for code in codes]})
    return rows


def candidates(round_: ExchangeRound) -> "QuerySet[User]":
    """Who may be appointed: active people with a role that may score and none that runs rounds, not on the committee yet."""
    held = _holding(SCORE_ACTIONS)
    taken = Reviewer.objects.filter(round=round_).values("user")
    return (
        User.objects.filter(pk__in=held, is_active=True)
        .exclude(pk__in=taken)
        .exclude(pk__in=_holding(RUN_EXCHANGE_ROUNDS))
        .order_by("name", "email")
    )


def _holding(permission: str) -> "QuerySet[User]":
    """The people who have a role with the permission."""
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    return User.objects.filter(pk__in=Membership.objects.in_force().filter(role__in=roles).values("user"))


def own_countries(user: Any) -> set[str]:
    """The countries that a person's roles belong to: a conflict of interest with actions of theirs."""
    rows = Membership.objects.in_force().filter(user=user).values_list("country_id", "institution__country_id")
    return {code for row in rows for code in row if code}


def judgements(action: PotentialAction) -> int:
    """How many reviewers have scored the action."""
    return action.reviews.filter(scores__isnull=False).distinct().count()


def own_review(user: Any, action: PotentialAction) -> Review | None:
    return Review.objects.filter(reviewer__user=user, action=action).prefetch_related("scores__criterion").first()


def sides(action: PotentialAction) -> list[tuple[Any, MeetingReport | None]]:
    """Both delegations with their forms."""
    told = {one.delegation_id: one for one in action.meeting.reports.all()}
    return [(side, told.get(side.pk)) for side in (action.meeting.one, action.meeting.other)]


def _judgement(reviewer: Reviewer, review: Review | None) -> Judgement:
    scores = {score.criterion.code: score.value for score in review.scores.all()} if review else {}
    return Judgement(str(reviewer.pk), scores)
