"""schemathesis against the API's own description: no failure on this side, no answer that the description does not tell of.

`AYNI_EXAMPLES=200` asks more of each operation; the suite asks few.
"""

import json
import os
from datetime import timedelta

import hypothesis
import pytest
import schemathesis
from django.core.cache import caches
from django.test.client import ClientHandler
from django.utils import timezone
from hypothesis import HealthCheck, given

from ayni.analytics.schema import Flow, table_of
from ayni.analytics.snapshot import write
from ayni.atlas.queries.flows.held import FOLDER
from ayni.interop.actions.tokens import make_token
from ayni.interop.api.cursors import written
from ayni.interop.api.v1 import openapi
from tests.factories.open_data import an_activity

pytestmark = pytest.mark.django_db
HANDLER = ClientHandler()
EXAMPLES = int(os.environ.get("AYNI_EXAMPLES", "6"))
FEW = hypothesis.settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
LANGUAGES = ("es", "pt", "en", "fr")
MODES = list(schemathesis.GenerationMode)
# Keys of another kind than a list has: what a cursor that this site signed may hold after a change of version.
OLD_KEYS = ([], [None], ["x"], [10**30], ["a", "b", "c", "d"], [1, 2])


def application(environ, start_response):
    """The site as the tests' own client asks it: within the test's transaction."""
    # The transport of WSGI does not uncompress.
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    response = HANDLER(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.getvalue()]


def described(language: str):
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(openapi(language))))
    schema.app = application
    return schema


OPERATIONS = [result.ok() for result in described("en").get_all_operations()]
LISTS = [operation for operation in OPERATIONS if operation.definition.raw["operationId"].startswith("list_")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder with a snapshot of flows, made once."""
    made = tmp_path_factory.mktemp("data")
    flow = Flow("BRA", "HTI", "029", "16010", "", "D011", "crs", "disbursement", "USD", "2022", 2021, 1.5, 1.0)
    sources = [{"source": "crs", "fictional": False}]
    write(made / FOLDER, [table_of([flow] * 9)], made="2026-01-01", data_version=0, names={}, sources=sources)
    return made


@pytest.fixture(autouse=True)
def with_something_in_each_list(settings, folder):
    settings.API_LIMITS = {"address": 1_000_000, "token": 1_000_000}
    settings.ALLOWED_HOSTS = ["*"]
    settings.DATA_FOLDER = folder
    an_activity()


@pytest.fixture
def token(person) -> str:
    last = timezone.localdate() + timedelta(days=5)
    _made, secret = make_token(by=person("focal-point"), name="x", scopes=["read", "bulk"], expires_on=last)
    return f"Bearer {secret}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
def test_every_answer_is_described(operation, mode, token):
    """Half of the questions come with a token, each in another language."""
    asked = []

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case):
        if mode is schemathesis.GenerationMode.POSITIVE:
            # Nobody but the site makes a cursor: a made-up one is refused, which no description of its form can tell.
            (case.query or {}).pop("cursor", None)
        asked.append(case)
        headers = {"Accept-Language": LANGUAGES[len(asked) % 4]}
        if len(asked) % 2:
            headers["Authorization"] = token
        case.call_and_validate(headers=headers)

    answered()


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.path)
def test_a_cursor_of_another_kind_is_refused(client, operation):
    """Signed, but with a key that the list does not have; and the cursor of another list."""
    name = operation.path.rpartition("/")[2]
    for key in OLD_KEYS:
        for owner in (name, "another"):
            response = client.get(operation.path, {"cursor": written(owner, key), "limit": 1})
            assert response.status_code in (200, 422), (key, response.content)
            operation.Case(query={"limit": 1}).call_and_validate()


def test_the_limit_itself_is_described(settings):
    settings.API_LIMITS = {"address": 0, "token": 0}
    caches["portions"].clear()
    for operation in OPERATIONS:
        if "{" not in operation.path:
            response = operation.Case().call_and_validate()
            assert response.status_code == 429 and int(response.headers["retry-after"][0]) >= 1
