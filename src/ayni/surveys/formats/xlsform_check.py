"""pyxform's judgement of a form, each of its errors as a finding with sheet, row and column."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from ayni.common.workbooks.findings import Finding, Severity
from ayni.surveys.formats.xlsform_sheets import EMPTY, Table, for_pyxform

ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
SHEET = re.compile(r"On the '(\w+)' sheet|for sheet: '(\w+)'")
COLUMN = re.compile(r"the '([\w ]+)' value")


class _Known(NamedTuple):
    """A message of pyxform, our sentence for it, and where it belongs when pyxform does not say."""

    pattern: re.Pattern[str]
    message: Promise | str
    sheet: str = "survey"
    column: str = ""


KNOWN: Sequence[_Known] = (
    _Known(
        re.compile(r"You must have a sheet named 'survey'"),
        gettext_lazy("There is no sheet named “survey”. Give that name to the sheet with the questions."),
        "",
    ),
    _Known(
        re.compile(r"There should be a choices sheet"),
        gettext_lazy(
            "A question offers options, but there is no sheet named “choices” with the columns list_name, name, label."
        ),
        "",
    ),
    _Known(
        re.compile(r"Missing calculation"),
        gettext_lazy("A “calculate” row has nothing to calculate: the column “calculation” is empty."),
        column="calculation",
    ),
    _Known(
        re.compile(r"List name not in choices sheet: (?P<name>.*)"),
        gettext_lazy("The list of options “%(name)s” is not on the sheet “choices”. Check its name."),
        column="type",
    ),
    _Known(
        re.compile(r"Question or group with no name"),
        gettext_lazy("The row has no name. Write one in the column “name”."),
        column="name",
    ),
    _Known(
        re.compile(r"Question with no type"),
        gettext_lazy("The row has no type. Write one in the column “type”, or empty the row."),
        column="type",
    ),
    _Known(
        re.compile(r"Unmatched 'begin_(?P<name>\w+)'"),
        gettext_lazy("A “begin %(name)s” here has no “end %(name)s” after it."),
        column="type",
    ),
    _Known(
        re.compile(r"Unmatched 'end_(?P<name>\w+)'"),
        gettext_lazy("An “end %(name)s” here has no “begin %(name)s” before it."),
        column="type",
    ),
    _Known(
        re.compile(r"Unknown question type '(?P<name>[^']*)'"),
        gettext_lazy("“%(name)s” is not a type of question that XLSForm knows."),
        column="type",
    ),
    _Known(
        re.compile(r"'name' value '(?P<name>[^']*)' is invalid\. Questions, groups, and repeats must be unique"),
        gettext_lazy("The name “%(name)s” is used twice in the same group. Give one of the two another name."),
        column="name",
    ),
    _Known(
        re.compile(r"Names must begin with a letter or underscore"),
        gettext_lazy(
            "The name is not valid: begin with a letter, then letters, digits, underscores, hyphens or full stops."
        ),
        column="name",
    ),
    _Known(
        re.compile(r"Could not find the name '(?P<name>[^']*)'"),
        gettext_lazy("“${%(name)s}” names a question that does not exist. Check its spelling."),
    ),
    _Known(
        re.compile(r"Choice names must be unique"),
        gettext_lazy("The option's name stands twice in the same list. Give one of the two another name."),
        "choices",
        "name",
    ),
    _Known(
        re.compile(r"Choices must have a name"),
        gettext_lazy("The option has no name. Write one in the column “name”."),
        "choices",
        "name",
    ),
    _Known(
        re.compile(r"required column headers were not found: (?P<name>.*?)\. "),
        gettext_lazy("Columns are missing: %(name)s."),
    ),
    _Known(
        re.compile(r"different names for the same column were found: (?P<name>'.*?', '.*?')\."),
        gettext_lazy("Two columns mean the same: %(name)s. Remove one of them."),
    ),
    _Known(
        re.compile(r"This section has not been included"),
        gettext_lazy("A part of another file is to be included here. Copy its rows into this sheet instead."),
        column="type",
    ),
)
MISSPELT = re.compile(
    r"looking for a sheet named '(\w+)', the following sheets with similar names were found: '([^']*)'"
)


def check(found: Mapping[str, Table], names: Sequence[str]) -> list[Finding]:
    """What pyxform says against the form: at most one error, and sheet names that look misspelt. No error: ODK can run it."""
    remarks: list[str] = []
    findings: list[Finding] = []
    try:
        convert(for_pyxform(found, names), warnings=remarks, validate=False)
    except PyXFormError as error:
        findings.append(_finding(str(error), found))
    except Exception as error:
        # Some faulty forms break pyxform itself; to the user this is one more thing wrong with the form.
        message = _("The XLSForm check stopped at this form (%(error)s). Compare it with the reference on xlsform.org.")
        findings.append(Finding(message % {"error": f"{type(error).__name__}: {error}"[:200]}))
    for remark in remarks:
        if misspelt := MISSPELT.search(remark):
            message = _("The sheet “%(found)s” is not read. Was it meant to be called “%(meant)s”?")
            findings.append(
                Finding(
                    message % {"found": misspelt[2], "meant": misspelt[1]},
                    Severity.WARNING,
                    sheet=misspelt[2],
                )
            )
    return findings


def _finding(error: str, found: Mapping[str, Table]) -> Finding:
    row = ROW.search(error)
    named_sheet = SHEET.search(error)
    named_column = COLUMN.search(error)
    known = next((known for known in KNOWN if known.pattern.search(error)), None)
    if known is None:
        known = _Known(re.compile(""), "", "survey" if row else "")
        message = _("The XLSForm check says: %(error)s") % {"error": ROW.sub("", error)}
    else:
        groups = known.pattern.search(error)
        message = str(known.message) % (groups.groupdict() if groups else {})
    sheet = next((name for name in named_sheet.groups() if name), "") if named_sheet else known.sheet
    table = found.get(sheet, EMPTY)
    column = named_column[1] if named_column else known.column
    number = int(row[1]) if row else None
    return table.sheet.finding(message, number, table.column(column) if number else _header(table, error))


def _header(table: Table, error: str) -> int | None:
    """The column whose header the error quotes, for errors that speak of columns and not of rows."""
    return next((column.number for column in table.columns if f"'{column.header}'" in error), None)
