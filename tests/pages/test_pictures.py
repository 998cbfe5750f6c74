"""The files of figures."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from ayni.atlas.figures import CODES
from ayni.surveys.models import DiagnosisEdition

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "map/": {"public": 2, "*": 5},
    "map/?institution=BR-MDS&view=caribbean": {"public": 2, "*": 4},
    "map/?topic=policy-design&edition=oas-2010": {"public": 2, "*": 4},
    "map/?edition=moon": {"*": "404"},
    "network/": {"public": 2, "*": 4},
    "network/?edition=moon": {"*": "404"},
    "regions/": {"public": 2, "*": 4},
    "regions/?scheme=m49": {"public": 2, "*": 4},
    "concentration/": {"public": 2, "*": 4},
    "figures/oas-2010/F5.csv": {"public": 2, "*": 4},
    "figures/oas-2010/F4.svg?institution=BR-MDS": {"public": 2, "*": 4},
    "figures/oas-2010/F99.svg": {"*": "404"},
    "figures/oas-2010/F4.exe": {"*": "404"},
    "figures/moon/F4.svg": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.mark.parametrize("code", CODES)
def test_each_figure_as_svg_png_csv_and_json(client, code):
    address = f"/pt/figures/oas-2010/{code}"
    svg = client.get(f"{address}.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).tag.endswith("svg")
    assert client.get(f"{address}.png").content.startswith(b"\x89PNG")
    table = client.get(f"{address}.csv")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert (
        "attachment" in table["Content-Disposition"]
        and f"oas-2010-{code.lower()}-pt.csv" in table["Content-Disposition"]
    )
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))
    data = json.loads(client.get(f"{address}.json").content)
    assert rows[0] == data["columns"]
    assert len(rows) == len(data["rows"]) + 1
    assert data["language"] == "pt"


def test_a_file_answers_the_question_in_its_address(client):
    data = json.loads(client.get("/en/figures/oas-2010/F4.json?institution=CL-MIDEPLAN").content)
    assert len(data["rows"]) == 15 and data["question"] == {"institution": "CL-MIDEPLAN"}


def test_a_question_that_the_edition_does_not_know_is_refused_with_a_sentence(client):
    response = client.get("/en/figures/oas-2010/F4.svg?institution=<b>")
    assert response.status_code == 400 and response["Content-Type"].startswith("text/plain")
    assert "institution" in response.content.decode()


def test_a_file_read_again_is_not_sent_again(client):
    first = client.get("/es/figures/oas-2010/F5.svg")
    assert client.get("/es/figures/oas-2010/F5.svg", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_an_unpublished_edition_s_figures_are_for_those_who_may_read_drafts(as_role):
    DiagnosisEdition.objects.filter(code="oas-2010").update(status="frozen", published_at=None)
    assert as_role("public").get("/es/figures/oas-2010/F5.csv").status_code == 404
    assert as_role("secretariat").get("/es/figures/oas-2010/F5.csv").status_code == 200


def test_the_map_is_small_on_the_wire(client):
    page = client.get("/fr/map/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip" and len(page.content) < 100_000


def test_the_map_shows_what_the_filters_keep_and_says_so(client):
    page = client.get("/en/map/?institution=CL-MIDEPLAN").content.decode()
    assert "15 partner countries" in page and "Partner countries of MIDEPLAN" in page
    assert "figures/oas-2010/F4.csv?institution=CL-MIDEPLAN" in page


def test_filters_that_fit_nobody_lead_back(client):
    page = client.get("/en/map/?institution=CL-MIDEPLAN&reporter=MEX").content.decode()
    assert "Clear the filters" in page and "<svg xmlns" not in page


def test_a_filter_that_the_edition_does_not_know_is_told_and_left_aside(client):
    page = client.get("/en/map/?institution=nobody")
    assert page.status_code == 200
    assert "57 partner countries" in page.content.decode() and "Select a valid choice" in page.content.decode()


def test_a_view_that_does_not_exist_is_the_world(client):
    assert client.get("/en/map/?view=moon").status_code == 200


def test_without_a_published_edition_the_map_says_what_comes_first(client):
    DiagnosisEdition.objects.filter(status="published").update(status="frozen", published_at=None)
    page = client.get("/en/map/")
    assert page.status_code == 200 and "No diagnosis is published yet" in page.content.decode()


def test_the_regions_page_holds_the_shares_and_subtotals_of_table_3(client):
    page = client.get("/en/regions/").content.decode()
    for number in ("54.4 %", "19.3 %", "12.3 %", "7.0 %"):
        assert number in page
    assert "21.1 %" in client.get("/en/regions/?scheme=m49").content.decode()


def test_the_network_page_gives_what_can_be_estimated_and_why_nothing_else(client):
    page = client.get("/en/network/").content.decode()
    assert "83.3 %" in page
    assert page.count("Not estimated:") == 3


def test_the_concentration_page_shows_the_indices_and_works_one_out(client):
    page = client.get("/es/concentration/").content.decode()
    for number in ("0,4053", "0,5957", "0,8277", "0,3512", "0,9048² + 0,0952² = 0,8277"):
        assert number in page


@pytest.mark.parametrize("path", ["map", "network", "regions", "concentration"])
def test_each_picture_page_has_its_boundaries_source_and_files(client, path):
    page = client.get(f"/en/{path}/").content.decode()
    assert page.count(".csv") >= 1 and page.count('class="source"') >= 1
    assert ("do not imply" in page) == (path == "map")
