"""Each step of an agreement's life in each state, as every person; and what guards it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Concept, ConceptScheme, Country, Institution, Membership
from ayni.registry.actions import agreements as actions
from ayni.registry.actions.signatures import record_signature
from ayni.registry.actions.signing_rules import keep_signing_rule
from ayni.registry.forms.agreements import SignatureForm
from ayni.registry.models import Agreement, AgreementState, SigningRule
from ayni.registry.queries.agreements import partners_in_force, rule_for, turn_of
from ayni.registry.queries.lifecycle import STEPS, open_steps
from tests.factories.agreements import TODAY, agreement, form, rank
from tests.spec import lifecycles as spec
from tests.spec.lifecycles import AGREEMENT

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
TABLE = AGREEMENT.steps({spec.KEEPERS: KEEPERS, spec.COORDINATION: COORDINATION})


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def made_in(state: str) -> Agreement:
    reason = "It ended." if state == "terminated" else ""
    return agreement("BR-MDS", "CL-FOSIS", signed=True, state=state, reason=reason)


@pytest.mark.parametrize("state", AgreementState.values)
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
                actions.take_step(by=person, agreement=made, step=step, reason="Because.")
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                actions.take_step(by=person, agreement=made, step=step, reason="Because.")
        else:
            actions.take_step(by=person, agreement=made, step=step, reason="Because.")
        assert Agreement.objects.get(pk=made.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


def test_every_step_is_told_in_the_record():
    assert {step.verb for step in STEPS} <= set(VERBS)


@pytest.mark.parametrize("step", ["return", "terminate"])
def test_who_ends_or_returns_says_why(who, step):
    made = made_in("signed")
    with pytest.raises(Refused, match="Give the reason"):
        actions.take_step(by=who("coordination"), agreement=made, step=step)


@pytest.mark.parametrize("lacking", ["title", "purpose", "responsibilities", "parties", "countries", "commitments"])
def test_what_is_missing_keeps_it_from_review(who, lacking):
    made = agreement("BR-MDS", "BR-ABC") if lacking == "countries" else agreement("BR-MDS", "CL-FOSIS")
    if lacking == "parties":
        made.parties.exclude(institution=made.institution).delete()
    elif lacking == "commitments":
        made.parties.update(commitments={})
    elif lacking != "countries":
        Agreement.objects.filter(pk=made.pk).update(**{lacking: {}})
    with pytest.raises(Refused, match="Something is missing"):
        actions.take_step(by=who("focal-point"), agreement=made, step="review")


def test_not_signed_by_everybody_is_not_signed(who):
    made = agreement("BR-MDS", "CL-FOSIS", state="review")
    with pytest.raises(Refused, match="Not everybody has signed"):
        actions.take_step(by=who("coordination"), agreement=made, step="sign")


@pytest.mark.parametrize(("first", "said"), [(None, "from which day"), (TODAY + timedelta(days=9), "not come yet")])
def test_it_enters_into_force_on_its_day(who, first, said):
    made = agreement("BR-MDS", "CL-FOSIS", signed=True, state="signed", valid_from=first)
    with pytest.raises(Refused, match=said):
        actions.take_step(by=who("coordination"), agreement=made, step="enter-force")


def test_a_rank_that_the_country_does_not_accept_is_refused_with_those_that_it_does(who):
    made = agreement("BR-MDS", "CL-FOSIS", state="review", form=form("memorandum-of-understanding"))
    party = made.parties.get(institution__code="BR-MDS")
    told = {"by": who("coordination"), "party": party, "signatory": "Somebody"}
    with pytest.raises(Refused, match="Minister or Secretary"):
        record_signature(**told, rank=rank("head-of-unit"), signed_on=TODAY)
    with pytest.raises(Refused, match="not come yet"):
        record_signature(**told, rank=rank("minister"), signed_on=TODAY + timedelta(days=1))
    record_signature(**told, rank=rank("minister"), signed_on=TODAY)
    # Chile has no rule for this form: any rank signs.
    other = made.parties.get(institution__code="CL-FOSIS")
    record_signature(
        by=who("national-coordinator"), party=other, signatory="Else", rank=rank("head-of-unit"), signed_on=TODAY
    )
    actions.take_step(by=who("coordination"), agreement=made, step="sign")
    assert [event.verb for event in history(made)][:3] == [
        "agreement signed",
        "signature recorded",
        "signature recorded",
    ]


def test_signatures_are_recorded_in_legal_review_alone_and_go_when_it_is_returned(who):
    made = agreement("BR-MDS", "CL-FOSIS")
    party = made.parties.first()
    with pytest.raises(Refused, match="legal review"):
        record_signature(by=who("coordination"), party=party, signatory="x", rank=rank("minister"), signed_on=TODAY)
    signed = made_in("signed")
    actions.take_step(by=who("coordination"), agreement=signed, step="return", reason="A clause is missing.")
    assert not signed.parties.filter(signed_on__isnull=False).exists()


def test_what_is_in_force_is_not_changed_in_place(who):
    made, keeper = made_in("in-force"), who("coordination")
    with pytest.raises(Refused, match="Only a draft"):
        actions.add_party(by=keeper, agreement=made, institution=Institution.objects.get(code="CO-DPS"), commitments={})


def test_it_expires_after_its_day_unless_it_renews_by_itself():
    past = TODAY - timedelta(days=1)
    ends = agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", valid_to=past)
    stays = agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", valid_to=past, renews=True)
    assert actions.expire_overdue(by=None, today=TODAY) == 1 and actions.expire_overdue(by=None, today=TODAY) == 0
    ends.refresh_from_db()
    stays.refresh_from_db()
    assert (ends.state, stays.state) == ("expired", "in-force")


def facts(**values) -> actions.AgreementFacts:
    given = {
        "form": form("framework"),
        "parent": None,
        "title": {"en": "A framework"},
        "purpose": {},
        "roles": {},
        "responsibilities": {},
        "limits": {},
        "valid_from": None,
        "valid_to": None,
        "renews": False,
        "source": "",
    }
    return actions.AgreementFacts(**(given | values))


def test_two_who_change_a_draft_at_once_lose_nothing(who):
    made = agreement("BR-MDS", "CL-FOSIS")
    actions.edit_agreement(by=who("focal-point"), agreement=made, base=1, facts=facts(title={"en": "First"}))
    with pytest.raises(Conflict):
        actions.edit_agreement(by=who("coordination"), agreement=made, base=1, facts=facts(title={"en": "Second"}))
    made.refresh_from_db()
    assert made.title == {"en": "First"} and made.revision == 2


@pytest.mark.parametrize("case", ["no title", "days", "circle", "twice", "keeper"])
def test_what_cannot_be_is_refused(who, case):
    made, keeper = agreement("BR-MDS", "CL-FOSIS"), who("focal-point")
    below = agreement("BR-MDS", "CL-FOSIS", parent=made)
    attempts = {
        "no title": lambda: actions.begin_agreement(by=keeper, institution=made.institution, facts=facts(title={})),
        "days": lambda: actions.begin_agreement(
            by=keeper, institution=made.institution, facts=facts(valid_from=TODAY, valid_to=TODAY - timedelta(days=1))
        ),
        "circle": lambda: actions.edit_agreement(by=keeper, agreement=made, base=1, facts=facts(parent=below)),
        "twice": lambda: actions.add_party(
            by=keeper, agreement=made, institution=Institution.objects.get(code="CL-FOSIS"), commitments={}
        ),
        "keeper": lambda: actions.remove_party(by=keeper, party=made.parties.get(institution__code="BR-MDS")),
    }
    with pytest.raises(Refused):
        attempts[case]()


def test_agreements_in_force_join_countries_and_a_country_that_keeps_none_is_not_known():
    Agreement.objects.update(state="draft")
    agreement("BR-MDS", "CL-FOSIS", "CO-DPS", signed=True, state="in-force")
    agreement("BR-MDS", "MX-BIENESTAR", signed=True, state="signed")
    assert partners_in_force() == {
        "BRA": frozenset({"CHL", "COL"}),
        "CHL": frozenset({"BRA", "COL"}),
        "COL": frozenset({"BRA", "CHL"}),
    }


def test_signing_rules_come_from_the_document_and_are_kept_by_the_countries(who):
    brazil = SigningRule.objects.get(country="BRA", form__code="technical-project")
    assert [one.code for one in brazil.ranks.all()] == ["cooperation-agency"] and brazil.via.code == "BR-ABC"
    assert SigningRule.objects.get(country="MEX", form__isnull=True).ranks.count() == 4
    told = {"country": Country.objects.get(pk="BRA"), "form": None, "via": None, "note": {}, "source": ""}
    with pytest.raises(Refused, match="Say who signs"):
        keep_signing_rule(by=who("coordination"), ranks=[], **told)
    kept = keep_signing_rule(by=who("coordination"), ranks=[rank("minister")], **told)
    again = keep_signing_rule(by=who("secretariat"), ranks=[rank("under-secretary")], **told)
    assert again.pk == kept.pk and [one.code for one in again.ranks.all()] == ["under-secretary"]
    with pytest.raises(PermissionDenied):
        keep_signing_rule(by=who("national-coordinator"), ranks=[rank("minister")], **told)


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("code", ["BR-MDS", "CL-FOSIS"])
def test_each_coordination_records_the_signature_of_its_own_side(who, name, code):
    made = agreement("BR-MDS", "CL-FOSIS", state="review")
    own = {"BR-MDS": "coordination", "CL-FOSIS": "national-coordinator"}
    told = {"party": made.parties.get(institution__code=code), "signatory": "Somebody", "signed_on": TODAY}
    if name != own[code]:
        with pytest.raises(PermissionDenied):
            record_signature(by=who(name), rank=rank("minister"), **told)
        return
    party = record_signature(by=who(name), rank=rank("minister"), **told)
    assert party.signed_on == TODAY and not party.by_other_side


@pytest.mark.parametrize("code", ["CL-FOSIS", "XX-WB"])
def test_for_whom_has_no_coordination_the_other_side_records_it_and_that_is_kept(who, code):
    Membership.objects.filter(role="national-coordinator", country="CHL").delete()
    made = agreement("BR-MDS", code, state="review")
    party = record_signature(
        by=who("coordination"),
        party=made.parties.get(institution__code=code),
        signatory="Somebody",
        rank=rank("minister"),
        signed_on=TODAY,
    )
    assert party.by_other_side and history(made).first().after["part"]["by_other_side"] is True
    actions.take_step(by=who("coordination"), agreement=made, step="return", reason="Again.")
    assert not made.parties.filter(by_other_side=True).exists()


def test_what_was_signed_without_a_first_day_is_not_terminated(who):
    made = agreement("BR-MDS", "CL-FOSIS", signed=True, state="signed", valid_from=None)
    with pytest.raises(Refused, match="from which day"):
        actions.take_step(by=who("coordination"), agreement=made, step="terminate", reason="It ended.")


def test_a_new_version_of_the_vocabularies_loses_no_rule(who):
    made = agreement("BR-MDS", "CL-FOSIS", state="review")
    form_before, rank_before = form("technical-project"), rank("cooperation-agency")
    for before in (form_before, rank_before):
        ConceptScheme.objects.filter(pk=before.scheme_id).update(status="retired")
        scheme = ConceptScheme.objects.create(
            code=before.scheme.code, version=before.scheme.version + 1, title={"en": "New"}, status="current"
        )
        Concept.objects.create(scheme=scheme, code=before.code, label=before.label)
    rule = rule_for("BRA", form("technical-project"))
    assert rule is not None and rule.form == form_before
    Agreement.objects.filter(pk=made.pk).update(form=form("technical-project"))
    party = made.parties.get(institution__code="BR-MDS")
    told = {"by": who("coordination"), "party": party, "signatory": "Somebody", "signed_on": TODAY}
    record_signature(rank=rank("cooperation-agency"), **told)
    assert list(SignatureForm(ranks=list(rule.ranks.all())).known_ranks) == ["cooperation-agency"]
    kept = keep_signing_rule(
        by=who("coordination"),
        country=Country.objects.get(pk="BRA"),
        form=form("technical-project"),
        ranks=[rank("cooperation-agency")],
        via=None,
        note={},
        source="",
    )
    assert kept.pk == rule.pk and kept.form == form("technical-project")


def test_two_who_write_the_commitments_of_a_party_at_once_lose_nothing(who):
    party = agreement("BR-MDS", "CL-FOSIS").parties.first()
    actions.edit_party(by=who("focal-point"), party=party, base=1, commitments={"en": "First"})
    with pytest.raises(Conflict):
        actions.edit_party(by=who("coordination"), party=party, base=1, commitments={"en": "Second"})
    party.refresh_from_db()
    assert (party.commitments, party.revision) == ({"en": "First"}, 2)


def test_an_international_institution_keeps_no_record(who, person):
    world = Institution.objects.get(code="XX-WB")
    Membership.objects.create(user=person("observer"), role="focal-point", institution=world)
    with pytest.raises(Refused, match="institution of a country"):
        actions.begin_agreement(by=User.objects.get(pk=person("observer").pk), institution=world, facts=facts())


def test_whose_turn_it_is(who):
    def turn(**values) -> tuple[str, str]:
        told = turn_of(agreement("BR-MDS", "CL-FOSIS", **values), TODAY)
        return told.who, told.what

    soon, past = TODAY + timedelta(days=20), TODAY - timedelta(days=1)
    assert turn(state="in-force", valid_to=soon, renews=True) == ("", "The agreement is in force and renews by itself.")
    assert "is past" in turn(state="in-force", valid_to=past)[1]
    assert "before its last day" in turn(state="in-force", valid_to=soon)[1]
    assert "still to sign: " in turn(state="review")[1] and "of the parties" in turn(state="review")[0]
    assert turn(state="review", signed=True)[1] == "say that all have signed"
