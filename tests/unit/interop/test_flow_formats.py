"""Names, numbers and lines of files of flows: what counts, what is kept apart, what is left out and why."""

import json
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils.translation import override

from ayni.common.errors import Refused
from ayni.interop.formats.flows import values
from ayni.interop.formats.flows.formats import FORMATS
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import Apart, Counted, Problem
from ayni.interop.formats.flows.parties import AGGREGATE, organisation, party

CRS = (
    "donor_name,recipient_name,year,value,unit_multiplier,unit_measure_code,amount_type,base_period,"
    "flow_type_code,sector_code,flow_code\n"
)


def read(path, name, text, **options):
    path.write_text(text, encoding="utf-8")
    with override("en"):
        return list(FORMATS[name](path, Options(file_name=path.name, **options)))


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("South Africa", "country", "ZAF"),
        ("Africa, Total", "aggregate", ""),
        ("Africa", "aggregate", ""),
        ("Africa, regional", "region", "reg-africa"),
        ("Africa unspecified", "region", "reg-africa"),
        ("EC", "aggregate", ""),
        ("Ecuador", "country", "ECU"),
        ("Developing Countries", "aggregate", ""),
        ("Developing countries, unspecified", "region", "reg-developing-countries"),
        ("DAC Countries, Total", "aggregate", ""),
        ("G7", "aggregate", ""),
        ("LDCs", "aggregate", ""),
        ("IDA", "organisation", "org-ida"),
        ("CAN", "unknown", ""),
        ("BRA", "unknown", ""),
        ("Micronesia", "country", "FSM"),
        ("Micronesia, Total", "aggregate", ""),
        ("Korea", "country", "KOR"),
        ("Democratic Republic of the Congo", "country", "COD"),
        ("Congo", "country", "COG"),
        ("Niger", "country", "NER"),
        ("Guinea", "country", "GIN"),
        ("Türkiye", "country", "TUR"),
        ("China (People’s Republic of)", "country", "CHN"),
        ("Brasil", "country", "BRA"),
        ("Kosovo", "country", "XKX"),
        ("World Health Organisation [WHO]", "unknown", ""),
        ("Global Fund", "unknown", ""),
        ("Sout Africa", "unknown", ""),
        ("", "unknown", ""),
    ],
)
def test_a_name_is_a_country_only_when_it_is_exactly_one(name, kind, code):
    found = party(name)
    assert (found.kind, found.code) == (kind, code)


def test_an_organisation_is_known_by_its_acronym_wherever_it_is_written():
    long = organisation("International Bank for Reconstruction and Development [IBRD]")
    assert long.code == party("IBRD").code == "org-ibrd"


@pytest.mark.parametrize(
    ("cell", "value"), [("1.5", 1.5), ("-3", -3.0), ("", None), ("..", None), (None, None), ("1e3", 1000.0), (2, 2.0)]
)
def test_numbers(cell, value):
    assert values.number(cell) == value


@pytest.mark.parametrize("cell", ["1,5", "abc", "inf", "1e99", "٣", [1], {"a": 1}])
def test_what_is_no_number_is_told(cell):
    with pytest.raises(values.Unclear):
        values.number(cell)


def test_a_line_of_the_crs_becomes_a_row_with_its_prices(tmp_path):
    (found,) = read(tmp_path / "a.csv", "crs", CRS + "Germany,Brazil,2021,1.5,6,USD,Constant prices,2022,D,16010,C01\n")
    assert isinstance(found, Counted)
    flow = found.flow
    assert (flow.provider, flow.recipient, flow.region, flow.year) == ("DEU", "BRA", "005", 2021)
    assert (flow.value, flow.currency, flow.price_base, flow.status) == (1_500_000, "USD", "2022", "disbursement")
    assert (flow.sector, flow.modality, flow.count) == ("16010", "C01", 1.0)


def test_the_older_crs_has_a_column_for_each_kind_of_money(tmp_path):
    text = "Year|DonorName|RecipientName|USD_Commitment|USD_Disbursement|PurposeCode\n2010|Spain|Peru|2|1|16010\n"
    found = read(tmp_path / "a.csv", "crs", text)
    assert {(one.flow.status, one.flow.price_base, one.flow.value) for one in found} == {
        ("commitment", "current", 2e6),
        ("disbursement", "current", 1e6),
    }


