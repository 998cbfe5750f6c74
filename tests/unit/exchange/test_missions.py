"""Missions: planned over the months, proposed, accepted by every side, ended with a reason; nothing by itself."""

import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ayni.common.audit import history
from ayni.common.desk import tasks_of
from ayni.common.errors import Refused
from ayni.directory.models import Expert, ExpertMonth
from ayni.exchange.actions import missions as actions
from ayni.exchange.actions.lapses import lapse_overdue
from ayni.exchange.actions.matching import suggest_match
from ayni.exchange.actions.steps import take_step
from ayni.exchange.models import Mission, MissionMonth, MissionPart, Notice
from ayni.exchange.queries.handover import handover_of
from ayni.exchange.queries.mission_guards import faults
from ayni.exchange.queries.mission_inputs import taken_of_offers, this_month
from ayni.exchange.queries.mission_plan import Assumptions, plan
from ayni.exchange.queries.missions import kept_draft, turn_of_mission, with_parts
from tests.factories.missions import expert, month, propose_best, world
from tests.factories.supply import demand, institution, offer

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def here(db):
    return world()


@pytest.fixture
def mission(here) -> Mission:
    return here.propose()


def agreed(here) -> Mission:
    mission = here.propose()
    for who, side in (("writer", "recipient"), ("BRA", "BRA"), ("CHL", "CHL")):
        mission = actions.accept_mission(by=here.people[who], mission=mission, side=side)
    return Mission.objects.get(pk=mission.pk)


def told(mission: Mission, what: str) -> set[str]:
    return set(Notice.objects.filter(mission=mission, what=what).values_list("institution__code", flat=True))


# The plan


def test_the_best_mission_covers_every_quadrant_in_order_within_the_months(here):
    found = plan(here.demand, Assumptions())
    best = found.best
    assert found.status == "optimal" and found.bound == best.value and found.gap == 0
    assert [(part.quadrant, part.offer, part.days) for part in best.parts] == [
        ("Q1", here.brazil.pk, 10),
        ("Q4", here.chile.pk, 8),
    ]
    # Six days a month: Q1 takes two months, and Q4 begins in the one after.
    assert (best.parts[0].first, best.parts[0].last) == (month(1), month(2))
    assert (best.parts[1].first, best.parts[1].last) == (month(3), month(4))
    assert found.alone is None and best.lead == "BRA"
    # Brazil's expert costs 100 a day; Chile's cost and both travels are not told.
    assert best.least == 1000 and best.most is None
    assert {code.partition(":")[0] for code in best.unknown} == {"daily", "travel"}


def test_what_is_supposed_closes_the_interval(here):
    Expert.objects.update(daily_cost=50)
    best = plan(here.demand, Assumptions(travel=2_000)).best
    assert best.least == best.most == 18 * 50 + 2 * 2_000 and not best.unknown


def test_a_budget_binds_only_when_asked_for(here):
    here.demand.budget = 500
    here.demand.save()
    assert plan(here.demand, Assumptions()).best is not None
    dear = plan(here.demand, Assumptions(within_budget=True))
    assert dear.best is None and dear.lack.reason == "budget"


def test_one_country_alone_stands_beside_the_best(here):
    at = institution("COL")
    alone = offer("COL", topics=["single-registry"], quadrants=["Q1", "Q4"])
    expert(at, ["Q1", "Q4"], {later: 9 for later in range(1, 8)})
    found = plan(here.demand, Assumptions())
    assert [part.offer for part in found.alone.parts] == [alone.pk, alone.pk]
    assert {draft.key for draft in found.drafts} >= {found.alone.key, f"Q1-{here.brazil.pk}.Q4-{here.chile.pk}"}


@pytest.mark.parametrize("lacking", ["consent", "withdrawn", "months", "profile"])
def test_nobody_is_proposed_who_may_not_or_cannot(here, lacking):
    brazil = Expert.objects.filter(institution=here.brazil.institution)
    if lacking == "consent":
        brazil.update(consented_on=None, consent_text="")
    elif lacking == "withdrawn":
        brazil.update(withdrawn_on=timezone.localdate())
    elif lacking == "months":
        ExpertMonth.objects.filter(expert__in=brazil).update(days=3)
    else:
        brazil.get().profiles.clear()
    found = plan(here.demand, Assumptions())
    assert found.best is None
    if lacking in ("consent", "withdrawn"):
        assert [one.pk for one in found.to_ask] == [here.brazil.pk]
    else:
        assert found.lack.quadrants == ("Q1",)


