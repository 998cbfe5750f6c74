"""A second edition beside the first: fictional, answered one by one, compared with the edition before."""

import hashlib
import json
import re

import pytest
from django.core.cache import caches
from django.utils import timezone

from ayni.directory.actions.editing import NameFacts, add_name
from ayni.directory.models import Institution
from ayni.surveys.models import DiagnosisEdition, EditionStatus, Round, RoundStatus
from ayni.surveys.queries.content.assemble import canonical
from ayni.surveys.queries.content.change import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(db):
    """An edition of a fictional round in which Brazil gained Argentina, and single institutions named things."""
    first = DiagnosisEdition.objects.select_related("round").get(code="oas-2010")
    round_ = Round.objects.create(
        code="next",
        title={"en": "The next round", "es": "La ronda siguiente"},
        version_id=first.round.version_id,
        period_from=2011,
        period_to=2014,
        deadline=timezone.now().date(),
        status=RoundStatus.CLOSED,
        fictional=True,
    )
    before = json.loads(first.content)
    content = json.loads(first.content)
    content["edition"] |= {"code": "next", "previous": "oas-2010"}
    content["round"] |= {"code": "next", "source": "", "fictional": True, "period": [2011, 2014]}
    argentina = next(row for row in content["tables"]["T3"]["rows"] if row["country"] == "ARG")
    argentina["marks"]["BR-MDS"] = {"role": "recipient", "source": ""}
    content["tables"]["T3"]["by_country"]["BRA"] += 1
    content["figures"]["F4"]["arcs"].append(
        {"from": "BRA", "to": "ARG", "institutions": ["BR-MDS"], "unilateral": False}
    )
    obstacle = content["tables"]["T2"]["rows"][0]
    obstacle |= {"count": 1, "who": {"kind": "response", "codes": ["BR-MDS"]}}
    obstacle["evidence"] = [
        {"kind": "response", "code": "BR-MDS", "question": "q11a", "passage": "…", "coder": "Ana", "source": ""}
    ]
    content["tables"]["T2"]["by_country"] = {obstacle["concept"]: {"BRA": 1}}
    content["tables"]["T7"]["rows"][0] |= {"together": False, "supply": 2, "demand": 1, "count": 3}
    content["change"] = change(before, content)
    text = canonical(content)
    return DiagnosisEdition.objects.create(
        code="next",
        title={"en": "Next diagnosis", "es": "Diagnóstico siguiente"},
        round=round_,
        previous=first,
        status=EditionStatus.PUBLISHED,
        content=text,
        checksum=hashlib.sha256(text.encode()).hexdigest(),
        frozen_at=timezone.now(),
        published_at=timezone.now(),
    )


def page_of(client, path: str) -> str:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_of_editions(client, second):
    text = page_of(client, "diagnosis/")
    assert 'href="/en/diagnosis/next/"' in text and 'href="/en/diagnosis/oas-2010/"' in text


def test_the_real_edition_stays_the_one_that_the_atlas_shows(client, second):
    assert 'href="/en/diagnosis/oas-2010/#t13"' in page_of(client, "")
    assert "Demonstration." not in page_of(client, "")


def test_a_fictional_edition_says_so_and_shows_what_changed(client, second):
    text = page_of(client, "diagnosis/next/")
    assert "Demonstration." in text
    part = text[text.index('id="change"') :]
    brazil = part[part.index(">Brazil</a>") :]
    assert re.findall(r'class="number">(\d+)</td>', brazil)[:2] == ["26", "27"]
    assert 'href="/en/diagnosis/oas-2010/"' in part


def test_another_round_does_not_name_the_document_as_its_source(client, second):
    text = page_of(client, "diagnosis/next/")
    note = text[text.index('id="t3"') : text.index('id="t4"')]
    assert "the answers of the round" in note and "/source/#section-iv-table-3" not in note


def test_single_institutions_are_counted_by_country_and_side(client, second):
    text = page_of(client, "diagnosis/next/")
    obstacles = text[text.index('id="t2"') : text.index('id="modalities"')]
    assert "1 institution" in obstacles and ">Brazil</a></th>" in obstacles
    topics = text[text.index('id="t7"') : text.index('id="map"')]
    assert "Offered by" in topics and "Sought by" in topics


