"""Both sides' forms, the potential actions that follow, the committee and the selection."""

import pytest
from django.core.exceptions import PermissionDenied

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.exchange.actions.rounds import committee, criteria, steps
from ayni.exchange.actions.rounds.reports import save_report
from ayni.exchange.actions.rounds.timetable import cancel_meeting
from ayni.exchange.models import CommitteeCriteria, ExchangeRound, Review, RoundState
from ayni.exchange.queries.rounds import committee as queries
from ayni.exchange.queries.rounds.reader import reader_of
from tests.unit.exchange.rounds import both_see, in_committee, in_state, judged, one, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def running() -> ExchangeRound:
    return in_state(RoundState.RUNNING)


@pytest.fixture
def meeting(running):
    """BR-MDS and CHL."""
    return running.meetings.get(one__code="BR-MDS", other__code="CHL")


@pytest.fixture
def reviewers(person):
    """The observer, the expert (of Mexico) and the national coordinator (of Chile)."""
    return [person(role) for role in ("observer", "expert", "national-coordinator")]


@pytest.fixture
def scoring(reviewers) -> ExchangeRound:
    return in_committee(reviewers)


@pytest.mark.parametrize(
    ("one_stance", "other_stance", "direction"),
    [
        ("offer", "receive", ("BR-MDS", "CHL", False)),
        ("receive", "offer", ("CHL", "BR-MDS", False)),
        ("offer", "both", ("BR-MDS", "CHL", False)),
        ("both", "offer", ("CHL", "BR-MDS", False)),
        ("receive", "both", ("CHL", "BR-MDS", False)),
        ("both", "receive", ("BR-MDS", "CHL", False)),
        ("both", "both", (None, None, True)),
        ("offer", "offer", (None, None, False)),
        ("receive", "receive", (None, None, False)),
    ],
)
def test_who_offers_and_who_receives_follows_from_what_each_would_do(meeting, one_stance, other_stance, direction):
    action = both_see(meeting, one_stance, other_stance)
    found = (action.offerer.code if action.offerer else None, action.recipient.code if action.recipient else None)
    assert (*found, action.mutual) == direction


def test_an_action_stands_while_both_sides_see_it(running, meeting):
    save_report(by=None, meeting=meeting, delegation=meeting.one, told=told())
    assert not running.actions.exists()
    save_report(by=None, meeting=meeting, delegation=meeting.other, told=told(stance="receive"))
    assert running.actions.get().number == 1
    save_report(by=None, meeting=meeting, delegation=meeting.other, told=told(sees_action=False))
    assert not running.actions.exists()
    report = meeting.reports.get(delegation=meeting.other)
    assert (report.what, report.stance, report.modality, report.why_not) == ("", "", None, "No hours")
    verbs = set(AuditEvent.objects.filter(object_type="exchange.PotentialAction").values_list("verb", flat=True))
    assert {"potential action found", "potential action dropped"} <= verbs


def test_a_form_is_not_kept_for_a_meeting_that_was_cancelled_meanwhile(meeting):
    cancel_meeting(by=None, meeting=meeting.round.meetings.get(pk=meeting.pk), reason="Ill")
    with pytest.raises(Refused, match="no place in the timetable"):
        save_report(by=None, meeting=meeting, delegation=meeting.one, told=told())


def test_the_record_does_not_hold_the_contact(meeting):
    save_report(by=None, meeting=meeting, delegation=meeting.one, told=told(contact="Sofía Secreta"))
    event = history(meeting.reports.get()).first()
    assert "Sofía" not in str(event.after)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"interest": 4}, "0 to 3"),
        ({"what": " "}, "Say what could be done"),
        ({"stance": ""}, "Say what could be done"),
        ({"modality": None}, "Say what could be done"),
        ({"sees_action": False, "why_not": ""}, "why you see no potential action"),
    ],
)
def test_a_form_says_what_or_why_not(meeting, values, why):
    with pytest.raises(Refused, match=why):
        save_report(by=None, meeting=meeting, delegation=meeting.one, told=told(**values))
    assert not meeting.reports.exists()


def test_a_form_is_of_a_side_of_a_meeting_that_was_held(running, meeting):
    with pytest.raises(Refused, match="is not in this meeting"):
        save_report(by=None, meeting=meeting, delegation=one(running, "CO-DPS"), told=told())
    cancel_meeting(by=None, meeting=meeting, reason="Ill")
    with pytest.raises(Refused, match="no place in the timetable"):
        save_report(by=None, meeting=meeting, delegation=meeting.one, told=told())


@pytest.mark.parametrize("state", [state for state in RoundState if state != RoundState.RUNNING])
def test_forms_are_filled_while_the_meetings_are_held(meeting, state):
    committee_criteria = CommitteeCriteria.objects.get(status="current")
    ExchangeRound.objects.filter(pk=meeting.round_id).update(state=state, criteria=committee_criteria)
    with pytest.raises(Refused, match="stands at"):
        save_report(by=None, meeting=meeting, delegation=meeting.one, told=told())