def test_training_asks_for_proven_competence(here):
    wanted = demand("GTM", topics=["single-registry"], days={"T": 4}, starts=month(1), deadline=month(8))
    assert plan(wanted, Assumptions()).best is None
    Expert.objects.filter(institution=here.chile.institution).update(teaching=3)
    assert plan(wanted, Assumptions()).best.parts[0].quadrant == "T"


def test_a_language_is_shared_or_interpretation_budgeted(here):
    here.demand.languages = "en"
    here.demand.save()
    assert plan(here.demand, Assumptions()).best is None
    here.demand.interpretation = True
    here.demand.save()
    best = plan(here.demand, Assumptions(interpretation=300)).best
    assert all(part.interpreted for part in best.parts) and best.interpretation == 18 * 300


def test_an_expert_shares_the_language_that_the_offer_shares(here):
    Expert.objects.filter(institution=here.brazil.institution).update(languages="pt")
    assert plan(here.demand, Assumptions()).best is None
    Expert.objects.filter(institution=here.brazil.institution).update(languages="")
    assert plan(here.demand, Assumptions()).best is not None, "not told is not none"


def test_offers_that_stand_outside_serve_in_no_mission(here):
    here.brazil.excluded.add("GTM")
    assert plan(here.demand, Assumptions()).gaps == ["Q1"]
    here.brazil.excluded.clear()
    here.demand.excluded.add("BRA")
    assert plan(here.demand, Assumptions()).gaps == ["Q1"]


def test_an_offer_without_languages_is_named_and_does_not_break_the_plan(here):
    mute = offer("URY", topics=["single-registry"], quadrants=["Q1"], languages="")
    found = plan(here.demand, Assumptions())
    assert found.best is not None and [one.pk for one in found.untold] == [mute.pk]


def test_more_offers_cost_no_more_queries(here):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            plan(here.demand, Assumptions())
        return len(captured)

    before = queries()
    for _number in range(12):
        offer("URY", topics=["single-registry"], quadrants=["Q1"])
    expert(institution("URY"), ["Q1"], {1: 9})
    assert queries() == before


# Proposing


def test_a_proposal_keeps_the_team_the_months_and_what_was_weighed(here, mission):
    assert mission.state == "proposed" and mission.lead_id == "BRA" and mission.recipient_id == "GTM"
    assert [one.country_id for one in mission.providers.all()] == ["BRA", "CHL"]
    assert [(part.quadrant.code, part.days) for part in mission.parts.all()] == [("Q1", 10), ("Q4", 8)]
    assert sum(one.days for part in mission.parts.all() for one in part.months.all()) == 18
    assert told(mission, "mission proposed") == {"GT-TEST", "BR-TEST", "CL-TEST"}
    assert history(mission)[0].verb == "mission proposed" and not history(mission)[0].public
    here.demand.refresh_from_db()
    assert here.demand.state == "eligible", "nothing is concluded by a proposal"


@pytest.mark.parametrize("who", ["observer", "writer", "GTM", "BRA", "PER"])
def test_only_the_secretariat_proposes(here, who):
    with pytest.raises(PermissionDenied):
        propose_best(here.demand, here.people[who])


def test_a_demand_has_one_mission_at_a_time(here, mission):
    with pytest.raises(Refused, match="has a mission already"):
        here.propose()


def changed(here, what: str) -> None:
    if what == "no longer published":
        here.brazil.state, here.brazil.reason = "paused", "Busy"
        here.brazil.save()
    elif what == "not enough days left":
        here.brazil.capacity_days = 5
        here.brazil.save()
    elif what == "no longer serves Q1":
        here.brazil.quadrants.clear()
    elif what == "no longer free":
        ExpertMonth.objects.update(days=1)
    elif what == "needs other days":
        here.demand.needs.filter(quadrant__code="Q1").update(days=11)
    elif what == "deadline":
        here.demand.deadline = month(3)
        here.demand.save()
    elif what == "excludes one":
        here.demand.excluded.add("CHL")
    elif what == "does not have the profile":
        Expert.objects.get(institution=here.chile.institution).profiles.clear()
    elif what == "not eligible":
        here.demand.state, here.demand.reason = "withdrawn", "No more"
        here.demand.save()


