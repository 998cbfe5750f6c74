"""What a reader may see of an exchange round, and for whom the reader acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ayni.common.permissions import READ_DRAFTS, RUN_EXCHANGE_ROUNDS, TAKE_PART, grants_of, may
from ayni.exchange.models import (
    Decision,
    Delegation,
    ExchangeRound,
    Meeting,
    PotentialAction,
    Reviewer,
    RoundState,
)

PUBLIC_TIMETABLE = (RoundState.RUNNING, RoundState.FORMS_CLOSED, RoundState.COMMITTEE, RoundState.CLOSED)


@dataclass(frozen=True)
class Reader:
    """A person before a round. `acting`: the delegations for which the person may speak."""

    user: Any
    round: ExchangeRound
    acting: Sequence[Delegation]

    @cached_property
    def runs(self) -> bool:
        return may(self.user, RUN_EXCHANGE_ROUNDS)

    @cached_property
    def observes(self) -> bool:
        return self.runs or may(self.user, READ_DRAFTS)

    @cached_property
    def is_inside(self) -> bool:
        """The secretariat, observers, and those who act for a delegation read what is not public yet."""
        return self.observes or bool(self.acting)

    @cached_property
    def reviews(self) -> bool:
        """Whether the person is on the round's committee."""
        if not getattr(self.user, "is_authenticated", False):
            return False
        return Reviewer.objects.filter(round=self.round, user=self.user).exists()

    @property
    def sees_round(self) -> bool:
        return self.round.state != RoundState.DRAFT or self.is_inside

    @property
    def may_say_interests(self) -> bool:
        """Whether delegations themselves still say whom they want to meet."""
        return self.round.state == RoundState.INTERESTS and not past_interests(self.round)

    @property
    def sees_matrix(self) -> bool:
        return self.sees_timetable or (self.is_inside and self.round.state != RoundState.DRAFT)

    @property
    def sees_timetable(self) -> bool:
        return self.round.state in PUBLIC_TIMETABLE or (self.is_inside and self.round.state == RoundState.PLANNING)

    @property
    def sees_actions(self) -> bool:
        """The public reads what was selected; the others follow how it comes about."""
        return self.round.state == RoundState.CLOSED or (
            self.round.state in PUBLIC_TIMETABLE and (self.is_inside or self.reviews)
        )

    def sees_action(self, action: PotentialAction) -> bool:
        """What was not selected stays among those inside and the committee."""
        return self.is_inside or self.reviews or action.decision == Decision.SELECTED

    @property
    def sees_committee(self) -> bool:
        """Who is on the committee: those who run and observe the round, and the committee itself."""
        return self.round.state in PUBLIC_TIMETABLE and (self.observes or self.reviews)

    @property
    def sees_scores(self) -> bool:
        """A reviewer scores without knowing what the others said; afterwards all on the committee read it."""
        if self.round.state == RoundState.CLOSED:
            return self.observes or self.reviews
        return self.observes and not self.reviews

    @property
    def sees_decisions(self) -> bool:
        """What is selected, and why, is told to all when the round closes."""
        return self.observes or self.round.state == RoundState.CLOSED

    def sees_reports(self, meeting: Meeting) -> bool:
        """What the two sides said of their meeting: the two, those who run and observe, and the committee."""
        return self.observes or self.reviews or self.is_side(meeting)

    def is_side(self, meeting: Meeting) -> bool:
        return any(one.pk in (meeting.one_id, meeting.other_id) for one in self.acting)

    def acts_for(self, delegation: Delegation) -> bool:
        return any(one.pk == delegation.pk for one in self.acting)

    def sees_people(self, delegation: Delegation) -> bool:
        """Names are personal data: the delegation's own people and the secretariat."""
        return self.runs or self.acts_for(delegation)


def past_interests(round_: ExchangeRound) -> bool:
    """Whether the last day for interests has ended where the round is held."""
    return timezone.localdate(timezone=ZoneInfo(round_.time_zone)) > round_.interests_until


def reader_of(user: Any, round_: ExchangeRound) -> Reader:
    return Reader(user, round_, acting_for(user, round_))


def acting_for(user: Any, round_: ExchangeRound) -> list[Delegation]:
    """The delegations of the round for which `user` may speak."""
    if not may(user, TAKE_PART):
        return []
    grants = list(grants_of(user))
    institutions = [grant.institution_id for grant in grants if grant.institution_id]
    countries = [grant.country_id for grant in grants if grant.country_id]
    near = named(round_.delegations.filter(Q(institution__in=institutions) | Q(country__in=countries)))
    return [one for one in near if may(user, TAKE_PART, one)]


def named(delegations: "QuerySet[Delegation]") -> "QuerySet[Delegation]":
    """With what their names are made of."""
    return delegations.select_related("country", "institution").prefetch_related("institution__names")


def visible_rounds(user: Any) -> list[ExchangeRound]:
    """The rounds that `user` may see, the latest first, with how many delegations and countries come."""
    rounds = ExchangeRound.objects.annotate(
        coming=Count("delegations", distinct=True), countries=Count("delegations__country", distinct=True)
    )
    if may(user, RUN_EXCHANGE_ROUNDS) or may(user, READ_DRAFTS):
        return list(rounds)
    return [one for one in rounds if one.state != RoundState.DRAFT]


def by_key(delegations: Iterable[Delegation]) -> dict[int, Delegation]:
    return {one.pk: one for one in delegations}