def test_evidence_of_a_single_answer_names_its_coder(client, second):
    text = page_of(client, "diagnosis/next/evidence/T2/no-agreed-policy/")
    assert "Ana" in text and "MDS, Brazil" in text and "not attributed" not in text


def test_a_stated_role_is_shown(client, second):
    assert "declared; receives" in page_of(client, "diagnosis/next/evidence/T3/ARG/")


def test_a_second_edition_costs_no_further_query(client, second, django_assert_num_queries):
    page_of(client, "diagnosis/next/?regions=m49")
    caches["process"].clear()
    with django_assert_num_queries(2):
        page_of(client, "diagnosis/next/?regions=print")


def test_what_is_drawn_for_those_who_read_drafts_is_not_shown_to_the_public(client, as_role, second):
    DiagnosisEdition.objects.filter(pk=second.pk).update(status=EditionStatus.FROZEN, published_at=None)
    followed = as_role("observer").get("/en/map/").content.decode()
    assert 'value="next"' in followed
    assert 'value="next"' not in page_of(client, "map/")


def test_a_new_name_of_an_institution_shows_on_the_page_of_its_country(client, person):
    assert "Ministry of Trying" not in page_of(client, "countries/CHL/")
    names = {"es": "Ministerio de Pruebas", "pt": "Ministério", "en": "Ministry of Trying", "fr": "Ministère"}
    facts = NameFacts(name=names, acronym="", valid_from="2024", valid_to="", source="")
    add_name(institution=Institution.objects.get(code="CL-FOSIS"), name=facts, by=person("secretariat"))
    assert "Ministry of Trying" in page_of(client, "countries/CHL/")


def test_a_frozen_edition_is_for_those_who_read_drafts(client, as_role, second):
    DiagnosisEdition.objects.filter(pk=second.pk).update(status=EditionStatus.FROZEN, published_at=None)
    assert client.get("/en/diagnosis/next/").status_code == 404
    assert as_role("focal-point").get("/en/diagnosis/next/").status_code == 404
    assert as_role("observer").get("/en/diagnosis/next/").status_code == 200


def test_of_very_many_institutions_each_country_has_one_column(client, second):
    content = json.loads(second.content)
    matrix, coverage = content["tables"]["T3"], content["tables"]["T13"]
    codes = [f"X-{place:03}" for place in range(60)]
    content["institutions"] = dict.fromkeys(codes, content["institutions"]["MX-SEDESOL"])
    matrix["institutions"] = codes
    for row in matrix["rows"]:
        if row["country"] != "MEX":
            row["marks"] = dict.fromkeys(codes, next(iter(row["marks"].values())))
    matrix["rows"] = [row for row in matrix["rows"] if row["country"] != "MEX"]
    coverage["rows"] = [coverage["rows"][0] | {"institution": code} for code in codes]
    text = canonical(content)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    DiagnosisEdition.objects.filter(pk=second.pk).update(content=text, checksum=checksum)
    page = page_of(client, "diagnosis/next/")
    table = page[page.index('id="t3"') : page.index('id="t4"')]
    assert "its institutions merged" in table and table.count('class="mark"') == 56
    assert "Number of institutions in each state." in page


def test_evidence_of_very_many_answers_comes_in_pages(client, second):
    content = json.loads(second.content)
    codes = [f"X-{place:03}" for place in range(120)]
    content["institutions"] = dict.fromkeys(codes, content["institutions"]["MX-SEDESOL"])
    matrix = content["tables"]["T3"]
    matrix["institutions"] = codes
    for row in matrix["rows"]:
        row["marks"] = dict.fromkeys(codes, next(iter(row["marks"].values())))
    text = canonical(content)
    DiagnosisEdition.objects.filter(pk=second.pk).update(
        content=text, checksum=hashlib.sha256(text.encode()).hexdigest()
    )
    first, last = (page_of(client, f"diagnosis/next/evidence/T3/BOL/{query}") for query in ("", "?page=3"))
    assert first.count('<th scope="row">') == 50 and last.count('<th scope="row">') == 20
    assert "?page=2" in first and "X-119" in last
