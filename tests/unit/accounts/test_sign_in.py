"""Signing in: language, limits, passwords, the second step, and where demonstration accounts answer."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from ayni.accounts.actions.profile import edit_profile
from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.surveys.actions.demonstration import PASSWORD

pytestmark = pytest.mark.django_db
SENTENCE = "una frase que solo yo diria"


@pytest.fixture
def user() -> User:
    """A person of no demonstration, who prefers Portuguese."""
    return User.objects.create_user("ana@example.org", SENTENCE, name="Ana", language="pt")


def sign_in(client: Client, email: str, password: str = SENTENCE, **extra):
    return client.post("/es/accounts/login/", {"login": email, "password": password}, **extra)


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_after_signing_in_the_site_speaks_the_persons_language(client, user):
    assert sign_in(client, user.email)["Location"] == "/pt/desk/"
    client.logout()
    answer = client.post("/es/accounts/login/", {"login": user.email, "password": SENTENCE, "next": "/es/countries/"})
    assert answer["Location"] == "/pt/countries/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, user, target):
    answer = client.post("/es/accounts/login/", {"login": user.email, "password": SENTENCE, "next": target})
    assert answer["Location"] == "/pt/desk/"


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_a_refusal_does_not_say_whether_the_account_exists(client, user, email):
    page = client.post("/en/accounts/login/", {"login": email, "password": "something else"})
    assert "The e-mail or the password is not right." in page.content.decode()


def test_after_too_many_attempts_the_page_says_to_wait(client, user):
    answers = [sign_in(client, user.email, "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "<h1>" in answers[-1].content.decode()
    assert sign_in(client, user.email).status_code == 429


def test_attempts_are_counted_by_the_readers_own_address_behind_the_proxy(settings, user):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    status = {}
    for address in ("198.51.100.1", "198.51.100.1", "198.51.100.1", "198.51.100.2"):
        # What the reader wrote in the header comes first and does not count.
        answer = sign_in(Client(), "nobody@example.org", headers={"X-Forwarded-For": f"203.0.113.9, {address}"})
        status.setdefault(address, []).append(answer.status_code)
    assert status == {"198.51.100.1": [200, 200, 429], "198.51.100.2": [200]}


def test_a_forgotten_password_is_set_through_the_e_mail_in_the_persons_language(client, user):
    client.post("/en/accounts/password/reset/", {"email": user.email})
    (letter,) = mail.outbox
    assert letter.to == [user.email] and letter.subject.startswith("Ayni: ")
    link = re.search(r"https?://[^/]+(/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": "otra frase bien larga", "password2": "otra frase bien larga"}
    )
    assert answer.status_code == 302
    assert sign_in(client, user.email, "otra frase bien larga").status_code == 302
    assert history(user).first().verb == "password changed"
    assert "otra frase" not in str(history(user).values_list("before", "after"))
    assert "no longer works" in Client().get(link.replace("/pt/", "/en/"), follow=True).content.decode()


def test_nobody_learns_by_the_reset_whether_an_account_exists(client, user):
    answers = {
        client.post("/en/accounts/password/reset/", {"email": email})["Location"]
        for email in (user.email, "x@example.org")
    }
    assert len(answers) == 1
    assert len(mail.outbox) == 1


def test_a_shared_account_keeps_its_printed_password(as_role, person):
    answer = as_role("observer").post(
        "/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": SENTENCE, "password2": SENTENCE}
    )
    assert "Demonstration accounts keep the password" in answer.content.decode()
    assert person("observer").check_password(PASSWORD)


@pytest.mark.parametrize("page", ["signup/", "email/"])
def test_nobody_signs_up(client, page):
    assert client.get(f"/es/accounts/{page}").status_code == 404


class TestSecondStep:
    def activate(self, client: Client) -> str:
        page = client.get("/en/accounts/2fa/totp/activate/")
        if page.status_code == 302:
            client.post(page["Location"], {"password": SENTENCE})
            page = client.get("/en/accounts/2fa/totp/activate/")
        secret = page.context["form"].secret
        assert client.post("/en/accounts/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
        return secret

    def test_activate_use_and_deactivate(self, client, user, django_capture_on_commit_callbacks):
        sign_in(client, user.email)
        with django_capture_on_commit_callbacks(execute=True):
            self.activate(client)
        assert "Recovery codes" in client.get("/en/accounts/2fa/recovery-codes/").content.decode()
        recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
        assert [letter.to for letter in mail.outbox] == [[user.email]]
        assert "second step activated" in history(user).values_list("verb", flat=True)

        other = Client()
        answer = sign_in(other, user.email)
        assert "2fa/authenticate" in answer["Location"]
        assert other.get("/es/desk/").status_code == 302
        assert other.post(answer["Location"], {"code": "000000"}).status_code == 200
        assert other.post(answer["Location"], {"code": recovery}).status_code == 302
        assert other.get("/es/desk/").status_code == 200

        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/en/accounts/2fa/totp/deactivate/")
        assert answer.status_code == 302
        assert not Authenticator.objects.filter(user=user, type="totp").exists()
        assert "second step deactivated" in history(user).values_list("verb", flat=True)

    def test_where_it_is_required_nothing_else_opens_before_it_is_active(self, settings, as_role):
        settings.SECOND_STEP_REQUIRED = True
        User.objects.update(is_demo=False)
        client = as_role("secretariat")
        answer = client.get("/en/desk/")
        assert (answer.status_code, answer["Location"]) == (302, "/en/accounts/2fa/totp/activate/")
        assert client.get("/en/record/").status_code == 302
        assert as_role("focal-point").get("/en/desk/").status_code == 200
        client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
        self.activate(client)
        assert client.get("/en/desk/").status_code == 200
        page = client.get("/en/accounts/2fa/totp/deactivate/")
        assert client.post("/en/accounts/2fa/totp/deactivate/").status_code == 200
        assert "cannot be deactivated" in page.content.decode()


class TestDemonstrationAccounts:
    @pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
    def test_they_answer_on_this_machine(self, as_role, address):
        assert as_role("secretariat").get("/es/desk/", REMOTE_ADDR=address).status_code == 200

    @pytest.mark.parametrize(
        "address", ["192.0.2.1", "10.0.0.1", "::2", "::ffff:10.0.0.1", "", "localhost", "127.0.0.1, 1.2.3.4"]
    )
    def test_they_answer_nowhere_else(self, as_role, address):
        client = as_role("secretariat")
        assert client.get("/es/desk/", REMOTE_ADDR=address).status_code == 403
        assert client.get("/es/desk/").status_code == 302, "signed out"

    @pytest.mark.parametrize(
        "header",
        [
            "X-Forwarded-For",
            "x-forwarded-for",
            "X-Real-IP",
            "Forwarded",
            "Via",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "CF-Connecting-IP",
        ],
    )
    def test_a_forwarded_request_comes_from_elsewhere(self, as_role, header):
        assert as_role("secretariat").get("/es/desk/", headers={header: "127.0.0.1"}).status_code == 403

    def test_they_cannot_sign_in_from_elsewhere(self, client):
        answer = sign_in(client, "secretaria@demo.ayni", PASSWORD, REMOTE_ADDR="192.0.2.1")
        assert answer.status_code == 403
        assert client.get("/es/desk/").status_code == 302

    def test_in_production_they_answer_nowhere(self, settings, as_role):
        settings.PRODUCTION = True
        assert as_role("secretariat").get("/es/desk/").status_code == 403

    def test_everybody_else_answers_everywhere(self, client, user):
        assert sign_in(client, user.email, REMOTE_ADDR="192.0.2.1").status_code == 302
        assert client.get("/pt/desk/", REMOTE_ADDR="192.0.2.1").status_code == 200


class TestProfile:
    def test_name_and_language(self, client, user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.post("/es/accounts/profile/", {"name": "Ana Paula", "language": "fr"})
        assert answer["Location"] == "/fr/accounts/profile/"
        user.refresh_from_db()
        assert (user.name, user.language) == ("Ana Paula", "fr")
        assert history(user).first().verb == "profile edited"

    def test_nobody_edits_anothers(self, user, person):
        with pytest.raises(PermissionDenied):
            edit_profile(by=person("secretariat"), user=user, name="X", language="es")

    def test_a_name_is_needed(self, user):
        with pytest.raises(Refused):
            edit_profile(by=user, user=user, name="  ", language="es")
