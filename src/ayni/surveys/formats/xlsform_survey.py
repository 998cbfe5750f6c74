"""The survey sheet of a form -> sections of questions; every row is carried, or a finding says what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ayni.common.workbooks.findings import Finding, Severity
from ayni.common.workbooks.workbook import Row
from ayni.surveys.formats import xlsform_terms as terms
from ayni.surveys.formats.conditions import Comparison, Condition, Operator, all_of
from ayni.surveys.formats.spec import ChoiceListSpec, Kind, QuestionSpec, SectionSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.xlsform_conditions import UnsupportedExpression, from_xpath
from ayni.surveys.formats.xlsform_languages import Languages
from ayni.surveys.formats.xlsform_lists import OTHER_CODE, quoted_answers
from ayni.surveys.formats.xlsform_names import Codes, usable_code
from ayni.surveys.formats.xlsform_questions import QuestionReader
from ayni.surveys.formats.xlsform_sheets import Table
from ayni.surveys.formats.xlsform_types import RowType, Treatment, row_type

YES = ("yes", "true", "true()", "1")
GROUP_KINDS = frozenset({Kind.MONEY, Kind.PERIOD, Kind.COUNTRIES, Kind.INSTITUTIONS})


@dataclass
class _Group:
    """An open bracket: its own title, condition and code, and the row it begins in."""

    row: Row
    code: str
    title: dict[str, str]
    condition: Condition | None


@dataclass
class _Draft:
    """A section being filled. `groups` are the rows where the brackets around its questions begin."""

    code: str
    title: Mapping[str, str]
    condition: Condition | None
    groups: tuple[int, ...]
    row: Row
    questions: list[QuestionSpec] = field(default_factory=list)


@dataclass
class Survey:
    """What a survey sheet gave: sections, settings written among the questions, and the row of each code."""

    sections: list[SectionSpec]
    introduction: dict[str, str]
    settings: dict[str, str]
    rows: dict[str, int]
    findings: list[Finding]


class SurveyReader:
    """Goes down the rows once. `lists` are the lists of options by their name in the workbook."""

    def __init__(self, table: Table, languages: Languages, lists: Mapping[str, ChoiceListSpec]) -> None:
        self._table = table
        self._languages = languages
        self._groups: list[_Group] = []
        self._drafts: list[_Draft] = []
        self._section_codes = Codes()
        self._question_codes = Codes()
        self._names: dict[str, QuestionSpec] = {}
        self._dropped: set[str] = set()
        self._read = Survey([], {}, {}, {}, [])
        self._questions = QuestionReader(table, lists, self._read.findings)

    def survey(self) -> Survey:
        """Everything the sheet says."""
        rows = iter([row for row in self._table.rows if not self._is_disabled(row)])
        for row in rows:
            written = self._table.value(row, "type")
            if written:
                self._take(row, row_type(written), rows)
        for draft in self._drafts:
            self._finish(draft)
        return self._read

    def _is_disabled(self, row: Row) -> bool:
        return self._table.value(row, "disabled").lower() in YES

    def _take(self, row: Row, asked: RowType, rows: Iterator[Row]) -> None:
        name = self._table.value(row, "name")
        if asked.treatment is Treatment.BEGIN:
            kind = self._table.value(row, terms.KIND)
            if kind in list(GROUP_KINDS):
                self._add(row, RowType(Treatment.QUESTION, Kind(kind)), _until_end(self._table, rows))
            else:
                self._open(row)
        elif asked.treatment is Treatment.END:
            del self._groups[-1:]
        elif asked.treatment is Treatment.SETTING:
            self._read.settings[asked.setting] = name
        elif asked.treatment is Treatment.QUESTION:
            self._question(row, asked)
        else:
            self._dropped.add(name)
            self._leave_out(row, asked)

    def _leave_out(self, row: Row, asked: RowType) -> None:
        severity = Severity.ERROR if asked.treatment is Treatment.REFUSED else Severity.WARNING
        if asked.remark:
            message = str(asked.remark)
            if "%(type)s" in message:
                message %= {"type": self._table.value(row, "type")}
            self._read.findings.append(self._table.finding(message, row, "type", severity=severity))

    def _open(self, row: Row) -> None:
        name = self._table.value(row, "name")
        texts = self._table.texts(row, "label")
        self._read.findings += quoted_answers(self._table, row, texts)
        title = self._languages.text(texts)
        code = self._table.value(row, terms.CODE) or usable_code(name)
        self._groups.append(_Group(row, code, title, self._condition(row)))

    def _question(self, row: Row, asked: RowType) -> None:
        if self._table.value(row, terms.KIND) == terms.INTRODUCTION:
            self._read.introduction = self._languages.text(self._table.texts(row, "label"))
            return
        if self._questions.is_heading(row):
            self._dropped.add(self._table.value(row, "name"))
            message = _("The row only shows the options above a table; it is left out.")
            self._read.findings.append(self._table.finding(message, row, "appearance", severity=Severity.WARNING))
            return
        if asked.remark:
            self._read.findings.append(self._table.finding(str(asked.remark), row, "type", severity=Severity.WARNING))
        self._add(row, asked, [])

    def _add(self, row: Row, asked: RowType, parts: list[Row]) -> None:
        name = self._table.value(row, "name") or f"note_{row.number}"
        code = self._code(row, name)
        texts = self._table.texts(row, "label")
        self._read.findings += quoted_answers(self._table, row, texts)
        words = {key: self._languages.text(self._table.texts(row, key)) for key in ("label", "hint")}
        condition = self._condition(row)
        try:
            question = self._questions.question(
                row,
                asked,
                parts,
                code=code,
                label=words["label"],
                help_=words["hint"],
                condition=condition,
                default_language=self._languages.default,
            )
        except SpecError as error:
            self._read.findings.append(self._table.finding(str(error), row))
            self._dropped.add(name)
            return
        if question is None:
            self._dropped.add(name)
            return
        self._keep(row, question)
        self._names[name] = question
        for part in parts:
            self._names[self._table.value(part, "name")] = question
        if asked.or_other:
            self._ask_other(row, name, question)

    def _ask_other(self, row: Row, name: str, question: QuestionSpec) -> None:
        spoken = {self._languages.default, *question.label}
        other = QuestionSpec(
            code=self._code(row, f"{name}_other"),
            kind=Kind.TEXT,
            label={language: terms.SPECIFY_OTHER[language] for language in spoken},
            condition=Comparison(question.code, Operator.ANY_OF, (OTHER_CODE,)),
        )
        self._keep(row, other)
        self._names[f"{name}_other"] = other

    def _code(self, row: Row, name: str) -> str:
        wanted = self._table.value(row, terms.CODE) or usable_code(name)
        code = self._question_codes.claim(wanted)
        if code != (self._table.value(row, terms.CODE) or name):
            message = _("The name “%(name)s” became the code “%(code)s”.") % {"name": name, "code": code}
            self._read.findings.append(self._table.finding(message, row, "name", severity=Severity.WARNING))
        return code

    def _keep(self, row: Row, question: QuestionSpec) -> None:
        groups = tuple(group.row.number for group in self._groups)
        if not self._drafts or self._drafts[-1].groups != groups:
            self._drafts.append(self._draft(row, groups))
        self._drafts[-1].questions.append(question)
        self._read.rows.setdefault(question.code, row.number)

    def _draft(self, row: Row, groups: tuple[int, ...]) -> _Draft:
        conditions = [group.condition for group in self._groups if group.condition is not None]
        condition = all_of(*conditions) if conditions else None
        if not self._groups:
            title = {language: terms.QUESTIONS[language] for language in {self._languages.default}}
            return _Draft(self._section_codes.claim("questions"), title, condition, groups, row)
        inner = self._groups[-1]
        code = self._section_codes.claim(inner.code)
        self._read.rows.setdefault(code, inner.row.number)
        return _Draft(code, self._title(), condition, groups, inner.row)

    def _title(self) -> dict[str, str]:
        titled = [group.title for group in self._groups if group.title]
        if not titled:
            row = self._groups[-1].row
            message = _("The group has no label; its name is shown instead.")
            self._read.findings.append(self._table.finding(message, row, "label", severity=Severity.WARNING))
            return {self._languages.default: self._groups[-1].code}
        common = set(titled[0]).intersection(*titled[1:])
        return {language: " – ".join(title[language] for title in titled) for language in common}

    def _finish(self, draft: _Draft) -> None:
        try:
            self._read.sections.append(SectionSpec(draft.code, draft.title, tuple(draft.questions), draft.condition))
        except SpecError as error:
            self._read.findings.append(self._table.finding(str(error), draft.row))

    def _condition(self, row: Row) -> Condition | None:
        column = self._table.column("relevant")
        written = row.text(column)
        if not written:
            return None
        try:
            return from_xpath(written, self._resolve)
        except UnsupportedExpression as error:
            message = _(
                "The condition “%(condition)s” cannot be carried over: %(reason)s. Write it more simply, or remove it."
            )
            self._read.findings.append(
                self._table.finding(message % {"condition": written[:120], "reason": error}, row, "relevant")
            )
            return None

    def _resolve(self, name: str) -> QuestionSpec:
        if name in self._names:
            return self._names[name]
        if name in self._dropped:
            raise UnsupportedExpression(_("“%(name)s” is not carried over itself") % {"name": name})
        raise UnsupportedExpression(_("“%(name)s” is no question asked before") % {"name": name})


def _until_end(table: Table, rows: Iterator[Row]) -> list[Row]:
    """The rows inside the bracket just opened; the closing one is taken too."""
    depth = 1
    inside: list[Row] = []
    for row in rows:
        bracket = row_type(table.value(row, "type")).treatment
        depth += {Treatment.BEGIN: 1, Treatment.END: -1}.get(bracket, 0)
        if not depth:
            break
        inside.append(row)
    return inside
