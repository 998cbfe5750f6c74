"""Home, the diagnosis and its evidence, the source document, countries and methods."""

import gzip
import re

import pytest

from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "": {"public": 3, "*": 6},
    "diagnosis/": {"*": "302"},
    "diagnosis/oas-2010/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/?regions=m49": {"public": 2, "*": 4},
    "diagnosis/nothing/": {"*": "404"},
    "diagnosis/oas-2010/evidence/T3/BRA/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T1/mutual-learning/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T4/CHL/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T5/framework/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/F1/internal/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T1/nothing/": {"*": "404"},
    "source/": {"public": 2, "*": 4},
    "countries/CHL/": {"public": 9, "*": 14},
    "countries/FRA/": {"public": 9, "*": 13},
    "countries/TUV/": {"public": 8, "*": 12},
    "countries/XXX/": {"*": "404"},
    "institutions/": {"public": 4, "*": 6},
    "countries/?region=005&part=named&named_by=BRA": {"public": 5, "*": 7},
    "compare/": {"public": 2, "*": 4},
    "compare/?left=BRA&right=CHL": {"public": 2, "*": 4},
    "compare/?left=BRA&right=BRA": {"public": 2, "*": 4},
    "institutions/?country=BRA&part=answered": {"public": 4, "*": 6},
    "institutions/CL-MIDEPLAN/": {"public": 19, "*": 22},
    "institutions/XX-IASPN/": {"public": 16, "*": 19},
    "institutions/nothing/": {"*": "404"},
    "methods/": {"public": 1, "*": 2},
    "methods/process/": {"public": 2, "*": 4},
    "methods/concentration/": {"public": 2, "*": 4},
    "methods/accounts/": {"public": 2, "*": 4},
    "methods/contributions/": {"public": 2, "*": 4},
    "methods/likeness/": {"public": 2, "*": 4},
    "methods/results/": {"public": 2, "*": 4},
    "methods/roles/": {"public": 2, "*": 4},
    "methods/schedule/": {"public": 2, "*": 4},
    "methods/nothing/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def test_the_key_figures_lead_to_their_source(client):
    text = client.get("/en/").content.decode()
    numbers = re.findall(r'key-figure__number">([\d.]+)', text)
    assert numbers == ["57", "110", "54.4", "5", "4"]
    text = text[: text.index("<figure")]
    assert text.count('href="/en/source/#section-iv-table-3"') == 3
    assert text.count('href="/en/source/#introduction-note-1"') == 2


def test_the_diagnosis_shows_the_numbers_that_a_reader_can_check(client):
    text = client.get("/en/diagnosis/oas-2010/").content.decode()
    table = text[text.index('id="t3"') : text.index('id="t4"')]
    assert "Subtotal: 31 countries, 54.4 %" in table and "Subtotal: 11 countries, 19.3 %" in table
    totals = re.findall(r'class="number">(\d+)</td>', table[table.index("<tfoot>") :])
    assert totals == ["26", "27", "15", "21", "34"]
    assert "Mexico declares Brazil; Brazil does not declare Mexico." in table
    assert table.count('class="mark"') == 123
    assert table.count("one side only") == 2  # the mark itself, and the note under the table


def test_the_table_can_be_read_with_the_regions_of_the_united_nations(client):
    text = client.get("/en/diagnosis/oas-2010/?regions=m49").content.decode()
    assert "Northern Africa" in text and "Total: 57 countries" in text


def test_what_is_said_together_is_not_attributed_to_one_country(client):
    text = client.get("/en/diagnosis/oas-2010/evidence/T2/language-barriers/").content.decode()
    assert "not attributed to any one of them" in text
    assert "OAS 2010" in text and "/en/source/#section-ii-table-2" in text


def test_evidence_of_a_partner_shows_the_declaration_of_one_side(client):
    text = client.get("/en/diagnosis/oas-2010/evidence/T3/BRA/").content.decode()
    assert "Mexico declares Brazil; Brazil does not declare Mexico." in text
    assert text.count("declared, role unknown") == 4