@pytest.mark.parametrize(
    ("role", "may_fill"),
    [
        ("focal-point", ("BR-MDS",)),
        ("national-coordinator", ("CHL",)),
        ("secretariat", ("BR-MDS", "CHL")),
        ("expert", ()),
        ("observer", ()),
        ("administrator", ()),
    ],
)
def test_each_fills_the_form_of_the_own_delegation(running, meeting, person, role, may_fill):
    for code in ("BR-MDS", "CHL"):
        if code in may_fill:
            save_report(by=person(role), meeting=meeting, delegation=one(running, code), told=told())
        else:
            with pytest.raises(PermissionDenied):
                save_report(by=person(role), meeting=meeting, delegation=one(running, code), told=told())


def action_of(round_: ExchangeRound, one_code: str, other_code: str):
    return round_.actions.get(meeting__one__code=one_code, meeting__other__code=other_code)


SCORES = {"relevance": 3, "feasibility": 2, "evidence": 3, "sustainability": 1, "learning": 0}


def test_a_reviewer_scores_and_changes_it(scoring, person):
    action = action_of(scoring, "BR-MDS", "CO-DPS")
    committee.give_review(by=person("observer"), action=action, scores=SCORES, comment="Good")
    ranked = next(row for row in queries.ranking(scoring, queries.actions(scoring)) if row.action.pk == action.pk)
    whole = (25 * 3 + 25 * 2 + 20 * 3 + 15 * 1 + 15 * 0) / 100
    assert ranked.standing.mean == pytest.approx(whole)
    assert ranked.standing.missing == 10
    committee.give_review(by=person("observer"), action=action, scores={"relevance": 1}, comment="Less")
    review = Review.objects.get(action=action)
    assert [score.value for score in review.scores.all()] == [1] and review.comment == "Less"


def test_a_reviewer_of_one_of_the_countries_abstains(scoring, person):
    coordinator = person("national-coordinator")
    action = action_of(scoring, "BR-MDS", "CHL")
    with pytest.raises(Refused, match="one of the two countries"):
        committee.give_review(by=coordinator, action=action, scores=SCORES, comment="Good")
    rows = {row["reviewer"].user: row for row in queries.progress(scoring, queries.actions(scoring))}
    assert (rows[coordinator]["abstained"], rows[coordinator]["left"]) == (2, 1)
    ranked = next(row for row in queries.ranking(scoring, queries.actions(scoring)) if row.action.pk == action.pk)
    assert ranked.standing.missing == 10


def test_a_declared_conflict_takes_the_scores_away(scoring, person):
    observer = person("observer")
    action = action_of(scoring, "BR-MDS", "CO-DPS")
    committee.give_review(by=observer, action=action, scores=SCORES, comment="Good")
    with pytest.raises(Refused, match="what your conflict of interest is"):
        committee.abstain(by=observer, action=action, conflict=" ")
    review = committee.abstain(by=observer, action=action, conflict="I advise one of the two")
    assert not review.scores.exists() and review.comment == ""
    with pytest.raises(Refused, match="You have abstained"):
        committee.give_review(by=observer, action=action, scores=SCORES, comment="Good")


@pytest.mark.parametrize(
    ("scores", "comment", "why"),
    [
        ({"relevance": 4}, "Good", "0 to 3"),
        ({"nothing": 1}, "Good", "0 to 3"),
        ({"relevance": 1}, " ", "in a sentence"),
    ],
)
def test_a_review_holds(scoring, person, scores, comment, why):
    action = action_of(scoring, "BR-MDS", "CO-DPS")
    with pytest.raises(Refused, match=why):
        committee.give_review(by=person("observer"), action=action, scores=scores, comment=comment)
    assert not Review.objects.filter(action=action).exists()


def test_only_the_committee_scores_while_it_is_open(scoring, person):
    action = action_of(scoring, "BR-MDS", "CO-DPS")
    with pytest.raises(Refused, match="not on the committee"):
        committee.give_review(by=person("secretariat"), action=action, scores=SCORES, comment="Good")
    for role in ("focal-point", "administrator"):
        with pytest.raises(PermissionDenied):
            committee.give_review(by=person(role), action=action, scores=SCORES, comment="Good")
    ExchangeRound.objects.filter(pk=scoring.pk).update(state=RoundState.CLOSED)
    for change in (
        lambda: committee.give_review(by=person("observer"), action=action, scores=SCORES, comment="Good"),
        lambda: committee.abstain(by=person("observer"), action=action, conflict="Mine"),
        lambda: committee.decide(by=person("secretariat"), action=action, selected=True, reason="Good"),
    ):
        with pytest.raises(Refused, match="stands at"):
            change()


