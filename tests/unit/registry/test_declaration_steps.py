"""Each thing that can be said of a record, in each state, by every person; and what guards it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.labels import LABELS
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.actions.declarations import disputes, merging, sides
from ayni.registry.actions.initiatives import frame, participations
from ayni.registry.models import Declaration, Dispute, Initiative, Participation, Stance
from ayni.registry.queries.declarations.lifecycle import (
    OF_A_DISPUTE,
    OF_A_SIDE,
    OF_THE_RECORD,
    speaks_for,
    step_of,
    steps_of_dispute,
    steps_of_side,
)
from ayni.registry.queries.declarations.page import told_of
from ayni.registry.queries.declared import FIELDS, declared_values, fingerprint
from tests.factories.records import BRAZIL, MEXICO, declared, disputed, initiative, said, speaker, term

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MX, BR, CL = "MX-BIENESTAR", "BR-MDS", "CL-FOSIS"
# Mexico has declared, Brazil was asked; a focal point of the Brazilian ministry, and people of other countries and the network.
EVERYBODY = {
    "mexico": MEXICO,
    "brazil": BRAZIL,
    "focal-point": "focal-point",
    "chile": "national-coordinator",
    "secretariat": "secretariat",
    "expert": "expert",
    "observer": "observer",
    "administrator": "administrator",
}
# Written by hand: of Brazil's side, in which stances ("": before anybody has declared), and as what it stands afterwards.
OF_BRAZIL = {
    "declare": ({""}, "declared", "notified"),
    "confirm": ({"notified"}, "confirmed", "validated"),
    "dispute": ({"notified", "declared", "confirmed", "disputed", "reconciled"}, "disputed", "disputed"),
}
# Of an open dispute of Brazil's: who may, what must be so before, how it ends, where the record stands then.
OF_THE_DISPUTE = {
    "accept-claim": ({"mexico"}, set(), "taken", "validated"),
    "accept-proposal of mexico": ({"brazil"}, {"proposed by MEX"}, "agreed", "validated"),
    "accept-proposal of brazil": ({"mexico"}, {"proposed by BRA"}, "agreed", "validated"),
    "propose": ({"mexico", "brazil"}, set(), "open", "disputed"),
    "withdraw": ({"brazil"}, set(), "kept", "validated"),
    "ask": ({"mexico", "brazil"}, set(), "open", "disputed"),
    "mediate": ({"secretariat"}, {"asked"}, "mediated", "validated"),
}
OF_RECORD = {"publish": ({"validated"}, "published", {"mexico", "brazil", "secretariat"})}


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return person(EVERYBODY[name])

    return found


def brazil() -> Country:
    return Country.objects.get(pk="BRA")


def in_stance(stance: str) -> Initiative:
    made = initiative(MX, BR, validation="notified" if stance else "private")
    if stance:
        said(made, "MEX", "declared")
        said(made, "BRA", stance)
    return made


def take_side(step: str, by: User, made: Initiative) -> None:
    if step == "dispute":
        sides.dispute(by=by, initiative=made, country=brazil(), claims={"size": ("action", "One week.")})
    else:
        getattr(sides, step)(by=by, initiative=made, country=brazil())


@pytest.mark.parametrize("stance", ["", *Stance.values])
@pytest.mark.parametrize("step", OF_BRAZIL)
def test_what_a_side_says(who, step, stance):
    before, after, stands = OF_BRAZIL[step]
    for name in EVERYBODY:
        point = transaction.savepoint()
        made, person = in_stance(stance), who(name)
        row = made.declarations.filter(country="BRA").first()
        possible, allowed = stance in before, name == "brazil"
        assert speaks_for(person, made, "BRA") == allowed
        assert (step in {one.code for one in steps_of_side(made, row)}) == possible
        if not allowed:
            with pytest.raises(PermissionDenied):
                take_side(step, person, made)
        elif not possible:
            with pytest.raises(Refused):
                take_side(step, person, made)
        else:
            take_side(step, person, made)
            made.refresh_from_db()
            assert (made.declarations.get(country="BRA").stance, made.validation) == (after, stands)
        transaction.savepoint_rollback(point)


def take(step: str, by: User, row: Dispute) -> None:
    acts = {
        "accept-claim": lambda: disputes.accept_claim(by=by, dispute=row),
        "accept-proposal": lambda: disputes.accept_proposal(by=by, dispute=row),
        "propose": lambda: disputes.propose(by=by, dispute=row, value="2010-04-01"),
        "withdraw": lambda: disputes.withdraw_claim(by=by, dispute=row),
        "ask": lambda: disputes.ask_secretariat(by=by, dispute=row),
        "mediate": lambda: disputes.mediate(by=by, dispute=row, value="2010-04-15", reason="The letter says so."),
    }
    acts[step]()


@pytest.mark.parametrize("ready", [True, False], ids=["ready", "not yet"])
@pytest.mark.parametrize("case", OF_THE_DISPUTE)
def test_a_dispute(who, case, ready):
    people, needs, outcome, stands = OF_THE_DISPUTE[case]
    step = case.split(" ")[0]
    for name in EVERYBODY:
        point = transaction.savepoint()
        row, person = disputed(MX, BR), who(name)
        if ready:
            _prepare(row, needs)
        possible, allowed = ready or not needs, name in people
        if not ready and step == "accept-proposal":
            allowed = name in {"mexico", "brazil"}
        offered = {one.code for one in steps_of_dispute(person, row, row.declaration.initiative)}
        assert (step in offered) == (possible and allowed), name
        if not allowed:
            with pytest.raises(PermissionDenied):
                take(step, person, row)
        elif not possible:
            with pytest.raises(Refused, match="not possible"):
                take(step, person, row)
        else:
            take(step, person, row)
            row.refresh_from_db()
            made = Initiative.objects.get(pk=row.declaration.initiative_id)
            assert (row.outcome, made.validation) == (outcome, stands)
            if outcome != "open":
                assert declared_values(made)["starts_on"] == row.value
                assert made.declarations.get(country="BRA").stance == "reconciled"
        transaction.savepoint_rollback(point)


def _prepare(row: Dispute, needs: set[str]) -> None:
    row.asked_secretariat = "asked" in needs
    for need in needs - {"asked"}:
        row.proposed, row.proposed_by_id = "2010-04-01", need.split(" ")[-1]
    row.save()


@pytest.mark.parametrize("outcome", ["taken", "kept", "agreed", "mediated"])
@pytest.mark.parametrize("case", OF_THE_DISPUTE)
def test_a_settled_dispute_stays_as_it_is(who, case, outcome):
    row = disputed(MX, BR)
    people, needs, *_rest = OF_THE_DISPUTE[case]
    _prepare(row, needs)
    row.outcome, row.reason, row.settled_at, row.settled_by = outcome, "x", timezone.now(), speaker("MEX")
    row.save()
    with pytest.raises(Refused, match="not possible"):
        take(case.split(" ")[0], who(sorted(people)[0]), row)


@pytest.mark.parametrize(
    "state", ["private", "notified", "disputed", "reconciled", "validated", "published", "unilateral"]
)
def test_a_record_is_published(who, state):
    before, after, people = OF_RECORD["publish"]
    for name in EVERYBODY:
        point = transaction.savepoint()
        made, person = initiative(MX, BR, validation=state), who(name)
        if name not in people:
            with pytest.raises(PermissionDenied):
                sides.publish(by=person, initiative=made)
        elif state not in before:
            with pytest.raises(Refused, match="once every side has confirmed"):
                sides.publish(by=person, initiative=made)
        else:
            assert sides.publish(by=person, initiative=made).validation == after
        transaction.savepoint_rollback(point)


def test_the_tables_by_hand_are_those_of_the_code_and_every_verb_is_a_sentence():
    assert set(OF_BRAZIL) == {step.code for step in OF_A_SIDE}
    assert {case.split(" ")[0] for case in OF_THE_DISPUTE} == {step.code for step in OF_A_DISPUTE}
    assert {*OF_RECORD, "expire"} == {step.code for step in OF_THE_RECORD}
    assert {step.verb for step in (*OF_A_SIDE, *OF_THE_RECORD, *OF_A_DISPUTE)} <= set(VERBS)
    assert {"record merged", "record received another", "sides asked again"} <= set(VERBS)
    columns = {
        field.attname.removesuffix("_id") for model in (Declaration, Dispute) for field in model._meta.concrete_fields
    }
    assert columns - {"id", "initiative"} <= set(LABELS)
    with pytest.raises(KeyError):
        step_of("invent")


@pytest.mark.parametrize(
    ("lacking", "said_so"),
    [("side", "at least two countries"), ("title", "title"), ("start", "from which day"), ("cancelled", "cancelled")],
)
def test_what_a_declaration_needs(who, lacking, said_so):
    given = {
        "side": {},
        "title": {"title": {}},
        "start": {"starts_on": None},
        "cancelled": {"state": "cancelled", "reason": "x"},
    }
    made = initiative(*([MX] if lacking == "side" else [MX, BR]), **given[lacking])
    with pytest.raises(Refused, match=said_so):
        sides.declare(by=who("mexico"), initiative=made, country=Country.objects.get(pk="MEX"))


@pytest.mark.parametrize("state", ["identification", "formulation"])
def test_a_draft_that_nobody_has_approved_is_not_declared(who, state):
    made = initiative(MX, BR, state=state, ends_on=TODAY)
    told = {"by": who("mexico"), "initiative": made, "country": Country.objects.get(pk="MEX")}
    with pytest.raises(Refused, match="approve it first"), transaction.atomic():
        sides.declare(**told)
    # What is over is a record of the past.
    Initiative.objects.filter(pk=made.pk).update(ends_on=TODAY - timedelta(days=1))
    sides.declare(**told)
    approved = initiative(MX, BR, state="approved", approved_on=TODAY, ends_on=TODAY + timedelta(days=90))
    assert sides.declare(**told | {"initiative": approved}).validation == "notified"


def test_a_declaration_asks_every_other_side_for_sixty_days(who):
    made = initiative(MX, BR, CL)
    sides.declare(by=who("mexico"), initiative=made, country=Country.objects.get(pk="MEX"))
    asked = {one.country_id: (one.stance, one.notified_on, one.due_on) for one in made.declarations.all()}
    later = TODAY + timedelta(days=60)
    assert asked == {
        "MEX": ("declared", None, None),
        "BRA": ("notified", TODAY, later),
        "CHL": ("notified", TODAY, later),
    }
    made.refresh_from_db()
    told = told_of(made, who("brazil"), TODAY)
    assert told.line == "Declared by Mexico. Waits for Brazil, Chile, 60 days left."
    assert told.turn.who == "Brazil, Chile"


def test_no_answer_in_sixty_days_is_unilateral_and_a_late_one_counts(who):
    made = declared(MX, BR)
    due = TODAY + timedelta(days=60)
    sides.expire_unanswered(by=None, today=due)
    made.refresh_from_db()
    assert made.validation == "notified"
    assert sides.expire_unanswered(by=None, today=due + timedelta(days=1)) >= 1
    assert sides.expire_unanswered(by=None, today=due + timedelta(days=1)) == 0
    made.refresh_from_db()
    assert made.validation == "unilateral"
    made.declarations.filter(country="BRA").update(notified_on=TODAY - timedelta(90), due_on=TODAY - timedelta(30))
    assert "No answer from Brazil" in told_of(made, who("brazil"), TODAY).line
    sides.confirm(by=who("brazil"), initiative=made, country=brazil())
    made.refresh_from_db()
    assert made.validation == "validated"


def test_who_confirms_has_read_what_stands(who):
    made = declared(MX, BR)
    seen = fingerprint(declared_values(made))
    Initiative.objects.filter(pk=made.pk).update(size="action")
    with pytest.raises(Conflict):
        sides.confirm(by=who("brazil"), initiative=made, country=brazil(), seen=seen)
    sides.confirm(by=who("brazil"), initiative=made, country=brazil(), seen=fingerprint(declared_values(made)))


def test_who_accepts_a_proposal_has_read_it(who):
    row = disputed(MX, BR)
    disputes.propose(by=who("mexico"), dispute=row, value="2010-04-01")
    disputes.propose(by=who("mexico"), dispute=row, value="2010-04-02")
    with pytest.raises(Conflict):
        disputes.accept_proposal(by=who("brazil"), dispute=row, seen=fingerprint("2010-04-01"))
    disputes.accept_proposal(by=who("brazil"), dispute=row, seen=fingerprint("2010-04-02"))
    assert Initiative.objects.get(pk=row.declaration.initiative_id).starts_on == date(2010, 4, 2)


@pytest.mark.parametrize("case", ["none", "same", "twice"])
def test_a_claim_says_something_else_once(who, case):
    row = disputed(MX, BR)
    claims = {"none": {}, "same": {"size": ("project", "")}, "twice": {"starts_on": ("2010-07-01", "")}}[case]
    with pytest.raises(Refused):
        sides.dispute(by=who("brazil"), initiative=row.declaration.initiative, country=brazil(), claims=claims)


def test_a_proposal_is_another_value_and_a_mediation_says_why(who):
    row = disputed(MX, BR)
    with pytest.raises(Refused, match="accept the claim"):
        disputes.propose(by=who("mexico"), dispute=row, value=row.claimed)
    disputes.ask_secretariat(by=who("mexico"), dispute=row)
    with pytest.raises(Refused, match="reason"):
        disputes.mediate(by=who("secretariat"), dispute=row, value="2010-04-01", reason=" ")


CLAIMS = {
    "title": {"es": "Otro título"},
    "objective": {"en": "Another objective.", "pt": "Outro objetivo."},
    "cooperation_type": "triangular",
    "size": "action",
    "formality": "formal",
    "continuity": "once",
    "requested_on": "2009-10-01",
    "answered_on": "2009-11-01",
    "starts_on": "2010-02-01",
    "ends_on": None,
    "topics": [],
    "modalities": [],
    "quadrants": ["Q1", "Q3"],
    "goals": ["sdg-1", "sdg-10"],
    "roles": [],
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_declared_field_takes_what_is_settled(who, field):
    made, claimed = declared(MX, BR), CLAIMS[field]
    if field in ("topics", "modalities"):
        claimed = sorted(Concept.objects.current(field).values_list("code", flat=True)[:2])
    elif field == "roles":
        claimed = [
            {"institution": BR, "part": None, "role": "both"},
            {"institution": CL, "part": None, "role": "recipient"},
            {"institution": MX, "part": None, "role": "first-offerer"},
        ]
    sides.dispute(by=who("brazil"), initiative=made, country=brazil(), claims={field: (claimed, "")})
    disputes.accept_claim(by=who("mexico"), dispute=Dispute.objects.latest("pk"))
    made.refresh_from_db()
    assert declared_values(made)[field] == claimed
    # A country that comes in by it is asked like every other.
    assert made.validation == ("reconciled" if field == "roles" else "validated")
    if field == "title":
        assert "otro titulo" in made.words


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", {}),
        ("starts_on", None),
        ("starts_on", "2012-01-01"),
        ("size", ""),
        ("size", "huge"),
        ("cooperation_type", "invented"),
        ("roles", [{"institution": BR, "part": None, "role": "both"}]),
        ("roles", [{"institution": MX, "part": None, "role": "both"}]),
        ("roles", [{"institution": one, "part": 7 if one == BR else None, "role": "both"} for one in (MX, BR)]),
    ],
)
def test_a_record_that_could_not_stand_is_refused(who, field, value):
    row = disputed(MX, BR, field=field, claimed=value)
    before = declared_values(row.declaration.initiative)
    with pytest.raises(Refused), transaction.atomic():
        disputes.accept_claim(by=who("mexico"), dispute=row)
    assert declared_values(row.declaration.initiative) == before


def facts(made: Initiative, **values) -> frame.InitiativeFacts:
    plain = {
        name: getattr(made, name) for name in frame.InitiativeFacts.__dataclass_fields__ if name not in frame.LISTS
    }
    lists = {name: tuple(getattr(made, name).all()) for name in frame.LISTS}
    return frame.InitiativeFacts(**(plain | lists | values))


def validated() -> Initiative:
    made = initiative(MX, BR, validation="published")
    said(made, "MEX", "declared")
    said(made, "BRA", "confirmed")
    return made


def test_a_declared_field_that_one_side_changes_asks_the_others_again_and_tells_what_changed(who):
    made = validated()
    frame.edit_initiative(
        by=who("mexico"), initiative=made, base=1, facts=facts(made, ends_on=date(2012, 1, 1), source="x")
    )
    made.refresh_from_db()
    assert made.validation == "notified"
    stances = dict(made.declarations.values_list("country", "stance"))
    assert stances == {"MEX": "declared", "BRA": "notified"}
    side = next(one for one in told_of(made, who("brazil"), TODAY).sides if one.country.pk == "BRA")
    assert [one.label for one in side.changes] == ["Planned until"]
    assert "2011" in side.changes[0].before and "2012" in side.changes[0].after
    sides.confirm(by=who("brazil"), initiative=made, country=brazil())
    assert not any(one.changes for one in told_of(made, who("brazil"), TODAY).sides)
    assert Initiative.objects.get(pk=made.pk).validation == "validated"


def test_what_is_not_declared_asks_nobody(who):
    made = validated()
    frame.edit_initiative(by=who("mexico"), initiative=made, base=1, facts=facts(made, source="Another source"))
    row = made.participations.get(institution__code=MX)
    part = participations.Part(institution=row.institution, role=row.role, counterpart="Somebody", hours_a_month=8)
    participations.edit_participation(by=who("mexico"), participation=row, base=2, part=part)
    assert Initiative.objects.get(pk=made.pk).validation == "published"


def test_roles_that_change_ask_again_too_and_a_country_that_answered_is_not_taken_out(who):
    made = validated()
    chile = Institution.objects.get(code=CL)
    role = term("cooperation-roles", "recipient")
    added = participations.add_participation(by=who("mexico"), initiative=made, part=participations.Part(chile, role))
    assert dict(made.declarations.values_list("country", "stance")) == {
        "MEX": "declared",
        "BRA": "notified",
        "CHL": "notified",
    }
    row = Participation.objects.get(pk=added.pk)
    participations.edit_participation(
        by=who("mexico"), participation=row, base=2, part=participations.Part(chile, term("cooperation-roles", "both"))
    )
    participations.remove_participation(by=who("mexico"), participation=row)
    assert not made.declarations.filter(country="CHL").exists()
    sides.confirm(by=who("brazil"), initiative=made, country=brazil())
    gone = made.participations.get(institution__code=BR)
    with pytest.raises(Refused, match="at least two countries"), transaction.atomic():
        participations.remove_participation(by=who("mexico"), participation=gone)
    participations.add_participation(by=who("mexico"), initiative=made, part=participations.Part(chile, role))
    sides.confirm(by=who("brazil"), initiative=made, country=brazil())
    with pytest.raises(Refused, match="it leaves it by disputing"), transaction.atomic():
        gone = made.participations.get(institution__code=BR)
        participations.remove_participation(by=who("mexico"), participation=gone)


def test_a_field_in_dispute_is_settled_there_not_edited(who):
    row = disputed(MX, BR)
    made = row.declaration.initiative
    with pytest.raises(Refused, match="in dispute"), transaction.atomic():
        frame.edit_initiative(by=who("mexico"), initiative=made, base=1, facts=facts(made, starts_on=date(2010, 5, 1)))


def test_who_edits_instead_of_answering_has_declared_what_it_wrote(who):
    made = declared(MX, BR)
    frame.edit_initiative(by=who("brazil"), initiative=made, base=1, facts=facts(made, size="action"))
    assert dict(made.declarations.values_list("country", "stance")) == {"MEX": "notified", "BRA": "declared"}


def test_of_three_sides_whoever_did_not_agree_is_asked_again(who):
    made = initiative(MX, BR, CL, validation="disputed")
    said(made, "MEX", "declared")
    said(made, "CHL", "confirmed")
    row = said(made, "BRA", "disputed").disputes.create(field="size", stands="project", claimed="action")
    disputes.accept_claim(by=who("mexico"), dispute=row)
    made.refresh_from_db()
    assert dict(made.declarations.values_list("country", "stance")) == {
        "MEX": "declared",
        "CHL": "notified",
        "BRA": "reconciled",
    }
    assert made.validation == "reconciled"
    sides.confirm(by=who("chile"), initiative=made, country=Country.objects.get(pk="CHL"))
    made.refresh_from_db()
    assert made.validation == "validated"


def test_two_records_become_one_that_counts(who):
    kept = declared(MX, BR)
    merged = initiative(BR, MX, CL, title={"pt": "Cadastro único"}, size="action")
    for name in ("mexico", "chile", "focal-point", "expert", "observer", "administrator"):
        with pytest.raises(PermissionDenied):
            merging.merge_records(by=who(name), kept=kept, merged=merged)
    merging.merge_records(by=who("brazil"), kept=kept, merged=merged)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert merged.merged_into == kept and kept.validation == "disputed"
    assert {one.institution.code for one in kept.participations.all()} == {MX, BR, CL}
    claims = {one.field: one.claimed for one in Dispute.objects.filter(declaration__initiative=kept)}
    assert claims["title"] == {"pt": "Cadastro único"} and claims["size"] == "action"
    assert set(Dispute.objects.filter(declaration__initiative=kept).values_list("declaration__country", flat=True)) == {
        "BRA"
    }
    assert "ends_on" not in claims and "starts_on" not in claims
    for act in (
        lambda: sides.declare(by=who("brazil"), initiative=merged, country=brazil()),
        lambda: merging.merge_records(by=who("brazil"), kept=merged, merged=declared(BR, MX, by="BRA")),
        lambda: merging.merge_records(by=who("brazil"), kept=merged, merged=merged),
        lambda: merging.merge_records(by=who("mexico"), kept=kept, merged=kept),
        lambda: merging.merge_records(by=who("mexico"), kept=declared(MX, BR), merged=kept),
        lambda: merging.merge_records(by=who("brazil"), kept=initiative(MX, BR), merged=initiative(BR, MX)),
        lambda: merging.merge_records(by=who("brazil"), kept=declared(MX, BR), merged=initiative(BR, CL)),
    ):
        with pytest.raises(Refused), transaction.atomic():
            act()
    assert [event.verb for event in history(merged)] == ["record merged"]


def the_same_twice() -> tuple[Initiative, Initiative]:
    """Mexico has declared one; Brazil's own says just that."""
    kept, merged = declared(MX, BR), initiative(BR, MX)
    for code, role in ((BR, "recipient"), (MX, "first-offerer")):
        there = Participation.objects.filter(initiative=merged, institution__code=code)
        there.update(role=term("cooperation-roles", role))
    return kept, merged


