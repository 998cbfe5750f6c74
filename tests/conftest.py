import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from ayni.accounts.models import User
from ayni.atlas.actions.snapshot import write_snapshot
from ayni.site.archive import tables
from ayni.site.content import load_demo, load_reference
from ayni.surveys.actions.demonstration import PEOPLE

# The machine decides how fast an example runs, not the test.
# The same examples for everybody, so that a change is judged by what it changed; --hypothesis-profile search looks for others.
hypothesis.settings.register_profile("ayni", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile("ayni")

EMAILS = {role: email for role, email, *_rest in PEOPLE}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-language", action="store_true", help="visit each page in four languages, and as each role"
    )


def load_everything() -> None:
    """What `./ayni prepare` puts into the tables and the data folder."""
    load_reference()
    load_demo()
    write_snapshot()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Path | None:
    """The test database holds the demonstration; each test's own changes are rolled back.

    Tests that flush the tables (transactional ones) come last and ask for `demonstration` themselves: on SQLite it is taken
    from a copy of the file, whose path this gives.
    """
    with django_db_blocker.unblock():
        load_everything()
        if connection.vendor != "sqlite":
            return None
        path = tmp_path_factory.mktemp("loaded") / "loaded.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return path


@pytest.fixture(autouse=True)
def nothing_drawn():
    """What a process has drawn once does not outlive the test whose data it shows."""
    caches["process"].clear()
    caches["portions"].clear()


@pytest.fixture
def emptied(transactional_db):
    """Empty tables, before and after a test whose changes are committed: the record of changes refuses a plain flush."""
    _empty()
    yield
    _empty()


def _empty() -> None:
    with tables.replacing():
        tables.replace_all(lambda label: iter(()), [], lambda step: None)


@pytest.fixture
def demonstration(django_db_setup, emptied):
    """The demonstration in a test whose changes are committed (two connections, a live server)."""
    if django_db_setup is None:
        load_everything()
        return
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(django_db_setup)) as copy:
        copy.backup(connection.connection)


@pytest.fixture
def person(db):
    """`person("secretariat")`: the demonstration's person of that role, or with that e-mail."""
    return lambda role: User.objects.get(email=EMAILS.get(role, role))


@pytest.fixture
def as_role(person):
    """`as_role("secretariat")`: a client signed in as that person; `as_role("public")`: nobody."""

    def signed_in(role: str) -> Client:
        client = Client()
        if role != "public":
            client.force_login(person(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture(autouse=True)
def language_of_the_messages():
    """Tests that hold a message hold its English; a page that a test opened leaves no other language behind."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for this worker: `browser.new_context(...)` for each person who uses it."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as driver:
        path = os.environ.get("AYNI_CHROMIUM") or shutil.which("chromium")
        chromium = driver.chromium.launch(executable_path=path, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture
def signed_in(browser, live_server, as_role):
    """`signed_in("secretariat")`: a page of a browser of that person's own, on the live server; "public" for nobody.

    Ask for `demonstration` too: a live server sees only what is committed.
    """
    contexts = []

    def page(role: str, **options) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        session = as_role(role).cookies.get(site_settings.SESSION_COOKIE_NAME)
        if session:
            context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return context.new_page()

    yield page
    for context in contexts:
        context.close()
