"""The matrix: supply and demand by cell, each number with what lies behind it, and its versions."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ayni.common.audit import history
from ayni.exchange.actions.matrix import draft_matrix
from ayni.exchange.models import MatrixQuadrant, MatrixScheme
from tests.factories.exchange import without_exchange
from tests.factories.supply import demand, offer

PAGES: dict[str, dict[str, int | str]] = {
    "matrix/": {"public": 18, "*": 20},
    "matrix/?country=BRA&region=m49:419&quadrant=Q1": {"public": 19, "*": 21},
    "matrix.csv": {"public": 18, "*": 20},
    "matrix.xlsx": {"public": 18, "*": 20},
    "matrix/behind/": {"public": 17, "*": 19},
    "matrix/behind/?topic=disability&modality=-&side=demand&region=oas2010:africa&country=-&quadrant=Q1": {
        "public": 18,
        "*": 20,
    },
    "matrix/BRA/": {"public": 14, "*": 16},
    "matrix/BRA/?by=quadrant": {"public": 14, "*": 16},
    "matrix/BRA/?by=name": {"*": "404"},
    "matrix/XXX/": {"*": "404"},
    "matrix/BRA.csv?by=modality": {"public": 11, "*": 13},
    "matrix/versions/": {"public": 2, "*": 4},
    "matrix/versions/1/": {"public": 5, "*": 7},
    "matrix/versions/9/": {"*": "404"},
    "matrix/versions/draft/": {"public": "302", "secretariat": "405", "*": "403"},
    "matrix/versions/1/edit/": {"public": "302", "secretariat": "302", "*": "403"},
    "matrix/versions/1/quadrants/Q1/": {"public": "302", "secretariat": "302", "*": "403"},
    "matrix/versions/1/in-force/": {"public": "302", "secretariat": "302", "*": "403"},
    "matrix/versions/1/delete/": {"public": "302", "secretariat": "302", "*": "403"},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def supply(db):
    """Three offers and two demands in known cells, and nothing else."""
    without_exchange()
    both = {"topics": ["single-registry"], "modalities": ["internships"]}
    return {
        "a": offer("BRA", **both, quadrants=["Q2"]),
        "b": offer("CHL", topics=["single-registry", "disability"], modalities=["internships"], quadrants=["Q2", "Q3"]),
        "c": offer("PER"),
        "draft": offer("PER", **both, state="draft"),
        "d": demand("HND", topics=["disability"], modalities=["materials"], days={"Q4": 10}),
        "e": demand("GTM", **both, days={"Q2": 5}),
        "endorsed": demand("GTM", **both, days={"Q2": 5}, state="endorsed"),
        "formalised": demand("GTM", **both, days={"Q2": 5}, state="formalised"),
    }


def cell(page, topic: str, modality: str):
    columns = [column.code for column in page.columns]
    row = next(row for row in page.rows if row.code == topic)
    return row.cells[columns.index(modality)]


def seen(client: Client, path: str):
    return client.get(f"/en/{path}").context["page"]


def counted(cell) -> tuple[int, int, str]:
    return cell.supply, cell.demand, cell.kind


def test_what_is_published_and_open_is_counted_once_in_each_of_its_cells(as_role, supply):
    page = seen(as_role("public"), "matrix/")
    assert counted(cell(page, "single-registry", "internships")) == (2, 1, "surplus")
    assert counted(cell(page, "disability", "internships")) == (1, 0, "surplus")
    assert counted(cell(page, "disability", "materials")) == (0, 1, "gap")
    assert counted(cell(page, "-", "-")) == (1, 0, "surplus")
    assert counted(page.total) == (3, 2, "surplus")
    assert {one.quadrant.quadrant.code: counted(one.cell) for one in page.quadrants} == {
        "Q1": (0, 0, "empty"),
        "Q2": (2, 1, "surplus"),
        "Q3": (1, 0, "surplus"),
        "Q4": (0, 1, "gap"),
        "T": (0, 0, "empty"),
    }
    assert [(one.topic, one.cell.size) for one in page.gaps] == [("Disability", 1)]
    # Who reads drafts sees the demand that is endorsed and not yet screened.
    assert seen(as_role("observer"), "matrix/").total.demand == 3


def test_the_filters_narrow_every_number(as_role, supply):
    client = as_role("public")
    assert seen(client, "matrix/?country=CHL").total.supply == 1
    south, central = (seen(client, f"matrix/?region=m49:{code}").total for code in ("005", "013"))
    assert (south.supply, south.demand, central.supply, central.demand) == (3, 0, 0, 2)
    whole = seen(client, "matrix/?region=m49:419").total
    assert (whole.supply, whole.demand) == (3, 2), "a region holds the regions below it"
    assert seen(client, "matrix/?quadrant=Q3").total.supply == 1
    assert seen(client, "matrix/?country=none&region=m49:none&quadrant=Q9").total.supply == 3, "unknown hides nothing"


def test_each_number_leads_to_exactly_what_it_counts(as_role, supply):
    client = as_role("public")
    page = seen(client, "matrix/")
    cells = [cell for row in page.rows for cell in (*row.cells, row.total)] + [*page.foot, page.total]
    cells += [one.cell for one in page.quadrants] + [cell for _code, _name, cell in page.countries]
    numbers = {one.supply_url: one.supply for one in cells} | {one.demand_url: one.demand for one in cells}
    for url in numbers.keys() - {""}:
        behind = client.get(url).context
        assert behind["page"].paginator.count == numbers[url] == len(behind["rows"]), url
    rows = as_role("public").get(cell(page, "disability", "materials").demand_url).context["rows"]
    assert [row.pk for row in rows] == [supply["d"].pk]


def test_the_files_hold_what_is_seen(as_role, supply):
    client = as_role("public")
    text = client.get("/en/matrix.csv?country=CHL").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [[line[0], line[2], *line[4:7]] for line in lines[1:]] == [
        ["single-registry", "internships", "1", "0", "surplus"],
        ["disability", "internships", "1", "0", "surplus"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/en/matrix.xlsx").content))
    assert book.sheetnames == ["Quadrants", "Topics and modalities", "Countries"]
    assert [row[0].value for row in book["Quadrants"].iter_rows(min_row=2)] == ["Q1", "Q2", "Q3", "Q4", "T"]
    assert {row[0].value: row[2].value for row in book["Countries"].iter_rows(min_row=2)} == {
        "BRA": 1,
        "CHL": 1,
        "PER": 1,
        "GTM": 0,
        "HND": 0,
    }


def test_a_title_from_a_user_is_only_text(as_role):
    offer("BRA", title={"es": "<script>alert(1)</script>"})
    text = as_role("public").get("/es/matrix/behind/").content.decode()
    assert "<script>alert(1)" not in text and "&lt;script&gt;" in text


def test_more_offers_cost_no_more_queries(as_role, supply):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            as_role("public").get(f"/es/{path}")
        return len(captured)

    paths = ("matrix/", "matrix.xlsx", "matrix/behind/")
    before = [queries(path) for path in paths]
    for _number in range(30):
        offer("URY", topics=["urban-development"], modalities=["materials", "internships"], quadrants=["Q1"])
    assert [queries(path) for path in paths] == before


def test_the_matrix_says_on_each_page_that_it_is_a_reconstruction(as_role):
    for path in ("matrix/", "matrix/versions/1/"):
        text = as_role("public").get(f"/en/{path}").content.decode()
        assert "A reconstruction, not the drawing of the OAS" in text and "the drawing is lost" in text


def test_from_draft_to_force(as_role):
    client = as_role("secretariat")
    assert client.post("/en/matrix/versions/draft/")["Location"] == "/en/matrix/versions/2/edit/"
    assert client.post("/en/matrix/versions/draft/")["Location"] == "/en/matrix/versions/2/edit/", "the same draft"
    assert as_role("public").get("/en/matrix/versions/2/").status_code == 404
    assert as_role("observer").get("/en/matrix/versions/2/").status_code == 200
    here = "/en/matrix/versions/2/"
    initial = client.get(f"{here}edit/").context["form"].initial
    assert client.post(f"{here}edit/", initial | {"rows_axis_en": "Reach"}).status_code == 302
    page = client.get(f"{here}quadrants/Q1/")
    given = page.context["form"].initial
    given = given | {name: [one.pk for one in given[name]] for name in ("mechanisms", "agreement_forms")}
    lacking = client.post(f"{here}quadrants/Q1/", given | {"experts_es": ""})
    assert lacking.status_code == 200 and "experts_es" in lacking.context["form"].errors
    assert (
        client.post(f"{here}quadrants/Q1/", given | {"experts_en": "Planners of a <b>new</b> kind"}).status_code == 302
    )
    for path in ("in-force/", "delete/"):
        assert client.get(f"{here}{path}").status_code == 200
    assert client.post(f"{here}in-force/")["Location"] == here
    text = client.get("/en/matrix/").content.decode()
    assert "Reach" in text and "&lt;b&gt;new&lt;/b&gt;" in text
    assert [scheme.status for scheme in MatrixScheme.objects.all()] == ["current", "superseded"]
    assert "Planners of a" not in as_role("public").get("/en/matrix/versions/1/").content.decode(), "still readable"
    quadrant = MatrixQuadrant.objects.get(scheme__version=2, quadrant__code="Q1")
    assert history(quadrant)[0].verb == "quadrant of the matrix changed"
    assert client.get(f"{here}edit/")["Location"] == here, "no longer a draft"


def test_a_draft_can_be_thrown_away(as_role, person):
    draft_matrix(by=person("secretariat"))
    as_role("secretariat").post("/en/matrix/versions/2/delete/")
    assert MatrixScheme.objects.count() == 1


def test_a_draft_that_lacks_a_text_says_which(as_role, person):
    draft = draft_matrix(by=person("secretariat"))
    draft.quadrants.filter(quadrant__code="Q3").update(experts={})
    page = as_role("secretariat").post("/en/matrix/versions/2/in-force/", follow=True)
    assert "Q3" in page.content.decode() and "lack a text in Spanish" in page.content.decode()
    assert MatrixScheme.objects.get(version=2).status == "draft"


def test_without_a_matrix_the_page_says_what_to_do(client):
    MatrixScheme.objects.all().delete()
    assert "No matrix yet" in client.get("/en/matrix/").content.decode()
    assert "No matrix yet" in client.get("/en/matrix/versions/").content.decode()


def test_the_advantage_of_a_country_with_its_counts_in_words(as_role, supply):
    for _number in range(3):
        offer("BRA", topics=["disability"], modalities=["materials"], quadrants=["Q2"])
    page = as_role("public").get("/en/matrix/BRA/").context
    rows = {row.code: row for row in page["rows"]}
    # Brazil: disability 3, single-registry 1. The network: disability 4, single-registry 2, one without a topic.
    strong = rows["disability"]
    assert (strong.count, strong.total, strong.network_count, strong.network_total) == (3, 4, 4, 7)
    assert strong.advantage.index == pytest.approx((3 / 4) / (4 / 7)) and strong.kind == "above"
    assert strong.sentence.startswith("3 of its 4 entries lie here, in the network 4 of 7: 1.3 times")
    assert (
        rows["single-registry"].kind == "near"
        and rows["-"].kind == "none"
        and rows["care" if "care" in rows else "social-rights"].kind == "nobody"
    )
    assert page["small"] and page["offers"] == 4
    text = as_role("public").get("/es/matrix/BRA/?by=quadrant").content.decode()
    assert "<svg" in text and "reconstrucción" in text
    lines = as_role("public").get("/en/matrix/BRA.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("disability,Disability,3,4,4,7,1.3125")


def test_a_country_without_offers_says_so(as_role, supply):
    assert "no published offer" in as_role("public").get("/en/matrix/ARG/").content.decode()
