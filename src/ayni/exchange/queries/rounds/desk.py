"""What waits on a person's desk in the exchange rounds (settings.DESK)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import ROLES, RUN_EXCHANGE_ROUNDS, SCORE_ACTIONS, TAKE_PART, grants_of, may
from ayni.directory.models import Membership
from ayni.exchange.models import (
    CommitteeCriterion,
    Decision,
    Delegation,
    ExchangeRound,
    Interest,
    Meeting,
    MeetingReport,
    MeetingState,
    PotentialAction,
    Review,
    ReviewScore,
    RoundState,
)
from ayni.exchange.queries.rounds.grid import with_names

KINDS: dict[str, Promise] = {
    "round-interests": gettext_lazy("Interests for an exchange round"),
    "round-forms": gettext_lazy("Forms after meetings"),
    "round-changed": gettext_lazy("Meetings moved or cancelled"),
    "round-review": gettext_lazy("Potential actions to score"),
    "round-run": gettext_lazy("Exchange rounds to run"),
}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (TAKE_PART, "exchange_rounds", gettext_lazy("See the exchange rounds")),
    (RUN_EXCHANGE_ROUNDS, "exchange_rounds", gettext_lazy("Run the exchange rounds")),
)
SIDES = ("one", "other")


def sources(user: User) -> Iterable[Source]:
    """Each a query: what one's delegations owe, what a reviewer has left, where a round waits for the secretariat."""
    if may(user, TAKE_PART):
        yield Source(_without_interest(user), _say)
        for side in SIDES:
            yield Source(_without_form(user, side), _fill)
        yield Source(_changed_late(user), _news)
    if may(user, SCORE_ACTIONS):
        yield Source(_without_review(user), _score)
    if may(user, RUN_EXCHANGE_ROUNDS):
        yield Source(_waiting(), _run)


def own(user: User, prefix: str = "") -> Q:
    """The delegations for which the person may speak, as `permission_scope` says it."""
    found = Q(pk__in=[])
    for grant in grants_of(user):
        if TAKE_PART not in ROLES[grant.role].permissions:
            continue
        if grant.institution_id:
            found |= Q(**{f"{prefix}institution": grant.institution_id})
        elif grant.country_id:
            found |= Q(**{f"{prefix}country": grant.country_id})
    return found


def _without_interest(user: User) -> QuerySet[Delegation]:
    given = Interest.objects.filter(delegation=OuterRef("pk"), withdrawn=False)
    rows = Delegation.objects.filter(
        own(user), ~Exists(given), round__state=RoundState.INTERESTS, round__interests_until__gte=timezone.localdate()
    )
    return rows.select_related("round", "country", "institution").prefetch_related("institution__names")


def _without_form(user: User, side: str) -> QuerySet[Any]:
    """The planned meetings that have begun in which the person's delegation is `side` and has no form."""
    filled = MeetingReport.objects.filter(meeting=OuterRef("pk"), delegation=OuterRef(side))
    rows = Meeting.objects.filter(
        own(user, f"{side}__"),
        ~Exists(filled),
        state=MeetingState.PLANNED,
        round__state=RoundState.RUNNING,
        slot__begins__lte=timezone.now(),
    ).annotate(mine=F(f"{side}__code"))
    return with_names(rows).select_related("round")


def _changed_late(user: User) -> QuerySet[Meeting]:
    """The meetings to come of the person's delegations that were moved or cancelled after all had read the timetable."""
    mine = own(user, "one__") | own(user, "other__")
    rows = Meeting.objects.filter(
        mine, changed_late=True, round__state=RoundState.RUNNING, slot__begins__gt=timezone.now()
    )
    return with_names(rows).select_related("round")


