"""Production refuses to start half configured; every answer carries its headers; errors speak in the look."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from ayni.common.views import errors
from ayni.site import environment

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("es", "pt", "en", "fr")
PRODUCTION = {
    "AYNI_ENV": "production",
    "AYNI_SECRET": "nobody-guesses-this-0123456789-abcdefghijklmnop-XYZ",
    "AYNI_HOSTS": "ayni.example.org",
    "DATABASE_URL": "postgres://ayni:secret@127.0.0.1/ayni",
}


def checked(tmp_path: Path, *arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`ayni check` as production starts it; a change of None leaves the variable out."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AYNI_", "DATABASE_", "DJANGO_"))}
    variables = {**PRODUCTION, "AYNI_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), **changes}
    kept |= {name: value for name, value in variables.items() if value is not None}
    command = [sys.executable, "-P", "-m", "ayni.site", "check", *arguments]
    return subprocess.run(command, env=kept, capture_output=True, text=True, timeout=60, check=False)


def test_production_starts_when_it_has_everything_and_django_has_nothing_to_add(tmp_path):
    result = checked(tmp_path, "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"AYNI_SECRET": None}, "AYNI_SECRET must hold a secret"),
        ({"AYNI_SECRET": "short"}, "AYNI_SECRET must hold a secret"),
        ({"AYNI_SECRET": "a" * 60}, "AYNI_SECRET must hold a secret"),
        ({"AYNI_HOSTS": None}, "AYNI_HOSTS must name"),
        ({"AYNI_HOSTS": "*"}, "AYNI_HOSTS must name"),
        ({"AYNI_HOSTS": "https://ayni.example.org"}, "AYNI_HOSTS must name"),
        ({"DATABASE_URL": None}, "DATABASE_URL must point"),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "DATABASE_URL must point"),
        ({"AYNI_ENV": "prod"}, "AYNI_ENV is production or local"),
        ({"AYNI_URL": "http://ayni.example.org"}, "AYNI_URL must begin with https://"),
        ({"AYNI_EMAIL_HOST": "mail", "AYNI_EMAIL_PORT": "smtp"}, "AYNI_EMAIL_PORT must be a number"),
        ({"AYNI_SECOND_STEP": "sometimes"}, "AYNI_SECOND_STEP is required or optional"),
        ({"AYNI_WORDING": "perhaps"}, "AYNI_WORDING is on or off"),
    ],
)
def test_production_refuses_with_a_sentence(tmp_path, changes, sentence):
    result = checked(tmp_path, **changes)
    assert result.returncode == 1
    assert sentence in result.stderr and "docs/howto/deploy.md" in result.stderr
    assert "Traceback" not in result.stderr


def test_everything_that_is_missing_is_told_at_once(tmp_path):
    told = checked(tmp_path, AYNI_SECRET=None, AYNI_HOSTS=None, DATABASE_URL=None).stderr
    assert all(name in told for name in ("AYNI_SECRET", "AYNI_HOSTS", "DATABASE_URL"))


def test_the_documentation_names_every_variable():
    source = "".join((ROOT / "src/ayni/site" / name).read_text() for name in ("environment.py", "settings.py"))
    told = (ROOT / "docs/howto/deploy.md").read_text()
    names = {
        part.split('"')[0]
        for part in source.split('"')
        if part.startswith(("AYNI_", "DATABASE_URL")) and " " not in part
    }
    assert names and all(name in told for name in names), {name for name in names if name not in told}


def test_a_local_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path, monkeypatch):
    for name in PRODUCTION:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AYNI_DATA", str(tmp_path))
    first = environment.read()
    assert first.secret == environment.read().secret and len(first.secret) > 40
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
class TestHeaders:
    @pytest.mark.parametrize("path", ["/es/accounts/login/", "/es/countries/", "/es/no-such-page/", "/robots.txt"])
    def test_every_answer(self, client, path):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        for directive in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"):
            assert directive in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"

    def test_in_production_only_https_for_a_year(self, settings):
        settings.SECURE_HSTS_SECONDS = 31536000
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        client = Client()
        assert client.get("/es/countries/")["Location"].startswith("https://")
        answer = client.get("/es/countries/", headers={"X-Forwarded-Proto": "https"})
        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"

    def test_cookies_are_out_of_reach_of_scripts_and_other_sites(self, client, person):
        answer = client.post("/es/accounts/login/", {"login": "secretaria@demo.ayni", "password": "ayni-reciprocidad"})
        cookie = answer.cookies["sessionid"]
        assert cookie["httponly"] and cookie["samesite"] == "Lax"

    def test_signed_in_pages_are_not_kept_by_others(self, as_role):
        answer = as_role("secretariat").get("/es/desk/")
        assert "Cookie" in answer["Vary"]
        assert "public" not in answer.get("Cache-Control", "")


@pytest.mark.django_db
class TestErrors:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.server_error, 500)])
    def test_400_and_500(self, language, view, status):
        request = RequestFactory().get(f"/{language}/x/")
        with override(language):
            answer = view(request, *([Exception()] if status == 400 else []))
        text = answer.content.decode()
        assert answer.status_code == status and f'<html lang="{language}"' in text and "<h1>" in text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_403_404_and_an_expired_form(self, as_role, language):
        strict = Client(enforce_csrf_checks=True)
        answers = {
            403: as_role("observer").get(f"/{language}/record/"),
            404: Client().get(f"/{language}/no/such/page/"),
        }
        expired = strict.post(f"/{language}/accounts/login/", {"login": "x"})
        assert expired.status_code == 403
        for status, answer in [*answers.items(), (403, expired)]:
            text = answer.content.decode()
            assert answer.status_code == status
            assert f'<html lang="{language}"' in text and "<h1>" in text and "masthead" in text

    def test_a_foreign_host_gets_400_and_no_trace(self, client):
        answer = client.get("/es/countries/", headers={"host": "evil.example"})
        assert answer.status_code == 400 and "Traceback" not in answer.content.decode()

    def test_a_failure_tells_nothing_of_the_inside(self, as_role, monkeypatch):
        client = as_role("secretariat")
        client.raise_request_exception = False
        monkeypatch.setattr("ayni.surveys.views.desk.tasks_of", lambda user: 1 / 0)
        answer = client.get("/en/desk/")
        assert answer.status_code == 500
        assert "ZeroDivisionError" not in answer.content.decode()


@pytest.mark.django_db
class TestDoors:
    @pytest.mark.parametrize("method", ["get", "head"])
    @pytest.mark.parametrize(
        ("wanted", "language"),
        [
            ("pt-BR,pt;q=0.9", "pt"),
            ("fr-CA", "fr"),
            ("en-GB,es;q=0.5", "en"),
            ("de", "es"),
            ("", "es"),
            ("x" * 600, "es"),
        ],
    )
    def test_the_root_leads_to_the_readers_language(self, client, method, wanted, language):
        answer = getattr(client, method)("/", headers={"Accept-Language": wanted})
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
        assert "Accept-Language" in answer["Vary"]

    def test_robots_keep_to_what_is_public(self, client):
        answer = client.get("/robots.txt")
        assert answer["Content-Type"].startswith("text/plain")
        text = answer.content.decode()
        for part in ("accounts", "desk", "people", "record"):
            assert f"Disallow: /*/{part}/" in text

    def test_the_style_guide_is_for_people_with_an_account(self, client, as_role):
        assert client.get("/es/styleguide/").status_code == 302
        assert as_role("expert").get("/es/styleguide/").status_code == 200

    @pytest.mark.parametrize(
        "path", ["/admin/", "/es/admin/", "/.env", "/static/../settings.py", "/es/../../etc/passwd"]
    )
    def test_nothing_else_is_open(self, client, path):
        assert client.get(path).status_code in (302, 404)
