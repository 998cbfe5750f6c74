"""`./ayni add_person`: the first administrator of a new site."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from ayni.accounts.models import User
from ayni.common.errors import Refused
from ayni.common.permissions import MANAGE_PEOPLE, may

pytestmark = pytest.mark.django_db


def test_the_first_administrator_gets_a_role_and_a_letter(django_capture_on_commit_callbacks):
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("add_person", "Admin@Example.org", "Ada", stdout=out)
    user = User.objects.get(email="admin@example.org")
    assert may(user, MANAGE_PEOPLE) and not user.has_usable_password()
    assert [letter.to for letter in mail.outbox] == [["admin@example.org"]]
    assert "admin@example.org" in out.getvalue()


def test_the_same_role_twice_is_refused_and_writes_no_letter(django_capture_on_commit_callbacks):
    call_command("add_person", "admin@example.org", "Ada", stdout=StringIO())
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        call_command("add_person", "admin@example.org", "Ada", stdout=StringIO())
    assert not mail.outbox
