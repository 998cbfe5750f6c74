"""A row of a national file becomes the common record, or says what is wrong with it; nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from ayni.common.reference import document
from ayni.iati.model import Activity
from ayni.interop.formats.facts import facts_of
from ayni.interop.formats.findings.telling import remedy, said
from ayni.interop.formats.national.profile import NationalProfile
from ayni.interop.formats.national.rows import Rows
from ayni.interop.formats.national.values import number_of, parts_of, span_of
from tests.factories.national import CLASSES, DOCUMENT, country, lines, profile, row


def read(*rows, declared=None, **more):
    found = Rows(declared or profile(), lines(*rows, **more), country, CLASSES)
    return found, list(found)


def one(**changed):
    """The only record of a file of one row, and the findings' sentences."""
    _rows, (found,) = read(row(**changed))
    return found.record, [said(finding) for finding in found.findings]


def test_a_row_is_a_whole_record():
    record, findings = one()
    assert isinstance(record, Activity) and not findings
    facts = facts_of(record)
    assert record.identifier == "MX-X-A-1" and facts.columns["titles"] == {"es": "Registro social"}
    assert (facts.columns["starts_on"], facts.columns["ends_on"]) == (date(2015, 2, 1), date(2016, 12, 31))
    assert facts.columns["amounts"] == {"MXN": {"committed": "1250.50"}} and facts.columns["status"] == "2"
    assert [place["code"] for place in facts.places] == ["PE"]
    assert {(code["field"], code["key"]) for code in facts.codes} == {
        ("provider", "MEX"),
        ("recipient", "PER"),
        ("sector", "padrones"),
        ("status", "en curso"),
    }
    assert [(sector["vocabulary"], sector["code"]) for sector in facts.sectors] == [("1", "16010"), ("99", "Padrones")]


