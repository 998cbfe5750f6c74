"""Each step of a measurement's life in each state, as every person; and what guards it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Institution
from ayni.registry.actions.results import measurements as actions
from ayni.registry.actions.results.measurements import MeasurementFacts
from ayni.registry.actions.results.periods import lock_period, open_due_periods
from ayni.registry.models import Initiative, Measurement, MeasurementState, Period
from ayni.registry.queries.results.lifecycle import STEPS, open_steps, turn_of
from tests.factories.results import YEAR, frame, indicator, measurement, period
from tests.spec import lifecycles as spec
from tests.spec.lifecycles import MEASUREMENT

pytestmark = pytest.mark.django_db
D = Decimal
OWN = {"focal-point", "coordination"}
SIDES = {"coordination", "national-coordinator"}
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
TABLE = MEASUREMENT.steps({spec.KEEPERS: OWN, spec.ANY_COORDINATION: SIDES})


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def made_in(state: str) -> Measurement:
    return measurement(period(indicator(frame())), "BR-MDS", state)


def taken(by, made, step, reason="Because.") -> Measurement:
    return actions.take_step(by=by, measurement=made, step=step, reason=reason)


@pytest.mark.parametrize("state", MeasurementState.values)
@pytest.mark.parametrize("step", TABLE)
def test_a_step(who, step, state):
    before, after, people, _explained = TABLE[step]
    for name in EVERYBODY:
        point = transaction.savepoint()
        made, person = made_in(state), who(name)
        possible, allowed = state in before, name in people
        assert (step in {one.code for one in open_steps(person, made)}) == (possible and allowed)
        if not allowed:
            # The one who submitted meets a sentence of its own.
            with pytest.raises((PermissionDenied, Refused)):
                taken(person, made, step)
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                taken(person, made, step)
        else:
            taken(person, made, step)
        assert Measurement.objects.get(pk=made.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


def test_every_step_is_told_in_the_record():
    assert {step.verb for step in STEPS} <= set(VERBS)


@pytest.mark.parametrize(("step", "state"), [("return", "submitted"), ("reopen", "approved")])
def test_who_sends_it_back_says_why(who, step, state):
    with pytest.raises(Refused, match="Give the reason"):
        taken(who("coordination"), made_in(state), step, " ")


def test_nobody_approves_what_is_ones_own(who):
    made = made_in("draft")
    keeper = who("coordination")
    made = taken(keeper, made, "submit")
    with pytest.raises(Refused, match="another person approves"):
        taken(keeper, made, "approve")
    assert "approve" not in {one.code for one in open_steps(keeper, made)}
    approved = taken(who("national-coordinator"), made, "approve")
    assert (approved.state, approved.reviewed_by) == ("approved", who("national-coordinator"))


def test_what_was_submitted_again_waits_without_its_old_review(who):
    made = taken(who("focal-point"), made_in("returned"), "submit")
    assert (made.reason, made.reviewed_at, made.reviewed_by) == ("", None, None)


def test_a_locked_period_takes_nothing_but_what_was_submitted_is_still_approved(who):
    made = made_in("draft")
    lock_period(by=who("coordination"), period=made.period, locked=True)
    with pytest.raises(Refused, match="The period is locked"):
        taken(who("focal-point"), made, "submit")
    with pytest.raises(Refused, match="The period is locked"):
        saved(who("focal-point"), made.period, base=made.revision)
    lock_period(by=who("national-coordinator"), period=made.period, locked=False)
    sent = taken(who("focal-point"), made, "submit")
    lock_period(by=who("coordination"), period=made.period, locked=True)
    assert taken(who("coordination"), sent, "approve").state == "approved"


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_opens_and_locks_periods(who, name):
    made = period(indicator(frame()), locked=True)
    later = period(indicator(made.indicator.result), YEAR + 5, locked=True)
    if name in SIDES:
        lock_period(by=who(name), period=made, locked=False)
        assert not Period.objects.get(pk=made.pk).locked
        lock_period(by=who(name), period=made, locked=True)
        assert open_due_periods(by=who(name), frame=made.indicator.result.frame, today=made.ends_on) == 1
        assert Period.objects.get(pk=later.pk).locked
        return
    with pytest.raises(PermissionDenied):
        lock_period(by=who(name), period=made, locked=False)
    with pytest.raises(PermissionDenied):
        open_due_periods(by=who(name), frame=made.indicator.result.frame, today=made.ends_on)


def saved(by, of, code="BR-MDS", base=0, submit=False, **facts) -> Measurement:
    institution = Institution.objects.get(code=code)
    given = MeasurementFacts(**(facts or {"value": D(5)}))
    return actions.save_measurement(by=by, period=of, institution=institution, base=base, facts=given, submit=submit)


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("code", ["BR-MDS", "CL-FOSIS"])
def test_an_institution_measures_for_itself(who, name, code):
    made = period(indicator(frame()))
    if name in {"BR-MDS": OWN, "CL-FOSIS": {"national-coordinator"}}[code]:
        assert saved(who(name), made, code).state == "draft"
    else:
        with pytest.raises(PermissionDenied):
            saved(who(name), made, code)


def test_who_does_not_take_part_measures_nothing(who):
    made = period(indicator(frame("CL-FOSIS", "PY-MDS")))
    with pytest.raises(Refused, match="does not take part"):
        saved(who("focal-point"), made)


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_is_with_the_coordination_is_not_changed(who, state):
    made = made_in(state)
    with pytest.raises(Refused, match="returns or reopens it"):
        saved(who("focal-point"), made.period, base=made.revision)


UNIT, SCORE, SHARE = {}, {"measure": "score", "best": 5}, {"measure": "percentage"}


@pytest.mark.parametrize(
    ("measure", "facts", "said"),
    [
        (UNIT, {"note": {}}, "Give the value"),
        (UNIT, {"value": D(1), "numerator": D(1)}, "Give the value"),
        (UNIT, {"value": D(1), "not_applicable": True}, "has no number"),
        (UNIT, {"not_applicable": True, "shares": (("sex", "women", D(1)),)}, "has no number"),
        (SCORE, {"value": D(6)}, "between 0 and 5"),
        (SCORE, {"value": D(-1)}, "between 0 and 5"),
        (SHARE, {"value": D(5)}, "numerator and the denominator"),
        (SHARE, {"numerator": D(5)}, "numerator and the denominator"),
        (SHARE, {"numerator": D(5), "denominator": D(0)}, "above 0"),
        (SHARE, {"numerator": D(-5), "denominator": D(2)}, "0 or more"),
        ({"dimensions": "sex"}, {"value": D(5), "shares": (("sex", "women", D(6)),)}, "more than the whole"),
        ({"dimensions": "sex"}, {"value": D(5), "shares": (("sex", "women", D(-1)),)}, "0 or more"),
        ({"dimensions": "sex"}, {"value": D(5), "shares": (("sex", "tall", D(1)),)}, "not split"),
        ({"dimensions": "sex"}, {"value": D(5), "shares": (("age", "0-17", D(1)),)}, "not split"),
    ],
    ids=str,
)
def test_a_value_that_does_not_hold_together(who, measure, facts, said):
    made = period(indicator(frame(), **measure))
    with pytest.raises(Refused, match=said):
        saved(who("focal-point"), made, **facts)


def test_shares_are_of_the_numerator_and_kept_with_the_record(who):
    made = period(indicator(frame(), measure="percentage", dimensions="sex age"))
    shares = (("sex", "women", D(30)), ("sex", "men", D(10)), ("age", "60+", D(40)))
    one = saved(who("focal-point"), made, numerator=D(40), denominator=D(90), shares=shares)
    assert one.shares.count() == 3 and history(one).first().after["shares"] == {
        "sex: women": "30.0000",
        "sex: men": "10.0000",
        "age: 60+": "40.0000",
    }


def test_two_who_measure_at_once_lose_nothing(who):
    made = period(indicator(frame()))
    saved(who("focal-point"), made, value=D(1))
    with pytest.raises(Conflict):
        saved(who("coordination"), made, value=D(2))
    one = saved(who("coordination"), made, base=1, submit=True, value=D(2))
    assert (one.state, one.value) == ("submitted", 2)
    with pytest.raises(Conflict):
        saved(who("focal-point"), made, base=1, value=D(3))


def test_what_is_saved_to_be_submitted_is_whole_or_nothing(who):
    made = made_in("returned")
    Initiative.objects.filter(pk=made.period.indicator.result.frame.initiative_id).update(
        state="cancelled", reason="It ended."
    )
    with pytest.raises(Refused, match="no longer changed"):
        saved(who("focal-point"), made.period, base=made.revision, submit=True, value=D(7))
    with pytest.raises(Refused, match="no longer changed"):
        taken(who("focal-point"), made, "submit")
    assert Measurement.objects.get(pk=made.pk).value == 10


def test_only_approved_values_are_public_in_the_record(who):
    made = made_in("draft")
    sent = taken(who("focal-point"), made, "submit")
    taken(who("coordination"), sent, "approve")
    assert [one.public for one in history(made)[:2]] == [True, False]


def test_whose_turn_it_is():
    turns = {state: turn_of(made_in(state)) for state in MeasurementState.values}
    assert "approve it" in turns["submitted"].what and turns["approved"].who == ""
    assert turns["draft"].who == turns["returned"].who != turns["submitted"].who
