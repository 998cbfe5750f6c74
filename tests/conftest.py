import os
import tempfile

# Before Django reads its settings: a data folder of this run's own.
os.environ["AYNI_DATA"] = tempfile.mkdtemp(prefix="ayni-tests-")

import pytest
from django.test import Client

from ayni.accounts.models import User
from ayni.directory.actions.countries import load_countries
from ayni.directory.actions.regions import load_regions
from ayni.directory.actions.vocabularies import load_vocabularies
from ayni.site.archive import tables
from ayni.surveys.actions.demonstration import PEOPLE, load_demonstration
from ayni.surveys.actions.instruments import load_instruments

EMAILS = {role: email for role, email, *_rest in PEOPLE}


def load_everything() -> None:
    """What `./ayni prepare` puts into the tables."""
    load_countries(by=None)
    load_regions(by=None)
    load_vocabularies(by=None)
    load_instruments(by=None)
    load_demonstration(by=None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the demonstration; each test's own changes are rolled back.

    Tests that flush the tables (transactional ones) come last and ask for `demonstration` themselves.
    """
    with django_db_blocker.unblock():
        load_everything()


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
def demonstration(emptied):
    """The demonstration in a test whose changes are committed (two connections, a live server)."""
    load_everything()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Tests read pages without gathered static files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def person(db):
    """`person("secretariat")`: the demonstration's person of that role."""
    return lambda role: User.objects.get(email=EMAILS[role])


@pytest.fixture
def as_role(person):
    """`as_role("secretariat")`: a client signed in as that person; `as_role("public")`: nobody."""

    def signed_in(role: str) -> Client:
        client = Client()
        if role != "public":
            client.force_login(person(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
