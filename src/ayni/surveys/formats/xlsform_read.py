"""An XLSForm workbook (.xlsx, .xlsm, .xls) -> an instrument, or what stands in the way with sheet, row and column.

The order: the upload gate, our reading of the cells, pyxform's check of the form, our mapping. pyxform never sees the file itself.
What is mapped to what, and what is refused: docs/methods/xlsform.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES
from ayni.common.workbooks.findings import Finding, Severity, errors, in_reading_order
from ayni.common.workbooks.safe_upload import FileType, UploadLimits, inspect
from ayni.common.workbooks.workbook import UnreadableWorkbook, read_workbook
from ayni.surveys.formats import xlsform_terms as terms
from ayni.surveys.formats.spec import ChoiceListSpec, InstrumentSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.xlsform_check import check
from ayni.surveys.formats.xlsform_languages import Languages, languages_of
from ayni.surveys.formats.xlsform_lists import read_lists
from ayni.surveys.formats.xlsform_names import usable_code
from ayni.surveys.formats.xlsform_sheets import EMPTY, Table, form_sheets, tables
from ayni.surveys.formats.xlsform_survey import Survey, SurveyReader
from ayni.surveys.formats.xlsform_types import row_type

WORKBOOKS = frozenset({FileType.XLSX, FileType.XLSM, FileType.XLS})
LIMITS = UploadLimits(size=5 * 1024 * 1024, unpacked=40 * 1024 * 1024)
MOST_ROWS = 5_000
MOST_COLUMNS = 200
# Columns whose content has no equal here; a form loses it and still asks the same.
LEFT_OUT = ("constraint_message", "required_message", "guidance_hint", "media", "trigger", "default")


@dataclass(frozen=True)
class XlsformReading:
    """An instrument exactly when no finding is an error; warnings say what changed on the way in."""

    instrument: InstrumentSpec | None
    findings: tuple[Finding, ...] = ()


def read_xlsform(data: bytes, *, name: str = "", language: str = "es") -> XlsformReading:
    """Read an uploaded form.

    `name` is the file's name, only compared with its content; `language` is what texts are taken for where the form does not
    say. Never raises for what stands in the file.
    """
    inspection = inspect(data, accept=WORKBOOKS, name=name, limits=LIMITS)
    if not inspection.accepted:
        return XlsformReading(None, inspection.findings)
    try:
        book = read_workbook(
            data, inspection.file_type, wanted=form_sheets, max_rows=MOST_ROWS, max_columns=MOST_COLUMNS
        )
    except UnreadableWorkbook as unreadable:
        return XlsformReading(None, (*inspection.findings, unreadable.finding))
    found, findings = tables(book)
    # pyxform does not look at cells or headers that are wrong already.
    checked = [] if errors(findings) else check(found, book.names)
    instrument, mapped = _mapped(found, language)
    kept = _without_echoes(checked, mapped)
    everything = in_reading_order([*inspection.findings, *findings, *kept, *mapped])
    return XlsformReading(None if errors(everything) else instrument, everything)


def _without_echoes(checked: list[Finding], mapped: list[Finding]) -> list[Finding]:
    """pyxform's findings, without an error for which ours say more: on the same row, or one that names no row."""
    rows = {finding.row for finding in errors(mapped)}
    return [
        finding
        for finding in checked
        if finding.severity is not Severity.ERROR or not rows or (finding.row is not None and finding.row not in rows)
    ]


def _mapped(found: Mapping[str, Table], assumed: str) -> tuple[InstrumentSpec | None, list[Finding]]:
    survey_table = found.get("survey", EMPTY)
    settings = _settings(found.get("settings", EMPTY))
    languages, findings = languages_of(
        [survey_table, found.get("choices", EMPTY)], settings.get("default_language", ""), assumed
    )
    lists, problems = _lists(found, languages, everything=terms.FORMAT in settings)
    survey = SurveyReader(survey_table, languages, lists).survey()
    findings += [*problems, *survey.findings, *_left_out(survey_table), *_foreign_sheets(found)]
    if errors(findings):
        return None, findings
    if not survey.sections:
        findings.append(survey_table.finding(_("No question is left that can be asked here.")))
        return None, findings
    try:
        return _instrument(settings | survey.settings, survey, lists, languages), findings
    except SpecError as error:
        row = survey.rows.get(error.code)
        return None, [*findings, survey_table.sheet.finding(str(error), row)]


def _lists(
    found: Mapping[str, Table], languages: Languages, *, everything: bool
) -> tuple[dict[str, ChoiceListSpec], list[Finding]]:
    survey = found.get("survey", EMPTY)
    types = [row_type(survey.value(row, "type")) for row in survey.rows if survey.value(row, "type")]
    return read_lists(
        found.get("choices", EMPTY),
        languages,
        used=None if everything else {asked.list_name for asked in types if asked.list_name},
        with_other={asked.list_name for asked in types if asked.or_other},
    )


def _settings(table: Table) -> dict[str, str]:
    if not table.rows:
        return {}
    row = table.rows[0]
    values = {column.key: row.text(column.number) for column in table.columns}
    return {key: value for key, value in values.items() if value}


def _instrument(
    settings: Mapping[str, str], survey: Survey, lists: Mapping[str, ChoiceListSpec], languages: Languages
) -> InstrumentSpec:
    form_id = settings.get("form_id", "")
    words = settings.get("form_title") or form_id or terms.UNTITLED[languages.default]
    title = {code: settings[f"{terms.TITLE}{code}"] for code in LANGUAGES if f"{terms.TITLE}{code}" in settings}
    return InstrumentSpec(
        code=usable_code(form_id or "questionnaire"),
        version=settings.get("version") or "1",
        title=title | {languages.default: words},
        sections=tuple(survey.sections),
        introduction=survey.introduction,
        default_language=languages.default,
        choice_lists=tuple(lists.values()),
        source=settings.get(terms.SOURCE, ""),
    )


def _left_out(table: Table) -> list[Finding]:
    """One warning for each column that has no equal here, with the number of rows that used it."""
    findings = []
    for column in table.columns:
        used = [row for row in table.rows if row.text(column.number) and not table.value(row, terms.PART)]
        if column.key in LEFT_OUT and used:
            message = _("The column “%(column)s” has no equal here; %(count)d rows lose what it says.")
            findings.append(
                table.sheet.finding(
                    message % {"column": column.header, "count": len(used)},
                    1,
                    column.number,
                    severity=Severity.WARNING,
                )
            )
    return findings


def _foreign_sheets(found: Mapping[str, Table]) -> list[Finding]:
    sheets = [found[name] for name in ("external_choices", "entities", "osm") if name in found and found[name].rows]
    message = _("The sheet “%(sheet)s” serves ODK only and is not supported. Remove it with the rows that use it.")
    return [table.finding(message % {"sheet": table.sheet.name}) for table in sheets]
