import hashlib
import json

import pytest
from django.conf import settings

from ayni.surveys.actions.editions import create_edition, freeze_edition
from ayni.surveys.models import DiagnosisEdition, Round

pytestmark = pytest.mark.django_db
PAGES = {
    "diagnosis/oas-2010/oas-2010.json": {"public": 3, "*": 4},
    "diagnosis/oas-2010/oas-2010-pt.pdf": {"public": 2, "*": 3},
    "diagnosis/oas-2010/oas-2010-de.pdf": {"*": "404"},
    "diagnosis/oas-2010/other-es.pdf": {"*": "404"},
    "diagnosis/oas-2010/oas-2010-es.exe": {"*": "404"},
    "diagnosis/nothing/nothing-es.pdf": {"*": "404"},
}
STARTS = {"pdf": b"%PDF-1", "docx": b"PK", "xlsx": b"PK", "json": b"{", "html": b"<!doctype html>"}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.mark.parametrize("fmt", STARTS)
def test_a_published_edition_is_a_file_for_everyone_with_a_name_and_an_etag(client, fmt):
    address = f"/fr/diagnosis/oas-2010/oas-2010-fr.{fmt}"
    response = client.get(address)
    assert response.content.startswith(STARTS[fmt])
    assert "ayni-oas-2010" in response["Content-Disposition"]
    assert response["Content-Language"] == "fr"
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_page_with_styles_of_its_own_is_not_opened_on_the_site(client):
    response = client.get("/es/diagnosis/oas-2010/oas-2010-es.html")
    assert response["Content-Disposition"].startswith("attachment")


def test_the_json_is_what_was_frozen(client):
    body = client.get("/en/diagnosis/oas-2010/oas-2010.json").content
    edition = DiagnosisEdition.objects.get(code="oas-2010")
    assert body == edition.content.encode()
    assert hashlib.sha256(body).hexdigest() == edition.checksum


def test_a_file_is_written_once(client, as_role, monkeypatch):
    address = "/es/diagnosis/oas-2010/oas-2010-es.xlsx"
    first = client.get(address).content
    monkeypatch.setattr("ayni.atlas.reports.kept.edition_file", None)
    assert as_role("observer").get(address).content == first
    kept = list((settings.DATA_FOLDER / "reports").glob("*-es-*.xlsx"))
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("role", "status"), [("public", 404), ("focal-point", 404), ("observer", 200), ("secretariat", 200)]
)
def test_what_is_not_published_opens_for_those_who_read_drafts(as_role, role, status):
    round_ = Round.objects.get(code="oas-2010")
    edition = create_edition(by=None, round=round_, code="second", title={"es": "Segundo"})
    address = "/es/diagnosis/second/second-es.json"
    assert as_role(role).get(address).status_code == status
    freeze_edition(by=None, edition=edition)
    response = as_role(role).get(address)
    assert response.status_code == status
    if status == 200:
        assert json.loads(response.content)["edition"]["code"] == "second"
