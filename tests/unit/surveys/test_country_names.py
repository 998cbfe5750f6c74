import pycountry
import pytest
from babel import Locale
from django.utils.translation import override

from ayni.common.country_names import match
from ayni.common.i18n import LANGUAGES
from ayni.surveys.formats.marks import Mark, mark


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_known_by_its_name_in_each_language(language):
    names = Locale(language).territories
    for country in pycountry.countries:
        found = match(names[country.alpha_2])
        assert found.iso3 == country.alpha_3 or "several" in found.reason, (names[country.alpha_2], found)


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("bolivia", "BOL"),
        ("BOLIVIA, Plurinational State of", "BOL"),
        ("Venezuela", "VEN"),
        ("Côte d’Ivoire", "CIV"),
        ("perú", "PER"),
        ("  Trinidad & Tobago ", "TTO"),
        ("EE. UU.", "USA"),
        ("zaf", "ZAF"),
        ("Timor-Leste", "TLS"),
        ("Saint Vincent and the Grenadines", "VCT"),
    ],
)
def test_usual_ways_to_write_a_name(name, iso3):
    assert match(name).iso3 == iso3


@pytest.mark.parametrize(
    "name",
    [
        "Africa, Total",
        "África",
        "Total",
        "Latin America and the Caribbean",
        "Otros países",
        "Europe",
        "World",
        "Afrique du Nord",
    ],
)
@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_a_group_is_never_a_country(name, language):
    with override(language):
        found = match(name)
    assert not found.iso3
    assert "South Africa" not in found.reason


@pytest.mark.parametrize(
    ("name", "near"), [("Cameron", "CMR"), ("Guatemal", "GTM"), ("Urugay", "URY"), ("Brasile", "BRA")]
)
def test_a_near_name_is_suggested_and_not_taken(name, near):
    with override("en"):
        found = match(name)
    assert not found.iso3 and near in found.reason


@pytest.mark.parametrize("text", ["x", "X", "×", "х", "Х", " x ", "✓", "1", "Sí"])
def test_marks_that_say_yes(text):
    assert mark(text) is Mark.YES


@pytest.mark.parametrize("text", ["", "0", "-", "–", "No", "Não"])
def test_marks_that_say_no(text):
    assert mark(text) is Mark.NO


@pytest.mark.parametrize("text", ["7", "?", "xx", "maybe", "у"])
def test_marks_that_say_neither(text):
    assert mark(text) is Mark.UNCLEAR
