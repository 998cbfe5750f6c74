"""The respondent's pages: who sees them, what they cost, and that they work without a script."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from ayni.surveys.models import Answer
from tests.factories.rounds import open_round

pytestmark = pytest.mark.django_db

R2010 = "rounds/oas-2010/responses/"
PAGES: dict[str, dict[str, int | str]] = {
    f"{R2010}BR-MDS/": {"public": 19, "*": 21},
    f"{R2010}BR-MDS/answer/institution/": {"*": "302"},
    f"{R2010}BR-MDS/files/1/": {
        "public": "403",
        "expert": "403",
        "administrator": "403",
        "national-coordinator": "403",
        "*": "404",
    },
    "rounds/red-2026/responses/BR-MDS/": {
        "public": "302",
        "focal-point": 17,
        "secretariat": 17,
        "observer": 17,
        "*": "403",
    },
    **{
        f"rounds/red-2026/responses/BR-MDS/answer/{section}/": {
            "public": "302",
            "focal-point": queries,
            "secretariat": "302",
            "observer": "302",
            "*": "403",
        }
        for section, queries in {"institution": 16, "cooperation": 18, "evaluation": 16, "balance": 16}.items()
    },
    f"{R2010}XX-NONE/": {"*": "404"},
    f"{R2010}XX-NONE/answer/institution/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def round_():
    return open_round(institutions=("BR-MDS", "CL-FOSIS"))


@pytest.fixture
def answering(as_role):
    return as_role("focal-point")


def test_a_section_is_answered_without_a_script(answering, round_):
    page = answering.get("/es/rounds/round-2026/responses/BR-MDS/answer/institution/")
    assert page.status_code == 200
    sent = {
        "client": "a",
        "sequence": "1",
        "q01.base": "0",
        "q01": "Ministerio",
        "q04.base": "0",
        "q04.from": "2005",
        "q04.to": "",
        "q03.base": "0",
        "q03.name.0": "Cáritas",
        "q03.role.0": "channel",
        "q03.name.1": "",
        "q03.role.1": "",
    }
    after = answering.post("/es/rounds/round-2026/responses/BR-MDS/answer/institution/", sent)
    assert after["Location"].endswith("/answer/cooperation/")
    answers = dict(Answer.objects.filter(response__round=round_).values_list("question__code", "value"))
    assert answers == {
        "q01": "Ministerio",
        "q04": {"from": 2005, "to": None},
        "q03": [{"institution": None, "name": "Cáritas", "role": "channel"}],
    }


@pytest.mark.parametrize("section", ["institution", "cooperation", "evaluation", "balance"])
def test_each_section_opens(answering, round_, section):
    assert answering.get(f"/pt/rounds/round-2026/responses/BR-MDS/answer/{section}/").status_code == 200


def test_the_page_of_a_response(answering, round_, client):
    page = answering.get("/pt/rounds/round-2026/responses/BR-MDS/").content.decode()
    assert "/answer/institution/#q-q01" in page
    assert client.get("/pt/rounds/oas-2010/responses/BR-MDS/").status_code == 200


@pytest.mark.parametrize("section", ["institution", "cooperation", "evaluation", "balance"])
def test_a_section_is_light_on_thin_lines(answering, round_, section):
    page = answering.get(f"/es/rounds/round-2026/responses/BR-MDS/answer/{section}/")
    assert len(gzip.compress(page.content)) < 60_000


def test_the_script_is_small():
    script = finders.find("ayni/answers.js")
    assert script and Path(script).stat().st_size < 10_000


def test_a_form_sent_after_the_session_ended_is_there_again_after_signing_in(client, round_, person):
    address = f"/en/rounds/{round_.code}/responses/BR-MDS/answer/institution/"
    sent = client.post(address, {"q01": "Written in the train", "q01.base": "0"})
    assert sent.status_code == 302 and "/accounts/" in sent["Location"]
    client.force_login(person("focal-point"), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(address).content.decode()
    assert "Written in the train" in page and "Your session had ended" in page
    assert "Written in the train" not in client.get(address).content.decode(), "once"


@pytest.mark.parametrize("many", [False, True])
def test_what_cannot_be_kept_is_told_and_takes_no_room(client, round_, settings, many):
    address = f"/en/rounds/{round_.code}/responses/BR-MDS/answer/institution/"
    if many:
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"keep": "1/h/key"}
        client.post(address, {"q01": "the only one"})
    size = 10 if many else 400_000
    page = client.post(address, {"q01": "x" * size}, follow=True).content.decode()
    assert "could not be kept here" in page
    assert client.session.get("kept-answers", {}).get("body") != "q01=" + "x" * size