CHANGES = (
    "no longer published",
    "not enough days left",
    "no longer serves Q1",
    "no longer free",
    "needs other days",
    "deadline",
    "excludes one",
    "does not have the profile",
    "not eligible",
)


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_since_the_plan_is_told_and_nothing_is_written(here, what):
    found = plan(here.demand, Assumptions())
    changed(here, what)
    with pytest.raises(Refused, match=what):
        actions.propose_mission(
            by=here.people["secretariat"], demand=here.demand, draft=found.best, bound=found.bound, beside={}
        )
    assert not Mission.objects.exists() and not Notice.objects.exists()


# Accepting


def test_a_mission_is_agreed_when_every_side_has_accepted_and_not_before(here, mission):
    turns = []
    for who, side in (("CHL", "CHL"), ("writer", "recipient"), ("BRA", "BRA")):
        mission = Mission.objects.get(pk=mission.pk)
        turns.append(turn_of_mission(mission).who)
        assert mission.state == "proposed"
        actions.accept_mission(by=here.people[who], mission=mission, side=side)
    mission.refresh_from_db()
    assert mission.state == "agreed" and mission.agreed_by == here.people["BRA"]
    assert [turn.count(",") for turn in turns] == [2, 1, 0] and "Brazil" in turns[2]
    here.demand.refresh_from_db()
    assert here.demand.state == "matched"
    assert told(mission, "mission agreed") == {"GT-TEST", "BR-TEST", "CL-TEST"}


ANSWERS = {
    "recipient": {"writer", "GTM"},
    "BRA": {"BRA"},
    "CHL": {"CHL"},
    "PER": set(),
}


@pytest.mark.parametrize("side", ANSWERS)
@pytest.mark.parametrize("who", ["secretariat", "observer", "writer", "GTM", "BRA", "CHL", "PER", "provider-writer"])
def test_who_accepts_for_which_side(here, mission, who, side):
    if who in ANSWERS[side]:
        actions.accept_mission(by=here.people[who], mission=mission, side=side)
        with pytest.raises(Refused, match="accepted already"):
            actions.accept_mission(by=here.people[who], mission=mission, side=side)
    else:
        with pytest.raises(PermissionDenied):
            actions.accept_mission(by=here.people[who], mission=mission, side=side)


@pytest.mark.parametrize("what", ["not enough days left", "no longer free", "needs other days"])
def test_the_last_acceptance_sees_what_has_changed(here, mission, what):
    actions.accept_mission(by=here.people["writer"], mission=mission, side="recipient")
    actions.accept_mission(by=here.people["CHL"], mission=mission, side="CHL")
    changed(here, what)
    with pytest.raises(Refused, match=what):
        actions.accept_mission(by=here.people["BRA"], mission=mission, side="BRA")
    mission.refresh_from_db()
    assert mission.state == "proposed"
    assert mission.providers.get(country="BRA").accepted_at is None, "whole or not at all"


def test_what_is_agreed_is_no_longer_offered(here):
    before = plan(here.demand, Assumptions()).best
    agreed(here)
    second = demand("HND", topics=["single-registry"], days={"Q1": 10}, starts=month(1), deadline=month(8))
    found = plan(second, Assumptions())
    # Brazil's expert has 18 days; 10 are taken.
    assert before is not None and found.best is None and found.lack.days == 2
    here.brazil.capacity_days = 15
    here.brazil.save()
    third = demand("HND", topics=["single-registry"], days={"Q1": 6}, starts=month(1), deadline=month(8))
    assert plan(third, Assumptions()).best is None, "15 days a year, 10 taken"


def test_matches_of_the_demand_are_told(here):
    match = suggest_match(by=here.people["secretariat"], demand=here.demand, offer=here.chile)
    agreed(here)
    assert Notice.objects.filter(match=match, what="mission agreed").count() == 1


