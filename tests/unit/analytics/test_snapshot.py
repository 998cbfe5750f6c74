"""A snapshot is whole or not there; what does not fit it is refused; the engine is DuckDB or a cluster's address."""

import json
import shutil
import subprocess
import sys

import pyarrow as pa
import pytest

from ayni.analytics import columns, engine, manifest, scan, snapshot, whole
from ayni.analytics.cubes import load
from ayni.analytics.schema import SCHEMA, Basis, Flow, fitted, table_of

ROW = Flow("CHL", "HTI", "029", "16010", "", "D011", "crs", "disbursement", "USD", "2022", 2020, 10.0, 1.0)


def written(folder, rows, **said):
    about = {"made": "2026-11-30", "data_version": 7, "names": {}, "sources": [], **said}
    return snapshot.write(folder, [table_of(rows)], **about)


def test_a_snapshot_is_typed_sorted_checksummed_and_dated(tmp_path):
    later = Flow("BRA", "PER", "005", "", "", "", "crs", "disbursement", "USD", "2022", 2019, 5.0, 1.0)
    made = written(tmp_path, [ROW, later], names={"org-x": "X"}, sources=[{"source": "crs"}])
    path = manifest.path_of(tmp_path, made)
    table = manifest.read_table(path, dictionaries=True)
    assert table.schema.equals(SCHEMA) and table["year"].to_pylist() == [2019, 2020]
    assert made.checksum == snapshot.checksum_of(path) and manifest.manifest_of(tmp_path) == made
    assert (made.made, made.data_version, made.rows) == ("2026-11-30", 7, 2)


def test_the_same_rows_have_the_same_checksum(tmp_path):
    assert written(tmp_path, [ROW]).checksum == written(tmp_path, [ROW]).checksum


def test_the_last_two_snapshots_are_kept(tmp_path):
    made = [written(tmp_path, [ROW] * number) for number in (1, 2, 3)]
    homes = [manifest.home_of(tmp_path, one.checksum) for one in made]
    kept = {path for path in tmp_path.iterdir() if path.is_dir()}
    assert len(kept) == 2 and homes[2] in kept and kept < set(homes)


def test_what_does_not_fit_leaves_the_former_snapshot_in_force(tmp_path):
    made = written(tmp_path, [ROW])
    holes = table_of([ROW]).set_column(0, "provider", pa.array([None], pa.string()))
    for table in (pa.table({"a": [1]}), holes):
        with pytest.raises(ValueError, match="missing|nothing"):
            snapshot.write(tmp_path, [table], made="", data_version=0, names={}, sources=[])
    assert manifest.manifest_of(tmp_path) == made
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_empty_snapshot_answers_nothing(tmp_path):
    made = snapshot.write(tmp_path, [], made="", data_version=0, names={}, sources=[])
    assert load(tmp_path, made) == {} and scan.load(tmp_path, made).bases == {}
    cut = scan.load(tmp_path, made).cut(scan.Question(Basis("crs", "disbursement")))
    assert len(cut) == 0 and cut.by("provider") == {} and list(cut.years) == []


def test_a_snapshot_of_an_earlier_version_is_none_until_it_is_made_anew(tmp_path):
    made = written(tmp_path, [ROW])
    manifest.path_of(tmp_path, made, manifest.COLUMNS).unlink()
    manifest.home_of(tmp_path, made.checksum).rename(tmp_path / made.checksum)
    told = json.loads((tmp_path / manifest.MANIFEST).read_text())
    (tmp_path / manifest.MANIFEST).write_text(json.dumps({**told, "form": 1}))
    assert manifest.manifest_of(tmp_path) is None
    assert len(scan.load(tmp_path, written(tmp_path, [ROW])).cut(scan.Question(ROW.basis))) == 1


def test_rows_stay_readable_when_their_snapshot_is_removed(tmp_path):
    held = scan.load(tmp_path, written(tmp_path, [ROW]))
    shutil.rmtree(tmp_path)
    assert held.cut(scan.Question(ROW.basis)).by("provider") == {"CHL": 10.0}


def test_of_nothing_there_is_nothing():
    nothing = whole.Whole({}, ROW.basis)
    assert nothing.empty and nothing.by("provider") == {} and list(nothing.years) == [] and nothing.total() == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"checksum": 1}'])
def test_a_manifest_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / manifest.MANIFEST).write_text(text)
    assert manifest.manifest_of(tmp_path) is None


def test_columns_are_cast_to_the_schema():
    table = pa.table({name: ["x"] for name in SCHEMA.names[:10]} | {"year": [2020], "value": [1], "count": [1]})
    assert fitted(table).schema.equals(SCHEMA)


def test_there_is_no_way_to_cut_by_a_colour():
    with pytest.raises(ValueError, match="colour"):
        scan.Question(Basis("crs", "d"), filters={"colour": ["red"]})


@pytest.mark.parametrize("name", ["spark", "sc://", "http://host", "duck"])
def test_an_engine_that_is_neither_is_refused(name):
    with pytest.raises(ValueError, match="AYNI_ENGINE"):
        engine.connect(name)


def test_many_codes_of_a_filter_are_looked_up(tmp_path):
    rows = [Flow(f"P{n:02}", "HTI", "", "", "", "", "crs", "d", "USD", "2022", 2020, 1.0, 1.0) for n in range(60)]
    held = scan.Rows(columns.columns_of(snapshot.ordered([table_of(rows)])))
    wanted = [f"P{n:02}" for n in range(0, 60, 2)]
    assert len(held.cut(scan.Question(rows[0].basis, filters={"provider": wanted}))) == 30


def test_an_answer_needs_neither_ibis_nor_pandas(tmp_path):
    """Their import alone takes longer than the first answer of a process may."""
    written(tmp_path, [ROW])
    program = f"""
import sys
from pathlib import Path
from ayni.analytics import cubes, manifest, scan
folder = Path({str(tmp_path)!r})
made = manifest.manifest_of(folder)
((basis, _measure), cube), *_rest = cubes.load(folder, made).items()
cube.by_provider()
scan.load(folder, made).cut(scan.Question(basis)).by("recipient")
sys.exit(", ".join({{"ibis", "pandas", "duckdb"}} & set(sys.modules)) or 0)
"""
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
