"""What an accepted response states by itself becomes facts; what a person coded stays."""

import pytest

from ayni.common.errors import Refused
from ayni.directory.models import Concept
from ayni.surveys.actions.facts import derive_facts
from ayni.surveys.models import AgencyMention, Coding, PartnerMention, Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
COUNTRIES = [
    {"country": "BOL", "role": "first-offerer", "since": 2015, "until": None},
    {"country": "PRY", "role": None},
]


def partners(response: Response) -> list[tuple]:
    found = PartnerMention.objects.filter(response=response).order_by("country")
    return list(found.values_list("country_id", "reporter_id", "role", "since", "source"))


def test_countries_become_partners_with_roles_and_years(answer):
    response = answer("CL-SENCE", {"q08": COUNTRIES})
    assert derive_facts(by=None, response=response) == {"partners": 2, "codings": 0, "agencies": 0}
    assert partners(response) == [
        ("BOL", "CHL", "first-offerer", 2015, "response, question 8"),
        ("PRY", "CHL", "unknown", None, "response, question 8"),
    ]


def test_choices_become_categories_of_the_respondent(answer):
    response = answer("CL-SENCE", {"q05": ["disability", "policy-design"], "q09a": "yes", "q09b": ["final-report"]})
    derive_facts(by=None, response=response)
    found = set(response.codings.values_list("concept__code", "question__code", "coder_name", "source"))
    assert found == {
        ("disability", "q05", "the respondent", "response, question 5"),
        ("policy-design", "q05", "the respondent", "response, question 5"),
        ("yes", "q09a", "the respondent", "response, question 9a"),
        ("final-report", "q09b", "the respondent", "response, question 9b"),
    }


def test_an_answer_that_is_not_asked_any_more_states_nothing(answer):
    response = answer("CL-SENCE", {"q09a": "no", "q09b": ["final-report"]})
    derive_facts(by=None, response=response)
    assert list(response.codings.values_list("concept__code", flat=True)) == ["no"]


def test_institutions_become_agencies(answer):
    named = [
        {"institution": "CL-AGCI", "name": "", "role": "coordinator"},
        {"institution": "XX-FAO", "name": "", "role": None},
        {"institution": None, "name": "Mesa de cooperación", "role": None},
    ]
    response = answer("CL-SENCE", {"q03": named})
    derive_facts(by=None, response=response)
    found = AgencyMention.objects.filter(response=response).order_by("id")
    assert list(found.values_list("institution__code", "name", "role__code", "scope")) == [
        ("CL-AGCI", {}, "coordinator", "national"),
        ("XX-FAO", {}, None, "international"),
        (None, {"es": "Mesa de cooperación"}, None, "national"),
    ]


def test_facts_are_taken_again_and_hand_made_codings_stay(answer, secretariat):
    response = answer("CL-SENCE", {"q08": COUNTRIES, "q05": ["disability"]})
    derive_facts(by=None, response=response)
    Coding.objects.create(
        round=response.round,
        response=response,
        concept=Concept.objects.current("outcomes").first(),
        coder=secretariat,
        coder_name="Marcela",
        passage="…",
    )
    answer("CL-SENCE", {"q08": COUNTRIES[:1], "q05": ["urban-development"]})
    for _again in range(2):
        derive_facts(by=None, response=response)
    assert [code for code, *_rest in partners(response)] == ["BOL"]
    assert sorted(response.codings.values_list("coder_name", "concept__scheme__code")) == [
        ("Marcela", "outcomes"),
        ("the respondent", "topics"),
    ]
    assert list(response.codings.filter(coder=None).values_list("concept__code", flat=True)) == ["urban-development"]


def test_a_country_named_twice_is_one_partner_with_both_roles(answer):
    named = [
        {"country": "BOL", "role": "first-offerer", "since": 2015, "until": 2018},
        {"country": "BOL", "role": "recipient", "since": 2012, "until": None},
    ]
    response = answer("CL-SENCE", {"q08": named})
    derive_facts(by=None, response=response)
    mention = PartnerMention.objects.get(response=response)
    assert (mention.role, mention.since, mention.until) == ("both", 2012, None)


def test_the_own_country_is_no_partner(answer):
    response = answer("CL-SENCE", {"q08": [{"country": "CHL", "role": "unknown"}]})
    with pytest.raises(Refused, match="Question 8 names the institution's own country"):
        derive_facts(by=None, response=response)
    assert not PartnerMention.objects.filter(response=response).exists()


def test_a_choice_outside_its_vocabulary_is_refused(answer):
    response = answer("CL-SENCE", {"q05": ["astronomy"]})
    with pytest.raises(Refused, match="astronomy"):
        derive_facts(by=None, response=response)


def test_a_partner_lies_in_some_region(answer):
    response = answer("CL-SENCE", {"q08": [{"country": "ATA", "role": "unknown"}]})
    with pytest.raises(Refused, match="lies in no region"):
        derive_facts(by=None, response=response)
