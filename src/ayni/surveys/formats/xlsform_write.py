"""An instrument as an XLSForm workbook that ODK, Kobo and Enketo can run and `xlsform_read` reads back unchanged.

What XLSForm has no type for (money, period, countries, institutions) becomes a group of ordinary fields; our kind stands in a
namespaced attribute, `bind::ayni:kind`, which other programs ignore. See docs/methods/xlsform.md.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from ayni.common.workbooks.cells import WorkbookWriter
from ayni.surveys.formats import xlsform_terms as terms
from ayni.surveys.formats.spec import (
    ChoiceListSpec,
    ChoiceSpec,
    InstrumentSpec,
    Kind,
    QuestionSpec,
    SectionSpec,
    with_lists,
)
from ayni.surveys.formats.spec_checks import RESERVED_CODES, SpecError, Text
from ayni.surveys.formats.xlsform_conditions import limits_to_xpath, to_xpath
from ayni.surveys.formats.xlsform_names import Codes

Line = dict[str, object]
COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "default",
    "appearance",
    terms.KIND,
    terms.CODE,
    terms.NUMBER,
    terms.PART,
    terms.ROLES,
)
WIDTHS = {"type": 30, "name": 24, "label": 50, "hint": 40, "relevant": 40, "constraint": 30}
PLAIN_TYPES = {
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "text",
    Kind.DATE: "date",
    Kind.FILE: "file",
    Kind.NOTE: "note",
}


def write_xlsform(instrument: InstrumentSpec, lists: Sequence[ChoiceListSpec] = ()) -> bytes:
    """The XLSForm workbook (.xlsx) of `instrument`.

    `lists` brings the vocabularies that questions name and the instrument does not keep itself; what is read back keeps them.
    Raises SpecError when a list is missing, or an option lacks a label in the default language.
    """
    complete = with_lists(instrument, lists)
    for code in complete.lists_named():
        if complete.choice_list(code) is None:
            raise SpecError(_("The list of options “%(code)s” is missing.") % {"code": code}, code)
    form = _Form(complete)
    writer = WorkbookWriter()
    _add_table(writer, "survey", COLUMNS, form.survey(), form.languages)
    _add_table(writer, "choices", ("list_name", "name", "label"), form.choices(), form.languages)
    settings = form.settings()
    writer.add_sheet("settings", [list(settings)], [dict(enumerate(settings.values()))], [24] * len(settings))
    return writer.written()


def _add_table(
    writer: WorkbookWriter, name: str, columns: Sequence[str], lines: Sequence[Line], languages: Sequence[str]
) -> None:
    """A sheet of those columns that hold something; translated ones once for each language."""
    used = [
        column for column in columns if column in ("type", "name", "label") or any(line.get(column) for line in lines)
    ]
    heads: list[str] = []
    for column in used:
        translated = column in ("label", "hint")
        heads += [f"{column}::{terms.LANGUAGE_NAMES[code]}" for code in languages] if translated else [column]
    rows = [_cells(line, used, languages) for line in lines]
    writer.add_sheet(name, [heads], rows, [WIDTHS.get(head.split("::")[0], 16) for head in heads])


def _cells(line: Line, columns: Sequence[str], languages: Sequence[str]) -> dict[int, object]:
    values: list[object] = []
    for column in columns:
        value = line.get(column)
        if column in ("label", "hint"):
            texts: Mapping[str, str] = value if isinstance(value, Mapping) else {}
            values += [texts.get(language, "") for language in languages]
        else:
            values.append(value)
    return {index: value for index, value in enumerate(values) if value not in (None, "")}


class _Form:
    """The three sheets' lines of one instrument."""

    def __init__(self, instrument: InstrumentSpec) -> None:
        self._instrument = instrument
        self.languages = instrument.languages()
        # Unique in the whole form, so that every `${name}` is unambiguous.
        self._names = Codes(RESERVED_CODES)
        self._question_names = {question.code: self._names.claim(question.code) for question in instrument.questions()}
        self._answers = dict(self._question_names)  # question code -> the field that holds its answer
        self._parts: Mapping[Kind, Callable[[QuestionSpec], list[Line]]] = {
            Kind.MONEY: self._money,
            Kind.PERIOD: self._period,
            Kind.COUNTRIES: self._countries,
            Kind.INSTITUTIONS: self._institutions,
        }

    def survey(self) -> list[Line]:
        lines: list[Line] = []
        if self._instrument.introduction:
            name = self._names.claim("introduction")
            texts = self._instrument.introduction
            lines.append({"type": "note", "name": name, "label": texts, terms.KIND: terms.INTRODUCTION})
        for section in self._instrument.sections:
            lines += self._section(section)
        return lines

    def choices(self) -> list[Line]:
        lists = [(choices.code, choices.choices) for choices in self._instrument.choice_lists]
        kinds = {question.kind for question in self._instrument.questions()}
        if Kind.COUNTRIES in kinds:
            lists.append((terms.COUNTRIES_LIST, terms.country_choices()))
        if Kind.MONEY in kinds:
            lists.append((terms.CURRENCIES_LIST, terms.currency_choices()))
        return [self._choice(code, choice) for code, choices in lists for choice in choices]

    def settings(self) -> dict[str, object]:
        instrument = self._instrument
        settings: dict[str, object] = {
            "form_title": instrument.title[instrument.default_language],
            "form_id": instrument.code,
            "version": instrument.version,
            "default_language": terms.LANGUAGE_NAMES[instrument.default_language],
            "namespaces": terms.NAMESPACE,
            terms.FORMAT: terms.FORMAT_VERSION,
        }
        if instrument.source:
            settings[terms.SOURCE] = instrument.source
        return settings | {f"{terms.TITLE}{code}": title for code, title in instrument.title.items()}

    @staticmethod
    def _choice(list_code: str, choice: ChoiceSpec) -> Line:
        return {"list_name": list_code, "name": choice.code, "label": choice.label}

    def _section(self, section: SectionSpec) -> list[Line]:
        name = self._names.claim(section.code)
        begin: Line = {
            "type": "begin_group",
            "name": name,
            "label": section.title,
            "relevant": self._relevant(section),
            "appearance": "field-list",
            terms.KIND: terms.SECTION,
            terms.CODE: section.code if name != section.code else "",
        }
        questions = [line for question in section.questions for line in self._question(question)]
        return [begin, *questions, {"type": "end_group"}]

    def _question(self, question: QuestionSpec) -> list[Line]:
        line: Line = {
            "name": self._question_names[question.code],
            "label": question.label,
            "hint": question.help,
            "relevant": self._relevant(question),
            terms.NUMBER: question.number,
        }
        if question.kind in self._parts:
            line |= {
                "type": "begin_group",
                terms.KIND: question.kind.value,
                terms.ROLES: question.choices or "",
            }
            return [line, *self._parts[question.kind](question), {"type": "end_group"}]
        line |= {
            "type": self._type(question),
            "required": "yes" if question.required else "",
            "constraint": limits_to_xpath(question),
            "appearance": "multiline" if question.kind is Kind.LONG_TEXT else "",
        }
        return [line]

    @staticmethod
    def _type(question: QuestionSpec) -> str:
        if question.kind is Kind.NUMBER:
            return "integer" if question.integer else "decimal"
        if question.kind in PLAIN_TYPES:
            return PLAIN_TYPES[question.kind]
        return f"{'select_one' if question.kind is Kind.SINGLE else 'select_multiple'} {question.choices}"

    def _relevant(self, asked: QuestionSpec | SectionSpec) -> str:
        return to_xpath(asked.condition, self._answers) if asked.condition else ""

    def _part(self, question: QuestionSpec, part: str, type_: str, label: Text, **more: object) -> Line:
        name = self._names.claim(f"{self._question_names[question.code]}_{part}")
        texts = {language: label[language] for language in self.languages}
        return {"type": type_, "name": name, "label": texts, terms.PART: part, **more}

    def _main(self, question: QuestionSpec, part: str, type_: str, label: Text) -> Line:
        """The part that holds the answer when there is one: conditions look at it, and it alone may be required."""
        line = self._part(question, part, type_, label, required="yes" if question.required else "")
        self._answers[question.code] = str(line["name"])
        return line

    def _money(self, question: QuestionSpec) -> list[Line]:
        amount = self._main(question, "amount", "decimal", terms.AMOUNT)
        amount["constraint"] = limits_to_xpath(question)
        currency = self._part(question, "currency", f"select_one {terms.CURRENCIES_LIST}", terms.CURRENCY)
        currency |= {
            "required": f"${{{amount['name']}}} != ''",
            "default": question.currency or "",
            "appearance": "minimal",
        }
        return [amount, currency]

    def _period(self, question: QuestionSpec) -> list[Line]:
        since = self._main(question, "from", "date", terms.SINCE)
        since["constraint"] = limits_to_xpath(question)
        until = self._part(question, "until", "date", terms.UNTIL)
        limit = limits_to_xpath(question)
        until["constraint"] = f". >= ${{{since['name']}}}" + (f" and {limit}" if limit else "")
        return [since, until]

    def _countries(self, question: QuestionSpec) -> list[Line]:
        chosen = self._main(question, "list", f"select_multiple {terms.COUNTRIES_LIST}", terms.COUNTRIES)
        chosen["appearance"] = "minimal"
        details = self._part(question, "details", "text", terms.COUNTRY_DETAILS, appearance="multiline")
        details["relevant"] = f"${{{chosen['name']}}} != ''"
        return [chosen, details]

    def _institutions(self, question: QuestionSpec) -> list[Line]:
        lines: list[Line] = []
        previous = ""
        for number in range(1, terms.INSTITUTION_ROWS + 1):
            label = {language: f"{text} {number}" for language, text in terms.INSTITUTION.items()}
            if previous:
                named = self._part(question, f"name_{number}", "text", label, relevant=f"${{{previous}}} != ''")
            else:
                named = self._main(question, f"name_{number}", "text", label)
            previous = str(named["name"])
            lines.append(named)
            if question.choices:
                role = self._part(question, f"role_{number}", f"select_one {question.choices}", terms.ROLE)
                lines.append(role | {"relevant": f"${{{previous}}} != ''", "appearance": "minimal"})
        return lines
