"""An instrument survives XLSForm, and JSON, and back: nothing is lost and nothing is added."""

import json

from hypothesis import HealthCheck, given, settings

from ayni.common.workbooks.findings import errors
from ayni.surveys.formats.spec_json import instrument_from_json, instrument_to_json
from ayni.surveys.formats.xlsform_read import read_xlsform
from ayni.surveys.formats.xlsform_write import write_xlsform
from tests.property.specs import instruments

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(instruments())
def test_an_instrument_survives_xlsform_and_back(instrument):
    reading = read_xlsform(write_xlsform(instrument), name="form.xlsx")
    assert not errors(reading.findings), errors(reading.findings)
    assert reading.instrument == instrument


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(instruments())
def test_an_instrument_survives_json_and_back(instrument):
    assert instrument_from_json(json.loads(json.dumps(instrument_to_json(instrument)))) == instrument