def stances(made: Initiative) -> dict[str, str]:
    return dict(made.declarations.values_list("country", "stance"))


def test_the_same_said_twice_confirms(who):
    kept, merged = the_same_twice()
    merging.merge_records(by=who("brazil"), kept=kept, merged=merged)
    kept.refresh_from_db()
    assert (kept.validation, Dispute.objects.filter(declaration__initiative=kept).count()) == ("validated", 0)


def test_nobody_confirms_in_another_sides_name_by_merging(who):
    kept, merged = the_same_twice()
    with pytest.raises(PermissionDenied):
        merging.merge_records(by=who("mexico"), kept=kept, merged=merged)
    # The secretariat says which record counts, not what Brazil says of it.
    merging.merge_records(by=who("secretariat"), kept=kept, merged=merged)
    kept.refresh_from_db()
    assert (kept.validation, stances(kept)) == ("notified", {"MEX": "declared", "BRA": "notified"})


def test_what_the_merged_record_leaves_open_confirms_nothing(who):
    kept, merged = the_same_twice()
    Initiative.objects.filter(pk=merged.pk).update(objective={})
    merging.merge_records(by=who("brazil"), kept=kept, merged=merged)
    kept.refresh_from_db()
    assert (kept.validation, stances(kept)) == ("notified", {"MEX": "declared", "BRA": "notified"})


@pytest.mark.parametrize("validation", ["notified", "disputed", "validated", "published", "unilateral"])
def test_a_record_of_which_another_side_has_spoken_is_not_merged_away_by_one(who, validation):
    kept, merged = declared(MX, BR), initiative(BR, MX, validation=validation)
    said(merged, "BRA", "declared")
    said(merged, "MEX", "disputed" if validation == "disputed" else "confirmed")
    with pytest.raises(PermissionDenied):
        merging.merge_records(by=who("mexico"), kept=kept, merged=merged)
    with pytest.raises(Refused, match="only the secretariat"):
        merging.merge_records(by=who("brazil"), kept=kept, merged=merged)
    merging.merge_records(by=who("secretariat"), kept=kept, merged=merged)
    assert Initiative.objects.get(pk=merged.pk).merged_into == kept


def test_what_every_side_validated_is_merged_by_the_secretariat_alone(who):
    kept, merged = declared(MX, BR), initiative(BR, MX, validation="published")
    with pytest.raises(Refused, match="only the secretariat"):
        merging.merge_records(by=who("brazil"), kept=kept, merged=merged)
