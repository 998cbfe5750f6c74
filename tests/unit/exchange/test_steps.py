"""Every step of a life cycle, in every state, as every person: the table here is written by hand, not taken from the code."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.common.record.verbs import VERBS
from ayni.exchange.actions.steps import carry_out, take_step
from ayni.exchange.models import Demand, DemandState, Match, MatchState, Mission, Notice, Offer, OfferState
from ayni.exchange.queries.lifecycle import CYCLES, open_steps, step_of
from tests.factories.exchange import demand, match, offer
from tests.spec import lifecycles as spec

pytestmark = pytest.mark.django_db
# Brazil's focal point writes, Brazil's coordination too; Chile's is a stranger to what is Brazil's.
WRITERS = {"focal-point", "coordination"}
COORDINATION = {"coordination"}
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
WHO = {spec.KEEPERS: WRITERS, spec.COORDINATION: COORDINATION}
OFFER, DEMAND = spec.OFFER.steps(WHO), spec.DEMAND.steps(WHO)
EXPLAINED = {"paused", "archived", "returned", "referred", "declined", "withdrawn"}


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def cases(table, states):
    return [
        pytest.param(step, state, state in before, after, people, id=f"{step}-{state}")
        for step, (before, after, people, _explained) in table.items()
        for state in states
    ]


def each(who, make, step, possible, after, people):
    """As every person, one after the other, each upon a thing of its own that is taken back."""
    for name in EVERYBODY:
        point = transaction.savepoint()
        tried(make(), step, who(name), possible, after, name in people)
        transaction.savepoint_rollback(point)


def tried(thing, step, person, possible, after, allowed):
    """Take the step; hold it to the table, and to what the page would have offered."""
    state, model = thing.state, type(thing)
    offered = step in {one.code for one in open_steps(person, thing)}
    assert offered == (possible and allowed)
    if not allowed:
        with pytest.raises(PermissionDenied):
            take_step(by=person, thing=thing, step=step, reason="Because.")
    elif not possible:
        with pytest.raises(Refused, match="not possible now"):
            take_step(by=person, thing=thing, step=step, reason="Because.")
    else:
        take_step(by=person, thing=thing, step=step, reason="Because.")
    assert model.objects.get(pk=thing.pk).state == (after if possible and allowed else state)


@pytest.mark.parametrize(("step", "state", "possible", "after", "people"), cases(OFFER, OfferState.values))
def test_a_step_of_an_offer(who, step, state, possible, after, people):
    reason = "It was so." if state in EXPLAINED else ""
    each(who, lambda: offer("BR-MDS", state=state, reason=reason), step, possible, after, people)


@pytest.mark.parametrize(("step", "state", "possible", "after", "people"), cases(DEMAND, DemandState.values))
def test_a_step_of_a_demand(who, step, state, possible, after, people):
    told = {
        "reason": "It was so." if state in EXPLAINED else "",
        "referred_to": "A fund" if state == "referred" else "",
    }
    each(who, lambda: demand("BR-MDS", state=state, **told), step, possible, after, people)


def matched(state="suggested", **values) -> Match:
    """Brazil's offer for Chile's demand."""
    made = match()
    if state in ("negotiating", "converted"):
        for side, email in (("offer", "coordinacion.br@demo.ayni"), ("demand", "coordinacion@demo.ayni")):
            take_step(by=User.objects.get(email=email), thing=made, step=f"accept-{side}")
    elif state in ("rejected", "lapsed"):
        made.reason, made.ended_at, made.state = "No.", made.suggested_at, state
        made.save()
    if state == "converted":
        take_step(by=User.objects.get(email="coordinacion@demo.ayni"), thing=made, step="convert")
    made.refresh_from_db()
    return made


MATCH = spec.MATCH.steps(
    {
        "focal point or coordination of the offer": WRITERS,
        "focal point or coordination of the demand": {"national-coordinator"},
        spec.ANY_SIDE: WRITERS | {"national-coordinator"},
        "coordination of the demand": {"national-coordinator"},
    }
)


@pytest.mark.parametrize("state", MatchState.values)
@pytest.mark.parametrize("step", MATCH)
def test_a_step_of_a_match(who, step, state):
    before, after, people, _explained = MATCH[step]
    each(who, lambda: matched(state), step, state in before, after, people)


def test_a_match_is_negotiated_only_when_both_sides_have_accepted_and_the_demand_then_is_matched(who):
    made = matched()
    take_step(by=who("focal-point"), thing=made, step="accept-offer")
    made.refresh_from_db()
    assert made.state == "suggested" and made.demand.state == "eligible"
    with pytest.raises(Refused, match="accepted already"):
        take_step(by=who("focal-point"), thing=made, step="accept-offer")
    take_step(by=who("national-coordinator"), thing=made, step="accept-demand")
    made.refresh_from_db()
    assert made.state == "negotiating" and Demand.objects.get(pk=made.demand_id).state == "matched"


def test_who_rejects_opens_the_demand_again_and_the_other_side_is_told_why(who):
    made = matched("negotiating")
    take_step(by=who("national-coordinator"), thing=made, step="reject", reason="We found the money elsewhere.")
    assert Demand.objects.get(pk=made.demand_id).state == "eligible"
    told = Notice.objects.filter(match=made, what="match rejected", institution__code="BR-MDS").get()
    assert told.reason == "We found the money elsewhere."


def test_a_converted_match_formalises_its_demand_and_ends_the_others(who):
    made = matched("negotiating")
    other = Match.objects.create(
        demand=made.demand,
        offer=offer("MX-BIENESTAR"),
        recipient_id="CHL",
        provider_id="MEX",
        rules=made.rules,
        least=1,
        most=2,
    )
    take_step(by=who("national-coordinator"), thing=made, step="convert")
    other.refresh_from_db()
    assert Demand.objects.get(pk=made.demand_id).state == "formalised"
    assert other.state == "lapsed" and "another match" in other.reason


@pytest.mark.parametrize("step", ["pause", "archive", "revise"])
def test_an_offer_that_is_no_longer_published_ends_its_matches(who, step):
    made = matched("negotiating")
    take_step(by=who("focal-point"), thing=made.offer, step=step, reason="The team has gone.")
    made.refresh_from_db()
    assert made.state == "lapsed" and Demand.objects.get(pk=made.demand_id).state == "eligible"
    assert Notice.objects.filter(match=made, institution__code="CL-FOSIS", what="match lapsed").exists()


def test_a_withdrawn_demand_ends_its_matches(who):
    made = matched("negotiating")
    take_step(by=who("national-coordinator"), thing=made.demand, step="withdraw", reason="The plan was dropped.")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("lapsed", "The plan was dropped.")
    assert Demand.objects.get(pk=made.demand_id).state == "withdrawn"


@pytest.mark.parametrize("kind", [Offer, Demand, Match])
def test_a_step_that_needs_a_reason_is_refused_without_one(who, kind):
    thing = {Offer: lambda: offer("BR-MDS"), Demand: lambda: demand("BR-MDS"), Match: matched}[kind]()
    for step in CYCLES[kind]:
        if step.reason and thing.state in step.before:
            with pytest.raises(Refused, match="Give the reason"):
                carry_out(by=who("focal-point"), thing=thing, step=step, reason="")


@pytest.mark.parametrize(
    ("field", "said"),
    [("title", "title"), ("text", "what is offered"), ("expects", "expect"), ("languages", "languages")],
)
def test_an_offer_that_lacks_something_is_not_approved(who, field, said):
    made = offer("BR-MDS", state="draft", **{field: "" if field == "languages" else {}})
    with pytest.raises(Refused, match=said):
        take_step(by=who("focal-point"), thing=made, step="approve")


@pytest.mark.parametrize(("relation", "said"), [("topics", "topic"), ("quadrants", "quadrant")])
def test_an_offer_without_topic_or_quadrant_is_not_approved(who, relation, said):
    made = offer("BR-MDS", state="draft")
    getattr(made, relation).clear()
    with pytest.raises(Refused, match=said):
        take_step(by=who("focal-point"), thing=made, step="approve")


@pytest.mark.parametrize("field", ["title", "problem", "objective", "expects", "gives", "languages", "topics", "needs"])
def test_a_demand_that_lacks_something_is_not_submitted(who, field):
    made = demand("BR-MDS", state="draft")
    if field == "topics":
        made.topics.clear()
    elif field == "needs":
        made.needs.all().delete()
    else:
        setattr(made, field, "" if field == "languages" else {})
        made.save()
    with pytest.raises(Refused, match="Something is missing"):
        take_step(by=who("focal-point"), thing=made, step="submit")


def test_an_endorsed_demand_has_a_screening_and_the_record_keeps_each_step(who):
    made = demand("BR-MDS", state="draft")
    take_step(by=who("focal-point"), thing=made, step="submit")
    take_step(by=who("coordination"), thing=made, step="endorse")
    assert [one.number for one in made.screenings.all()] == [1]
    assert [event.verb for event in history(made)] == ["demand endorsed", "demand submitted"]
    assert history(made)[0].actor_name == "Helena Duarte"


def test_what_is_not_public_leaves_no_public_event(who):
    made = demand("BR-MDS", state="draft")
    take_step(by=who("focal-point"), thing=made, step="submit")
    assert not history(made)[0].public
    shown = offer("BR-MDS")
    take_step(by=who("focal-point"), thing=shown, step="pause", reason="Until March.")
    assert history(shown)[0].public


@pytest.mark.parametrize("kind", CYCLES)
def test_every_step_is_told_in_the_record(kind):
    assert {step.verb for step in CYCLES[kind]} <= set(VERBS)


def test_a_step_that_does_not_exist_is_not_found():
    with pytest.raises(KeyError):
        step_of(offer("BR-MDS"), "sing")


def test_the_pages_of_steps_ask_and_then_take_them(as_role):
    made = offer("BR-MDS", state="draft")
    client = as_role("focal-point")
    page = client.get(f"/en/offers/{made.pk}/step/archive/")
    assert "Reason" in page.content.decode()
    assert client.post(f"/en/offers/{made.pk}/step/archive/", {"reason": ""}).status_code == 200
    assert client.post(f"/en/offers/{made.pk}/step/archive/", {"reason": "Not now."}).status_code == 302
    assert Offer.objects.get(pk=made.pk).state == "archived"
    assert client.get(f"/en/offers/{made.pk}/step/sing/").status_code == 404
    assert as_role("national-coordinator").post(f"/en/offers/{made.pk}/step/revise/").status_code == 404
    assert as_role("secretariat").post(f"/en/offers/{made.pk}/step/revise/").status_code == 403


@pytest.mark.parametrize("result", ["eligible", "coformulation", "returned", "declined", "referred"])
def test_a_screening_is_not_decided_by_the_address_of_a_step(who, as_role, result):
    made = demand("BR-MDS", state="endorsed")
    with pytest.raises(Refused, match="item by item"):
        take_step(by=who("secretariat"), thing=made, step=result, reason="At once.")
    assert as_role("secretariat").post(f"/en/demands/{made.pk}/step/{result}/", {"reason": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        take_step(by=who("focal-point"), thing=made, step=result, reason="At once.")


def test_a_demand_whose_last_month_is_over_is_not_confirmed_but_taken_up_again(who):
    made = demand("BR-MDS", state="expired", deadline=date(2020, 1, 1))
    with pytest.raises(Refused, match="last month is over"):
        take_step(by=who("focal-point"), thing=made, step="confirm")
    take_step(by=who("focal-point"), thing=made, step="reopen")
    assert Demand.objects.get(pk=made.pk).state == "draft"


def test_who_ends_an_offer_is_told_which_missions_end_with_it(as_role):
    mission = Mission.objects.filter(state__in=["proposed", "agreed"]).first()
    shown = mission.parts.first().offer
    writer = (
        "focal-point"
        if shown.institution.code == "BR-MDS"
        else f"coordinacion.{shown.institution.code[:2].lower()}@demo.ayni"
    )
    writer = "national-coordinator" if shown.institution.country_id == "CHL" else writer
    assert str(mission.demand) in as_role(writer).get(f"/en/offers/{shown.pk}/step/pause/").content.decode()
