"""What the tables of exchange rounds refuse by themselves: a failing insert for each."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.exchange.models import (
    Absence,
    CommitteeCriteria,
    CommitteeCriterion,
    Delegate,
    Delegation,
    ExchangeRound,
    Interest,
    Interpreters,
    Meeting,
    MeetingReport,
    MeetingSeat,
    PotentialAction,
    Review,
    Reviewer,
    ReviewScore,
    Room,
    RoomLoss,
    RoundState,
    TimeSlot,
    TimetableVersion,
)
from tests.unit.exchange.rounds import DAY, in_state, one, topic

pytestmark = pytest.mark.django_db


def refused(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.fixture
def round_() -> ExchangeRound:
    return in_state(RoundState.PLANNING)


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": DAY - timedelta(days=1)},
        {"interests_until": DAY + timedelta(days=1)},
        {"languages": ""},
        {"languages": "es,pt"},
        {"languages": "de"},
        {"code": "new"},
        {"state": "committee"},
        {"state": "closed"},
    ],
)
def test_a_round_is_whole(values):
    whole = {"code": "x", "starts_on": DAY, "ends_on": DAY, "interests_until": DAY, "languages": "es"}
    refused(lambda: ExchangeRound.objects.create(**(whole | values)))
    ExchangeRound.objects.create(**whole)


def test_a_code_of_a_round_is_taken_once(round_):
    refused(lambda: ExchangeRound.objects.create(code=round_.code, starts_on=DAY, ends_on=DAY, interests_until=DAY))


@pytest.mark.parametrize("values", [{"code": "CHL"}, {"code": "new"}, {"languages": "xx"}])
def test_a_delegation_comes_once_with_a_language(round_, values):
    whole = {"round": round_, "code": "ARG", "country_id": "ARG", "languages": "es"}
    refused(lambda: Delegation.objects.create(**(whole | values)))


def test_a_delegation_has_named_people_and_one_lead(round_):
    chile = one(round_, "CHL")
    Delegate.objects.create(delegation=chile, name="A", leads=True)
    refused(lambda: Delegate.objects.create(delegation=chile, name="B", leads=True))
    refused(lambda: Delegate.objects.create(delegation=chile, name="A"))
    refused(lambda: Delegate.objects.create(delegation=chile, name=""))


def test_an_interest_is_in_another_weighed_and_said_once(round_):
    chile, brazil = one(round_, "CHL"), one(round_, "BR-MDS")

    def interest(**values):
        whole = {"delegation": chile, "partner": brazil, "topic": topic(), "weight": 2}
        return Interest.objects.create(**(whole | values))

    refused(lambda: interest(partner=chile))
    refused(lambda: interest(weight=0))
    refused(lambda: interest(weight=4))
    first = interest()
    refused(interest)
    first.withdrawn = True
    first.save()
    interest()


@pytest.mark.parametrize("values", [{"ends_at": time(8)}, {"ends_at": time(7)}, {"starts_at": time(9)}])
def test_a_slot_ends_after_it_begins_and_is_there_once(round_, values):
    whole = {"round": round_, "day": DAY, "starts_at": time(8), "ends_at": time(9, 30)}
    refused(lambda: TimeSlot.objects.create(**(whole | values)))


@pytest.mark.parametrize("values", [{"number": 1}, {"number": 0}, {"name": ""}])
def test_a_room_has_a_number_of_its_own_and_a_name(round_, values):
    refused(lambda: Room.objects.create(**({"round": round_, "number": 9, "name": "Room"} | values)))


def test_a_room_is_lost_and_a_delegation_away_once_a_slot(round_):
    slot, room = round_.slots.first(), round_.rooms.first()
    RoomLoss.objects.create(slot=slot, room=room)
    refused(lambda: RoomLoss.objects.create(slot=slot, room=room))
    Absence.objects.create(slot=slot, delegation=one(round_, "CHL"))
    refused(lambda: Absence.objects.create(slot=slot, delegation=one(round_, "CHL")))


@pytest.mark.parametrize(
    "values",
    [
        {"one_language": "es", "other_language": "es"},
        {"one_language": "pt", "other_language": "es"},
        {"one_language": "de"},
        {"count": 0},
        {"one_language": "es", "other_language": "pt"},
    ],
)
def test_interpreters_work_between_two_languages_in_order(round_, values):
    whole = {"round": round_, "one_language": "en", "other_language": "fr", "count": 1}
    refused(lambda: Interpreters.objects.create(**(whole | values)))


@pytest.fixture
def meeting(round_) -> Meeting:
    """The only one of a round whose timetable was taken away."""
    round_.meetings.all().delete()
    return place(round_, number=1)


def place(round_, **values) -> Meeting:
    """BR-MDS and CHL in the first slot and room, unless `values` say otherwise."""
    whole = {
        "round": round_,
        "number": 2,
        "one": one(round_, "BR-MDS"),
        "other": one(round_, "CHL"),
        "slot": round_.slots.first(),
        "room": round_.rooms.first(),
    }
    return Meeting.objects.create(**(whole | values))


def test_a_delegation_does_not_meet_itself(round_, meeting):
    refused(lambda: place(round_, one=one(round_, "CHL"), slot=round_.slots.all()[1]))


def test_a_pair_has_an_order_so_that_it_meets_once(round_, meeting):
    refused(lambda: place(round_, one=one(round_, "CHL"), other=one(round_, "BR-MDS"), slot=round_.slots.all()[1]))
    refused(lambda: place(round_, slot=round_.slots.all()[1]))
    meeting.state = "cancelled"
    meeting.save()
    place(round_, slot=round_.slots.all()[1])


def test_a_delegation_is_one_side_once_a_slot(round_, meeting):
    refused(lambda: place(round_, other=one(round_, "CO-DPS"), room=round_.rooms.last()))


def test_a_delegation_is_not_the_one_here_and_the_other_there_in_a_slot(round_, meeting):
    second = place(round_, one=one(round_, "CHL"), other=one(round_, "CO-DPS"), room=round_.rooms.last())
    chile = {"slot": meeting.slot, "delegation": one(round_, "CHL")}
    MeetingSeat.objects.create(meeting=meeting, **chile)
    refused(lambda: MeetingSeat.objects.create(meeting=second, **chile))


def test_a_delegation_sits_once_in_a_meeting(round_, meeting):
    chile = one(round_, "CHL")
    MeetingSeat.objects.create(meeting=meeting, slot=meeting.slot, delegation=chile)
    refused(lambda: MeetingSeat.objects.create(meeting=meeting, slot=round_.slots.all()[1], delegation=chile))


def test_a_delegation_is_the_other_side_once_a_slot(round_, meeting):
    meeting.other = one(round_, "CO-DPS")
    meeting.save()
    refused(lambda: place(round_, one=one(round_, "CHL"), other=one(round_, "CO-DPS"), room=round_.rooms.last()))


def test_a_room_holds_one_meeting_a_slot(round_, meeting):
    argentina = Delegation.objects.create(round=round_, code="ARG", country_id="ARG", languages="es")
    peru = Delegation.objects.create(round=round_, code="PER", country_id="PER", languages="es")
    refused(lambda: place(round_, one=argentina, other=peru))
    place(round_, one=argentina, other=peru, room=round_.rooms.last())


def test_a_meeting_has_a_number_of_its_own_and_is_pinned_only_where_it_is_planned(round_, meeting):
    refused(lambda: place(round_, number=1, slot=round_.slots.all()[1], other=one(round_, "CO-DPS")))
    refused(lambda: place(round_, state="cancelled", pinned=True, other=one(round_, "CO-DPS")))


def test_a_timetable_is_within_its_bound_and_numbered_once(round_):
    refused(
        lambda: TimetableVersion.objects.create(round=round_, number=9, how="solved", objective=2, bound=1, wished=3)
    )
    refused(
        lambda: TimetableVersion.objects.create(round=round_, number=1, how="solved", objective=1, bound=1, wished=3)
    )


def report(meeting: Meeting, **values) -> MeetingReport:
    whole = {"meeting": meeting, "delegation": meeting.one, "interest": 2, "sees_action": False, "why_not": "No."}
    return MeetingReport.objects.create(**(whole | values))


@pytest.mark.parametrize(
    "values",
    [
        {"interest": 4},
        {"why_not": ""},
        {"sees_action": True},
        {"sees_action": True, "why_not": "", "what": "Together"},
        {"what": "Together"},
    ],
)
def test_a_form_says_what_could_be_done_or_why_not(meeting, values):
    refused(lambda: report(meeting, **values))


def test_each_side_fills_one_form(meeting):
    report(meeting)
    refused(lambda: report(meeting))


def act(meeting: Meeting, **values) -> PotentialAction:
    return PotentialAction.objects.create(**({"round": meeting.round, "number": 1, "meeting": meeting} | values))


def test_an_action_is_between_two_and_decided_with_a_reason(meeting):
    refused(lambda: act(meeting, offerer=meeting.one))
    refused(lambda: act(meeting, offerer=meeting.one, recipient=meeting.one))
    refused(lambda: act(meeting, offerer=meeting.one, recipient=meeting.other, mutual=True))
    refused(lambda: act(meeting, decision="selected"))
    refused(lambda: act(meeting, decision="selected", reason="Good"))
    refused(lambda: act(meeting, reason="Good"))
    act(meeting, decision="selected", reason="Good", decided_at=timezone.now())
    refused(lambda: act(meeting, number=2))


def test_criteria_are_in_force_once_and_weighed():
    CommitteeCriteria.objects.update(status="superseded")
    first = CommitteeCriteria.objects.create(number=91, status="current")
    refused(lambda: CommitteeCriteria.objects.create(number=92, status="current"))
    refused(lambda: CommitteeCriteria.objects.create(number=91))
    CommitteeCriteria.objects.create(number=93)
    refused(lambda: CommitteeCriteria.objects.create(number=94))
    refused(lambda: CommitteeCriterion.objects.create(criteria=first, code="a", weight=0))
    refused(lambda: CommitteeCriterion.objects.create(criteria=first, code="a", weight=101))
    CommitteeCriterion.objects.create(criteria=first, code="a", weight=1)
    refused(lambda: CommitteeCriterion.objects.create(criteria=first, code="a", weight=1))


def test_a_reviewer_reviews_once_and_abstains_or_comments(meeting):
    criteria = CommitteeCriteria.objects.create(number=90, status="superseded")
    criterion = CommitteeCriterion.objects.create(criteria=criteria, code="a")
    action = act(meeting)
    user = User.objects.first()
    reviewer = Reviewer.objects.create(round=meeting.round, user=user)
    refused(lambda: Reviewer.objects.create(round=meeting.round, user=user))
    refused(lambda: Review.objects.create(reviewer=reviewer, action=action, comment="Good", conflict="Mine"))
    review = Review.objects.create(reviewer=reviewer, action=action)
    refused(lambda: Review.objects.create(reviewer=reviewer, action=action))
    refused(lambda: ReviewScore.objects.create(review=review, criterion=criterion, value=4))
    ReviewScore.objects.create(review=review, criterion=criterion, value=0)
    refused(lambda: ReviewScore.objects.create(review=review, criterion=criterion, value=1))
