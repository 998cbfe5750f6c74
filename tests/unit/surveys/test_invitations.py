"""Invitations and reminders: who is written to, when, in which language, and when not."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.common.letters import deliver
from ayni.surveys.actions.invitations import Invitee, change_address, invite, remind, withdraw_invitation
from ayni.surveys.actions.letters import send_again
from ayni.surveys.actions.rounds import close_round, open_round
from ayni.surveys.models import Answer, Attachment, Invitation, Letter, Round
from ayni.surveys.queries.recipients import undelivered
from tests.unit.surveys.conftest import TITLE, day, institution

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def on_commit(django_capture_on_commit_callbacks):
    """`with on_commit(): …`: what waits for the commit happens."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def invitation(code: str) -> Invitation:
    return Invitation.objects.get(round__code="trial", institution__code=code)


def test_opening_writes_to_every_address_once(draft, secretariat, on_commit):
    with on_commit():
        invite(
            by=secretariat,
            round=draft,
            invitees=[
                Invitee(institution("BR-MDS"), "punto.focal@demo.ayni", "es"),
                Invitee(institution("CL-SENCE"), "fosis@example.org", "fr"),
                Invitee(institution("CO-MPS")),
            ],
        )
    assert mail.outbox == []
    with on_commit():
        assert open_round(by=secretariat, round=draft) == 2
    assert sorted(message.to[0] for message in mail.outbox) == [
        "colega@demo.ayni",
        "fosis@example.org",
        "punto.focal@demo.ayni",
    ]
    assert invitation("CL-SENCE").invited_at is not None
    assert invitation("CO-MPS").invited_at is None


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_letters_speak_the_readers_language(draft, secretariat, on_commit, language):
    invite(by=secretariat, round=draft, invitees=[Invitee(institution("MX-DIF"), "b@example.org", language)])
    with on_commit():
        open_round(by=secretariat, round=draft)
        remind(by=secretariat, round=draft)
    for message in mail.outbox:
        assert TITLE[language] in message.subject
        assert TITLE[language] in message.body
        assert f"/{language}/rounds/trial/responses/MX-DIF/" in message.body
        assert str(draft.deadline.year) in message.body
        assert "{{" not in message.body and "&#" not in message.body
    assert len(mail.outbox) == 2


def test_a_title_cannot_add_a_header(draft, secretariat, on_commit):
    Round.objects.filter(pk=draft.pk).update(title={"es": "Uno\nBcc: x@example.org"})
    invite(by=secretariat, round=draft, invitees=[Invitee(institution(), "a@example.org")])
    with on_commit():
        open_round(by=secretariat, round=draft)
    assert mail.outbox[0].subject.endswith("Uno Bcc: x@example.org")
    assert mail.outbox[0].recipients() == ["a@example.org"]


def test_an_institution_joins_an_open_round(opened, secretariat, on_commit):
    with on_commit():
        sent = invite(by=secretariat, round=opened, invitees=[Invitee(institution("MX-DIF"), "b@example.org")])
    assert (sent.institutions, sent.without_address) == (1, ())
    assert opened.responses.filter(institution__code="MX-DIF").exists()
    assert [message.to for message in mail.outbox] == [["b@example.org"]]


def test_nobody_is_invited_twice(opened, secretariat):
    with pytest.raises(Refused, match="CL-SENCE is already invited"):
        invite(by=secretariat, round=opened, invitees=[Invitee(institution("CL-SENCE"))])
    with pytest.raises(Refused, match="Given more than once: MX-DIF"):
        invite(by=secretariat, round=opened, invitees=[Invitee(institution("MX-DIF"))] * 2)
    with pytest.raises(Refused, match="Choose at least one"):
        invite(by=secretariat, round=opened, invitees=[])


def test_a_closed_round_invites_nobody(opened, secretariat):
    close_round(by=secretariat, round=opened)
    with pytest.raises(Refused, match="closed"):
        invite(by=secretariat, round=opened, invitees=[Invitee(institution("MX-DIF"))])


def test_reminders_go_to_those_who_owe_and_are_counted(opened, secretariat, answer, on_commit):
    answer("BR-MDS", {"q01": "x"}, "submitted", by=secretariat)
    with on_commit():
        sent = remind(by=secretariat, round=opened)
    assert (sent.institutions, sent.without_address) == (1, (str(institution("CO-MPS")),))
    assert [message.to for message in mail.outbox] == [["fosis@example.org"]]
    assert (invitation("CL-SENCE").reminders, invitation("BR-MDS").reminders) == (1, 0)
    assert history(opened).first().after == {
        "institutions": ["CL-SENCE"],
        "without address": [str(institution("CO-MPS"))],
    }


def test_a_second_reminder_within_a_day_asks_first(opened, secretariat, on_commit):
    remind(by=secretariat, round=opened, institutions=["CL-SENCE"])
    with on_commit(), pytest.raises(Refused, match="less than 24 hours ago"):
        remind(by=secretariat, round=opened)
    assert mail.outbox == []
    remind(by=secretariat, round=opened, institutions=["CL-SENCE"], again=True)
    assert invitation("CL-SENCE").reminders == 2
    Invitation.objects.filter(round=opened).update(reminded_at=timezone.now() - timedelta(hours=25), reminders=2)
    remind(by=secretariat, round=opened, institutions=["CL-SENCE"])
    assert invitation("CL-SENCE").reminders == 3


