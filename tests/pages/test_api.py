"""The open API: each address with its number of queries, what it refuses, and how it tells it."""

import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ayni.interop.actions.tokens import make_token, revoke_token
from ayni.interop.api.v1 import openapi
from ayni.interop.models import ApiToken
from ayni.interop.queries.open_data.catalogue import RESOURCES
from tests.factories.agreements import agreement
from tests.factories.open_data import an_activity
from tests.factories.records import initiative
from tests.factories.supply import demand, offer

PAGES: dict[str, dict[str, int | str]] = {
    "open-data/": {"public": 3, "*": 4},
    "open-data/initiatives/": {"public": 1, "*": 2},
    "open-data/flows/": {"public": 1, "*": 2},
    "open-data/people/": {"*": "404"},
}
# {resource: queries of a page}; one of them is the version of the data.
LISTS = {
    "countries": 3,
    "regions": 2,
    "institutions": 5,
    "programmes": 5,
    "components": 7,
    "vocabularies": 2,
    "terms": 2,
    "initiatives": 9,
    "participations": 2,
    "agreements": 5,
    "offers": 5,
    "demands": 6,
    "lessons": 6,
    "editions": 2,
    "partners": 2,
    "statistics": 9,
    "accounts": 19,
    "flows": 1,
    "reported": 5,
    "transactions": 2,
    "sources": 2,
    "reported-organisations": 2,
    "reported-budgets": 2,
    "reported-documents": 2,
}
OTHERS = {
    "countries/BRA": 3,
    "institutions/BR-MDS": 4,
    "agreements/1": 5,
    "editions/oas-2010": 2,
    "editions/oas-2010/tables/T3": 2,
    "editions/oas-2010/content.json": 3,
    "vocabularies/topics/1/skos.ttl": 3,
    "vocabularies/topics/1/skos.jsonld": 3,
    "datapackage.json": 2,
    "catalog.jsonld": 2,
    "openapi.json": 1,
}
MISSING = (
    "nothing",
    "countries/XXX",
    "initiatives/XX-1999-0001",
    "agreements/99999",
    "editions/none",
    "editions/oas-2010/tables/T99",
    "editions/none/content.json",
    "vocabularies/none/1/skos.ttl",
    "vocabularies/topics/1/skos.xml",
    "bulk/people.csv",
    "bulk/countries.xls",
)
# {question: (parameter, word of the message)}.
WRONG = {
    "countries?limit=0": ("limit", "1"),
    "countries?limit=many": ("limit", "whole number"),
    "countries?limit=501": ("limit", "500"),
    "countries?lang=de": ("lang", "'es'"),
    "countries?cursor=WyJCUkEiXQ:made-up": ("cursor", "page before"),
    "countries?contry=BRA": ("contry", "region_m49"),
    "institutions?country=Brazil": ("country", "form"),
    "institutions?international=perhaps": ("international", "true or false"),
    "initiatives?year=999999": ("year", "2100"),
    "initiatives?text=%00": ("text", "form"),
    "initiatives?record=all": ("record", "validated"),
    "agreements/0": ("key", "1"),
    "bulk/countries.csv?country=BRA": ("country", "lang"),
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def api(settings):
    """Reads below /api/v1/, as a reader whose portion of the limit is taken already, and large."""
    settings.API_LIMITS = {"address": 10_000, "token": 10_000}
    client = Client()
    client.get("/api/v1/nothing")

    def get(path: str, **headers: str):
        return client.get(f"/api/v1/{path}", headers=headers)

    return get


def queries(api, path: str) -> int:
    api(path)
    with CaptureQueriesContext(connection) as captured:
        response = api(path)
        _read(response)
    assert response.status_code == 200, response.content
    return len(captured)


def _read(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


@pytest.mark.parametrize("name", RESOURCES)
def test_a_list_asks_so_often(api, name):
    an_activity()
    assert queries(api, f"{name}?limit=500") == LISTS[name]


@pytest.mark.parametrize("path", OTHERS)
def test_an_address_asks_so_often(api, path):
    assert queries(api, path) == OTHERS[path]


def test_what_nobody_asked_for_is_not_read(api):
    assert queries(api, "initiatives?fields=code,title,parent") == 2
    assert queries(api, "initiatives?fields=code,countries,topics") == 4
    (first, *_rest) = api("initiatives?fields=topics,code").json()["items"]
    assert set(first) == {"topics", "code"}


def test_more_rows_ask_no_more_often(api):
    for _each in range(12):
        made = initiative("MX-SEDESOL", "BR-MDS", validation="published")
        made.agreements.add(agreement("MX-SEDESOL", "BR-MDS", signed=True, state="in-force"))
        offer("BRA", topics=["single-registry"], quadrants=["Q2"])
        demand("PRY", topics=["single-registry"], days={"Q2": 5})
        an_activity()
    for name in (
        "reported",
        "transactions",
        "sources",
        "reported-organisations",
        "reported-budgets",
        "reported-documents",
        "initiatives",
        "participations",
        "agreements",
        "offers",
        "demands",
        "statistics",
    ):
        assert queries(api, f"{name}?limit=500") == LISTS[name], name


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_told_as_a_problem(api, path):
    response = api(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


@pytest.mark.parametrize(("path", "said"), WRONG.items())
def test_a_wrong_question_is_refused_with_its_parameter(api, path, said):
    response = api(path, accept_language="en")
    name, word = said
    assert response.status_code == 422
    errors = {one["name"]: one["message"] for one in response.json()["errors"]}
    assert word in errors[name]
    assert "%(" not in str(errors)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(method):
    response = getattr(Client(), method)("/api/v1/countries")
    assert response.status_code == 405 and response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_the_head_is_told_without_the_body():
    response = Client().head("/api/v1/countries/BRA")
    assert response.status_code == 200 and response["ETag"] and response.content == b""


def test_a_failure_is_a_problem_and_tells_nothing_of_itself(api, settings):
    settings.ACCOUNT_FIGURES = "no.such.module"
    response = api("accounts")
    assert response.status_code == 500 and response["Content-Type"] == "application/problem+json"
    assert "module" not in response.content.decode()


def test_texts_come_in_the_language_asked_for(api):
    assert api("countries/BRA?lang=fr").json()["name"] == "Brésil"
    assert api("countries/BRA", accept_language="en").json()["name"] == "Brazil"
    assert api("countries/BRA?lang=pt", accept_language="en")["Content-Language"] == "pt"
    assert "Accept-Language" in api("countries/BRA")["Vary"]


def test_what_has_not_changed_is_not_sent_again(api):
    for path in ("countries", "accounts", "editions/oas-2010/content.json"):
        first = api(path)
        again = api(path, if_none_match=first["ETag"])
        assert again.status_code == 304 and _read(again) == b"" and again["ETag"] == first["ETag"], path
        assert api(path, if_none_match='"another"').status_code == 200
    first = api("countries?lang=es")
    assert api("countries?lang=fr", if_none_match=first["ETag"]).status_code == 200


def test_large_answers_are_compressed(api):
    response = api("terms?limit=500", accept_encoding="gzip")
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < len(api("terms?limit=500").content) / 3


def test_every_site_may_read(api):
    assert api("countries")["Access-Control-Allow-Origin"] == "*"
    assert api("nothing")["Access-Control-Allow-Origin"] == "*"
    asked = Client().options("/api/v1/countries", headers={"origin": "https://elsewhere.example"})
    assert asked.status_code == 204 and "Authorization" in asked["Access-Control-Allow-Headers"]


def test_who_is_signed_in_reads_what_everybody_reads(as_role):
    for name in ("initiatives", "offers", "demands", "lessons", "agreements"):
        rows = [as_role(role).get(f"/api/v1/{name}?lang=en").json()["items"] for role in ("public", "secretariat")]
        assert rows[0] == rows[1]


def test_the_limit_is_told_with_the_time_to_wait(api, settings):
    settings.API_LIMITS = {"address": 3, "token": 5}
    caches["portions"].clear()
    caches["default"].clear()
    answers = [api("countries/BRA") for _each in range(4)]
    # A minute may end in between.
    assert [one.status_code for one in answers][:3] == [200, 200, 200]
    if answers[-1].status_code == 429:
        assert 1 <= int(answers[-1]["Retry-After"]) <= 60
        assert answers[-1]["Content-Type"] == "application/problem+json"


@pytest.fixture
def token(person):
    def make(*scopes: str) -> tuple[ApiToken, dict[str, str]]:
        last = timezone.localdate() + timedelta(days=5)
        made, secret = make_token(by=person("focal-point"), name="report", scopes=scopes, expires_on=last)
        return made, {"authorization": f"Bearer {secret}"}

    return make


def test_a_token_has_a_limit_of_its_own(api, token, settings):
    settings.API_LIMITS = {"address": 1000, "token": 2000}
    made, sent = token("read")
    assert api("countries", **sent)["X-RateLimit-Limit"] == "2000"
    assert api("countries")["X-RateLimit-Limit"] == "1000"
    made.refresh_from_db()
    assert made.last_used_on == timezone.localdate()


def test_a_token_opens_what_it_was_made_for(api, token):
    _made, reads = token("read")
    _made, takes = token("bulk")
    assert api("countries", **reads).status_code == 200
    assert api("bulk/countries.csv", **reads).status_code == 403
    assert api("bulk/countries.csv", **takes).status_code == 200
    assert api("countries", **takes).status_code == 403


def test_a_token_that_ended_was_revoked_or_never_was_opens_nothing(api, token, person):
    revoked, sent = token("read")
    revoke_token(by=person("focal-point"), token=revoked)
    ended, late = token("read")
    ApiToken.objects.filter(pk=ended.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    for headers in (sent, late, {"authorization": "Bearer ayni_made-up"}, {"authorization": "Basic YTpi"}):
        response = api("countries", **headers)
        assert response.status_code == 401 and response["WWW-Authenticate"].startswith("Bearer")
    left, of_nobody = token("read")
    type(left.owner).objects.filter(pk=left.owner_id).update(is_active=False)
    assert api("countries", **of_nobody).status_code == 401


def test_secrets_that_are_tried_count_for_the_address(settings):
    settings.API_LIMITS = {"address": 5, "token": 10}
    tried = [Client().get("/api/v1/countries", headers={"authorization": "Bearer made-up"}) for _each in range(12)]
    # A minute may end in between.
    assert {one.status_code for one in tried} == {401, 429}


def test_a_refused_use_of_a_token_counts_too(token, settings):
    settings.API_LIMITS = {"address": 100, "token": 5}
    _made, reads = token("read")
    tried = [Client().get("/api/v1/bulk/regions.csv", headers=reads) for _each in range(12)]
    assert {one.status_code for one in tried} == {403, 429}


def test_a_whole_file_counts_as_ten(settings):
    settings.API_LIMITS = {"address": 25, "token": 5}
    answers = [Client().get("/api/v1/bulk/regions.csv").status_code for _each in range(5)]
    assert answers.count(200) in (2, 3, 4) and 429 in answers


def test_two_tokens_have_a_limit_each(token, settings):
    settings.API_LIMITS = {"address": 1, "token": 3}
    one, other = (token("read")[1] for _each in range(2))
    # More than two minutes' worth: one may end in between.
    assert 429 in [Client().get("/api/v1/regions", headers=one).status_code for _each in range(8)]
    assert Client().get("/api/v1/regions", headers=other).status_code == 200


LANGUAGES = {"es": "País", "pt": "País", "en": "Country", "fr": "Pays"}


@pytest.mark.parametrize(("lang", "word"), LANGUAGES.items())
def test_the_description_is_in_the_reader_s_language(api, lang, word):
    for response in (api(f"openapi.json?lang={lang}"), api("openapi.json", accept_language=lang)):
        assert response["Content-Language"] == lang
        described = response.json()
        assert described["components"]["schemas"]["Country"]["properties"]["iso3"]["description"].startswith(word)
        assert described["paths"]["/api/v1/countries"]["get"]["description"] == described["tags"][0]["description"]


def test_the_description_is_english_where_no_language_is_asked(api):
    assert api("openapi.json").json() == json.loads(json.dumps(openapi("en")))


@pytest.mark.parametrize("lang", ["es", "pt", "fr"])
def test_nothing_of_the_description_stays_in_english(lang):
    """What is the same in two languages is a name or a code."""
    there, here = texts(openapi("en")), texts(openapi(lang))
    same = {text for place, text in there.items() if here[place] == text}
    assert there.keys() == here.keys() and same <= SAME, same - SAME


# Words that are written alike in two languages.
SAME = {"Code"}


def texts(node, place=()) -> dict:
    """{where it stands: text} of every description and summary."""
    if isinstance(node, list):
        return {key: text for number, one in enumerate(node) for key, text in texts(one, (*place, number)).items()}
    if not isinstance(node, dict):
        return {}
    found = {(*place, name): node[name] for name in ("description", "summary") if isinstance(node.get(name), str)}
    for name, value in node.items():
        if name not in ("examples", "example"):
            found |= texts(value, (*place, name))
    return found


def test_the_reference_names_each_field_and_filter(api):
    for name, resource in RESOURCES.items():
        page = Client().get(f"/en/open-data/{name}/").content.decode()
        for field in resource.shape.model_fields:
            assert f"<code>{field}</code>" in page, (name, field)
        for parameter in (*resource.question.model_fields, "lang", "cursor", "limit", "count", "fields"):
            assert parameter in page, (name, parameter)
        asked = page.partition("curl '")[2].partition("'")[0].replace("&amp;", "&")
        answered = api(asked.partition("/api/v1/")[2])
        assert answered.status_code == 200, asked
        assert all(len(row) == 3 for row in answered.json()["items"]), asked


def test_the_description_is_whole():
    described = openapi()
    assert described["openapi"].startswith("3.1")
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["summary"] and operation["description"], operation["operationId"]
        for parameter in operation["parameters"]:
            assert parameter["in"] == "path" or parameter.get("description"), parameter
    for name, resource in RESOURCES.items():
        fields = described["components"]["schemas"][resource.shape.__name__]["properties"]
        assert all("description" in field for field in fields.values()), name
        told = [field for field in fields.values() if "examples" in field or "items" in field]
        assert len(told) == len(fields), name
    json.dumps(described)
