"""Each step of an initiative's life in each state, as every person; and what guards it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.common.audit import history
from ayni.common.desk import count_tasks, tasks_of
from ayni.common.errors import Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Country, Institution
from ayni.registry.actions.initiatives import steps as actions
from ayni.registry.actions.initiatives.components import add_component
from ayni.registry.actions.initiatives.frame import LISTS, InitiativeFacts, edit_initiative
from ayni.registry.actions.initiatives.participations import (
    Part,
    add_participation,
    edit_participation,
    remove_participation,
)
from ayni.registry.models import Initiative, InitiativeState
from ayni.registry.queries.initiatives.approvals import missing_approvals, to_approve
from ayni.registry.queries.initiatives.guards import lacking
from ayni.registry.queries.initiatives.lifecycle import STEPS, open_steps
from ayni.registry.queries.initiatives.page import life, turn_of
from ayni.registry.queries.initiatives.page import who as who_takes_part
from tests.factories.initiatives import TODAY, bare, facts, initiative, kind, role, without_coordination
from tests.factories.supply import concepts
from tests.spec import lifecycles as spec
from tests.spec.lifecycles import INITIATIVE

pytestmark = pytest.mark.django_db

# Brazil's ministry keeps the record, Chile's fund takes part.
PEOPLE = {
    "focal-point": "focal-point",
    "coordination": "coordinacion.br@demo.ayni",
    "other focal point": "fosis@demo.ayni",
    "other coordination": "national-coordinator",
    "a stranger's coordination": "coordinacion.pe@demo.ayni",
    "secretariat": "secretariat",
    "expert": "expert",
    "observer": "observer",
    "administrator": "administrator",
}
KEEPERS = {"focal-point", "coordination", "other focal point", "other coordination"}
COORDINATIONS = {"coordination", "other coordination"}
TABLE = INITIATIVE.steps({spec.ANY_SIDE: KEEPERS, spec.ANY_COORDINATION: COORDINATIONS})


@pytest.fixture(autouse=True)
def guarded_by_the_registry_alone(settings):
    settings.INITIATIVE_GUARDS = ("ayni.registry.queries.initiatives.guards",)


@pytest.fixture
def who(person):
    return lambda name: person(PEOPLE[name])


def test_the_table_is_whole():
    assert {step.code for step in STEPS} == TABLE.keys() | {"approve"}
    assert {step.verb for step in STEPS} <= set(VERBS)


@pytest.mark.parametrize("state", InitiativeState.values)
@pytest.mark.parametrize("step", TABLE)
def test_a_step(who, step, state):
    before, after, people, explained = TABLE[step]
    made = initiative("BR-MDS", "CL-FOSIS", state=state)
    for name in PEOPLE:
        point = transaction.savepoint()
        person, possible, allowed = who(name), state in before, name in people
        asked = {"by": person, "initiative": made, "step": step}
        assert (step in {one.code for one in open_steps(person, made)}) == (possible and allowed)
        if not allowed:
            with pytest.raises(PermissionDenied):
                actions.take_step(**asked, reason="Because.")
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                actions.take_step(**asked, reason="Because.")
        else:
            if explained:
                with pytest.raises(Refused, match="Give the reason"):
                    actions.take_step(**asked, reason=" ")
            actions.take_step(**asked, reason="Because." if explained else "")
        assert Initiative.objects.get(pk=made.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("state", InitiativeState.values)
def test_approving(who, state):
    made = initiative("BR-MDS", "CL-FOSIS", state=state)
    brazil, chile = Institution.objects.get(code="BR-MDS").country, Institution.objects.get(code="CL-FOSIS").country
    own, given = {"coordination": brazil, "other coordination": chile}, made.approvals.count()
    for name in PEOPLE:
        for country in (brazil, chile):
            point = transaction.savepoint()
            possible, allowed = state == "formulation", own.get(name) == country
            if not allowed:
                with pytest.raises(PermissionDenied):
                    actions.approve_initiative(by=who(name), initiative=made, country=country)
            elif not possible:
                with pytest.raises(Refused, match="not possible now"):
                    actions.approve_initiative(by=who(name), initiative=made, country=country)
            else:
                actions.approve_initiative(by=who(name), initiative=made, country=country)
            assert made.approvals.count() == given + (possible and allowed)
            transaction.savepoint_rollback(point)


def test_it_is_approved_with_the_last_country_and_each_approves_once(who):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation")
    chile = Institution.objects.get(code="CL-FOSIS").country
    brazil = made.institution.country
    with pytest.raises(Refused, match="Each country approves for itself"):
        actions.take_step(by=who("coordination"), initiative=made, step="approve")
    made = actions.approve_initiative(by=who("other coordination"), initiative=made, country=chile)
    assert made.state == "formulation" and missing_approvals(made) == [brazil]
    with pytest.raises(Refused, match="approved already"):
        actions.approve_initiative(by=who("other coordination"), initiative=made, country=chile)
    assert "Brazil" in turn_of(made).who and "Chile" not in turn_of(made).who
    made = actions.approve_initiative(by=who("coordination"), initiative=made, country=brazil)
    assert (made.state, made.approved_on) == ("approved", TODAY)
    verbs = [event.verb for event in history(made)]
    assert verbs[:3] == [
        "initiative approved",
        "initiative approved for a country",
        "initiative approved for a country",
    ]
    made = actions.take_step(by=who("coordination"), initiative=made, step="revise", reason="The months changed.")
    assert not made.approvals.exists() and made.approved_on is None and made.reason == "The months changed."
    assert actions.take_step(by=who("focal-point"), initiative=made, step="formulate").reason == ""


def test_a_country_approves_what_it_has_read(who):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation", approved_by=["BRA"])
    edit_initiative(by=who("other focal point"), initiative=made, base=1, facts=facts(title={"en": "Another"}))
    assert not made.approvals.exists()
    assert history(made).first().verb == "approvals asked again"


@pytest.mark.parametrize("change", ["frame", "country", "role", "component", "removed"])
def test_what_was_approved_and_changes_is_approved_again(who, change):
    made = initiative("BR-MDS", "CL-FOSIS", "PE-MIDIS", state="approved")
    by, peru = who("other focal point"), made.participations.get(institution__code="PE-MIDIS")
    if change == "frame":
        edit_initiative(by=by, initiative=made, base=1, facts=facts(title={"en": "Another"}))
    elif change == "country":
        added = Part(Institution.objects.get(code="UY-MIDES"), role("recipient"))
        add_participation(by=by, initiative=made, part=added)
    elif change == "role":
        told = Part(peru.institution, role("both"), peru.counterpart, peru.hours_a_month)
        edit_participation(by=by, participation=peru, base=1, part=told)
    elif change == "component":
        add_component(by=by, initiative=made, title={"en": "A part"}, component=None)
    else:
        remove_participation(by=by, participation=peru)
    made.refresh_from_db()
    assert (made.state, made.approved_on, made.approvals.count()) == ("formulation", None, 0)
    assert history(made).first().verb == "approvals asked again"


@pytest.mark.parametrize(("state", "approvals"), [("approved", 2), ("formulation", 1)])
def test_a_source_or_another_counterpart_leaves_the_approval(who, state, approvals):
    given = {"approved_by": ["BRA"]} if state == "formulation" else {}
    made = initiative("BR-MDS", "CL-FOSIS", state=state, **given)
    plain = {name: getattr(made, name) for name in InitiativeFacts.__dataclass_fields__ if name not in LISTS}
    lists = {name: tuple(getattr(made, name).all()) for name in LISTS}
    edit_initiative(
        by=who("focal-point"),
        initiative=made,
        base=1,
        facts=InitiativeFacts(**(plain | lists | {"source": "A letter"})),
    )
    row = made.participations.get(institution__code="CL-FOSIS")
    told = Part(row.institution, row.role, "Eva Luna", 8)
    edit_participation(by=who("other focal point"), participation=row, base=2, part=told)
    made.refresh_from_db()
    assert (made.state, made.approvals.count()) == (state, approvals)


def test_it_begins_with_all_that_its_approval_asks_for(who):
    made = initiative("BR-MDS", "CL-FOSIS", state="approved", approved_by=["BRA"])
    with pytest.raises(Refused, match="Chile has not approved the initiative as it is now"):
        actions.take_step(by=who("focal-point"), initiative=made, step="begin")
    bare_of_topics = initiative("BR-MDS", "CL-FOSIS", state="approved", topics=())
    with pytest.raises(Refused, match="at least one topic"):
        actions.take_step(by=who("focal-point"), initiative=bare_of_topics, step="begin")


def test_for_a_country_without_coordination_the_keepers_approves(who):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation")
    chile = Institution.objects.get(code="CL-FOSIS").country
    assert to_approve(who("coordination"), made) == [made.institution.country]
    without_coordination("CHL")
    assert to_approve(who("coordination"), made) == [made.institution.country, chile]
    assert to_approve(who("focal-point"), made) == []
    peru = Institution.objects.get(code="PE-MIDIS").country
    with pytest.raises(PermissionDenied):
        actions.approve_initiative(by=who("coordination"), initiative=made, country=peru)


def test_the_desk_keeps_what_is_approved_in_anothers_place(who):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation")
    without_coordination("CHL")
    made = actions.approve_initiative(by=who("coordination"), initiative=made, country=made.institution.country)
    assert waiting(who("coordination"), made) == ["To do: approve the initiative."]
    [chile] = missing_approvals(made)
    made = actions.approve_initiative(by=who("coordination"), initiative=made, country=chile)
    assert "approve" not in " ".join(waiting(who("coordination"), made))


def joined(who, state: str) -> tuple[Initiative, Country]:
    """An initiative of Brazil and Chile, approved by both, that Peru has joined; its counterpart is not named yet."""
    made = initiative("BR-MDS", "CL-FOSIS", state=state)
    midis = Institution.objects.get(code="PE-MIDIS")
    add_participation(by=who("focal-point"), initiative=made, part=Part(midis, role("recipient")))
    return Initiative.objects.get(pk=made.pk), midis.country


@pytest.mark.parametrize(
    ("state", "step", "by"), [("execution", "close", "focal-point"), ("closure", "follow", "coordination")]
)
def test_a_country_that_joins_once_it_has_begun_approves_too(who, state, step, by):
    made, peru = joined(who, state)
    assert turn_of(made).who == "national coordinations of: Peru" and "joined" in turn_of(made).what
    stranger = who("a stranger's coordination")
    assert to_approve(stranger, made) == [peru] and not to_approve(who("other coordination"), made)
    assert waiting(stranger, made) and (state == "closure" or "joined" in waiting(stranger, made)[0])
    with pytest.raises(Refused, match="Peru has joined the initiative and has not approved it yet"):
        actions.take_step(by=who(by), initiative=made, step=step)
    with pytest.raises(Refused, match="has not named its counterpart"):
        actions.approve_initiative(by=stranger, initiative=made, country=peru)
    for name in PEOPLE.keys() - {"a stranger's coordination"}:
        with pytest.raises(PermissionDenied):
            actions.approve_initiative(by=who(name), initiative=made, country=peru)
    made.participations.update(counterpart="Ana Reyes", hours_a_month=10)
    approved = actions.approve_initiative(by=stranger, initiative=made, country=peru)
    assert approved.state == state and not missing_approvals(approved)
    assert history(made).first().verb == "initiative approved for a country"
    with pytest.raises(Refused, match="not possible now"):
        actions.approve_initiative(by=stranger, initiative=made, country=peru)
    assert "joined" not in " ".join(waiting(stranger, made))
    assert actions.take_step(by=who(by), initiative=made, step=step).state != state


def test_the_work_goes_on_while_who_joined_has_not_approved(who):
    made, _peru = joined(who, "execution")
    made = actions.take_step(by=who("coordination"), initiative=made, step="suspend", reason="Elections.")
    assert to_approve(who("a stranger's coordination"), made)
    assert actions.take_step(by=who("coordination"), initiative=made, step="resume").state == "execution"


def test_a_record_of_earlier_years_asks_nobody_for_an_approval(who):
    made, _peru = joined(who, "execution")
    made.approvals.all().delete()
    assert not to_approve(who("a stranger's coordination"), made) and not waiting(who("coordination"), made)
    assert actions.take_step(by=who("focal-point"), initiative=made, step="close").state == "closure"


def test_an_international_institution_approves_nothing(who):
    made = initiative("BR-MDS", "CL-FOSIS", "XX-OAS", state="formulation")
    assert [country.pk for country in missing_approvals(made)] == ["BRA", "CHL"]


def texts(made: Initiative, step: str) -> str:
    return " ".join(gap.text for gap in lacking(made, step))


@pytest.mark.parametrize("step", ["formulate", "approve"])
def test_two_countries_take_part(who, step):
    made = initiative("BR-MDS", "BR-ABC", state="identification" if step == "formulate" else "formulation")
    assert "at least two countries" in texts(made, step)
    with pytest.raises(Refused, match="at least two countries"):
        if step == "formulate":
            actions.take_step(by=who("focal-point"), initiative=made, step=step)
        else:
            actions.approve_initiative(by=who("coordination"), initiative=made, country=made.institution.country)


def test_a_triangular_initiative_has_three_parties():
    made = initiative("BR-MDS", "CL-FOSIS", cooperation_type=kind("triangular"))
    assert "name the third" in texts(made, "formulate")
    made.participations.create(institution=Institution.objects.get(code="XX-OAS"), role=role("second-offerer"))
    assert texts(Initiative.objects.get(pk=made.pk), "formulate") == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"objective": {}}, "what the initiative is to achieve"),
        ({"starts_on": None}, "from which day to which day"),
        ({"ends_on": None}, "from which day to which day"),
        ({"topics": ()}, "at least one topic"),
        ({"quadrants": ()}, "at least one quadrant"),
    ],
)
def test_what_the_frame_lacks_keeps_it_from_approval(who, values, said):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation", **values)
    assert said in texts(made, "approve") and texts(made, "formulate") == ""
    (gap,) = lacking(made, "approve")
    assert gap.url.endswith(f"/initiatives/{made.code}/edit/")
    with pytest.raises(Refused, match=said):
        actions.approve_initiative(by=who("coordination"), initiative=made, country=made.institution.country)
    assert not made.approvals.exists()


@pytest.mark.parametrize("values", [{"counterpart": ""}, {"hours_a_month": None}])
def test_every_institution_names_its_counterpart_with_hours(who, values):
    made = initiative("BR-MDS", "CL-FOSIS", state="formulation")
    made.participations.filter(institution__code="CL-FOSIS").update(**values)
    (gap,) = lacking(Initiative.objects.get(pk=made.pk), "approve")
    assert "FOSIS has not named its counterpart" in gap.text and "/institutions/" in gap.url
    with pytest.raises(Refused, match="FOSIS has not named"):
        actions.approve_initiative(by=who("coordination"), initiative=made, country=made.institution.country)


def test_the_refusal_names_all_that_is_missing(who):
    made = bare("BR-MDS", "CL-FOSIS", objective={}, topics=(), quadrants=(), starts_on=None)
    assert len(lacking(made, "approve")) == 6


@pytest.mark.parametrize("state", ["planned", "agreed"])
@pytest.mark.parametrize(("before", "step"), [("execution", "close"), ("ex-post", "archive")])
def test_what_is_neither_done_nor_cancelled_keeps_it_open(who, state, before, step):
    made = initiative("BR-MDS", "CL-FOSIS", state=before)
    activity = made.activities.create(
        number=1,
        title={"en": "A visit"},
        modality=concepts("modalities", ["field-visits"])[0],
        institution=made.institution,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=2),
        state=state,
    )
    with pytest.raises(Refused, match="“A visit” is neither done nor cancelled"):
        actions.take_step(by=who("coordination"), initiative=made, step=step)
    activity.follow_up = True
    activity.save()
    actions.take_step(by=who("coordination"), initiative=made, step=step)


def test_a_record_that_was_merged_takes_no_step(who):
    other, made = initiative("BR-MDS", "CL-FOSIS"), initiative("BR-MDS", "CL-FOSIS")
    Initiative.objects.filter(pk=made.pk).update(merged_into=other)
    with pytest.raises(Refused, match="merged into another"):
        actions.take_step(by=who("focal-point"), initiative=made, step="formulate")


def test_its_days_are_kept(who):
    made = initiative("BR-MDS", "CL-FOSIS", state="approved")
    for step in ("begin", "close", "follow"):
        made = actions.take_step(by=who("coordination"), initiative=made, step=step)
    assert (made.began_on, made.closed_on, made.state) == (TODAY, TODAY, "ex-post")
    ended = initiative("BR-MDS", "CL-FOSIS", state="execution")
    ended = actions.take_step(by=who("coordination"), initiative=ended, step="cancel", reason="No budget.")
    assert ended.closed_on == TODAY
    never = initiative("BR-MDS", "CL-FOSIS", state="approved")
    never = actions.take_step(by=who("coordination"), initiative=never, step="cancel", reason="No budget.")
    assert never.closed_on is None


@pytest.mark.parametrize("state", InitiativeState.values)
def test_whose_turn_it_is(state):
    turn = turn_of(initiative("BR-MDS", "CL-FOSIS", state=state))
    assert bool(turn.who) == (state not in ("archived", "cancelled")) and turn.what


def waiting(person, made: Initiative) -> list[str]:
    return [task.why for task in tasks_of(person) if task.kind == "initiative" and made.code in task.url]


def test_what_waits_stands_on_the_desk_of_those_who_have_to_act(who):
    made = initiative("BR-MDS", "CL-FOSIS")
    assert waiting(who("focal-point"), made) == ["To do: name who takes part and begin the formulation."]
    assert waiting(who("coordination"), made) and not waiting(who("other coordination"), made)
    made = actions.take_step(by=who("focal-point"), initiative=made, step="formulate")
    assert not waiting(who("focal-point"), made)
    for name, country in (("coordination", "BRA"), ("other coordination", "CHL")):
        assert waiting(who(name), made) == ["To do: approve the initiative."]
        place = next(one for one in missing_approvals(made) if one.pk == country)
        made = actions.approve_initiative(by=who(name), initiative=made, country=place)
        assert "approve" not in " ".join(waiting(who(name), made))
    assert waiting(who("focal-point"), made) == ["To do: begin the execution."]
    for step in ("begin", "close"):
        made = actions.take_step(by=who("focal-point"), initiative=made, step=step)
    assert waiting(who("other coordination"), made) == ["To do: receive the final report and pass it to ex-post."]
    for name in PEOPLE:
        assert count_tasks(who(name)) == len(tasks_of(who(name)))


STATIONS = ["Identification", "Formulation", "Approved", "Execution", "Closure", "Ex-post", "Archived"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("identification", "current todo todo todo todo todo todo"),
        ("formulation", "done current todo todo todo todo todo"),
        ("approved", "done done current todo todo todo todo"),
        ("execution", "done done done current todo todo todo"),
        ("suspended", "done done done error todo todo todo"),
        ("closure", "done done done done current todo todo"),
        ("ex-post", "done done done done done current todo"),
        ("archived", "done done done done done done current"),
        ("cancelled", "error todo todo todo todo todo todo"),
    ],
)
def test_its_life_is_told_station_by_station(state, told):
    shown = life(initiative("BR-MDS", "CL-FOSIS", state=state))
    assert [one["label"] for one in shown] == STATIONS
    assert " ".join(one["state"] for one in shown) == told
    notes = {one["label"]: one["note"] for one in shown}
    assert bool(notes["Approved"]) == ("done" in told.split()[2] or state == "approved")
    assert ("Suspended" in notes.values()) == (state == "suspended")


def test_what_was_cancelled_shows_how_far_it_had_come():
    made = initiative("BR-MDS", "CL-FOSIS", state="execution")
    Initiative.objects.filter(pk=made.pk).update(state="cancelled", reason="No budget.", closed_on=TODAY)
    shown = life(Initiative.objects.get(pk=made.pk))
    assert [one["state"] for one in shown][2:5] == ["done", "error", "todo"] and shown[3]["note"] == "Cancelled"


def test_who_takes_part_in_one_line():
    made = initiative("BR-MDS", "CL-FOSIS")
    made.participations.create(institution=Institution.objects.get(code="XX-OAS"), role=role("second-offerer"))
    made.participations.create(institution=Institution.objects.get(code="BR-ABC"), role=role("second-offerer"))
    assert who_takes_part(Initiative.objects.get(pk=made.pk)) == "Brazil, OEA → Chile"
    assert who_takes_part(bare("BR-MDS")) == "Brazil"
