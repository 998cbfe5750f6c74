"""Flows: DuckDB, the cube, the scan and plain Python say the same; a file of rubbish is refused or reported, never a crash."""

import json
import math
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.analytics import columns, cubes, engine, manifest, marts, scan, snapshot, whole
from ayni.analytics.schema import Basis, Flow, rows_of, table_of
from ayni.common.errors import Refused
from ayni.interop.formats.flows.formats import FORMATS
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import Apart, Counted, Problem
from ayni.methods.concentration import hhi
from ayni.methods.roles import reciprocity

CODES = ("BRA", "CHL", "COL", "MEX")
rows = st.lists(
    st.builds(
        Flow,
        provider=st.sampled_from((*CODES, "org-x")),
        recipient=st.sampled_from((*CODES, "reg-africa")),
        region=st.sampled_from(("005", "013", "")),
        sector=st.sampled_from(("16010", "16011", "15110", "")),
        topic=st.sampled_from(("", "transfers")),
        modality=st.sampled_from(("C01", "D011", "")),
        source=st.sampled_from(("crs", "iati")),
        status=st.just("disbursement"),
        currency=st.just("USD"),
        price_base=st.sampled_from(("2022", "current")),
        year=st.integers(2015, 2018),
        value=st.integers(-50, 200).map(float),
        count=st.just(1.0),
    ),
    max_size=30,
)


def plain(given_rows, *ways):
    sums = defaultdict(float)
    for row in given_rows:
        key = tuple(row.sector[:3] if way == "sector_group" else getattr(row, way) for way in ways)
        sums[key if len(ways) > 1 else key[0]] += row.value
    return dict(sums)


def cells(plane):
    return {
        (one, other): plane.sums[i, j]
        for i, one in enumerate(plane.rows)
        for j, other in enumerate(plane.columns)
        if plane.sums[i, j]
    }


def without_nothing(sums):
    return {key: value for key, value in sums.items() if value}


@settings(max_examples=25)
@given(rows)
def test_every_engine_gives_the_answer_of_plain_python(all_rows):
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = snapshot.write(
            folder, [table_of(all_rows[::2]), table_of(all_rows[1::2])], made="", data_version=0, names={}, sources=[]
        )
        held, scanned = cubes.load(folder, made), scan.load(folder, made)
        assert set(scanned.bases) == {row.basis for row in all_rows}
        backend = engine.connect()
        table = engine.read(backend, manifest.path_of(folder, made))
        for basis in scanned.bases:
            mine = [row for row in all_rows if row.basis == basis]
            cut = scanned.cut(scan.Question(basis))
            agree(mine, held[basis, "value"], cut, marts.of_basis(table, basis))
            agree_without_a_row(whole.Whole(held, basis), cut)
        backend.disconnect()


def agree(mine, cube, cut, table):
    def asked(name):
        return marts.QUESTIONS[name](table).to_pyarrow().to_pylist()

    pairs = plain(mine, "provider", "recipient")
    assert (
        cube.by_provider()
        == plain(mine, "provider")
        == cut.by("provider")
        == {row["provider"]: row["value"] for row in asked("by_provider")}
    )
    assert (
        cube.by_recipient()
        == plain(mine, "recipient")
        == {row["recipient"]: row["value"] for row in asked("by_recipient")}
    )
    assert cells(cube.matrix()) == without_nothing(pairs) == cells(cut.plane("provider", "recipient"))
    assert without_nothing(
        {(row["provider"], row["recipient"]): row["value"] for row in asked("matrix")}
    ) == without_nothing(pairs)
    years = plain(mine, "sector_group", "year")
    assert cells(cube.sector_by_year()) == without_nothing(years) == cells(cut.plane("sector_group", "year"))
    assert {(row["sector_group"], row["year"]): row["value"] for row in asked("sector_by_year")} == years
    best = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
    assert [(row["provider"], row["recipient"], row["value"]) for row in asked("top_partners")] == [
        (*key, value) for key, value in best
    ]
    assert [value for *_key, value in cube.top_partners() if value > 0] == [value for _key, value in best if value > 0]
    shares_agree(plain(mine, "sector_group", "recipient"), cube, asked("sector_shares"))
    given_to = defaultdict(list)
    for (_provider, recipient), value in pairs.items():
        if value > 0:
            given_to[recipient].append(value)
    expected = {recipient: pytest.approx(hhi(values)) for recipient, values in given_to.items()}
    assert cube.herfindahl() == expected == {row["recipient"]: row["hhi"] for row in asked("herfindahl")}
    returned = reciprocity({pair: value for pair, value in pairs.items() if value > 0})
    (told,) = asked("reciprocity")
    assert (cube.reciprocity() is None) == (returned is None) == (told["reciprocity"] is None)
    if returned is not None:
        assert cube.reciprocity() == pytest.approx(returned) and told["reciprocity"] == pytest.approx(returned)