def test_the_committee_is_of_people_who_may_score_each_once(running, person, reviewers):
    with pytest.raises(Refused, match="no role that may score"):
        committee.appoint_reviewer(by=None, round=running, user=person("administrator"))
    reviewer = committee.appoint_reviewer(by=None, round=running, user=reviewers[0])
    with pytest.raises(Refused, match="on the committee already"):
        committee.appoint_reviewer(by=None, round=running, user=reviewers[0])
    assert reviewers[0] not in queries.candidates(running)
    committee.dismiss_reviewer(by=None, reviewer=reviewer)
    assert not running.reviewers.exists()


def test_who_runs_rounds_is_not_on_the_committee_and_reads_no_scores_as_a_reviewer(running, person):
    secretariat = person("secretariat")
    assert secretariat not in queries.candidates(running)
    with pytest.raises(Refused, match="made of others"):
        committee.appoint_reviewer(by=None, round=running, user=secretariat)
    assert reader_of(secretariat, running).sees_scores
    running.reviewers.create(user=secretariat)
    assert not reader_of(secretariat, running).sees_scores


def test_two_reviewers_remain_while_the_committee_sits(scoring):
    first, second, third = scoring.reviewers.all()
    committee.dismiss_reviewer(by=None, reviewer=first)
    for left in (second, third):
        with pytest.raises(Refused, match="at least two reviewers"):
            committee.dismiss_reviewer(by=None, reviewer=left)


def test_who_has_given_a_review_stays(scoring, person):
    action = action_of(scoring, "BR-MDS", "CO-DPS")
    committee.give_review(by=person("observer"), action=action, scores=SCORES, comment="Good")
    with pytest.raises(Refused, match="which stay"):
        committee.dismiss_reviewer(by=None, reviewer=scoring.reviewers.get(user=person("observer")))


def test_the_selection_has_a_reason_for_each_and_closes_the_round(scoring, person):
    by = person("secretariat")
    first, *others = scoring.actions.all()
    with pytest.raises(Refused, match="Say why"):
        committee.decide(by=by, action=first, selected=True, reason=" ")
    with pytest.raises(Refused, match="at least two reviewers"):
        committee.decide(by=by, action=judged(first, person("observer")), selected=True, reason="Both have hours")
    judged(first, person("expert"))
    committee.decide(by=by, action=first, selected=True, reason="Both have hours")
    for action in others:
        committee.decide(by=by, action=action, selected=False, reason="Later")
    assert steps.close_exchange_round(by=by, round=scoring).state == "closed"
    first.refresh_from_db()
    assert (first.decision, first.decided_by) == ("selected", by)


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "expert", "observer", "administrator"])
def test_the_committee_is_made_and_the_selection_taken_by_the_secretariat_alone(scoring, person, role):
    by = person(role)
    for change in (
        lambda: committee.appoint_reviewer(by=by, round=scoring, user=by),
        lambda: committee.dismiss_reviewer(by=by, reviewer=scoring.reviewers.first()),
        lambda: committee.decide(by=by, action=scoring.actions.first(), selected=True, reason="Good"),
        lambda: criteria.draft_criteria(by=by),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_criteria_change_in_versions_and_a_round_keeps_its_own(scoring, person):
    by = person("secretariat")
    draft = criteria.draft_criteria(by=by)
    assert draft.parts.count() == scoring.criteria.parts.count() == 5
    with pytest.raises(Refused, match="a draft already"):
        criteria.draft_criteria(by=by)
    part = criteria.Part(code="use", name={"en": "Use"}, question={"en": "Is it used?"}, weight=7)
    criteria.change_criteria(by=by, criteria=draft, parts=[part])
    criteria.put_criteria_in_force(by=by, criteria=draft)
    assert [one.code for one in CommitteeCriteria.objects.get(status="current").parts.all()] == ["use"]
    scoring.refresh_from_db()
    assert scoring.criteria.status == "superseded" and scoring.criteria.parts.count() == 5
    with pytest.raises(Refused, match="Only a draft"):
        criteria.change_criteria(by=by, criteria=draft, parts=[part])


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([], "at least one criterion"),
        ([criteria.Part(code="a", name={"en": "A"}, question={}, weight=0)], "weight is 1 to 100"),
        ([criteria.Part(code="a", name={}, question={}, weight=1)], "name in at least one language"),
    ],
)
def test_criteria_that_do_not_hold_are_refused(parts, why):
    draft = criteria.draft_criteria(by=None)
    with pytest.raises(Refused, match=why):
        criteria.change_criteria(by=None, criteria=draft, parts=parts)
    criteria.delete_criteria_draft(by=None, criteria=draft)
    assert not CommitteeCriteria.objects.filter(status="draft").exists()


def test_the_criteria_are_loaded_once():
    assert not criteria.load_criteria(by=None)