# Ending


@pytest.mark.parametrize("who", ["writer", "GTM", "BRA", "CHL"])
def test_any_side_rejects_with_a_reason(here, mission, who):
    with pytest.raises(Refused, match="Give the reason"):
        actions.reject_mission(by=here.people[who], mission=mission, reason=" ")
    actions.reject_mission(by=here.people[who], mission=mission, reason="Elections")
    mission.refresh_from_db()
    assert (mission.state, mission.reason, mission.ended_by) == ("rejected", "Elections", here.people[who])
    assert told(mission, "mission rejected") == {"GT-TEST", "BR-TEST", "CL-TEST"}
    here.propose()


@pytest.mark.parametrize("who", ["secretariat", "observer", "PER", "provider-writer"])
def test_nobody_else_rejects(here, mission, who):
    with pytest.raises(PermissionDenied):
        actions.reject_mission(by=here.people[who], mission=mission, reason="No")


def test_stepping_back_from_an_agreed_mission_opens_the_demand_again(here):
    mission = agreed(here)
    actions.reject_mission(by=here.people["CHL"], mission=mission, reason="Emergency")
    here.demand.refresh_from_db()
    assert here.demand.state == "eligible"
    assert plan(here.demand, Assumptions()).best is not None, "the days are free again"


def test_the_secretariat_lets_a_mission_lapse(here, mission):
    with pytest.raises(PermissionDenied):
        actions.lapse_mission(by=here.people["BRA"], mission=mission, reason="x")
    actions.lapse_mission(by=here.people["secretariat"], mission=mission, reason="Nobody answers")
    mission.refresh_from_db()
    assert mission.state == "lapsed"


@pytest.mark.parametrize("state", ["proposed", "agreed"])
def test_a_withdrawn_offer_lets_its_mission_lapse_and_the_affected_are_told(here, state):
    mission = here.propose() if state == "proposed" else agreed(here)
    take_step(by=here.people["BRA"], thing=here.brazil, step="pause", reason="The team is needed at home")
    mission.refresh_from_db()
    assert (mission.state, mission.reason) == ("lapsed", "The team is needed at home")
    assert told(mission, "mission lapsed") == {"GT-TEST", "BR-TEST", "CL-TEST"}
    assert MissionMonth.objects.filter(part__mission=mission).exists(), "nothing is lost"
    here.demand.refresh_from_db()
    assert here.demand.state == "eligible"


@pytest.mark.parametrize("state", ["proposed", "agreed"])
def test_a_withdrawn_demand_lets_its_mission_lapse(here, state):
    mission = here.propose() if state == "proposed" else agreed(here)
    here.demand.refresh_from_db()
    take_step(by=here.people["writer"], thing=here.demand, step="withdraw", reason="The government changed")
    mission.refresh_from_db()
    here.demand.refresh_from_db()
    assert (mission.state, here.demand.state) == ("lapsed", "withdrawn")


def test_a_mission_that_nobody_answers_lapses(here, mission):
    Mission.objects.update(proposed_at=timezone.now() - timedelta(days=61))
    assert lapse_overdue(by=None, today=timezone.localdate()).missions == 1
    mission.refresh_from_db()
    assert mission.state == "lapsed" and mission.ended_by is None


ENDED = ("rejected", "lapsed", "handed-over")


@pytest.mark.parametrize("state", ENDED)
def test_nothing_more_happens_to_a_mission_that_has_ended(here, state):
    mission = agreed(here)
    if state == "handed-over":
        actions.hand_over_mission(by=here.people["secretariat"], mission=mission)
    elif state == "rejected":
        actions.reject_mission(by=here.people["BRA"], mission=mission, reason="x")
    else:
        actions.lapse_mission(by=here.people["secretariat"], mission=mission, reason="x")
    secretariat = here.people["secretariat"]
    for act in (
        lambda: actions.accept_mission(by=here.people["BRA"], mission=mission, side="BRA"),
        lambda: actions.reject_mission(by=here.people["BRA"], mission=mission, reason="y"),
        lambda: actions.lapse_mission(by=secretariat, mission=mission, reason="y"),
        lambda: actions.hand_over_mission(by=secretariat, mission=mission),
    ):
        with pytest.raises(Refused, match="not possible now"):
            act()


