"""Real files: each row counts, is kept apart or is told; the parts come to what the file's own sums say."""

from pathlib import Path

import pytest

from ayni.interop.formats.flows.formats import FORMATS
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import Apart, Counted, Problem

ROOT = Path(__file__).resolve().parents[3].parent / "shared" / "fixtures"
CRS, DAC2A, IATI = ROOT / "crs/crs_sample_500.csv", ROOT / "dac2a/ODA-2019-DAC2a.csv", ROOT / "iati_south_south"
needs_fixtures = pytest.mark.skipif(not ROOT.is_dir(), reason="the real files lie beside the project's own repository")
WORLD = "All Developing Countries, Total"

pytestmark = needs_fixtures


def outcomes(path, name):
    return list(FORMATS[name](path, Options(file_name=path.name)))


def test_every_line_of_the_crs_sample_counts():
    found = outcomes(CRS, "crs")
    assert len(found) == 500 and all(isinstance(one, Counted) for one in found)
    assert {(one.flow.currency, one.flow.price_base, one.flow.status) for one in found} == {
        ("USD", "2022", "disbursement")
    }
    assert sum(one.flow.value for one in found) == pytest.approx(6_078_126_005)
    assert sum(one.recipient.kind == "region" for one in found) == 23


def test_the_matrix_of_dac2a_is_counted_once():
    found = outcomes(DAC2A, "dac2a")
    given: dict[str, float] = {}
    for one in found:
        if isinstance(one, Counted):
            given[one.provider.label] = given.get(one.provider.label, 0.0) + one.flow.value
    sums = {(one.provider, one.recipient): one.value for one in found if isinstance(one, Apart)}
    assert not [one for one in found if isinstance(one, Problem)]
    # Saudi Arabia's own sum holds what stands in no cell of its column; every other provider's parts make its sum.
    open_ones = {
        name: sums[name, WORLD] - value for name, value in given.items() if abs(sums[name, WORLD] - value) > 3e6
    }
    assert open_ones == {"Saudi Arabia": pytest.approx(1_910.62e6)}
    whole = sums["Official Donors, Total", WORLD] + sums["Private Donors, Total", WORLD]
    assert sum(given.values()) == pytest.approx(whole - 1_910.62e6, abs=5e6)


def test_every_south_south_activity_is_read():
    found = {path.name: outcomes(path, "datastore") for path in sorted(IATI.glob("*.json"))}
    assert len(found) == 64
    assert not [one for each in found.values() for one in each if isinstance(one, Problem)]
    for each in found.values():
        bases = {one.flow.basis for one in each}
        for basis in bases:
            assert sum(one.flow.count for one in each if one.flow.basis == basis) == pytest.approx(1)
