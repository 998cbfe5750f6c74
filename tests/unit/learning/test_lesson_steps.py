"""Each step of a lesson's life in each state, as every person; what guards it, and how its type follows from its record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Component, ProgrammeVersion
from ayni.learning.actions import lesson_steps, lesson_uses, lessons
from ayni.learning.actions.lesson_uses import UseFacts
from ayni.learning.actions.lessons import LessonFacts
from ayni.learning.models import Lesson, LessonState
from ayni.learning.queries.lesson_steps import STEPS, open_steps, turn_of
from ayni.learning.queries.lessons import lessons_for
from tests.factories import lessons as made
from tests.spec import lifecycles as spec
from tests.spec.lifecycles import LESSON

pytestmark = pytest.mark.django_db
KEEPERS = {"focal-point", "coordination"}
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
TABLE = LESSON.steps({spec.KEEPERS: KEEPERS, spec.OBSERVER: {"observer"}, spec.SECRETARIAT: {"secretariat"}})


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def facts(**values) -> LessonFacts:
    given = {
        "title": {"en": "Title"},
        "text": {"en": "Text"},
        "recognition": {},
        "proposal": {},
        "captured_on": made.TODAY,
        "topics": (made.term("topics", "single-registry"),),
    }
    return LessonFacts(**(given | values))


def use_of(code: str = "conditionalities", **values) -> UseFacts:
    given = {
        "changed": {"en": "Changed."},
        "used_on": made.TODAY,
        "evidence": "https://example.org/e",
        "component": Component.objects.get(code=code, programme__code="BR-PBF"),
        "component_version": 1,
    }
    return UseFacts(**(given | values))


@pytest.mark.parametrize("state", LessonState.values)
@pytest.mark.parametrize("step", TABLE)
def test_a_step(who, step, state):
    before, after, people, _explained = TABLE[step]
    of = made.initiative()
    for name in EVERYBODY:
        point = transaction.savepoint()
        one, person = made.lesson(of, state=state), who(name)
        if state == "reviewed":
            made.use(one)
        possible, allowed = state in before, name in people
        assert (step in {each.code for each in open_steps(person, one)}) == (possible and allowed)
        if not allowed:
            with pytest.raises(PermissionDenied):
                lesson_steps.take_step(by=person, lesson=one, step=step, reason="Because.")
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                lesson_steps.take_step(by=person, lesson=one, step=step, reason="Because.")
        else:
            lesson_steps.take_step(by=person, lesson=one, step=step, reason="Because.")
        assert Lesson.objects.get(pk=one.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("state", LessonState.values)
def test_verifying_goes_use_by_use(who, state):
    one = made.lesson(made.initiative(), state=state)
    use = made.use(one, component="payment-card")
    for name in EVERYBODY:
        if name != "observer":
            with pytest.raises(PermissionDenied):
                lesson_uses.verify_use(by=who(name), use=use)
    if state not in ("incorporated", "verified", "disseminated"):
        with pytest.raises(Refused, match="says first that the lesson is incorporated"):
            lesson_uses.verify_use(by=who("observer"), use=use)
        return
    lesson_uses.verify_use(by=who("observer"), use=use)
    one.refresh_from_db()
    assert one.state == ("verified" if state == "incorporated" else state)
    with pytest.raises(Refused, match="verified already"):
        lesson_uses.verify_use(by=who("observer"), use=use)


def test_the_table_is_whole_and_told_in_the_record():
    assert {step.code for step in STEPS} == {*TABLE, "verify"}
    assert {step.verb for step in STEPS} <= set(VERBS)


def test_a_lesson_as_such_is_not_verified(who):
    one = made.lesson(made.initiative(), state="incorporated")
    with pytest.raises(Refused, match="Each use"):
        lesson_steps.take_step(by=who("observer"), lesson=one, step="verify")


@pytest.mark.parametrize("step", ["return", "reopen", "doubt"])
def test_a_step_back_has_a_reason(who, step):
    state = next(iter(TABLE[step][0]))
    one = made.lesson(made.initiative(), state=state)
    with pytest.raises(Refused, match="Give the reason"):
        lesson_steps.take_step(by=who(next(iter(TABLE[step][2]))), lesson=one, step=step, reason=" ")


def test_what_each_step_asks_for(who):
    of, focal = made.initiative(validation="private"), who("focal-point")
    cases = {
        "review": (made.lesson(of, topics=()), "at least one topic"),
        "type": (made.lesson(of, state="reviewed"), "No type applies yet"),
        "incorporate": (made.lesson(of, state="typed", kind="external", recognition={"en": "Prize"}), "which version"),
    }
    for step, (one, said) in cases.items():
        with pytest.raises(Refused, match=said):
            lesson_steps.take_step(by=focal, lesson=one, step=step)
    verified = made.lesson(of, state="verified")
    with pytest.raises(Refused, match="not public yet"):
        lesson_steps.take_step(by=who("secretariat"), lesson=verified, step="disseminate")


def test_the_type_follows_from_the_record(who):
    of, focal, chile = made.initiative(), who("focal-point"), who("national-coordinator")

    def typed(**values) -> str:
        return lesson_steps.take_step(by=focal, lesson=made.lesson(of, state="reviewed", **values), step="type").kind

    partner = made.institution("CL-FOSIS")
    assert typed(recognition={"en": "A prize"}) == "external"
    joint = made.lesson(of, state="reviewed", joint_with=partner, proposal={"en": "A common school"})
    with pytest.raises(Refused, match="has to agree"):
        lesson_steps.take_step(by=focal, lesson=joint, step="type")
    with pytest.raises(PermissionDenied):
        lessons.agree_joint(by=focal, lesson=joint)
    lessons.agree_joint(by=chile, lesson=joint)
    assert lesson_steps.take_step(by=focal, lesson=joint, step="type").kind == "projective"
    own = made.lesson(of, state="reviewed", recognition={"en": "A prize"})
    lesson_uses.record_use(by=focal, lesson=own, use=use_of())
    assert lesson_steps.take_step(by=focal, lesson=own, step="type").kind == "internal"


def test_a_later_use_makes_an_external_lesson_internal(who):
    one = made.lesson(made.initiative(), state="typed", kind="external", recognition={"en": "A prize"})
    lesson_uses.record_use(by=who("focal-point"), lesson=one, use=use_of())
    one.refresh_from_db()
    assert one.kind == "internal"


def test_a_changed_text_is_agreed_with_again_and_two_at_once_lose_nothing(who):
    of, focal, chile = made.initiative(), who("focal-point"), who("national-coordinator")
    told = facts(joint_with=made.institution("CL-FOSIS"))
    one = lessons.capture_lesson(by=focal, initiative=of, institution=made.institution("BR-MDS"), facts=told)
    one = lessons.agree_joint(by=chile, lesson=one)
    with pytest.raises(Refused, match="Nobody is asked"):
        lessons.agree_joint(by=chile, lesson=one)
    edited = lessons.edit_lesson(by=focal, lesson=one, base=one.revision, facts=told)
    assert edited.joint_agreed_at is None
    with pytest.raises(Conflict):
        lessons.edit_lesson(by=who("coordination"), lesson=one, base=one.revision, facts=told)
    with pytest.raises(Refused, match="Give the reason"):
        lessons.decline_joint(by=chile, lesson=one, reason="")
    declined = lessons.decline_joint(by=chile, lesson=one, reason="We saw it otherwise.")
    assert declined.joint_with is None and declined.reason == "We saw it otherwise."
    assert [event.verb for event in history(one)] == [
        "lesson declined",
        "lesson changed",
        "lesson agreed",
        "lesson captured",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": {}}, "title"),
        ({"text": {}}, "what was learned"),
        ({"captured_on": made.TODAY + timedelta(days=1)}, "not come yet"),
        ({"joint_with": "PY-MDS"}, "takes part in the initiative too"),
        ({"joint_with": "BR-MDS"}, "takes part in the initiative too"),
        ({"activity": "other"}, "another initiative"),
    ],
    ids=str,
)
def test_facts_that_do_not_hold_together(who, values, said):
    of = made.initiative()
    if "joint_with" in values:
        values = {"joint_with": made.institution(values["joint_with"])}
    if "activity" in values:
        values = {"activity": made.activity(made.initiative(code="BR-2026-9002"))}
    with pytest.raises(Refused, match=said):
        lessons.capture_lesson(
            by=who("focal-point"), initiative=of, institution=made.institution("BR-MDS"), facts=facts(**values)
        )


def test_where_a_lesson_is_captured(who):
    focal, brazil = who("focal-point"), made.institution("BR-MDS")
    early = made.initiative(code="BR-2026-9003", state="formulation")
    foreign = made.initiative(code="CL-2026-9004", givers=("CO-DPS",), receivers=("CL-FOSIS",))
    merged = made.initiative(code="BR-2026-9005", merged_into=early)
    for of, said in ((early, "once it has begun"), (foreign, "does not take part"), (merged, "merged into another")):
        with pytest.raises(Refused, match=said):
            lessons.capture_lesson(by=focal, initiative=of, institution=brazil, facts=facts())
    with pytest.raises(PermissionDenied):
        lessons.capture_lesson(
            by=focal, initiative=made.initiative(), institution=made.institution("CL-FOSIS"), facts=facts()
        )


def test_a_typed_lesson_is_not_written_in_place(who):
    one = made.lesson(made.initiative(), state="typed")
    with pytest.raises(Refused, match="take the lesson up again"):
        lessons.edit_lesson(by=who("focal-point"), lesson=one, base=1, facts=facts())
    asked = made.lesson(one.initiative, state="typed", joint_with=made.institution("CL-FOSIS"))
    with pytest.raises(Refused, match="take the lesson up again"):
        lessons.agree_joint(by=who("national-coordinator"), lesson=asked)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"component": None}, "Choose either"),
        ({"changed": {}}, "what changed"),
        ({"evidence": ""}, "Give the evidence"),
        ({"used_on": made.TODAY + timedelta(days=1)}, "not come yet"),
        ({"component_version": 9}, "record its new version"),
        ({"component": "foreign"}, "another country"),
    ],
    ids=str,
)
def test_a_use_that_does_not_hold(who, values, said):
    if values.get("component") == "foreign":
        values = {"component": Component.objects.get(code="family-support", programme__code="CL-PUENTE")}
    one = made.lesson(made.initiative(), state="reviewed")
    with pytest.raises(Refused, match=said):
        lesson_uses.record_use(by=who("focal-point"), lesson=one, use=use_of(**values))


def test_uses_are_told_once_and_taken_out_with_care(who):
    focal, of = who("focal-point"), made.initiative()
    with pytest.raises(Refused, match="reviewed before its use"):
        lesson_uses.record_use(by=focal, lesson=made.lesson(of), use=use_of())
    one = made.lesson(of, state="reviewed")
    first = lesson_uses.record_use(by=focal, lesson=one, use=use_of())
    with pytest.raises(Refused, match="recorded already"):
        lesson_uses.record_use(by=focal, lesson=one, use=use_of())
    lesson_uses.remove_use(by=focal, use=first)
    version = ProgrammeVersion.objects.filter(programme__code="BR-PBF").first()
    again = lesson_uses.record_use(
        by=focal, lesson=one, use=use_of(component=None, component_version=None, programme_version=version)
    )
    lesson_steps.take_step(by=focal, lesson=one, step="type")
    with pytest.raises(Refused, match="rests on this use"):
        lesson_uses.remove_use(by=focal, use=again)
    lesson_steps.take_step(by=focal, lesson=one, step="incorporate")
    lesson_uses.verify_use(by=who("observer"), use=again)
    with pytest.raises(Refused, match="stays in the record"):
        lesson_uses.remove_use(by=focal, use=again)


def test_who_reads_what(who):
    open_, closed = made.initiative(), made.initiative(code="BR-2026-9006", validation="private")
    captured, reviewed = made.lesson(open_), made.lesson(open_, state="reviewed")
    asked = made.lesson(open_, joint_with=made.institution("CL-FOSIS"))
    hidden = made.lesson(closed, state="verified")
    seen = {name: set(lessons_for(who(name))) & {captured, reviewed, asked, hidden} for name in EVERYBODY}
    everything = {captured, reviewed, asked, hidden}
    assert seen == {
        "focal-point": everything,
        "coordination": everything,
        # Chile takes part in both.
        "national-coordinator": {reviewed, asked, hidden},
        "secretariat": everything,
        "observer": everything,
        "expert": {reviewed},
        "administrator": {reviewed},
    }


def test_whose_turn_it_is(who):
    of = made.initiative()
    told = {state: turn_of(made.lesson(of, state=state)) for state in LessonState.values}
    assert {state: turn.who for state, turn in told.items()} == {
        "captured": "MDS (Brazil)",
        "reviewed": "MDS (Brazil)",
        "typed": "MDS (Brazil)",
        "incorporated": "the network's observers",
        "verified": "the secretariat",
        "disseminated": "",
    }
    asked = made.lesson(of, state="reviewed", joint_with=made.institution("CL-FOSIS"))
    assert turn_of(asked).who == "FOSIS (Chile)"
