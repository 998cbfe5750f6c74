"""Each step of an activity in each state, as every person; and what guards it. The table is written by hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Country, Institution, Membership
from ayni.registry.actions.initiatives.steps import take_step
from ayni.registry.actions.plan import steps, writing
from ayni.registry.models import Activity, ActivityState, Initiative, InitiativeState
from ayni.registry.queries.initiatives.guards import lacking
from ayni.registry.queries.plan.consents import given, missing, to_agree
from ayni.registry.queries.plan.lifecycle import STEPS, open_steps
from tests.factories.plan import TODAY, activity, facts, initiative
from tests.spec import lifecycles as spec
from tests.spec.lifecycles import ACTIVITY

pytestmark = pytest.mark.django_db
# Brazil's focal point keeps the record; of the other side Chile's coordination.
KEEPERS = {"focal-point", "coordination", "national-coordinator"}
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "stranger",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
TABLE = ACTIVITY.steps({spec.ANY_SIDE: KEEPERS})
OTHER_ACCOUNTS = {"coordination": "coordinacion.br@demo.ayni", "stranger": "coordinacion.mx@demo.ayni"}
# The states of an initiative in which its plan is written; follow-up alone in the second.
WRITTEN = {"identification", "formulation", "approved", "execution", "suspended", "closure"}
FOLLOWED = WRITTEN | {"ex-post"}


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email=OTHER_ACCOUNTS[name]) if name in OTHER_ACCOUNTS else person(name)

    return found


def country(code: str) -> Country:
    return Country.objects.get(pk=code)


def take(by: User, made: Activity, step: str) -> Activity:
    if step == "report":
        return steps.report_done(by=by, activity=made, report=steps.Report(text={}, women=3))
    if step == "cancel":
        return steps.cancel_activity(by=by, activity=made, reason="Because.")
    return steps.take_up_again(by=by, activity=made)


@pytest.mark.parametrize("state", ActivityState.values)
@pytest.mark.parametrize("step", TABLE)
def test_a_step(who, step, state):
    before, after, people, _explained = TABLE[step]
    for name in EVERYBODY:
        point = transaction.savepoint()
        made = activity(initiative("BR-MDS", "CL-FOSIS"), "BRA", state=state, first=-9, last=-5)
        person, possible, allowed = who(name), state in before, name in people
        assert (step in {one.code for one in open_steps(person, made)}) == (possible and allowed)
        if not allowed:
            with pytest.raises(PermissionDenied):
                take(person, made, step)
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                take(person, made, step)
        else:
            take(person, made, step)
        assert Activity.objects.get(pk=made.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("state", ActivityState.values)
def test_a_side_agrees_for_itself_and_for_nobody_else(who, state):
    speakers = {"BRA": {"focal-point", "coordination"}, "CHL": {"national-coordinator"}, "MEX": set()}
    for code, people in speakers.items():
        for name in EVERYBODY:
            point = transaction.savepoint()
            made = activity(initiative("BR-MDS", "CL-FOSIS"), state=state)
            person, allowed = who(name), name in people
            assert (country(code) in to_agree(person, made)) == (allowed and state == "planned"), (code, name)
            if not allowed:
                with pytest.raises(PermissionDenied):
                    steps.agree_dates(by=person, activity=made, country=country(code))
            elif state != "planned":
                with pytest.raises(Refused, match="not possible now"):
                    steps.agree_dates(by=person, activity=made, country=country(code))
            else:
                agreed = steps.agree_dates(by=person, activity=made, country=country(code))
                assert (agreed.state, given(Activity.objects.get(pk=made.pk))) == ("planned", [country(code)])
            transaction.savepoint_rollback(point)


def test_the_last_side_settles_the_dates(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    steps.agree_dates(by=who("focal-point"), activity=made, country=country("BRA"), base=1)
    assert [one.pk for one in missing(Activity.objects.get(pk=made.pk))] == ["CHL"]
    with pytest.raises(Refused, match="has agreed already"):
        steps.agree_dates(by=who("coordination"), activity=made, country=country("BRA"))
    done = steps.agree_dates(by=who("national-coordinator"), activity=made, country=country("CHL"), base=1)
    assert (done.state, done.revision) == ("agreed", 2)
    verbs = [event.verb for event in history(made.initiative)]
    assert verbs == ["activity agreed", "activity dates agreed for a country"]


def test_a_country_without_coordination_is_spoken_for_by_that_of_who_keeps_the_record(who):
    spoken = Membership.objects.filter(role="national-coordinator").values("country")
    other = Institution.objects.filter(country__isnull=False).exclude(country__in=spoken).first()
    made = activity(initiative("BR-MDS", other.code))
    with pytest.raises(PermissionDenied):
        steps.agree_dates(by=who("focal-point"), activity=made, country=other.country)
    steps.agree_dates(by=who("coordination"), activity=made, country=other.country)
    assert given(Activity.objects.get(pk=made.pk)) == [other.country]


def test_a_side_that_left_no_longer_keeps_the_dates_open(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), "BRA")
    made.initiative.participations.filter(institution__code="CL-FOSIS").delete()
    agreed = steps.agree_dates(by=who("focal-point"), activity=made, country=country("BRA"))
    assert agreed.state == "agreed"


def test_who_agrees_agrees_with_what_was_seen(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    other = facts(made.initiative, starts_on=TODAY + timedelta(days=20), ends_on=TODAY + timedelta(days=21))
    writing.edit_activity(by=who("focal-point"), activity=made, base=1, facts=other)
    with pytest.raises(Conflict):
        steps.agree_dates(by=who("national-coordinator"), activity=made, country=country("CHL"), base=1)


def test_other_dates_ask_every_side_again_and_other_words_do_not(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), "BRA", "CHL", state="agreed")
    same = facts(made.initiative, title={"en": "Another name"}, starts_on=made.starts_on, ends_on=made.ends_on)
    named = writing.edit_activity(by=who("focal-point"), activity=made, base=1, facts=same)
    assert (named.state, named.consents.count()) == ("agreed", 2)
    later = facts(made.initiative, starts_on=made.starts_on, ends_on=made.ends_on + timedelta(days=1))
    moved = writing.edit_activity(by=who("national-coordinator"), activity=made, base=2, facts=later)
    assert (moved.state, moved.consents.count(), moved.revision) == ("planned", 0, 3)
    assert [event.verb for event in history(made.initiative)] == ["activity moved", "activity changed"]


def test_the_later_of_two_is_told(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    writing.edit_activity(by=who("focal-point"), activity=made, base=1, facts=facts(made.initiative))
    with pytest.raises(Conflict):
        writing.edit_activity(by=who("focal-point"), activity=made, base=1, facts=facts(made.initiative))


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_is_over_is_not_changed(who, state):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), state=state)
    with pytest.raises(Refused, match="take it up again first"):
        writing.edit_activity(by=who("focal-point"), activity=made, base=1, facts=facts(made.initiative))


@pytest.mark.parametrize("follow_up", [False, True])
@pytest.mark.parametrize("state", InitiativeState.values)
def test_when_a_plan_is_written(who, state, follow_up):
    made = initiative("BR-MDS", "CL-FOSIS", state=state)
    allowed = state in (FOLLOWED if follow_up else WRITTEN)
    if allowed:
        added = writing.add_activity(by=who("focal-point"), initiative=made, facts=facts(made, follow_up=follow_up))
        assert (added.number, added.state, added.revision) == (1, "planned", 1)
    else:
        with pytest.raises(Refused, match="only follow-up|no longer changed"):
            writing.add_activity(by=who("focal-point"), initiative=made, facts=facts(made, follow_up=follow_up))


def test_a_merged_record_has_no_plan_of_its_own(who):
    made, other = initiative("BR-MDS", "CL-FOSIS"), initiative("CL-FOSIS", "BR-MDS")
    Initiative.objects.filter(pk=made.pk).update(merged_into=other)
    with pytest.raises(Refused, match="merged"):
        writing.add_activity(by=who("focal-point"), initiative=made, facts=facts(made))


def test_follow_up_in_ex_post_stays_follow_up(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS", state="ex-post"), follow_up=True)
    with pytest.raises(Refused, match="follow-up alone"):
        writing.edit_activity(by=who("focal-point"), activity=made, base=1, facts=facts(made.initiative))


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_writes_a_plan(who, name):
    made = initiative("BR-MDS", "CL-FOSIS")
    if name in KEEPERS:
        assert writing.add_activity(by=who(name), initiative=made, facts=facts(made)).number == 1
    else:
        with pytest.raises(PermissionDenied):
            writing.add_activity(by=who(name), initiative=made, facts=facts(made))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": {}}, "a title"),
        ({"ends_on": TODAY}, "before the first"),
        ({"ends_on": TODAY + timedelta(days=1200)}, "three years"),
        ({"online": True, "place": "Brasília"}, "has no place"),
    ],
    ids=["title", "order", "length", "place"],
)
def test_what_does_not_fit_is_refused(who, values, said):
    made = initiative("BR-MDS", "CL-FOSIS")
    with pytest.raises(Refused, match=said):
        writing.add_activity(by=who("focal-point"), initiative=made, facts=facts(made, **values))


def test_who_sees_to_it_takes_part(who):
    made = initiative("BR-MDS", "CL-FOSIS")
    stranger = Institution.objects.get(code="MX-SEDESOL")
    with pytest.raises(Refused, match="does not take part"):
        writing.add_activity(by=who("focal-point"), initiative=made, facts=facts(made, institution=stranger))


def test_a_part_of_another_initiative_is_refused(who):
    made, other = initiative("BR-MDS", "CL-FOSIS"), initiative("BR-MDS", "CL-FOSIS")
    part = other.components.create(number=1, title={"en": "Part"})
    with pytest.raises(PermissionDenied):
        writing.add_activity(by=who("focal-point"), initiative=made, facts=facts(made, part=part))


def test_nothing_is_done_before_it_has_ended(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), first=0, last=1)
    with pytest.raises(Refused, match="has not ended yet"):
        take(who("focal-point"), made, "report")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"interpretation_hours": 3}, "between which languages"),
        ({"hours": 2, "interpretation_hours": 3, "interpretation": "es-en"}, "More hours"),
    ],
    ids=["languages", "hours"],
)
def test_a_report_that_cannot_be_is_refused(who, values, said):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), first=-3, last=-1)
    with pytest.raises(Refused, match=said):
        steps.report_done(by=who("focal-point"), activity=made, report=steps.Report(text={}, **values))


def test_a_report_is_corrected_and_the_later_of_two_is_told(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), first=-3, last=-1)
    report = steps.Report(text={"en": "Fine."}, women=12, men=0, hours=20)
    steps.report_done(by=who("focal-point"), activity=made, report=report, base=1)
    better = steps.Report(text={"en": "Very fine."}, women=13, hours=20)
    steps.report_done(by=who("national-coordinator"), activity=made, report=better, base=2)
    with pytest.raises(Conflict):
        steps.report_done(by=who("focal-point"), activity=made, report=report, base=2)
    made.refresh_from_db()
    assert (made.women, made.men, made.others, made.report) == (13, None, None, {"en": "Very fine."})
    assert [event.verb for event in history(made.initiative)] == ["activity report corrected", "activity done"]


def test_a_cancellation_says_why(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"))
    with pytest.raises(Refused, match="Give the reason"):
        steps.cancel_activity(by=who("focal-point"), activity=made, reason=" ")


def test_taken_up_again_it_is_as_if_nothing_had_been_agreed_or_reported(who):
    made = activity(initiative("BR-MDS", "CL-FOSIS"), "BRA", "CHL", state="agreed", first=-3, last=-1)
    report = steps.Report(text={"en": "Fine."}, women=12, hours=9, interpretation_hours=2, interpretation="es-pt")
    steps.report_done(by=who("focal-point"), activity=made, report=report)
    again = steps.take_up_again(by=who("focal-point"), activity=made)
    assert (again.state, again.women, again.hours, again.interpretation_hours) == ("planned", None, None, 0)
    assert (again.report, again.consents.count(), again.interpretation) == ({}, 0, "es-pt")


def test_every_step_is_told_in_the_record():
    assert {step.verb for step in STEPS} <= set(VERBS)


def test_the_execution_begins_with_an_activity_that_every_side_has_agreed(who, settings):
    settings.INITIATIVE_GUARDS = ("ayni.registry.queries.plan.guards",)
    made = initiative("BR-MDS", "CL-FOSIS", state="approved", began_on=None)
    planned = activity(made)
    activity(made, "BRA", "CHL", state="agreed", follow_up=True)
    found = [gap for gap in lacking(made, "begin") if "dates of at least one activity" in gap.text]
    assert [gap.url for gap in found] == [f"/en/initiatives/{made.code}/plan/"]
    with pytest.raises(Refused, match="dates of at least one activity"):
        take_step(by=who("focal-point"), initiative=made, step="begin")
    for name, code in (("focal-point", "BRA"), ("national-coordinator", "CHL")):
        steps.agree_dates(by=who(name), activity=planned, country=country(code))
    assert take_step(by=who("focal-point"), initiative=made, step="begin").state == "execution"


def test_the_closure_waits_for_what_is_neither_done_nor_cancelled(who):
    made = initiative("BR-MDS", "CL-FOSIS")
    late = activity(made, first=-3, last=-1)
    with pytest.raises(Refused, match="neither done nor cancelled"):
        take_step(by=who("focal-point"), initiative=made, step="close")
    take(who("focal-point"), late, "report")
    assert not [gap for gap in lacking(made, "close") if "neither done" in gap.text]
