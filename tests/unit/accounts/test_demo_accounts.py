"""`./ayni up` prints the demonstration accounts; production never does."""

from io import StringIO

import pytest
from django.core.management import call_command

from ayni.accounts.models import User
from ayni.common.permissions import ROLES
from ayni.surveys.actions.demonstration import PASSWORD
from tests.conftest import EMAILS

pytestmark = pytest.mark.django_db


def printed() -> str:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_an_account_for_each_role_with_its_password():
    lines = printed().splitlines()[1:]
    assert len(lines) >= len(ROLES)
    assert all(line.endswith(PASSWORD) for line in lines)
    emails = {line.split()[-2] for line in lines}
    assert emails == {user.email for user in User.objects.filter(is_demo=True) if user.has_usable_password()}
    assert set(EMAILS.values()) <= emails


def test_the_printed_password_opens_the_account(client):
    for line in printed().splitlines()[1:]:
        email, password = line.split()[-2:]
        assert client.login(request=None, email=email, password=password)


def test_silent_without_demonstration():
    User.objects.update(is_demo=False)
    assert printed() == ""


def test_silent_in_production(settings):
    settings.PRODUCTION = True
    assert printed() == ""
