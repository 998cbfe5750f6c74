"""The secretariat's side of a response: returned, accepted, proposed for validation."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.surveys.actions.review import accept_response, propose_response, return_response
from ayni.surveys.actions.rounds import close_round
from ayni.surveys.models import Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def submitted(answer, person) -> Response:
    return answer("BR-MDS", {"q05": ["disability"]}, "submitted", by=person("focal-point"))


def test_a_returned_response_says_why_by_e_mail(submitted, secretariat, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        returned = return_response(by=secretariat, response=submitted, reason="Falta el año.\n¿Desde cuándo?")
    assert (returned.status, returned.reason) == ("returned", "Falta el año.\n¿Desde cuándo?")
    assert [message.to for message in mail.outbox] == [["punto.focal@demo.ayni"], ["colega@demo.ayni"]]
    assert "¿Desde cuándo?" in mail.outbox[0].body and "/pt/rounds/" in mail.outbox[0].body
    assert history(returned).first().verb == "response returned"


def test_an_accepted_response_has_its_facts_and_is_proposed(submitted, secretariat, django_capture_on_commit_callbacks):
    accepted = accept_response(by=secretariat, response=submitted)
    assert (accepted.status, accepted.accepted_by) == ("accepted", secretariat)
    assert [coding.concept.code for coding in accepted.codings.all()] == ["disability"]
    with django_capture_on_commit_callbacks(execute=True):
        proposed = propose_response(by=secretariat, response=accepted)
    assert (proposed.status, proposed.proposed_by) == ("accepted", secretariat)
    assert len(mail.outbox) == 2
    with pytest.raises(Refused, match="has it already"):
        propose_response(by=secretariat, response=proposed)


def test_a_contested_response_is_proposed_anew(submitted, secretariat):
    accept_response(by=secretariat, response=submitted)
    propose_response(by=secretariat, response=submitted)
    Response.objects.filter(pk=submitted.pk).update(status="contested", reason="No es así")
    again = propose_response(by=secretariat, response=submitted)
    assert (again.status, again.reason) == ("accepted", "")


def test_an_accepted_response_can_still_be_returned(submitted, secretariat):
    accept_response(by=secretariat, response=submitted)
    returned = return_response(by=secretariat, response=submitted, reason="Otra vez")
    assert (returned.status, returned.accepted_at, returned.proposed_at) == ("returned", None, None)


def test_nothing_is_returned_without_a_reason(submitted, secretariat):
    with pytest.raises(Refused, match="Say why"):
        return_response(by=secretariat, response=submitted, reason="  ")


def test_nothing_is_returned_into_a_closed_round(submitted, secretariat, opened):
    close_round(by=secretariat, round=opened)
    with pytest.raises(Refused, match="round is closed"):
        return_response(by=secretariat, response=submitted, reason="x")
    accept_response(by=secretariat, response=submitted)


@pytest.mark.parametrize(
    ("status", "act", "sentence"),
    [
        (
            "draft",
            lambda by, one: return_response(by=by, response=one, reason="x"),
            "Only a submitted response can be ret",
        ),
        ("draft", lambda by, one: accept_response(by=by, response=one), "Only a submitted response can be accepted"),
        ("submitted", lambda by, one: propose_response(by=by, response=one), "Only an accepted response"),
    ],
)
def test_each_step_has_its_turn(answer, secretariat, status, act, sentence):
    response = answer("BR-MDS", {}, status, by=secretariat)
    with pytest.raises(Refused, match=sentence):
        act(secretariat, response)


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "observer", "administrator"])
def test_only_the_secretariat_reviews(person, submitted, role):
    for act in (
        lambda: return_response(by=person(role), response=submitted, reason="x"),
        lambda: accept_response(by=person(role), response=submitted),
        lambda: propose_response(by=person(role), response=submitted),
    ):
        with pytest.raises(PermissionDenied):
            act()