def test_tossd_is_told_in_thousands_unless_it_says_otherwise(tmp_path):
    text = "Reporting year,Provider,Recipient,Amount disbursed,Currency,Modality\n2020,Chile,Haiti,12,USD,D011\n"
    (found,) = read(tmp_path / "a.csv", "tossd", text)
    assert (found.flow.value, found.flow.modality, found.flow.source) == (12_000, "D011", "tossd")
    (found,) = read(tmp_path / "a.csv", "tossd", text, multiplier=0, prices="2020")
    assert (found.flow.value, found.flow.price_base) == (12, "2020")


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("Germany,Brasilia,2021,1,6,USD,,,D,,", "recipient_name", "Brasilia"),
        ("Germany,,2021,1,6,USD,,,D,,", "recipient_name", "missing"),
        (",Brazil,2021,1,6,USD,,,D,,", "donor_name", "provider is missing"),
        ('"Africa, regional",Brazil,2021,1,6,USD,,,D,,', "donor_name", "gives nothing"),
        ("Germany,Brazil,20x1,1,6,USD,,,D,,", "year", "not a year"),
        ("Germany,Brazil,2021,1.000.000,6,USD,,,D,,", "value", "not a number"),
        ("Germany,Brazil,2021,1,six,USD,,,D,,", "value", "power of ten"),
        ("Germany,Brazil,2021,1,6,dollars,,,D,,", "value", "currency"),
        ("Germany,Brazil,2021,1,6,USD,,,D,,,,", "", "more cells"),
    ],
)
def test_a_bad_line_is_left_out_and_says_where_and_why(tmp_path, line, column, words):
    found = read(tmp_path / "a.csv", "crs", f"{CRS}Spain,Peru,2020,1,6,USD,,,D,,\n{line}\n")
    problem = found[1]
    assert isinstance(found[0], Counted) and isinstance(problem, Problem)
    assert (problem.line, problem.column) == (3, column) and words in problem.message


def test_sums_among_rows_and_columns_are_kept_apart(tmp_path):
    text = (
        'Recipient,"DAC Countries, Total",Germany,"EU Institutions","World Bank Group, Total"\n'
        '"All Developing Countries, Total",30,20,10,5\n'
        '"Africa, Total",30,20,10,5\nKenya,18,12,6,5\n"Africa, regional",12,8,4,\nIDA,7,7,,\nEC,3,3,,\n'
    )
    found = read(tmp_path / "ODA-2019-DAC2a.csv", "dac2a", text)
    counted = [one for one in found if isinstance(one, Counted)]
    assert {(one.flow.provider, one.flow.recipient): one.flow.value for one in counted} == {
        ("DEU", "KEN"): 12e6,
        ("org-eu", "KEN"): 6e6,
        ("DEU", "reg-africa"): 8e6,
        ("org-eu", "reg-africa"): 4e6,
    }
    apart = Counter(one.why for one in found if isinstance(one, Apart))
    assert apart == {"aggregate": 14, "contribution": 1} and not any(isinstance(one, Problem) for one in found)
    assert sum(one.flow.value for one in counted) == 30e6, "the parts are what the sum says"


def test_a_table_without_a_year_asks_for_it(tmp_path):
    with pytest.raises(Refused, match="--year"):
        read(tmp_path / "table.csv", "dac2a", "Recipient,Spain\nPeru,1\n")
    (found,) = read(tmp_path / "table.csv", "dac2a", "Recipient,Spain\nPeru,1\n", year=2018)
    assert found.flow.year == 2018


def test_what_was_said_of_prices_holds_for_the_deflated_column_alone(tmp_path):
    text = "DonorName,RecipientName,Year,USD_Disbursement,USD_Disbursement_Defl\nFrance,Peru,2020,1,1.1\n"
    found = read(tmp_path / "crs.csv", "crs", text, prices="2022")
    assert {one.flow.price_base: one.flow.value for one in found} == {"current": 1e6, "2022": 1.1e6}


def test_another_measure_of_the_same_money_is_kept_apart(tmp_path):
    rows = "".join(f"Spain,Peru,2020,1,6,USD,,,{kind},,\n" for kind in ("D", "C", "G", ""))
    found = read(tmp_path / "crs.csv", "crs", CRS + rows)
    assert [one.flow.status for one in found if isinstance(one, Counted)] == [
        "disbursement",
        "commitment",
        "disbursement",
    ]
    assert [one.why for one in found if isinstance(one, Apart)] == ["measure"]


def test_each_record_of_json_is_read_by_its_own_keys(tmp_path):
    records = [
        {"DonorName": "Spain", "RecipientName": "Peru", "Year": 2020, "USD_Commitment": 1},
        {"DonorName": "Spain", "RecipientName": "Peru", "Year": 2020, "USD_Disbursement": 2},
        {"RecipientName": "Peru", "Year": 2020, "USD_Disbursement": 2},
    ]
    found = read(tmp_path / "crs.json", "crs", json.dumps(records))
    assert [(one.flow.status, one.flow.value) for one in found[:2]] == [("commitment", 1e6), ("disbursement", 2e6)]
    assert "donor name" in found[2].message and found[2].line == 3


@pytest.mark.parametrize(
    "name",
    ["Multilateral organisations", "World Bank Group", "Regional development banks", "EU27", "Bilateral", "Global"],
)
def test_sums_without_the_word_total_are_no_organisations(name):
    assert party(name).kind == AGGREGATE