REFUSED = {
    "an identifier is missing": ({"Folio": ""}, "Column A (“Folio”) is empty"),
    "a title is missing": ({"Nombre": "  "}, "Column B (“Nombre”) is empty"),
    "a day of no form": ({"Inicio": "2015-02-01"}, "“2015-02-01” is no date"),
    "a day that is none": ({"Inicio": "31/02/2015"}, "“31/02/2015” is no date"),
    "a number of the other kind": ({"Monto": "1,250.50"}, "“1,250.50” is no number"),
    "words in the place of a number": ({"Monto": "por definir"}, "“por definir” is no number"),
    "a country that is none": ({"Socio": "Atlántida"}, "there is no country “Atlántida”"),
    "an identifier that is none": ({"Folio": "A" * 151}, "more than 150 characters"),
}
DOUBTFUL = {
    "a group of countries": ({"Socio": "Africa"}, "is a group of countries"),
    "nobody takes part": ({"Socio": ""}, "No country takes part"),
    "a role that is not told": ({"Rol": "Amigo"}, "says nothing about who offers"),
    "a state that is not told": ({"Estado": "Soñado"}, "does not know the state “Soñado”"),
    "a code without a term": ({"Sector": "Pesca"}, "“Pesca” has no class of ours"),
    "it ends before it begins": ({"Fin": "2014"}, "It ends (2014-12-31) before it begins (2015-02-01)"),
    "an amount below zero": ({"Monto": "-3"}, "is below zero"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_stays_out_and_says_why(case):
    changed, sentence = REFUSED[case]
    record, findings = one(**changed)
    assert record is None and any(sentence in each for each in findings)


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_is_doubtful_goes_in_and_says_why(case):
    changed, sentence = DOUBTFUL[case]
    record, findings = one(**changed)
    assert record is not None and len(findings) == 1 and sentence in findings[0]


def test_each_finding_tells_its_place_and_what_to_do():
    _rows, (found,) = read(row(Monto="x", Inicio="y"))
    assert [(each.line, each.path, each.identifier) for each in found.findings] == [(2, "F2", "A-1"), (2, "H2", "A-1")]
    assert all(remedy(each) for each in found.findings)


def test_a_code_that_somebody_left_without_a_term_is_no_doubt():
    assert one(Sector="Varios")[1] == []


def test_several_values_in_a_cell():
    record, findings = one(Socio="Perú; Bolivia; Perú", Sector="Padrones; Varios")
    assert not findings and [each.code for each in record.countries] == ["PE", "BO"]


def test_roles_turn_round():
    record, _findings = one(Rol="Receptor")
    assert {(each.name, each.equivalent) for each in record.legacy if each.equivalent} == {
        ("ayni:provider", "PER"),
        ("ayni:recipient", "MEX"),
    }


def test_the_first_row_of_an_identifier_counts():
    _rows, found = read(row(), row(Nombre="Otro"), row(Folio="A-2"))
    assert [bool(each.record) for each in found] == [True, False, True]
    assert "stands in line 2 already" in said(found[1].findings[0])


def test_titles_are_found_below_other_rows_and_whatever_their_accents():
    given = lines(("Ministerio",), tuple(map(str.upper, ("folio", "nombre", "rol", "socio"))), row()[:4])
    found = Rows(profile(), given[1:], country, CLASSES)
    assert [each.line for each in found] == [4]
    # The other columns are missing, each told once.
    assert len(found.findings) == 5 and "has no column “Sector”" in said(found.findings[0])


def test_a_sheet_without_the_titles_has_no_records():
    found, records = read(row(), titles=("a",) * 9)
    assert records == [] and not found.columns and "which the profile expects" in said(found.findings[0])


def test_cells_in_error_are_told():
    given = lines(row())
    broken = type(given[1])(2, given[1].cells, frozenset({8}))
    (found,) = Rows(profile(), [given[0], broken], country, CLASSES)
    assert found.record is None and "holds an error" in said(found.findings[0])


def test_a_year_of_the_amount_and_a_currency_of_its_own():
    sources = [
        *DOCUMENT["sources"],
        {"field": "currency", "column": "Estado"},
        {"field": "amount-year", "column": "Fin"},
    ]
    _rows, (found,) = read(row(Estado="usd"), declared=profile(sources=sources))
    (money,) = found.record.transactions
    assert (money.on, money.value.currency, money.value.amount) == (date(2016, 1, 1), "USD", Decimal("1250.50"))


DAYS = [
    ("01/02/2015", ("DD/MM/YYYY",), (date(2015, 2, 1),) * 2),
    ("01/02/2015", ("MM/DD/YYYY",), (date(2015, 1, 2),) * 2),
    ("2/2016", ("MM/YYYY",), (date(2016, 2, 1), date(2016, 2, 29))),
    (2014, ("YYYY",), (date(2014, 1, 1), date(2014, 12, 31))),
    (2014.0, ("YYYY",), (date(2014, 1, 1), date(2014, 12, 31))),
    (datetime(2014, 5, 6, 7), ("YYYY",), (date(2014, 5, 6),) * 2),
]
NUMBERS = [
    ("1.250,50", ",", "1250.50"),
    ("$ 1,250.50", ".", "1250.50"),
    ("1 250 000", ",", "1250000"),
    ("-12,5 %", ",", "-12.5"),
    (12.5, ",", "12.5"),
    (3, ".", "3"),
]
NO_NUMBERS = ["1.25,50", "1.250.50", "12,5,5", "", "1e5", "1.250,", True, float("nan"), float("inf"), 10**18]


@pytest.mark.parametrize(("value", "forms", "span"), DAYS)
def test_days(value, forms, span):
    assert span_of(value, forms) == span


@pytest.mark.parametrize("value", ["", "1/2", "00/00/2015", "29/02/2015", "01/02/0015", "01/02/9999", 42])
def test_no_days(value):
    with pytest.raises(ValueError):
        span_of(value, ("DD/MM/YYYY", "YYYY"))


@pytest.mark.parametrize(("value", "decimal", "number"), NUMBERS)
def test_numbers(value, decimal, number):
    assert number_of(value, decimal) == Decimal(number)


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_no_numbers(value):
    with pytest.raises(ValueError):
        number_of(value, ",")


def test_parts():
    assert parts_of("a; b;;a", ";") == ("a", "b") and parts_of("a; b", "") == ("a; b",)


NO_PROFILES = {
    "no identifier": {"sources": DOCUMENT["sources"][1:]},
    "the identifier is no column": {
        "sources": [{"field": "identifier", "value": "1"}, {"field": "title", "column": "Nombre"}]
    },
    "a column and a value": {"sources": [*DOCUMENT["sources"], {"field": "role", "column": "a", "value": "b"}]},
    "neither": {"sources": [*DOCUMENT["sources"], {"field": "role"}]},
    "a form of dates that is none": {"dates": ["DDMMYY"]},
    "a word that is not known": {"colour": "red"},
    "a country that is no code": {"country": "Mexico"},
    "a field that is not known": {"sources": [*DOCUMENT["sources"], {"field": "colour", "column": "a"}]},
    "too much": {"sources": DOCUMENT["sources"] * 20},
}


@pytest.mark.parametrize("case", NO_PROFILES)
def test_a_document_that_is_no_profile_is_refused(case):
    with pytest.raises(ValidationError):
        profile(**NO_PROFILES[case])


def test_the_schema_that_is_shipped_is_that_of_the_classes():
    shipped = document("schemas/national-profile.schema.json")
    made = NationalProfile.model_json_schema()
    assert {name: shipped[name] for name in ("properties", "required", "$defs")} == {
        name: made[name] for name in ("properties", "required", "$defs")
    }


@pytest.mark.parametrize(("role", "roles"), [("Oferente", ["3", "4"]), ("Receptor", ["4", "3"]), ("Amigo", ["4", "4"])])
def test_the_sides_institutions_have_the_roles_of_their_countries(role, roles):
    sources = [
        *DOCUMENT["sources"],
        {"field": "institution", "value": "SEDESOL"},
        {"field": "counterpart-institution", "value": "MIDIS"},
    ]
    _rows, (found,) = read(row(Rol=role), declared=profile(sources=sources))
    assert [each.role for each in found.record.participants] == roles
