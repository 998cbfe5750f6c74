"""The catalogue of programmes and a programme's page, for everybody."""

import csv
import io

import pytest

from ayni.directory.models import Component, Programme

PAGES: dict[str, dict[str, int | str]] = {
    "programmes/": {"public": 10, "*": 12},
    "programmes/?q=familia&topics=complementary-actions&quadrants=Q4&evidence=2&language=es": {"public": 11, "*": 13},
    "programmes/?country=CHL&institution=CL-FOSIS&modalities=materials": {"public": 10, "*": 12},
    "programmes/?country=CHL&topics=disability": {"public": 6, "*": 8},
    "programmes/CL-PUENTE/": {"public": 16, "*": 18},
    "programmes/UY-CERCA/": {"public": 16, "*": 18},
    "programmes/XX-NONE/": {"*": "404"},
    "programmes.csv": {"public": 17, "*": 18},
    "programmes.xlsx?country=CHL": {"public": 21, "*": 22},
    "programmes/template.xlsx": {"public": 1, "*": 2},
    "programmes/load/": {"public": "302", "focal-point": 3, "national-coordinator": 3, "secretariat": 3, "*": "403"},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def found(client, **asked: str) -> set[str]:
    return {one.code for one in client.get("/en/programmes/", asked).context["page_obj"]}


def test_each_question_alone_and_all_together(as_role):
    client = as_role("observer")
    assert found(client) == set(Programme.objects.values_list("code", flat=True))
    assert found(client, country="BRA") == {"BR-PBF", "BR-CADUNICO"}
    assert found(client, institution="CO-DPS") == {"CO-MFA", "CO-UNIDOS"}
    assert found(client, language="gn") == {"PY-TEKO"}
    assert found(client, quadrants="Q1") == {"BR-CADUNICO", "CR-PUENTE", "UY-CERCA"}
    assert found(client, evidence="4") == {"BR-PBF", "CO-MFA", "JM-PATH", "MX-OPORTUNIDADES"}
    assert found(client, topics="disability", country="URY", quadrants="Q3") == {"UY-CERCA"}
    assert found(client, q="TEKOPORA") == {"PY-TEKO"}, "without regard to case and accents"
    assert found(client, q="família bolsa") == {"BR-PBF"}, "each word, in any order"
    assert found(client, country="CHL", topics="disability") == set() == found(client, q="nothing of the kind")


def test_a_component_that_is_offered_counts_for_its_programme(as_role):
    client = as_role("observer")
    assert found(client, topics="poverty-analysis") == {"CR-PUENTE", "JM-PATH", "MX-OPORTUNIDADES", "PY-TEKO"}
    Component.objects.filter(programme__code="PY-TEKO", code="quality-of-life-index").update(retired=True)
    assert "PY-TEKO" not in found(client, topics="poverty-analysis")


def test_what_is_asked_and_does_not_exist_hides_nothing(client):
    assert len(found(client, country="XXX", topics="<script>")) == Programme.objects.count()


def test_pages_of_the_catalogue_count_exactly_and_keep_the_question(client):
    chile = Programme.objects.get(code="CL-PUENTE").country
    Programme.objects.bulk_create(
        Programme(code=f"CL-X{number:03}", country=chile, name={"es": f"Programa {number}"}) for number in range(60)
    )
    page = client.get("/en/programmes/", {"country": "CHL", "page": "3"})
    assert page.context["page_obj"].paginator.count == 61 and len(page.context["page_obj"]) == 11
    text = page.content.decode()
    assert "61 programmes" in text and "?country=CHL&amp;page=2" in text
    assert "programmes.csv?country=CHL" in text


def test_a_page_of_the_catalogue_costs_the_same_however_many_there_are(as_role, django_assert_max_num_queries):
    client = as_role("observer")
    client.get("/en/programmes/")
    chile = Programme.objects.get(code="CL-PUENTE").country
    Programme.objects.bulk_create(
        Programme(code=f"CL-X{number:03}", country=chile, name={"es": f"Programa {number}"}) for number in range(60)
    )
    with django_assert_max_num_queries(PAGES["programmes/"]["*"]):
        client.get("/en/programmes/?page=2")


def test_a_programme_shows_what_its_components_need(client):
    text = client.get("/en/programmes/CL-PUENTE/").content.decode()
    assert "Psychosocial support to the family" in text and "Needs first" in text
    assert '<a href="/en/programmes/CL-PUENTE/#minimum-conditions">' in text
    assert "Families per counsellor" in text and "Law 19.949 of 2004" in text and "Version 2" in text


def test_invented_content_says_so(client):
    assert "invented" in client.get("/en/programmes/UY-CERCA/").content.decode()
    assert "invented" not in client.get("/en/programmes/CL-PUENTE/").content.decode()
    assert "Fictional" in client.get("/en/programmes/?country=URY").content.decode()


def test_countries_and_institutions_lead_to_their_programmes(client):
    for page, asked in (("countries/CRI/", "country=CRI"), ("institutions/CR-IMAS/", "institution=CR-IMAS")):
        text = client.get(f"/en/{page}").content.decode()
        assert "/en/programmes/CR-PUENTE/" in text and f"/en/programmes/?{asked}" in text


def test_the_file_holds_what_is_seen(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/es/programmes.csv?country=BRA").content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["BR-CADUNICO", "BR-PBF"]
    assert rows[1]["languages"] == "es pt" and rows[1]["evidence"] == "4"


def test_the_catalogue_is_in_the_order_of_the_countries_names(client):
    for language in ("es", "fr"):
        page = client.get(f"/{language}/programmes/")
        names = [one.country.name[language] for one in page.context["page_obj"]]
        assert names == sorted(names)
