"""Checks of what remains: who tells it, when, and what keeps an initiative from going on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.desk import count_tasks, tasks_of
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Membership
from ayni.learning.actions.evaluations.checks import Remains, edit_check, make_check
from ayni.learning.models import LASTING
from ayni.learning.queries.evaluations.checks import due_on, sides
from ayni.learning.queries.initiative_gaps import gaps
from ayni.methods.sustainability import months_after
from ayni.registry.actions.initiatives.steps import take_step
from ayni.registry.models import Initiative
from tests.factories.evaluations import TODAY, check, evaluation, initiative, institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(person):
    emails = {"coordination": "coordinacion.br@demo.ayni", "fosis": "fosis@demo.ayni"}
    return lambda name: User.objects.get(email=emails[name]) if name in emails else person(name)


def remains(**values) -> Remains:
    given = {"checked_on": TODAY, "items": {"norm": 3, "budget": 0, "staff": None}}
    return Remains(**(given | values))


@pytest.mark.parametrize("code", ["BR-MDS", "CL-FOSIS"])
@pytest.mark.parametrize(
    "name",
    [
        "focal-point",
        "coordination",
        "fosis",
        "national-coordinator",
        "secretariat",
        "expert",
        "observer",
        "administrator",
    ],
)
def test_each_side_tells_it_of_its_own_country(who, name, code):
    own = {"BR-MDS": {"focal-point", "coordination"}, "CL-FOSIS": {"fosis", "national-coordinator"}}
    of = initiative(state="closure")
    told = {"initiative": of, "institution": institution(code), "moment": "closure", "remains": remains()}
    if name not in own[code]:
        with pytest.raises(PermissionDenied):
            make_check(by=who(name), **told)
        made = check(of, code)
        with pytest.raises(PermissionDenied):
            edit_check(by=who(name), check=made, base=1, remains=remains())
        return
    made = make_check(by=who(name), **told)
    assert (made.norm, made.budget, made.staff, made.owner) == (3, 0, None, None)
    changed = edit_check(by=who(name), check=made, base=1, remains=remains(items={"norm": 1}))
    assert (changed.norm, changed.budget, changed.revision) == (1, None, 2)
    after, before = history(of)[0], history(of)[0].before
    assert after.verb == "sustainability check changed" and before["part"]["norm"] == 3
    with pytest.raises(Conflict):
        edit_check(by=who(name), check=made, base=1, remains=remains())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"checked_on": TODAY + timedelta(days=1)}, "not come yet"),
        ({"items": {"norm": 4}}, "from 0 to 3"),
        ({"items": {"beauty": 1}}, "from 0 to 3"),
        ({"items": {"government": 2}}, "once there was one"),
    ],
)
def test_what_does_not_hold_is_refused(who, values, said):
    told = {"initiative": initiative(state="closure"), "institution": institution("CL-FOSIS"), "moment": "closure"}
    with pytest.raises(Refused, match=said):
        make_check(by=who("fosis"), **told, remains=remains(**values))


def test_a_change_of_government_is_told_once_there_was_one(who):
    made = make_check(
        by=who("fosis"),
        initiative=initiative(state="closure"),
        institution=institution("CL-FOSIS"),
        moment="closure",
        remains=remains(items={"government": 2}, government_changed=True),
    )
    assert made.government == 2


@pytest.mark.parametrize(
    ("state", "closed", "moment", "said"),
    [
        ("execution", None, "closure", "once the initiative is closing"),
        ("closure", None, "after-12", "once the initiative is closing"),
        ("ex-post", 9, "after-12", "can be made from"),
        ("ex-post", 13, "after-24", "can be made from"),
        ("ex-post", 11, "after-12", ""),
        ("ex-post", 30, "after-24", ""),
        ("archived", 30, "after-24", ""),
        ("ex-post", 1, "closure", ""),
        ("ex-post", 13, "tomorrow", "no such moment"),
    ],
)
def test_a_check_has_its_time(who, state, closed, moment, said):
    day = {"closed_on": months_after(TODAY, -closed)} if closed else {}
    told = {"institution": institution("CL-FOSIS"), "moment": moment, "remains": remains()}
    of = initiative(state=state, began_on=months_after(TODAY, -60), **day)
    if said:
        with pytest.raises(Refused, match=said):
            make_check(by=who("fosis"), initiative=of, **told)
    else:
        assert make_check(by=who("fosis"), initiative=of, **told).moment == moment


def test_once_and_by_who_takes_part(who):
    of = initiative(state="closure")
    check(of, "CL-FOSIS")
    told = {"initiative": of, "moment": "closure", "remains": remains()}
    with pytest.raises(Refused, match="made already"):
        make_check(by=who("fosis"), institution=institution("CL-FOSIS"), **told)
    with pytest.raises(Refused, match="takes part"):
        make_check(by=who("national-coordinator"), institution=institution("CL-MDSF"), **told)
    with pytest.raises(Refused, match="cancelled"):
        make_check(
            by=who("fosis"),
            institution=institution("CL-FOSIS"),
            **(told | {"initiative": initiative(state="cancelled")}),
        )


def test_due_dates_come_from_the_closure_and_the_table_tells_what_they_mean(who):
    of = initiative(state="ex-post", began_on=months_after(TODAY, -60), closed_on=months_after(TODAY, -25))
    check(of, "CL-FOSIS", checked_on=of.closed_on)
    check(of, "CL-FOSIS", "after-12", budget=0, staff=None, government_changed=True, government=None, national=True)
    of = Initiative.objects.get(pk=of.pk)
    receiver, giver = sides(of, who("fosis"), TODAY)
    assert (receiver.institution.code, receiver.receives, receiver.may_write) == ("CL-FOSIS", True, True)
    assert (giver.receives, giver.may_write, giver.has_any) == (False, False, False)
    first, second, third = receiver.cells
    assert (first.score.mean, first.score.unknown, first.survival) == (2.0, 0, None)
    assert (second.score.mean, second.score.unknown) == (1.6, 2)
    assert (second.survival.kept, second.survival.lost, second.survival.unknown) == (
        ("norm", "owner", "materials", "local_funding"),
        ("budget",),
        ("staff",),
    )
    assert (second.replication.least, second.replication.most) == (1, 3)
    assert (
        third.check is None and third.overdue and third.due == months_after(of.closed_on, 24) == due_on(of, "after-24")
    )
    assert dict(zip(LASTING, [values for _label, values in receiver.rows], strict=True))["government"] == ("", None, "")


# What each step of an initiative's life waits for, and what lets it pass.
def test_approval_waits_for_the_design_of_an_evaluation():
    of = initiative(state="formulation", approved_on=None, began_on=None)
    assert "Design an evaluation" in next(iter(gaps(of, "approve"))).text
    made = evaluation(of, process_questions={})
    assert next(iter(gaps(of, "approve"))).url.endswith(f"evaluations/{made.pk}/edit/")
    evaluation(of)
    assert not list(gaps(of, "approve"))


def test_ex_post_waits_for_the_final_report_and_for_what_the_recipient_says(who):
    of = initiative(state="closure")
    assert [gap.text[:20] for gap in gaps(of, "follow")] == ["Publish the evaluati", "Chile has not said w"]
    with pytest.raises(Refused, match="final report"):
        take_step(by=who("coordination"), initiative=of, step="follow")
    evaluation(of, state="published", instrument=evaluation().instrument.scheme.concepts.get(code="recipient-survey"))
    assert len(list(gaps(of, "follow"))) == 2
    evaluation(of, state="published")
    check(of, "BR-MDS")
    assert [gap.text for gap in gaps(of, "follow")] == ["Chile has not said what remains (at closure)."]
    check(of, "CL-FOSIS")
    assert take_step(by=who("coordination"), initiative=of, step="follow").state == "ex-post"


def test_a_side_without_anybody_here_holds_nothing_up():
    of = initiative(state="closure")
    evaluation(of, state="published")
    assert list(gaps(of, "follow"))
    Membership.objects.filter(country="CHL").delete()
    Membership.objects.filter(institution__country="CHL").delete()
    assert not list(gaps(of, "follow"))


def test_the_archive_waits_for_an_ex_post_evaluation_and_the_check_after_a_year(who):
    of = initiative(state="ex-post")
    assert [gap.text[:20] for gap in gaps(of, "archive")] == ["Publish an ex-post e", "Chile has not said w"]
    evaluation(of, state="published", when="after-12")
    check(of, "CL-FOSIS", "after-12")
    assert take_step(by=who("coordination"), initiative=of, step="archive").state == "archived"


def test_other_steps_wait_for_no_evaluation():
    assert not list(gaps(initiative(), "close"))


def whats(user: User, kind: str) -> list[tuple[str, bool]]:
    return [(task.why, task.overdue) for task in tasks_of(user) if task.kind == kind]


def test_what_is_due_waits_on_the_desk_of_its_side(who):
    before = whats(who("fosis"), "check"), whats(who("focal-point"), "check")
    of = initiative(state="ex-post")
    at_closure, later = (
        (f"Say what remains in your country ({moment}).", True) for moment in ("at closure", "12 months later")
    )
    assert sorted(whats(who("fosis"), "check")) == sorted([*before[0], at_closure])
    assert whats(who("focal-point"), "check") == before[1]
    check(of, "CL-FOSIS", "closure")
    assert sorted(whats(who("fosis"), "check")) == sorted([*before[0], later])
    assert count_tasks(who("fosis")) == len(tasks_of(who("fosis")))
    check(of, "CL-FOSIS", "after-12")
    assert whats(who("fosis"), "check") == before[0]


@pytest.mark.parametrize(
    ("values", "people", "why"),
    [
        ({}, {"coordination", "national-coordinator"}, "Say who evaluates"),
        ({"state": "draft"}, {"coordination", "national-coordinator", "focal-point", "fosis"}, "being written"),
        ({"state": "response"}, {"coordination", "national-coordinator", "focal-point", "fosis"}, "of your side"),
        ({"state": "response", "answered": True}, {"coordination", "national-coordinator"}, "publish it"),
        (
            {"state": "published", "answered": True},
            {"coordination", "national-coordinator", "focal-point", "fosis"},
            "measure",
        ),
    ],
)
def test_what_an_evaluation_waits_for_is_on_the_desks_of_those_who_do_it(who, values, people, why):
    everybody = {"coordination", "national-coordinator", "focal-point", "fosis", "observer", "secretariat", "expert"}
    before = {name: len(whats(who(name), "evaluation")) for name in everybody}
    evaluation(**values)
    found = {name: [told for told, _late in whats(who(name), "evaluation")] for name in everybody}
    assert {name for name in everybody if len(found[name]) > before[name]} == people
    assert all(any(why in told for told in found[name]) for name in people)