def test_a_late_reminder_says_so(opened, secretariat, on_commit):
    Round.objects.filter(pk=opened.pk).update(deadline=day(-2))
    with on_commit():
        remind(by=secretariat, round=opened, institutions=["BR-MDS"])
    remind_again = mail.outbox[0].body
    assert str(day(-2).year) in remind_again


def test_there_must_be_somebody_to_remind(opened, secretariat, answer):
    answer("CL-SENCE", {"q01": "x"}, "submitted", by=secretariat)
    with pytest.raises(Refused, match="nobody to remind"):
        remind(by=secretariat, round=opened, institutions=["CL-SENCE"])
    close_round(by=secretariat, round=opened)
    with pytest.raises(Refused, match="Only an open round"):
        remind(by=secretariat, round=opened)


def test_an_invitation_without_answers_is_withdrawn(opened, secretariat):
    withdraw_invitation(by=secretariat, invitation=invitation("CO-MPS"))
    assert not opened.responses.filter(institution__code="CO-MPS").exists()
    assert history(opened).first().before["institution"] == "CO-MPS"


def test_an_invitation_with_answers_stays(opened, secretariat, answer):
    answer("CO-MPS", {"q01": "x"})
    with pytest.raises(Refused, match="has answers"):
        withdraw_invitation(by=secretariat, invitation=invitation("CO-MPS"))
    assert opened.responses.filter(institution__code="CO-MPS").exists()


def test_an_address_changes_and_the_record_says_so(opened, secretariat):
    changed = change_address(by=secretariat, invitation=invitation("CO-MPS"), email="d@example.org", language="en")
    assert history(changed).first().after == {"email": "d@example.org", "language": "en"}


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "observer"])
def test_only_the_secretariat_invites(person, opened, role):
    other = person(role)
    for act in (
        lambda: invite(by=other, round=opened, invitees=[Invitee(institution("MX-DIF"))]),
        lambda: remind(by=other, round=opened),
        lambda: withdraw_invitation(by=other, invitation=invitation("CO-MPS")),
        lambda: change_address(by=other, invitation=invitation("CO-MPS"), email="", language="es"),
        lambda: send_again(by=other, round=opened),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_letters_that_the_mail_server_did_not_take_wait_and_are_sent_once(
    opened, secretariat, on_commit, settings, caplog, as_role
):
    there = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with on_commit():
        remind(by=secretariat, round=opened, institutions=["CL-SENCE"])
    assert "could not be sent" in caplog.text
    waiting = undelivered(opened).get()
    Letter.objects.exclude(pk=waiting.pk).delete()  # written when the round opened, in a transaction of the test
    assert waiting.email == "fosis@example.org" and waiting.error and waiting.sent_at is None
    client = as_role("secretariat")
    page = client.get(f"/en/rounds/{opened.code}/").content.decode()
    assert "1 letter could not be sent" in page and "fosis@example.org" in page
    with pytest.raises(CommandError, match="1 letter could not be sent"):
        call_command("send_mail", stderr=io.StringIO())
    settings.EMAIL_BACKEND = there
    mail.outbox.clear()
    with on_commit():
        client.post(f"/en/rounds/{opened.code}/letters/")
    assert [message.to for message in mail.outbox] == [["fosis@example.org"]]
    assert not undelivered(opened).exists()
    call_command("send_mail", stderr=io.StringIO())
    assert len(mail.outbox) == 1, "once"
    with pytest.raises(Refused, match="has been sent"):
        send_again(by=secretariat, round=opened)
    assert "could not be sent" not in client.get(f"/en/rounds/{opened.code}/").content.decode()


def test_a_letter_that_another_process_has_begun_to_send_is_left_to_it(opened, secretariat):
    letter = Letter.objects.create(
        invitation=invitation("CL-SENCE"), email="a@example.org", subject="s", body="b", tried_at=timezone.now()
    )
    assert deliver(Letter.objects.filter(pk=letter.pk)) == (0, 0)
    Letter.objects.filter(pk=letter.pk).update(tried_at=timezone.now() - timedelta(hours=1))
    assert deliver(Letter.objects.filter(pk=letter.pk)) == (1, 0)


@pytest.mark.parametrize(
    "state",
    [
        {"sent_at": timezone.now()},
        {"error": "x"},
        {"sent_at": timezone.now(), "tried_at": timezone.now(), "error": "x"},
    ],
)
def test_a_letter_is_sent_or_not(opened, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(invitation=invitation("CL-SENCE"), email="a@example.org", subject="s", body="b", **state)


def test_documents_alone_keep_an_invitation(opened, answer, secretariat):
    response = answer("CL-SENCE", {"q13b": None})
    Attachment.objects.create(
        answer=Answer.objects.get(response=response),
        file="a.pdf",
        name="a.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=secretariat,
    )
    with pytest.raises(Refused):
        withdraw_invitation(by=secretariat, invitation=invitation("CL-SENCE"))
    assert Attachment.objects.filter(answer__response=response).exists()
