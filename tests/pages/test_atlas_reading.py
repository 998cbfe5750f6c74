"""Home, the diagnosis and its evidence, the source document, countries and methods."""

import re

import pytest

from tests.pages.reading import Page

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, int | str]] = {
    "": {"public": 3, "*": 5},
    "diagnosis/": {"*": "302"},
    "diagnosis/oas-2010/": {"public": 4, "*": 6},
    "diagnosis/oas-2010/?regions=m49": {"public": 4, "*": 6},
    "diagnosis/nothing/": {"*": "404"},
    "diagnosis/oas-2010/evidence/T3/BRA/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T1/mutual-learning/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T4/CHL/": {"public": 4, "*": 6},
    "diagnosis/oas-2010/evidence/T5/framework/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/F1/internal/": {"public": 2, "*": 4},
    "diagnosis/oas-2010/evidence/T1/nothing/": {"*": "404"},
    "source/": {"public": 2, "*": 4},
    "countries/CHL/": {"public": 8, "*": 10},
    "countries/FRA/": {"public": 6, "*": 8},
    "countries/TUV/": {"public": 5, "*": 7},
    "countries/XXX/": {"*": "404"},
    "institutions/": {"public": 3, "*": 4},
    "institutions/CL-MIDEPLAN/": {"public": 16, "*": 18},
    "institutions/XX-IASPN/": {"public": 13, "*": 15},
    "institutions/nothing/": {"*": "404"},
    "methods/": {"public": 1, "*": 2},
    "methods/concentration/": {"public": 2, "*": 4},
    "methods/nothing/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def test_the_key_figures_lead_to_their_source(client):
    text = client.get("/en/").content.decode()
    numbers = re.findall(r'key-figure__number">([\d.]+)', text)
    assert numbers == ["57", "110", "54.4", "5", "4"]
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
