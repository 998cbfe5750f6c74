"""Who reads what through the API: each role reads what nobody in particular reads, whatever they are signed in as."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ayni.accounts.models import User
from ayni.interop.actions.tokens import make_token, revoke_token
from ayni.interop.models import ApiToken
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.surveys.models import DiagnosisEdition
from tests.factories.agreements import agreement
from tests.factories.lessons import initiative as published
from tests.factories.lessons import lesson
from tests.factories.records import initiative
from tests.factories.reported import reported
from tests.factories.supply import demand, offer
from tests.pages.conftest import ROLES

pytestmark = pytest.mark.django_db
# Words that stand in what is not public, and nowhere else.
SECRET = "Zacatecoluca"


@pytest.fixture(autouse=True)
def without_limit(settings, tmp_path):
    settings.API_LIMITS = {"address": 1_000_000, "token": 1_000_000}
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def unpublished(person):
    """In every state that is not public, a record whose title betrays it, and persons with such a name."""
    title = {code: f"{SECRET} {code}" for code in ("es", "pt", "en", "fr")}
    for validation in ("private", "notified", "disputed", "reconciled", "validated"):
        initiative("MX-SEDESOL", "BR-MDS", validation=validation, title=title, words=SECRET.lower())
    shown = initiative("MX-SEDESOL", "BR-MDS", validation="published")
    shown.participations.update(counterpart=f"{SECRET} Pérez")
    for state in ("draft", "review"):
        agreement("MX-SEDESOL", "BR-MDS", state=state, title=title)
    agreement("MX-SEDESOL", "BR-MDS", signed=True, state="in-force").parties.update(signatory=f"{SECRET} Pérez")
    for state in ("draft", "approved", "paused", "lapsed", "archived"):
        offer("BRA", state=state, title=title)
    for state in ("draft", "submitted", "endorsed", "returned", "referred", "declined", "withdrawn", "expired"):
        demand("PRY", state=state, title=title)
    lesson(published(), state="captured", title=title)
    User.objects.update(name=f"{SECRET} Pérez")
    DiagnosisEdition.objects.filter(code="oas-2010").update(
        status="frozen", published_at=None, title={"es": f"{SECRET} edición"}
    )
    one = reported(content='{"contact": "' + SECRET + '"}')
    one.last_file.loaded_by = person("secretariat")
    one.last_file.save()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_what_everybody_reads(as_role, unpublished, role):
    """The table role x resource: the same bytes for all, and nothing of what is not public."""
    client, nobody = as_role(role), Client()
    for name in RESOURCES:
        path = f"/api/v1/{name}?limit=500&lang=en&count=true"
        told = client.get(path).content
        assert told == nobody.get(path).content, name
        assert SECRET not in told.decode(), name


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_no_file_holds_what_is_not_public(unpublished, ending):
    for name in RESOURCES:
        whole = Client().get(f"/api/v1/bulk/{name}.{ending}").getvalue().decode()
        assert SECRET not in whole, name
    assert SECRET not in json.dumps(
        [Client().get(f"/api/v1/{one}").json() for one in ("datapackage.json", "catalog.jsonld")]
    )


def test_no_filter_betrays_what_is_not_public(unpublished):
    """What is found by words that only a hidden record holds tells that there is one."""
    told = Client().get(f"/api/v1/initiatives?text={SECRET}&count=true").json()
    assert (told["items"], told["count"]) == ([], 0)
    for path in ("editions/oas-2010", "editions/oas-2010/tables/T3", "editions/oas-2010/content.json"):
        assert Client().get(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize("role", [role for role in ROLES if role != "public"])
def test_a_token_of_any_role_opens_nothing_more(person, unpublished, role):
    last = timezone.localdate() + timedelta(days=2)
    _made, secret = make_token(by=person(role), name="x", scopes=["read", "bulk"], expires_on=last)
    sent = {"authorization": f"Bearer {secret}"}
    for name in ("initiatives", "agreements", "offers", "demands", "lessons", "editions"):
        path = f"/api/v1/{name}?limit=500&lang=en"
        assert Client().get(path, headers=sent).content == Client().get(path).content


def test_a_token_is_kept_as_a_checksum_and_dies_at_once(person):
    last = timezone.localdate() + timedelta(days=2)
    made, secret = make_token(by=person("focal-point"), name="x", scopes=["read"], expires_on=last)
    columns = str(list(ApiToken.objects.values()))
    assert secret not in columns and secret.removeprefix("ayni_") not in columns
    client, sent = Client(), {"authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/regions", headers=sent).status_code == 200
    revoke_token(by=person("focal-point"), token=made)
    answer = client.get("/api/v1/regions", headers=sent)
    assert answer.status_code == 401 and secret not in answer.content.decode()


def test_answers_to_a_token_are_not_given_to_others_by_a_cache(person):
    answer = Client().get("/api/v1/regions")
    assert "Authorization" in answer["Vary"] and answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%25", "\\", "a" * 200, "‮", "😀"])
def test_words_are_words(text):
    for path in ("initiatives", "reported"):
        assert Client().get(f"/api/v1/{path}", {"text": text}).status_code == 200
    for path in ("flows", "participations"):
        assert Client().get(f"/api/v1/{path}", {"provider": text}).status_code == 422
