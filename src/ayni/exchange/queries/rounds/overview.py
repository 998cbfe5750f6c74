"""How far a round is: its figures, its delegations, and whose turn it is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.exchange.models import (
    Absence,
    Decision,
    Delegate,
    Delegation,
    ExchangeRound,
    Interest,
    Meeting,
    MeetingState,
    PotentialAction,
    RoundProgramme,
    RoundState,
    TimeSlot,
)
from ayni.exchange.queries.rounds.grid import with_names
from ayni.exchange.queries.rounds.reader import named

# Whose turn it is while the round stands there, and what they do.
TURNS: dict[str, tuple[Promise, Promise]] = {
    RoundState.DRAFT: (_("Preparation"), _("The secretariat adds delegations, slots, rooms and interpreters.")),
    RoundState.INTERESTS: (_("Interests"), _("Each delegation says whom it wants to meet, and about what.")),
    RoundState.PLANNING: (_("Matrix and timetable"), _("The secretariat plans the meetings.")),
    RoundState.RUNNING: (_("Meetings and forms"), _("Both sides of each meeting fill their form.")),
    RoundState.FORMS_CLOSED: (_("Forms closed"), _("The secretariat appoints the committee.")),
    RoundState.COMMITTEE: (_("Committee"), _("The reviewers score the potential actions; the secretariat selects.")),
    RoundState.CLOSED: (_("Selection published"), _("What was selected is followed up.")),
}


@dataclass(frozen=True, slots=True)
class Figures:
    countries: int
    delegates: int
    programmes: int
    interests: int
    meetings: int
    actions: int
    selected: int


def figures(round_: ExchangeRound) -> Figures:
    """The figures of a round, in one query."""
    mine = {"round": OuterRef("pk")}
    through = {"delegation__round": OuterRef("pk")}
    told = (
        ExchangeRound.objects.filter(pk=round_.pk)
        .values_list(
            _number(Delegation.objects.filter(**mine).values("country"), "country"),
            _number(Delegate.objects.filter(**through)),
            _number(RoundProgramme.objects.filter(**through)),
            _number(Interest.objects.filter(**through, withdrawn=False)),
            _number(Meeting.objects.filter(**mine, state=MeetingState.PLANNED)),
            _number(PotentialAction.objects.filter(**mine)),
            _number(PotentialAction.objects.filter(**mine, decision=Decision.SELECTED)),
        )
        .get()
    )
    return Figures(*told)


def _number(rows: "QuerySet[Any, Any]", of: str = "pk") -> Coalesce:
    """How many different ones there are."""
    counted = (
        rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them").annotate(number=Count(of, distinct=True))
    )
    return Coalesce(Subquery(counted.values("number")), 0)


@dataclass(frozen=True, slots=True)
class Coming:
    """A delegation with how many programmes it brings, interests it gave, and meetings it has."""

    delegation: Delegation
    brings: int
    wants: int
    meets: int


def coming(round_: ExchangeRound) -> list[Coming]:
    """The delegations of a round by name."""
    brings = Count("programmes", distinct=True)
    wants = Count("interests", filter=Q(interests__withdrawn=False), distinct=True)
    rows: list[Any] = list(named(round_.delegations.annotate(brings=brings, wants=wants)))
    meets: dict[int, int] = {}
    for pair in Meeting.objects.filter(round=round_, state=MeetingState.PLANNED).values_list("one_id", "other_id"):
        for key in pair:
            meets[key] = meets.get(key, 0) + 1
    found = [Coming(one, one.brings, one.wants, meets.get(one.pk, 0)) for one in rows]
    return sorted(found, key=lambda one: str(one.delegation).casefold())


def steps(round_: ExchangeRound) -> list[dict[str, Any]]:
    """For the stepper: what is done, where the round stands, and whose turn it is."""
    order = list(TURNS)
    here = order.index(round_.state)
    return [
        {
            "label": label,
            "note": turn if number == here else "",
            "state": "done"
            if number < here or round_.state == RoundState.CLOSED
            else "current"
            if number == here
            else "todo",
        }
        for number, (label, turn) in enumerate(TURNS.values())
    ]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a round's planned meetings: how many there are to be, how many are filled, and which are owed."""

    wanted: int
    filled: int
    owed: list[tuple[Meeting, Delegation]]


def forms(round_: ExchangeRound) -> Forms:
    """Two for each planned meeting. Four queries."""
    meetings = with_names(Meeting.objects.filter(round=round_, state=MeetingState.PLANNED)).prefetch_related("reports")
    owed = []
    for meeting in meetings:
        filled = {report.delegation_id for report in meeting.reports.all()}
        owed += [(meeting, side) for side in (meeting.one, meeting.other) if side.pk not in filled]
    wanted = 2 * len(meetings)
    return Forms(wanted, wanted - len(owed), owed)


def bringing(round_: ExchangeRound) -> list[RoundProgramme]:
    """The programmes of a round with their delegations and topics."""
    rows = RoundProgramme.objects.filter(delegation__round=round_).select_related(
        "topic", "quadrant", "delegation__country", "delegation__institution"
    )
    return list(rows.prefetch_related("delegation__institution__names"))


def never_there(round_: ExchangeRound) -> "QuerySet[Delegation]":
    """The delegations that are away in every slot for meetings."""
    away = Absence.objects.filter(slot=OuterRef("pk"), delegation=OuterRef(OuterRef("pk")))
    free = TimeSlot.objects.filter(~Exists(away), round=OuterRef("round"), is_break=False)
    some = Absence.objects.filter(delegation=OuterRef("pk"), slot__is_break=False)
    return named(round_.delegations.filter(Exists(some), ~Exists(free)))


def may_ask(delegation: Delegation) -> list[Delegation]:
    """Whom a delegation may want to meet: those of other countries."""
    others = named(delegation.round.delegations.exclude(country=delegation.country_id))
    return sorted(others, key=lambda one: str(one).casefold())
