"""The 57 real workbooks: each is imported, or refused with a sentence and the place it speaks of."""

from pathlib import Path

import pytest
from django.utils import translation

from ayni.common.workbooks.findings import Severity
from ayni.surveys.formats.xlsform_read import read_xlsform

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "fixtures" / "xlsform"
FORMS = sorted(FOLDER.glob("*.xls*")) if FOLDER.is_dir() else []
IMPORTED = {
    "ODKValidateWarnings.xlsx": 3,
    "allow_comment_rows_test.xls": 1,
    "badly_named_choices_sheet.xls": 3,
    "blank_second_row.xls": 1,
    "choice_name_same_as_select_name.xls": 1,
    "default_time_demo.xls": 1,
    "excel_with_macros.xlsm": 1,
    "extra_columns.xls": 2,
    "extra_columns.xlsx": 1,
    "extra_sheet_names.xlsx": 1,
    "field-list.xlsx": 1,
    "group.xls": 3,
    "group.xlsx": 3,
    "ict_survey_fails.xls": 1,
    "specify_other.xls": 2,
    "specify_other.xlsx": 2,
    "style_settings.xls": 2,
    "survey_no_name.xlsx": 1,
    "table-list.xls": 5,
    "text_and_integer.xls": 2,
    "text_and_integer.xlsx": 2,
    "xl_date_ambiguous_v1.xlsx": 5,
    "yes_or_no_question.xls": 1,
    "yes_or_no_question.xlsx": 1,
}

needs_forms = pytest.mark.skipif(
    not FORMS, reason="the real workbooks are not beside this repository (../shared/fixtures/xlsform)"
)


@needs_forms
def test_all_57_are_here():
    assert len(FORMS) == 57
    assert set(IMPORTED) < {form.name for form in FORMS}


@needs_forms
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_each_is_imported_or_refused_with_a_reason(form):
    with translation.override("en"):
        reading = read_xlsform(form.read_bytes(), name=form.name)
    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    if form.name in IMPORTED:
        assert reading.instrument is not None, errors
        assert sum(1 for _ in reading.instrument.questions()) == IMPORTED[form.name]
        assert not errors
    else:
        assert reading.instrument is None
        assert errors
        assert all(finding.message.endswith(".") and len(finding.message) > 30 for finding in errors)
        assert any(finding.sheet for finding in errors)