def test_a_country_that_reported(client):
    text = client.get("/en/countries/MEX/").content.decode()
    names = text[text.index('id="names"') : text.index('id="named-by"')]
    assert names.count("<tr>") == 1 + 34
    assert "declared by one side only" in names
    assert "SIMEXCID" in text


def test_a_country_that_nobody_names_says_what_to_do(client):
    text = client.get("/en/countries/TUV/").content.decode()
    assert "No cooperation with Tuvalu is recorded yet" in text


def test_the_address_of_a_country_may_be_written_small(client):
    assert client.get("/en/countries/chl/").status_code == 200


def test_without_an_edition_the_pages_say_what_to_do(client, without_editions):
    assert "No edition is published yet" in client.get("/en/").content.decode()
    assert "No edition is published yet" in client.get("/en/diagnosis/").content.decode()
    for path in ("countries/CHL/", "source/", "methods/network/"):
        assert client.get(f"/en/{path}").status_code == 200


def test_every_link_inside_the_report_reaches_its_anchor(client):
    page = Page(client.get("/es/diagnosis/oas-2010/").content.decode())
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert len(inside) > 15 and set(inside) <= set(page.ids)


def test_the_report_stays_light_for_thin_lines(client):
    assert len(gzip.compress(client.get("/en/diagnosis/oas-2010/").content)) < 120_000


def test_countries_are_found_by_region_part_and_partner(client):
    text = client.get("/en/countries/?region=005&part=named&named_by=BRA").content.decode()
    assert ">Bolivia<" in text and ">Argentina<" not in text and ">Cuba<" not in text
    assert "No country fits these filters" in client.get("/en/countries/?region=145&part=reported").content.decode()
    assert "249 countries" in client.get("/en/countries/?region=nowhere").content.decode()


def test_institutions_are_found_by_country_and_part(client):
    text = client.get("/en/institutions/?country=CHL&part=answered").content.decode()
    assert "2 institutions" in text and "Solidarity and Social Investment Fund" in text
    assert "Inter-American Development Bank" in client.get("/en/institutions/?country=international").content.decode()


def test_an_institution_shows_what_it_became_and_from_where_we_know(client):
    text = client.get("/en/institutions/CL-MIDEPLAN/").content.decode()
    assert "Ministry of Social Development and Family" in text and "2011-10-13" in text
    assert 'href="/en/source/#laws"' in text and 'href="/en/source/#section-iv-note-5"' in text


def test_two_countries_side_by_side(client):
    text = client.get("/en/compare/?left=BRA&right=MEX").content.decode()
    assert re.findall(r'<span class="number">(\d+)</span>', text) == ["9", "17", "17"]
    assert "0.395" in text and "0.4053" in text
    assert "Both are the same country" in client.get("/en/compare/?left=BRA&right=BRA").content.decode()
    assert client.get("/en/compare/?left=BRA&right=FRA").status_code == 200


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("partner-matrix", "57 partner countries, 110 pairs of countries."),
        ("declarations", "5 declared by both sides, 1 by one side only."),
        ("concentration", "The squares add up to 0.4053; normalised: 0.2567."),
        ("network", "Density: 0.8333."),
        ("comparison", "Jaccard index: "),
        ("tallies", "all together"),
        ("coverage", "46.4 %"),
    ],
)
def test_each_method_is_worked_on_the_edition(client, code, result):
    assert result in client.get(f"/en/methods/{code}/").content.decode()


@pytest.mark.parametrize("path", ["countries/CHL/", "institutions/CL-FOSIS/"])
def test_only_those_who_look_after_the_directory_are_led_to_edit_it(as_role, path):
    seen = {
        role: as_role(role).get(f"/en/{path}").content.decode() for role in ("public", "secretariat", "administrator")
    }
    edit, record = f'href="/en/{path}edit/"', "Record of changes"
    assert [(edit in text, record in text) for text in seen.values()] == [(False, False), (True, True), (False, True)]


def test_the_secretariat_may_add_an_institution_from_the_list(as_role):
    assert 'href="/en/institutions/add/"' in as_role("secretariat").get("/en/institutions/").content.decode()
    assert "/institutions/add/" not in as_role("focal-point").get("/en/institutions/").content.decode()