def agree_without_a_row(all_of_it, cut):
    for measure in ("value", "count"):
        assert all_of_it.total(measure) == cut.total(measure)
        for way in whole.SIDES:
            assert all_of_it.by(way, measure) == cut.by(way, measure)
        for ways in whole.PLANES:
            assert cells(all_of_it.plane(*ways, measure)) == cells(cut.plane(*ways, measure))
    assert all_of_it.years == cut.years and all_of_it.empty == cut.empty


def shares_agree(sums, cube, told):
    wholes = defaultdict(float)
    for (_group, recipient), value in sums.items():
        wholes[recipient] += max(value, 0)
    expected = {key: pytest.approx(value / wholes[key[1]]) for key, value in sums.items() if value > 0}
    plane, shares = cube.sector_recipients, cube.sector_shares()
    assert {
        (group, recipient): shares[i, j]
        for i, group in enumerate(plane.rows)
        for j, recipient in enumerate(plane.columns)
        if shares[i, j] > 0
    } == expected
    assert {(row["sector_group"], row["recipient"]): row["share"] for row in told} == expected


wanted = st.fixed_dictionaries(
    {},
    optional={
        "provider": st.lists(st.sampled_from((*CODES, "none")), max_size=3),
        "region": st.lists(st.sampled_from(("005", "013")), max_size=2),
        "sector_group": st.lists(st.sampled_from(("160", "151")), max_size=2),
        "modality": st.lists(st.sampled_from(("C01", "")), max_size=2),
    },
)
year = st.none() | st.integers(2014, 2019)


@given(rows, wanted, year, year)
def test_a_filter_takes_the_rows_that_it_names(all_rows, filters, since, until):
    basis = Basis("crs", "disbursement", "USD", "2022")
    cut = scan.Rows(columns.columns_of(snapshot.ordered([table_of(all_rows)]))).cut(
        scan.Question(basis, since, until, filters)
    )

    def fits(row):
        told = {"sector_group": row.sector[:3]}
        return (
            row.basis == basis
            and (since is None or row.year >= since)
            and (until is None or row.year <= until)
            and all(told.get(way, getattr(row, way, None)) in codes for way, codes in filters.items())
        )

    mine = [row for row in all_rows if fits(row)]
    assert len(cut) == len(mine) and cut.total() == pytest.approx(sum(row.value for row in mine))
    for way in ("provider", "recipient", "topic", "sector_group", "year"):
        assert cut.by(way) == plain(mine, way)


@given(rows)
def test_rows_survive_the_table(all_rows):
    assert rows_of(table_of(all_rows)) == all_rows


rubbish = st.binary(max_size=400) | st.text(max_size=300).map(str.encode)
header = b"donor_name,recipient_name,year,value\n"
names = st.sampled_from(
    ("Spain", "Peru", "Africa, Total", "EC", "", "x", "Kenya", '"', "2020", "1.5", "nan", "1e400", "\x00")
)
lines = st.lists(st.lists(names, max_size=6).map(",".join), max_size=8).map(
    lambda made: header + "\n".join(made).encode()
)
fields = st.sampled_from(
    ("iati_identifier", "transaction_value", "transaction_transaction_type_code", "transaction_transaction_date_iso_date",
     "recipient_country_code", "recipient_country_percentage", "sector_code", "reporting_org_ref", "default_currency", "response", "docs")
)  # fmt: skip
documents = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | fields, inner, max_size=6),
    max_leaves=20,
)


@pytest.mark.parametrize("name", sorted(FORMATS))
@settings(max_examples=60)
@given(content=rubbish | lines | documents.map(lambda value: json.dumps(value).encode()))
def test_rubbish_is_refused_or_reported(name, content):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rubbish-2020.csv"
        path.write_bytes(content)
        try:
            found = list(FORMATS[name](path, Options(file_name=path.name)))
        except Refused as refusal:
            assert str(refusal)
            return
        assert all(isinstance(one, Counted | Apart | Problem) for one in found)
        assert all(
            math.isfinite(one.flow.value) and one.flow.provider and one.flow.recipient
            for one in found
            if isinstance(one, Counted)
        )
