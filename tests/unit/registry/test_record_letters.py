"""The e-mails about a record: who is told of what, in which language, and once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Country
from ayni.registry.actions.declarations import disputes, sides
from ayni.registry.models import Declaration, RecordLetter
from tests.factories.records import declared, initiative, speaker

pytestmark = pytest.mark.django_db
MX, BR = "MX-BIENESTAR", "BR-MDS"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def letter_boxes(db):
    """The coordinators of both sides are people and not accounts of the demonstration."""
    for country, language in (("MEX", "es"), ("BRA", "pt")):
        User.objects.filter(pk=speaker(country).pk).update(is_demo=False, language=language)


def to_whom() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_who_is_asked_is_told_once_and_in_their_language(django_capture_on_commit_callbacks):
    made = initiative(MX, BR)
    with django_capture_on_commit_callbacks(execute=True):
        sides.declare(by=speaker("MEX"), initiative=made, country=Country.objects.get(pk="MEX"))
    [message] = mail.outbox
    letter = RecordLetter.objects.get()
    assert message.to == [speaker("BRA").email] and made.code in message.body
    assert (letter.about, letter.occasion) == ("asked", str(TODAY + timedelta(days=60)))
    assert letter.sent_at and f"/pt/initiatives/{made.code}/" in letter.body.replace("iniciativas", "initiatives")


def test_nobody_is_written_to_at_an_account_of_the_demonstration(django_capture_on_commit_callbacks):
    User.objects.update(is_demo=True)
    with django_capture_on_commit_callbacks(execute=True):
        sides.declare(by=speaker("MEX"), initiative=initiative(MX, BR), country=Country.objects.get(pk="MEX"))
    assert not mail.outbox and not RecordLetter.objects.exists()


def test_a_dispute_is_told_to_the_others_and_its_settlement_to_all(django_capture_on_commit_callbacks):
    made, brazil = declared(MX, BR), Country.objects.get(pk="BRA")
    claims = {"starts_on": ("2010-05-01", "")}
    with django_capture_on_commit_callbacks(execute=True):
        sides.dispute(by=speaker("BRA"), initiative=made, country=brazil, claims=claims)
    assert to_whom() == [speaker("MEX").email]
    mail.outbox.clear()
    dispute = made.declarations.get(country=brazil).disputes.get()
    with django_capture_on_commit_callbacks(execute=True):
        disputes.ask_secretariat(by=speaker("BRA"), dispute=dispute)
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        secretariat = User.objects.get(email="secretaria@demo.ayni")
        disputes.mediate(by=secretariat, dispute=dispute, value="2010-05-01", reason="The minutes say so.")
    assert to_whom() == sorted([speaker("MEX").email, speaker("BRA").email])
    assert all("The minutes say so." in message.body for message in mail.outbox)


def test_a_reminder_comes_a_week_before_and_once(django_capture_on_commit_callbacks):
    made = declared(MX, BR)
    side = Declaration.objects.filter(initiative=made, country="BRA")
    for days, expected in ((8, 0), (7, 1), (7, 0), (0, 1)):
        side.update(notified_on=TODAY - timedelta(days=50), due_on=TODAY + timedelta(days=days))
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            assert sides.remind_unanswered(by=None, today=TODAY) == expected
        assert to_whom() == [speaker("BRA").email] * expected
    side.update(due_on=TODAY - timedelta(days=1))
    assert sides.remind_unanswered(by=None, today=TODAY) == 0


def test_what_could_not_be_sent_is_sent_later():
    side = Declaration.objects.get(initiative=declared(MX, BR), country="BRA")
    RecordLetter.objects.create(
        declaration=side, about="asked", occasion="x", email="a@example.org", subject="S", body="B"
    )
    call_command("send_mail")
    call_command("send_mail")
    assert to_whom() == ["a@example.org"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"occasion": "y", "about": "gossip"},
        {"occasion": "y", "sent_at": timezone.now()},
        {"occasion": "y", "error": "no"},
    ],
)
def test_the_database_refuses(wrong):
    side = Declaration.objects.get(initiative=declared(MX, BR), country="BRA")
    given = {
        "declaration": side,
        "about": "asked",
        "occasion": "x",
        "email": "a@example.org",
        "subject": "S",
        "body": "B",
    }
    RecordLetter.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordLetter.objects.create(**(given | wrong))
