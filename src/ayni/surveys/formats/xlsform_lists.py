"""The choices sheet of a form -> lists of options."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from ayni.common.workbooks.findings import Finding, Severity
from ayni.common.workbooks.workbook import Row
from ayni.surveys.formats.spec import ChoiceListSpec, ChoiceSpec
from ayni.surveys.formats.spec_checks import RESERVED_LISTS, SpecError
from ayni.surveys.formats.xlsform_languages import Languages
from ayni.surveys.formats.xlsform_names import usable_code
from ayni.surveys.formats.xlsform_sheets import Table
from ayni.surveys.formats.xlsform_terms import OTHER

OTHER_CODE = "other"


def read_lists(
    table: Table, languages: Languages, *, used: Collection[str] | None, with_other: Collection[str]
) -> tuple[dict[str, ChoiceListSpec], list[Finding]]:
    """The lists by their name in the workbook.

    Only the lists in `used` are read, all of them when it is None; those in `with_other` get the option "other" that XLSForm's
    `or_other` adds. What the workbook brings along for itself (countries, currencies) is not a list of the instrument.
    """
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        name = table.value(row, "list_name")
        if name and not name.startswith(RESERVED_LISTS) and (used is None or name in used):
            rows.setdefault(name, []).append(row)
    found: dict[str, ChoiceListSpec] = {}
    findings: list[Finding] = []
    for name, lines in rows.items():
        choices, problems = _choices(table, lines, languages)
        findings += problems
        if name in with_other and choices and OTHER_CODE not in (choice.code for choice in choices):
            spoken = {language for choice in choices for language in choice.label}
            choices.append(ChoiceSpec(OTHER_CODE, {language: OTHER[language] for language in spoken}))
        try:
            if choices:
                found[name] = ChoiceListSpec(usable_code(name), tuple(choices))
        except SpecError as error:
            findings.append(table.finding(str(error), lines[0], "list_name"))
    return found, findings


def _choices(table: Table, rows: Iterable[Row], languages: Languages) -> tuple[list[ChoiceSpec], list[Finding]]:
    choices: dict[str, ChoiceSpec] = {}
    findings: list[Finding] = []
    for row in rows:
        code = table.value(row, "name")
        texts = table.texts(row, "label")
        label = languages.text(texts)
        if not code or code in choices:
            findings += [] if not code else [table.finding(_twice(code), row, "name")]
            continue
        if not label:
            message = _("The option has no label; its code is shown instead.")
            findings.append(table.finding(message, row, "label", severity=Severity.WARNING))
            label = {languages.default: code}
        findings += quoted_answers(table, row, texts)
        try:
            choices[code] = ChoiceSpec(code, label)
        except SpecError as error:
            findings.append(table.finding(str(error), row, "name"))
    return list(choices.values()), findings


def _twice(code: str) -> str:
    return _("The option “%(code)s” stands twice in the same list. Give one of the two another name.") % {"code": code}


def quoted_answers(table: Table, row: Row, texts: Mapping[str, str]) -> list[Finding]:
    """A warning when a text repeats an earlier answer."""
    if not any("${" in words for words in texts.values()):
        return []
    message = _(
        "The text quotes an earlier answer, which is not supported; the question's name stands there in brackets."
    )
    return [table.finding(message, row, "label", severity=Severity.WARNING)]