# Handing over


def test_an_agreed_mission_is_handed_over(here):
    mission = agreed(here)
    for who in ("observer", "writer", "BRA"):
        with pytest.raises(PermissionDenied):
            actions.hand_over_mission(by=here.people[who], mission=mission)
    actions.hand_over_mission(by=here.people["secretariat"], mission=mission)
    mission.refresh_from_db()
    here.demand.refresh_from_db()
    assert (mission.state, here.demand.state) == ("handed-over", "formalised")


def test_the_registry_gets_what_it_needs_and_no_personal_data(here):
    value = json.loads(json.dumps(handover_of(agreed(here))))
    schema = json.loads((ROOT / "data/schemas/handover.schema.json").read_text())
    jsonschema.validate(value, schema)
    assert [(one["role"], one["country"]) for one in value["parties"]] == [
        ("recipient", "GTM"),
        ("first-offerer", "BRA"),
        ("second-offerer", "CHL"),
    ]
    assert [one["quadrant"] for one in value["agreements"]] == ["Q1", "Q4"]
    assert sum(one["days"] for part in value["parts"] for one in part["months"]) == 18
    assert value["agreements"][0]["forms"] == ["framework", "government-to-government"]
    assert "Ana Reyes" not in json.dumps(value)


def test_what_was_handed_over_stands_when_an_offer_is_paused_later(here):
    mission = agreed(here)
    actions.hand_over_mission(by=here.people["secretariat"], mission=mission)
    take_step(by=here.people["BRA"], thing=here.brazil, step="pause", reason="The team is needed at home")
    mission.refresh_from_db()
    here.demand.refresh_from_db()
    assert (mission.state, here.demand.state) == ("handed-over", "formalised")


def test_days_given_in_spring_are_not_offered_again_in_summer(here):
    mission = agreed(here)
    before = taken_of_offers()[here.brazil.pk]
    earlier = (this_month() - timedelta(days=1)).replace(day=1)
    kept = MissionMonth.objects.filter(part__mission=mission, part__offer=here.brazil).first()
    MissionMonth.objects.filter(pk=kept.pk).update(month=earlier)
    assert taken_of_offers()[here.brazil.pk] == before


def test_a_mission_is_not_agreed_upon_months_that_are_over(here, mission):
    first = MissionMonth.objects.filter(part__mission=mission).order_by("month").first()
    MissionMonth.objects.filter(pk=first.pk).update(month=date(2020, 1, 1))
    MissionPart.objects.filter(pk=first.part_id).update(first_month=date(2020, 1, 1))
    kept = kept_draft(with_parts(Mission.objects.all()).get(pk=mission.pk))
    assert any("first month" in fault for fault in faults(here.demand, kept))


def test_an_expert_leaves_in_no_number_with_a_hand_over(here):
    mission = agreed(here)
    expert = MissionMonth.objects.filter(part__mission=mission).first().expert
    mission.beside = {"unknown": [f"daily:{expert.pk}", "travel:BRA"]}
    told = handover_of(mission)["cost"]["unknown"]
    assert told == [f"daily:{expert.institution.code}", "travel:BRA"]


def test_the_demonstration_has_missions_in_several_states():
    assert set(Mission.objects.values_list("state", flat=True)) == {"agreed", "proposed", "rejected"}
    assert all(mission.demand.fictional for mission in Mission.objects.all())
    assert plan(Mission.objects.get(state="rejected").demand, Assumptions()).best is not None, "it can be tried again"


def test_an_expert_who_withdraws_stops_the_hand_over_and_the_secretariat_is_told(here):
    mission = agreed(here)
    gone = MissionMonth.objects.filter(part__mission=mission).first().expert
    Expert.objects.filter(pk=gone.pk).update(withdrawn_on=gone.consented_on)
    with pytest.raises(Refused, match="has withdrawn"):
        actions.hand_over_mission(by=here.people["secretariat"], mission=mission)
    tasks = [task for task in tasks_of(here.people["secretariat"]) if task.url.endswith(f"/missions/{mission.pk}/")]
    assert [("withdrawn" in task.why) for task in tasks] == [True]
