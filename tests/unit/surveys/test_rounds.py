"""A round's life: every step, and every refusal with its sentence."""

import pytest
from django.core.exceptions import PermissionDenied

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.surveys.actions.invitations import Invitee, invite
from ayni.surveys.actions.rounds import (
    close_round,
    create_round,
    edit_round,
    extend_deadline,
    open_round,
    reopen_round,
)
from ayni.surveys.models import InstrumentVersion, Response, Round
from tests.unit.surveys.conftest import day, institution, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_round_lives_from_draft_to_closed_and_opens_again(draft, secretariat):
    assert (draft.status, draft.responses.count()) == ("draft", 0)
    invite(by=secretariat, round=draft, invitees=[Invitee(institution())])
    open_round(by=secretariat, round=draft)
    draft.refresh_from_db()
    response = draft.responses.get()
    assert [event.verb for event in history(response)] == ["response begun"]
    assert (draft.status, response.status, response.period_from, response.period_to) == ("open", "draft", 2011, 2026)
    extend_deadline(by=secretariat, round=draft, deadline=day(40))
    close_round(by=secretariat, round=draft)
    reopened = reopen_round(by=secretariat, round=draft, reason="Uno más", deadline=day(50))
    assert (reopened.status, reopened.deadline) == ("open", day(50))
    verbs = [event.verb for event in history(draft)]
    assert verbs == [
        "round opened again",
        "round closed",
        "deadline extended",
        "round opened",
        "institutions invited",
        "round created",
    ]
    assert history(draft).first().after["reason"] == "Uno más"


def test_a_draft_is_edited_in_every_part(draft, secretariat):
    edit_round(by=secretariat, round=draft, plan=plan(period_from=2015, title={"es": "Otra"}))
    draft.refresh_from_db()
    assert (draft.period_from, draft.title) == (2015, {"es": "Otra"})


def test_an_open_round_keeps_what_is_being_answered(opened, secretariat):
    edit_round(by=secretariat, round=opened, plan=plan(title={"es": "Otra"}, deadline=opened.deadline))
    with pytest.raises(Refused, match="questionnaire, period and deadline"):
        edit_round(by=secretariat, round=opened, plan=plan(period_from=2000, deadline=opened.deadline))


@pytest.mark.parametrize("code", ["trial", "new"])
def test_a_code_is_taken_once(draft, secretariat, code):
    with pytest.raises(Refused, match=f"already a round {code}"):
        create_round(by=secretariat, code=code, plan=plan())


def test_a_period_ends_after_it_begins(secretariat):
    with pytest.raises(Refused, match="before the first"):
        create_round(by=secretariat, code="x", plan=plan(period_from=2027))


def test_a_round_needs_a_published_questionnaire(draft, secretariat):
    version = InstrumentVersion.objects.create(instrument=draft.version.instrument, number=9)
    with pytest.raises(Refused, match="not published"):
        create_round(by=secretariat, code="x", plan=plan(version=version))


def test_a_round_does_not_come_after_itself(draft, secretariat):
    with pytest.raises(Refused, match="after itself"):
        edit_round(by=secretariat, round=draft, plan=plan(previous=draft))


def test_nobody_invited_nothing_opened(draft, secretariat):
    with pytest.raises(Refused, match="No institution is invited"):
        open_round(by=secretariat, round=draft)


def test_a_round_past_its_deadline_does_not_open(draft, secretariat):
    invite(by=secretariat, round=draft, invitees=[Invitee(institution())])
    Round.objects.filter(pk=draft.pk).update(deadline=day(-1))
    with pytest.raises(Refused, match="has passed"):
        open_round(by=secretariat, round=draft)


def test_an_open_round_is_not_opened_again(opened, secretariat):
    with pytest.raises(Refused, match="already open"):
        open_round(by=secretariat, round=opened)


@pytest.mark.parametrize("shift", [0, -40])
def test_a_deadline_only_moves_forward(opened, secretariat, shift):
    with pytest.raises(Refused, match="must be later"):
        extend_deadline(by=secretariat, round=opened, deadline=day(30 + shift))


def test_a_draft_has_no_deadline_to_extend_and_is_not_closed(draft, secretariat):
    with pytest.raises(Refused, match="Only an open round's deadline"):
        extend_deadline(by=secretariat, round=draft, deadline=day(60))
    with pytest.raises(Refused, match="Only an open round can be closed"):
        close_round(by=secretariat, round=draft)


@pytest.mark.parametrize(("reason", "shift", "sentence"), [(" ", 5, "Say why"), ("Uno más", -1, "not be in the past")])
def test_a_round_is_not_opened_again_without_reason_or_time(opened, secretariat, reason, shift, sentence):
    close_round(by=secretariat, round=opened)
    with pytest.raises(Refused, match=sentence):
        reopen_round(by=secretariat, round=opened, reason=reason, deadline=day(shift))


def test_an_open_round_is_not_reopened(opened, secretariat):
    with pytest.raises(Refused, match="Only a closed round"):
        reopen_round(by=secretariat, round=opened, reason="x", deadline=day(60))


def test_a_frozen_edition_keeps_its_round_closed(secretariat):
    with pytest.raises(Refused, match="is frozen from this round"):
        reopen_round(by=secretariat, round=Round.objects.get(code="oas-2010"), reason="x", deadline=day(5))


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "expert", "observer", "administrator"])
def test_only_the_secretariat_runs_rounds(person, opened, role):
    other = person(role)
    for act in (
        lambda: create_round(by=other, code="x", plan=plan()),
        lambda: edit_round(by=other, round=opened, plan=plan()),
        lambda: open_round(by=other, round=opened),
        lambda: extend_deadline(by=other, round=opened, deadline=day(60)),
        lambda: close_round(by=other, round=opened),
        lambda: reopen_round(by=other, round=opened, reason="x", deadline=day(60)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Response.objects.filter(round=opened).count() == 3
