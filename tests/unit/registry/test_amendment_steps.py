"""Each step of an amendment's life in each state, as every person; what guards it; and that the former text stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Membership
from ayni.registry.actions import amendments as actions
from ayni.registry.actions.signatures import record_amendment_signature
from ayni.registry.models import Agreement, AgreementState, Amendment, AmendmentState
from ayni.registry.queries.amendment_lifecycle import STEPS, open_steps
from ayni.registry.queries.amendments import amendment_turn, amendments_for, changed_by, copy_of, waiting_amendments
from ayni.registry.queries.lifecycle import AMENDABLE
from tests.factories.agreements import TODAY, agreement, amendment, form, rank
from tests.spec import lifecycles as spec
from tests.spec.lifecycles import AMENDMENT

pytestmark = pytest.mark.django_db
KEEPERS = {"focal-point", "coordination"}
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
TABLE = AMENDMENT.steps({spec.KEEPERS: KEEPERS, spec.COORDINATION: COORDINATION})


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def in_force(**values) -> Agreement:
    return agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", **values)


def made_in(state: str, **values) -> Amendment:
    reason = "It is off." if state == "withdrawn" else ""
    return amendment(in_force(), signed=True, state=state, reason=reason, **values)


def take(by: User, one: Amendment, step: str, reason: str = "Because.") -> Amendment:
    return actions.take_amendment_step(by=by, amendment=one, step=step, reason=reason)


@pytest.mark.parametrize("state", AmendmentState.values)
@pytest.mark.parametrize("step", TABLE)
def test_a_step(who, step, state):
    before, after, people, _explained = TABLE[step]
    for name in EVERYBODY:
        point = transaction.savepoint()
        made, person = made_in(state), who(name)
        possible, allowed = state in before, name in people
        assert (step in {one.code for one in open_steps(person, made)}) == (possible and allowed)
        if not allowed:
            with pytest.raises(PermissionDenied):
                take(person, made, step)
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                take(person, made, step)
        else:
            take(person, made, step)
        assert Amendment.objects.get(pk=made.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


def test_every_step_is_told_in_the_record():
    assert {step.verb for step in STEPS} <= set(VERBS)


@pytest.mark.parametrize("step", ["return", "withdraw"])
def test_who_returns_or_withdraws_says_why(who, step):
    with pytest.raises(Refused, match="Give the reason"):
        take(who("coordination"), made_in("signed"), step, " ")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"changes": {}}, "Write down what was agreed"),
        ({"agreed_on": None}, "from which day"),
        ({"texts": {"purpose": {"en": "A purpose."}}}, "Nothing of the text"),
        ({"texts": {"title": {}}}, "a title"),
        ({"texts": {"purpose": {}}}, "what the agreement is for"),
        ({"texts": {"responsibilities": {}}}, "responsible"),
        ({"texts": {"commitments": {"BR-MDS": {"en": "Work."}}}}, "commits itself"),
    ],
    ids=str,
)
def test_what_is_missing_keeps_it_from_review(who, values, said):
    with pytest.raises(Refused, match=said):
        take(who("focal-point"), amendment(in_force(), **values), "review")


def test_not_signed_by_everybody_is_not_signed(who):
    made = amendment(in_force(), state="review")
    with pytest.raises(Refused, match="Not everybody has signed"):
        take(who("coordination"), made, "sign")


def test_it_takes_effect_on_its_day_and_not_before(who):
    with pytest.raises(Refused, match="has not come yet"):
        take(who("coordination"), made_in("signed", agreed_on=TODAY + timedelta(days=1)), "effect")


@pytest.mark.parametrize("state", sorted(set(AgreementState.values) - set(AMENDABLE)))
def test_only_what_is_in_force_or_expired_is_amended(who, state):
    made = made_in("signed")
    Agreement.objects.filter(pk=made.agreement_id).update(state=state, reason="It ended.")
    for step in ("effect", "return"):
        with pytest.raises(Refused, match="Only an agreement in force"):
            take(who("coordination"), made, step)
    assert take(who("coordination"), made, "withdraw").state == "withdrawn"
    other = agreement("BR-MDS", "CL-FOSIS", signed=True, state=state, reason="It ended.")
    with pytest.raises(Refused, match="Only an agreement in force"):
        actions.begin_amendment(by=who("coordination"), agreement=other, kind="amendment", facts=facts(other))


def facts(of: Agreement, **values) -> actions.AmendmentFacts:
    given = {"changes": {"en": "More."}, "texts": copy_of(of), "agreed_on": TODAY, "valid_to": None}
    return actions.AmendmentFacts(**(given | values))


def test_the_copy_takes_the_place_of_the_text_and_the_former_text_stays(who):
    made = in_force()
    until = copy_of(made)
    texts = until | {
        "title": {"en": "Another title", "es": "Otro título"},
        "commitments": until["commitments"] | {"CL-FOSIS": {"en": "More work."}},
    }
    one = actions.begin_amendment(
        by=who("focal-point"), agreement=made, kind="amendment", facts=facts(made, texts=texts)
    )
    assert {change.label for change in changed_by(one)} == {
        "Title (Español)",
        "Title (English)",
        "Commitments of FOSIS (Chile) (English)",
    }
    take(who("focal-point"), one, "review")
    for party, name in zip(made.parties.order_by("pk"), ("coordination", "national-coordinator"), strict=True):
        assert str(party) in amendment_turn(one).what or amendment_turn(Amendment.objects.get(pk=one.pk)).what
        record_amendment_signature(
            by=who(name), amendment=one, party=party, signatory="x", rank=rank("minister"), signed_on=TODAY
        )
    made.refresh_from_db()
    assert copy_of(made) == until
    take(who("coordination"), one, "sign")
    one = take(who("coordination"), one, "effect")
    made = Agreement.objects.get(pk=made.pk)
    assert copy_of(made) == texts and one.former == until | {"valid_to": made.valid_to.isoformat()}
    assert (made.state, made.revision) == ("in-force", 2)
    assert {change.after for change in changed_by(one)} == {"Another title", "Otro título", "More work."}
    verbs = [event.verb for event in history(made)]
    assert verbs[:2] == ["amendment taken into effect", "agreement amended"] and set(verbs) <= set(VERBS)
    # The next one begins from the new text.
    again = actions.begin_amendment(
        by=who("coordination"), agreement=made, kind="amendment", facts=facts(made, texts=until)
    )
    assert again.number == 2 and {change.before for change in changed_by(again)} == {
        "Another title",
        "Otro título",
        "More work.",
    }


def test_an_expired_agreement_is_in_force_again_once_renewed(who):
    made = agreement("BR-MDS", "CL-FOSIS", signed=True, state="expired", valid_to=TODAY - timedelta(days=1))
    later = TODAY + timedelta(days=365)
    one = amendment(made, signed=True, state="signed", kind="renewal", valid_to=later, texts=copy_of(made))
    take(who("coordination"), one, "effect")
    made.refresh_from_db()
    assert (made.state, made.valid_to) == ("in-force", later)
    assert history(made).filter(verb="agreement renewed").exists()


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("amendment", {"valid_to": TODAY + timedelta(days=900)}, "Only a renewal"),
        ("renewal", {"valid_to": None}, "after the present one"),
        ("renewal", {"valid_to": TODAY + timedelta(days=400)}, "after the present one"),
        ("renewal", {"valid_to": TODAY + timedelta(days=500), "agreed_on": TODAY + timedelta(days=600)}, "in effect"),
    ],
    ids=str,
)
def test_the_days_of_a_renewal_are_in_order(who, kind, values, said):
    made = in_force()
    with pytest.raises(Refused, match=said):
        actions.begin_amendment(by=who("coordination"), agreement=made, kind=kind, facts=facts(made, **values))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (TODAY - timedelta(days=30), TODAY - timedelta(days=1), "still to come"),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=1), "before the first"),
    ],
)
def test_a_renewal_ends_on_a_day_to_come(who, first, last, said):
    made = in_force(valid_from=first, valid_to=None)
    given = facts(made, valid_to=last, agreed_on=None)
    with pytest.raises(Refused, match=said):
        actions.begin_amendment(by=who("coordination"), agreement=made, kind="renewal", facts=given)


def test_a_renewal_that_came_too_late_is_not_put_in_place(who):
    past = TODAY - timedelta(days=1)
    made = in_force(valid_to=None)
    one = amendment(made, signed=True, state="signed", kind="renewal", valid_to=past, agreed_on=past)
    with pytest.raises(Refused, match="still to come"):
        take(who("coordination"), one, "effect")


def test_one_amendment_at_a_time(who):
    made = in_force()
    one = actions.begin_amendment(by=who("focal-point"), agreement=made, kind="amendment", facts=facts(made))
    with pytest.raises(Refused, match="on its way"):
        actions.begin_amendment(by=who("focal-point"), agreement=made, kind="amendment", facts=facts(made))
    take(who("focal-point"), one, "withdraw")
    assert (
        actions.begin_amendment(by=who("focal-point"), agreement=made, kind="amendment", facts=facts(made)).number == 2
    )
    with pytest.raises(PermissionDenied):
        actions.begin_amendment(by=who("secretariat"), agreement=made, kind="amendment", facts=facts(made))


def test_two_who_change_a_draft_at_once_lose_nothing_and_what_is_reviewed_is_not_changed(who):
    one = made_in("draft")
    given = facts(one.agreement, changes={"en": "First"})
    actions.edit_amendment(by=who("focal-point"), amendment=one, base=1, facts=given)
    with pytest.raises(Conflict):
        actions.edit_amendment(by=who("coordination"), amendment=one, base=1, facts=given)
    with pytest.raises(PermissionDenied):
        actions.edit_amendment(by=who("national-coordinator"), amendment=one, base=2, facts=given)
    with pytest.raises(Refused, match="Only a draft"):
        actions.edit_amendment(by=who("focal-point"), amendment=made_in("review"), base=1, facts=given)


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("code", ["BR-MDS", "CL-FOSIS"])
def test_each_coordination_records_the_signature_of_its_own_side(who, name, code):
    one = amendment(in_force(), state="review")
    own = {"BR-MDS": "coordination", "CL-FOSIS": "national-coordinator"}
    party = one.agreement.parties.get(institution__code=code)
    told = {"amendment": one, "party": party, "signatory": "Somebody", "rank": rank("minister"), "signed_on": TODAY}
    if name != own[code]:
        with pytest.raises(PermissionDenied):
            record_amendment_signature(by=who(name), **told)
        return
    assert not record_amendment_signature(by=who(name), **told).by_other_side
    assert record_amendment_signature(by=who(name), **(told | {"signatory": "Another"})).signatory == "Another"


def test_a_signature_follows_the_rule_of_the_country_and_goes_with_the_return(who):
    made = in_force(form=form("memorandum-of-understanding"))
    one = amendment(made, state="review")
    party = made.parties.get(institution__code="BR-MDS")
    told = {"by": who("coordination"), "amendment": one, "party": party, "signatory": "x"}
    with pytest.raises(Refused, match="Minister or Secretary"):
        record_amendment_signature(**told, rank=rank("head-of-unit"), signed_on=TODAY)
    with pytest.raises(Refused, match="not come yet"):
        record_amendment_signature(**told, rank=rank("minister"), signed_on=TODAY + timedelta(days=1))
    Membership.objects.filter(role="national-coordinator", country="CHL").delete()
    other = made.parties.get(institution__code="CL-FOSIS")
    given = record_amendment_signature(**(told | {"party": other}), rank=rank("minister"), signed_on=TODAY)
    assert given.by_other_side
    take(who("coordination"), one, "return")
    assert not one.signatures.exists()
    with pytest.raises(Refused, match="amendment is in legal review"):
        record_amendment_signature(**told, rank=rank("minister"), signed_on=TODAY)


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_is_on_its_way_is_seen_by_the_parties_and_who_reads_drafts(who, name):
    made = in_force()
    amendment(made, state="in-effect")
    one = amendment(made)
    reads = {"focal-point", "coordination", "national-coordinator", "secretariat", "observer"}
    found = set(amendments_for(who(name), made).values_list("number", flat=True))
    assert found == ({1, one.number} if name in reads else {1})


def test_it_waits_on_the_desk_of_who_carries_it_on(who):
    one = amendment(in_force())

    def waits() -> set[str]:
        return {name for name in EVERYBODY if waiting_amendments(who(name)).filter(pk=one.pk).exists()}

    assert waits() == {"focal-point", "coordination"}
    take(who("focal-point"), one, "review")
    assert waits() == {"coordination", "national-coordinator"}
    for party, name in zip(one.agreement.parties.order_by("pk"), ("coordination", "national-coordinator"), strict=True):
        record_amendment_signature(
            by=who(name), amendment=one, party=party, signatory="x", rank=rank("minister"), signed_on=TODAY
        )
    assert waits() == {"coordination"}
    one.refresh_from_db()
    assert "all have signed" in amendment_turn(one).what
    take(who("coordination"), one, "sign")
    assert waits() == {"coordination"}
    take(who("coordination"), one, "effect")
    assert waits() == set()
