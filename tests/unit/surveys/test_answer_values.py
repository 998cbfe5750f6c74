"""What may be kept for each kind of question, and how it is read again."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from ayni.surveys.formats.answer_numbers import number, text_of
from ayni.surveys.formats.answer_values import AnswerError, Asked, Directory, clean, display, entry, is_empty, lines
from ayni.surveys.formats.spec import Kind

DIRECTORY = Directory(
    countries={
        "BOL": {"es": "Bolivia", "en": "Bolivia"},
        "BRA": {"es": "Brasil", "en": "Brazil"},
        "PER": {"es": "Perú", "en": "Peru"},
    },
    institutions={
        "BR-ABC": {"pt": "Agência Brasileira de Cooperação (ABC)", "en": "Brazilian Cooperation Agency (ABC)"}
    },
    roles={"recipient": {"es": "Receptor", "en": "Recipient"}, "both": {"es": "Ambos", "en": "Both"}},
)
TOPICS = {"transfers": {"es": "Transferencias", "en": "Cash transfers"}, "care": {"es": "Cuidados", "en": "Care"}}


def asked(kind: Kind, **fields) -> Asked:
    return Asked(code="q", kind=kind, directory=DIRECTORY, own_country="BRA", **fields)


def refused(question: Asked, raw: object) -> str:
    with override("en"), pytest.raises(AnswerError) as caught:
        clean(question, raw)
    return str(caught.value)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "nothing", [None, "", "   ", [], {}, {"amount": "", "currency": "USD"}, {"from": "", "to": ""}]
)
def test_nothing_answered_is_nothing(kind, nothing):
    assert clean(asked(kind), nothing) is None
    assert lines(nothing, asked(kind)) == []


def test_a_text_keeps_its_lines_and_loses_what_cannot_be_kept():
    assert clean(asked(Kind.LONG_TEXT), " uno\r\ndos\vtres ") == "uno\ndos\ntres"
    assert clean(asked(Kind.TEXT), "uno\n dos") == "uno dos"
    assert clean(asked(Kind.TEXT), "e\u0301") == "é"
    assert "control characters" in refused(asked(Kind.TEXT), "a\x00b")
    assert "control characters" in refused(asked(Kind.TEXT), "a\ud800b")
    assert "20001 characters" in refused(asked(Kind.LONG_TEXT), "a" * 20_001)
    assert clean(asked(Kind.LONG_TEXT), "a" * 20_000)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234 567,25", "1234567.25"),
        ("1\u202f234,5", "1234.5"),
        ("12'500.00", "12500"),
        ("0,125", "0.125"),
        ("-3,5", "-3.5"),
        ("−3", "-3"),
        (".5", "0.5"),
        ("1234,567", "1234.567"),
        ("1,2340", "1.234"),
        (12.5, "12.5"),
        (Decimal("1.234"), "1.234"),
        (0, "0"),
    ],
)
@pytest.mark.parametrize("lang", ["es", "pt", "en", "fr"])
def test_numbers_as_people_write_them(written, value, lang):
    with override(lang):
        assert clean(asked(Kind.NUMBER), written) == value


@pytest.mark.parametrize("written", ["1.234", "12,000", "123.456"])
def test_a_number_that_reads_two_ways_is_refused_and_says_how_to_write_it(written):
    message = refused(asked(Kind.NUMBER), written)
    assert "two ways" in message
    for way in (written.replace(".", "").replace(",", ""), f"{written}0"):
        assert way in message
        assert clean(asked(Kind.NUMBER), way)


@pytest.mark.parametrize("written", ["1.234", "1,234", "1 234", "1234"])
def test_where_three_decimals_cannot_be_a_mark_groups_thousands(written):
    assert clean(asked(Kind.NUMBER, options={"integer": True}), written) == "1234"
    assert clean(asked(Kind.MONEY), {"amount": written, "currency": "BRL"}) == {"amount": "1234", "currency": "BRL"}


@pytest.mark.parametrize(
    "written", ["doce", "1e5", "NaN", "Infinity", "1.23.456", "1,23,456", "1.2,3.4", "٣", "12 5", "--3", "1,", True]
)
def test_what_is_not_a_number_is_refused(written):
    assert refused(asked(Kind.NUMBER), written)


def test_limits_come_from_the_options():
    question = asked(Kind.NUMBER, options={"minimum": "1", "maximum": "10.5"})
    assert clean(question, "10,5") == "10.5"
    assert "at least 1" in refused(question, "0")
    assert "at most 10.5" in refused(question, "11")
    assert "whole number" in refused(asked(Kind.NUMBER, options={"integer": True}), "1,5")
    assert "too large" in refused(asked(Kind.NUMBER), "1" * 16)


def test_money_has_an_amount_and_a_currency():
    assert clean(asked(Kind.MONEY, options={"currency": "USD"}), {"amount": "12.000,50"}) == {
        "amount": "12000.5",
        "currency": "USD",
    }
    assert "currency" in refused(asked(Kind.MONEY), {"amount": "12"})
    assert "ISO 4217" in refused(asked(Kind.MONEY), {"amount": "12", "currency": "XXX"})
    assert "below zero" in refused(asked(Kind.MONEY), {"amount": "-12", "currency": "USD"})
    assert "2 decimals" in refused(asked(Kind.MONEY), {"amount": "12.3456", "currency": "USD"})


def test_dates_read_one_way_only():
    question = asked(Kind.DATE, options={"minimum": "2005-01-01", "maximum": "2010-12-31"})
    assert clean(question, "2010-07-15") == "2010-07-15"
    assert clean(question, "15/7/2010") == clean(question, "7/15/2010") == "2010-07-15"
    assert "two ways" in refused(question, "7/6/2010")
    assert "before" in refused(question, "2004-12-31")
    assert "after" in refused(question, "2011-01-01")
    for wrong in ("2010-02-30", "31/02/2010", "julio", "20100715"):
        assert "not a date" in refused(question, wrong)


def test_periods_are_in_order():
    assert clean(asked(Kind.PERIOD), {"from": "1969", "to": ""}) == {"from": 1969, "to": None}
    assert clean(asked(Kind.PERIOD), {"from": 2005, "to": "2010"}) == {"from": 2005, "to": 2010}
    assert "before the first" in refused(asked(Kind.PERIOD), {"from": "2010", "to": "2005"})
    assert "first year" in refused(asked(Kind.PERIOD), {"from": "", "to": "2005"})
    assert "between 1800 and 2100" in refused(asked(Kind.PERIOD), {"from": "1492"})
    assert "four digits" in refused(asked(Kind.PERIOD), {"from": "69"})


def test_choices_are_the_vocabularys_in_its_order():
    assert clean(asked(Kind.SINGLE, concepts=TOPICS), "care") == "care"
    assert clean(asked(Kind.MULTIPLE, concepts=TOPICS), ["care", "transfers", "care"]) == ["transfers", "care"]
    assert "not one of the choices" in refused(asked(Kind.MULTIPLE, concepts=TOPICS), ["other"])
    assert "not one of the choices" in refused(asked(Kind.SINGLE, concepts=TOPICS), "<script>")


def test_countries_by_their_codes_each_once_with_role_and_years():
    question = asked(Kind.COUNTRIES)
    assert clean(question, ["PER", {"country": "bol", "role": "both", "since": "2005", "until": ""}]) == [
        {"country": "BOL", "role": "both", "since": 2005, "until": None},
        {"country": "PER", "role": "unknown"},
    ]
    assert clean(question, ["PER", "PER"]) == [{"country": "PER", "role": "unknown"}]
    assert "twice" in refused(question, ["PER", {"country": "PER", "role": "both"}])
    assert "no country “CAMERON”" in refused(question, ["Cameron"])
    assert "not one of the choices" in refused(question, [{"country": "PER", "role": "donor"}])
    assert refused(question, [{"country": "PER", "since": "2010", "until": "2005"}]).startswith("Peru")
    assert refused(question, [{"country": "PER", "since": "x"}]).startswith("Peru: ")


def test_the_own_country_is_refused_kindly():
    assert refused(asked(Kind.COUNTRIES), ["BRA"]).startswith("Brazil is your own country.")


def test_institutions_are_of_the_directory_or_named():
    question = asked(Kind.INSTITUTIONS, concepts={"channel": {"en": "Channels"}})
    assert clean(question, [{"name": "agência brasileira de cooperação", "role": "channel"}, {"name": ""}]) == [
        {"institution": "BR-ABC", "name": "agência brasileira de cooperação", "role": "channel"}
    ]
    assert clean(question, [{"name": " Cáritas  Perú "}]) == [
        {"institution": None, "name": "Cáritas Perú", "role": None}
    ]
    assert "without an institution" in refused(question, [{"name": "", "role": "channel"}])
    assert "directory" in refused(question, [{"institution": "XX"}])


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.FILE, Kind.NOTE)])
@pytest.mark.parametrize("wrong", [{"x": 1}, [1], [[]], {"amount": []}, {"from": {"a": 1}}, 7, True])
def test_other_shapes_are_refused_or_kept_whole(kind, wrong):
    try:
        value = clean(asked(kind, concepts=TOPICS), wrong)
    except AnswerError:
        return
    assert is_empty(value) or clean(asked(kind, concepts=TOPICS), value) == value


@pytest.mark.parametrize(
    ("kind", "value", "es", "en"),
    [
        (Kind.NUMBER, "12345.5", "12.345,5", "12,345.5"),
        (Kind.MONEY, {"amount": "12000.5", "currency": "USD"}, "USD\u00a012.000,50", "USD\u00a012,000.50"),
        (Kind.DATE, "2010-07-15", "15 de julio de 2010", "July 15, 2010"),
        (Kind.PERIOD, {"from": 2005, "to": 2010}, "2005–2010", "2005–2010"),
        (Kind.MULTIPLE, ["transfers", "gone"], "Transferencias\ngone", "Cash transfers\ngone"),
        (
            Kind.COUNTRIES,
            [{"country": "BOL", "role": "unknown"}, {"country": "PER", "role": "both", "since": 2005, "until": 2010}],
            "Bolivia\nPerú (ambos, 2005–2010)",
            "Bolivia\nPeru (both, 2005–2010)",
        ),
        (Kind.SINGLE, 7, "7", "7"),
    ],
)
def test_answers_are_read_in_the_readers_language(kind, value, es, en):
    question = asked(kind, concepts=TOPICS if kind in (Kind.SINGLE, Kind.MULTIPLE) else {})
    assert display(value, question, "es") == es
    assert display(value, question, "en") == en


@pytest.mark.parametrize("lang", ["es", "pt", "en", "fr"])
@pytest.mark.parametrize("value", ["1.234", "1234.5", "0.125", "12", "-3.5", "1000000.000001"])
def test_a_number_shown_in_a_field_comes_back_the_same(value, lang):
    assert text_of(number(entry(value, lang))) == value