@pytest.mark.parametrize("sign", ["\\ud800", "\\u0000"])
def test_what_no_database_keeps_is_no_name(tmp_path, sign):
    text = '[{"DonorName": "SIGN", "RecipientName": "Peru", "Year": 2020, "USD_Commitment": 1}]'.replace("SIGN", sign)
    (found,) = read(tmp_path / "crs.json", "crs", text)
    assert isinstance(found, Problem) and "no text" in found.message


ACTIVITY = {
    "iati_identifier": "XM-DAC-928-PE-1",
    "reporting_org_ref": "XM-DAC-928",
    "reporting_org_type": "40",
    "reporting_org_narrative": ["World Health Organization"],
    "default_currency": "USD",
    "recipient_country_code": ["PE", "BO"],
    "recipient_country_percentage": [60, 40],
    "sector_code": ["16010", "A1"],
    "sector_vocabulary": ["1", "99"],
    "transaction_transaction_type_code": ["3", "1", "4"],
    "transaction_value": [100.0, 999.0, 50.0],
    "transaction_transaction_date_iso_date": ["2020-05-01T00:00:00Z", "2020-05-01", "2021-01-01"],
}


def activity(path, **changes):
    return read(path / "a.json", "datastore", json.dumps({**ACTIVITY, **changes}))


def test_an_activity_is_split_by_its_percentages_and_counted_once(tmp_path):
    found = activity(tmp_path)
    sums = {(one.flow.recipient, one.flow.year): one.flow.value for one in found}
    assert sums == {("PER", 2020): 60, ("BOL", 2020): 40, ("PER", 2021): 30, ("BOL", 2021): 20}
    assert sum(one.flow.count for one in found) == pytest.approx(1)
    assert {one.flow.sector for one in found} == {"16010"} and {one.flow.provider for one in found} == {
        "org-xm-dac-928"
    }


def test_what_percentages_leave_open_goes_to_the_region(tmp_path):
    found = activity(tmp_path, recipient_country_percentage=[30, 20])
    assert {one.flow.recipient: one.flow.value for one in found if one.flow.year == 2020} == {
        "PER": 30,
        "BOL": 20,
        "reg-developing-countries": 50,
    }


def test_a_government_gives_as_its_country(tmp_path):
    found = activity(tmp_path, reporting_org_ref="CL-GOV-1", reporting_org_type="10")
    assert {one.flow.provider for one in found} == {"CHL"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"iati_identifier": None}, "identifier"),
        ({"transaction_value": [1.0]}, "differ in length"),
        ({"default_currency": None}, "currency"),
        ({"transaction_value": ["x", "y", "z"]}, "not a number"),
    ],
)
def test_an_activity_that_cannot_be_told_is_reported(tmp_path, changes, words):
    found = activity(tmp_path, **changes)
    assert found and all(isinstance(one, Problem) for one in found) and words in found[0].message


def test_a_search_s_answer_and_lines_of_json_are_records_too(tmp_path):
    answer = json.dumps({"response": {"docs": [ACTIVITY, ACTIVITY]}})
    lines = f"{json.dumps(ACTIVITY)}\n{json.dumps(ACTIVITY)}\n"
    for text in (answer, lines):
        assert len(read(tmp_path / "a.json", "datastore", text)) == 8


def test_parquet_is_read_as_csv_is(tmp_path):
    columns = {"donor_name": ["Spain"], "recipient_name": ["Peru"], "year": [2020], "value": [1.5]}
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    with override("en"):
        (found,) = FORMATS["crs"](tmp_path / "a.parquet", Options())
    assert (found.flow.value, found.flow.currency) == (1.5e6, "USD")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"donor_name,year\nSpain,2020\n", "Columns are missing"),
        (b"a,a\n1,2\n", "stand twice"),
        (b'donor_name,recipient_name,year,value\n"Spain,Peru,2020,1\n', "cannot be read"),
        (
            b"donor_name,recipient_name,year,value\nSpain,Peru,2020,1\n\xff\xfe\xfa,Peru,2020,1\n" + b"x" * 2_000_000,
            None,
        ),
        (b"PAR1 and no more", "Parquet"),
        (b"[" * 100_000, "JSON"),
        (b'{"a": ', "JSON"),
        (b"[1, 2]", "Columns are missing"),
    ],
)
def test_a_file_that_cannot_be_read_through_is_refused_with_a_sentence(tmp_path, content, words):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    if words is None:
        with override("en"):
            assert any(isinstance(one, Counted) for one in FORMATS["crs"](path, Options()))
        return
    with override("en"), pytest.raises(Refused, match=words):
        list(FORMATS["crs"](path, Options()))


def test_a_file_that_is_not_there(tmp_path):
    with override("en"), pytest.raises(Refused, match="cannot be read"):
        list(FORMATS["crs"](tmp_path / "none.csv", Options()))