def _without_review(user: User) -> QuerySet[PotentialAction]:
    """The actions that the person is to score; one's own countries' are not among them."""
    score = ReviewScore.objects.filter(review=OuterRef(OuterRef("pk")), criterion=OuterRef("pk"))
    missing = CommitteeCriterion.objects.filter(~Exists(score), criteria=OuterRef("action__round__criteria"))
    given = Review.objects.filter(~Q(conflict="") | ~Exists(missing), action=OuterRef("pk"), reviewer__user=user)
    homes = Q(pk__in=[])
    for name in SIDES:
        home = OuterRef(f"meeting__{name}__country")
        homes |= Q(country=home) | Q(institution__country=home)
    at_home = Membership.objects.in_force().filter(homes, user=user)
    rows = PotentialAction.objects.filter(
        ~Exists(given), ~Exists(at_home), round__state=RoundState.COMMITTEE, round__reviewers__user=user
    )
    parts = [f"meeting__{name}__{part}" for name in SIDES for part in ("country", "institution")]
    names = [f"meeting__{name}__institution__names" for name in SIDES]
    return rows.select_related("round", *parts).prefetch_related(*names)


def _waiting() -> QuerySet[Any]:
    """The rounds whose turn is the secretariat's."""
    undecided = Count("actions", filter=Q(actions__decision=Decision.OPEN), distinct=True)
    rows = ExchangeRound.objects.annotate(undecided=undecided)
    past = Q(state=RoundState.INTERESTS, interests_until__lt=timezone.localdate())
    ended = Q(state=RoundState.RUNNING, ends_on__lt=timezone.localdate())
    ready = Q(state__in=[RoundState.PLANNING, RoundState.FORMS_CLOSED, RoundState.COMMITTEE])
    return rows.filter(past | ended | ready)


def _say(delegation: Delegation) -> Task:
    why = _("It has not said yet whom it wants to meet.")
    address = url("round_delegation", delegation.round.code, delegation.code)
    return Task(
        "round-interests", _about(delegation, delegation.round), why, address, deadline=delegation.round.interests_until
    )


def _fill(meeting: Any) -> Task:
    why = _("Say what the meeting brought, and what could be done.")
    address = url("meeting_report", meeting.round.code, meeting.number, meeting.mine)
    return Task("round-forms", _about(meeting, meeting.round), why, address, deadline=meeting.round.ends_on)


def _news(meeting: Meeting) -> Task:
    if meeting.state == MeetingState.CANCELLED:
        why = _("The meeting is cancelled.")
    elif meeting.stands:
        why = _("The meeting has a new place: %(slot)s, %(room)s.") % {"slot": meeting.slot, "room": meeting.room}
    else:
        why = _("The meeting has no place in the timetable for now.")
    address = url("round_meeting", meeting.round.code, meeting.number)
    return Task("round-changed", _about(meeting, meeting.round), why, address, meeting.changed_at)


def _score(action: PotentialAction) -> Task:
    why = _("You are on the committee, and have not scored it whole yet.")
    return Task(
        "round-review", _about(action, action.round), why, url("action_review", action.round.code, action.number)
    )


def _run(round_: Any) -> Task:
    page = "exchange_round"
    if round_.state == RoundState.INTERESTS:
        why = _("The last day for interests has passed: close them.")
    elif round_.state == RoundState.PLANNING:
        why, page = _("The interests are closed: plan the timetable and begin the meetings."), "round_timetable"
    elif round_.state == RoundState.RUNNING:
        why = _("The last day has passed: close the forms when they are filled.")
    elif round_.state == RoundState.FORMS_CLOSED:
        why, page = _("The forms are closed: appoint the committee and open it."), "round_committee"
    elif round_.undecided:
        page = "round_committee"
        why = ngettext(
            "%(number)d potential action is not decided yet.",
            "%(number)d potential actions are not decided yet.",
            round_.undecided,
        ) % {"number": round_.undecided}
    else:
        why = _("Everything is decided: close the round to publish the selection.")
    return Task("round-run", str(round_), why, url(page, round_.code))


def _about(thing: object, round_: ExchangeRound) -> str:
    return _("%(name)s: %(round)s") % {"name": thing, "round": round_}
