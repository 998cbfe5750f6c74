"""A person's tokens: made, shown once, revoked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.interop.actions.tokens import MOST, make_token, revoke_token
from ayni.interop.models import ApiToken

PAGES: dict[str, dict[str, int | str]] = {
    "accounts/tokens/": {"public": "302", "*": 3},
}
pytestmark = pytest.mark.django_db
HERE = "/en/accounts/tokens/"
TODAY = timezone.localdate()


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def made(person, **given) -> tuple[ApiToken, str]:
    asked = {"name": "report", "scopes": ["read"], "expires_on": TODAY + timedelta(days=9)} | given
    return make_token(by=person("focal-point"), **asked)


def test_a_new_token_is_shown_once_and_kept_as_a_checksum(as_role):
    client = as_role("focal-point")
    last = (TODAY + timedelta(days=30)).isoformat()
    page = client.post(HERE, {"name": "Yearly report", "scopes": ["read", "bulk"], "expires_on": last})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in client.get(HERE).content.decode()
    kept = ApiToken.objects.get()
    assert (kept.scopes, secret.startswith(kept.hint)) == ("bulk read", True)
    assert secret not in str(list(ApiToken.objects.values())) + str(list(history(kept).values()))


def test_the_owner_revokes_it(as_role, person):
    token, _secret = made(person)
    assert as_role("secretariat").post(f"{HERE}{token.pk}/revoke/").status_code == 404
    assert as_role("focal-point").post(f"{HERE}{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert [event.verb for event in history(token)] == ["API token revoked", "API token made"]
    page = as_role("focal-point").post(f"{HERE}{token.pk}/revoke/", follow=True)
    assert "already" in page.content.decode()


REFUSED = {
    "no name": {"name": " "},
    "no scope": {"scopes": []},
    "another scope": {"scopes": ["write"]},
    "a day that is past": {"expires_on": TODAY},
    "a day too far away": {"expires_on": TODAY + timedelta(days=400)},
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_what_a_token_cannot_be(person, given):
    with pytest.raises(Refused):
        made(person, **given)
    assert not ApiToken.objects.exists()


def test_a_form_that_is_refused_says_why(as_role):
    sent = {"name": "x", "scopes": ["read"], "expires_on": TODAY.isoformat()}
    page = as_role("focal-point").post(HERE, sent)
    assert page.status_code == 200 and "after today" in page.content.decode()


def test_a_person_has_so_many_at_once(person):
    tokens = [made(person)[0] for _each in range(MOST)]
    with pytest.raises(Refused):
        made(person)
    revoke_token(by=person("focal-point"), token=tokens[0])
    assert made(person)


def test_only_the_owner_revokes(person):
    token, _secret = made(person)
    for other in ("secretariat", "administrator"):
        with pytest.raises(PermissionDenied):
            revoke_token(by=person(other), token=token)
    assert revoke_token(by=person("focal-point"), token=token).revoked_at
    with pytest.raises(PermissionDenied):
        make_token(by=None, name="x", scopes=["read"], expires_on=TODAY + timedelta(days=1))


ROWS = {
    "api_token_owned": {"owner": None},
    "api_token_named": {"name": ""},
    "api_token_scopes": {"scopes": "read write"},
    "api_token_digest": {"digest": "secret"},
    "api_token_revoked_later": {"revoked_at": timezone.now() - timedelta(days=900)},
}


@pytest.mark.parametrize(("constraint", "values"), ROWS.items())
def test_the_table_refuses(person, constraint, values):
    whole = {
        "owner": person("focal-point"),
        "name": "x",
        "digest": "0" * 64,
        "hint": "ayni_abcd",
        "scopes": "read",
        "expires_on": TODAY,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ApiToken.objects.create(**(whole | values))
