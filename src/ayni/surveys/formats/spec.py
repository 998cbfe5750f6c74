"""A questionnaire as plain values: frozen, and checked when made. No database, no files.

Texts are `{language: text}` with the languages of `ayni.common.i18n.LANGUAGES`; every label has a text in the instrument's
default language. Codes of sections and questions are XML names, so that each instrument is also an XLSForm.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pycountry
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES
from ayni.surveys.formats.conditions import LISTS, ORDERED, Comparison, Condition, Operator, comparisons
from ayni.surveys.formats.spec_checks import (
    SpecError,
    Text,
    check_choice_code,
    check_code,
    check_list_code,
    check_unique,
    checked_line,
    checked_text,
)

Limit = Decimal | date


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    SINGLE = "single"
    MULTIPLE = "multiple"
    COUNTRIES = "countries"
    INSTITUTIONS = "institutions"
    FILE = "file"
    NOTE = "note"


CHOICE_KINDS = frozenset({Kind.SINGLE, Kind.MULTIPLE})
ROLE_KINDS = frozenset({Kind.COUNTRIES, Kind.INSTITUTIONS})
NUMBER_KINDS = frozenset({Kind.NUMBER, Kind.MONEY})
DATE_KINDS = frozenset({Kind.DATE, Kind.PERIOD})
TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})


@dataclass(frozen=True)
class ChoiceSpec:
    """One option of a list. Codes hold no blanks, quotes or angle brackets."""

    code: str
    label: Text

    def __post_init__(self) -> None:
        check_choice_code(self.code)
        object.__setattr__(self, "label", checked_text(self.label, self.code))


@dataclass(frozen=True)
class ChoiceListSpec:
    """A list of options that questions share: a vocabulary, or a list of the instrument's own."""

    code: str
    choices: tuple[ChoiceSpec, ...]

    def __post_init__(self) -> None:
        check_list_code(self.code)
        if not self.choices:
            raise SpecError(_("The list “%(code)s” has no options.") % {"code": self.code}, self.code)
        check_unique((choice.code for choice in self.choices), self.code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The options' codes in order."""
        return tuple(choice.code for choice in self.choices)


@dataclass(frozen=True)
class QuestionSpec:
    """One question.

    `number` is the printed number ("3", "7a"). `choices` names the list of options of a single or multiple choice, or the
    list of roles asked for each country or institution. `minimum` and `maximum` are included in what is allowed: numbers for
    number and money, dates for date and period. `currency` is the ISO 4217 code proposed for an amount.
    Raises SpecError.
    """

    code: str
    kind: Kind
    label: Text
    number: str = ""
    help: Text = field(default_factory=dict)
    required: bool = False
    choices: str | None = None
    condition: Condition | None = None
    integer: bool = False
    minimum: Limit | None = None
    maximum: Limit | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        check_code(self.code)
        if self.kind not in list(Kind):
            raise SpecError(
                _("Question “%(code)s” has the unknown kind “%(kind)s”.") % {"code": self.code, "kind": self.kind},
                self.code,
            )
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "label", checked_text(self.label, self.code))
        object.__setattr__(self, "help", checked_text(self.help, self.code))
        object.__setattr__(self, "number", checked_line(self.number, self.code))
        self._check_fields()
        self._check_limits()

    def _check_fields(self) -> None:
        problem = ""
        if self.kind in CHOICE_KINDS and not self.choices:
            problem = _("Question “%(code)s” is a choice and names no list of options.")
        elif self.choices and self.kind not in CHOICE_KINDS | ROLE_KINDS:
            problem = _("Question “%(code)s” names a list of options, but its kind takes none.")
        elif self.integer and self.kind is not Kind.NUMBER:
            problem = _("Question “%(code)s” asks for whole numbers, but is not a number.")
        elif self.currency is not None and self.kind is not Kind.MONEY:
            problem = _("Question “%(code)s” proposes a currency, but is not an amount of money.")
        elif self.currency is not None and pycountry.currencies.get(alpha_3=self.currency) is None:
            problem = _("Question “%(code)s” needs a currency of ISO 4217, such as USD or BRL.")
        elif self.kind is Kind.NOTE and self.required:
            problem = _("“%(code)s” is a note and cannot be required.")
        if problem:
            raise SpecError(problem % {"code": self.code}, self.code)

    def _check_limits(self) -> None:
        limits = [limit for limit in (self.minimum, self.maximum) if limit is not None]
        if not limits:
            return
        numbers = [limit for limit in limits if isinstance(limit, Decimal) and limit.is_finite()]
        dates = [limit for limit in limits if isinstance(limit, date)]
        if limits != (numbers if self.kind in NUMBER_KINDS else dates if self.kind in DATE_KINDS else []):
            raise SpecError(
                _("The limits of question “%(code)s” do not go with its kind.") % {"code": self.code},
                self.code,
            )
        if numbers != sorted(numbers) or dates != sorted(dates):
            raise SpecError(_("Question “%(code)s” has a minimum above its maximum.") % {"code": self.code}, self.code)


@dataclass(frozen=True)
class SectionSpec:
    """Questions under one title, asked together, perhaps on a condition."""

    code: str
    title: Text
    questions: tuple[QuestionSpec, ...]
    condition: Condition | None = None

    def __post_init__(self) -> None:
        check_code(self.code)
        object.__setattr__(self, "title", checked_text(self.title, self.code))


@dataclass(frozen=True)
class InstrumentSpec:
    """A version of a questionnaire.

    `choice_lists` may leave out lists that are vocabularies kept elsewhere; what is here is checked against the conditions.
    `source` says where the questions come from. Raises SpecError: a code used twice, a label missing in the default
    language, a condition on an unknown or later question, a comparison that the question's kind does not allow.
    """

    code: str
    version: str
    title: Text
    sections: tuple[SectionSpec, ...]
    introduction: Text = field(default_factory=dict)
    default_language: str = "es"
    choice_lists: tuple[ChoiceListSpec, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        check_code(self.code)
        if self.default_language not in LANGUAGES:
            raise SpecError(_("The default language is one of es, pt, en and fr."), self.code)
        for name in ("title", "introduction"):
            object.__setattr__(self, name, checked_text(getattr(self, name), self.code))
        for name in ("version", "source"):
            object.__setattr__(self, name, checked_line(getattr(self, name), self.code))
        if not self.version:
            raise SpecError(_("The instrument “%(code)s” needs a version.") % {"code": self.code}, self.code)
        self._check_filled()
        check_unique((section.code.casefold() for section in self.sections), self.code)
        check_unique((question.code.casefold() for question in self.questions()), self.code)
        check_unique((choices.code.casefold() for choices in self.choice_lists), self.code)
        self._check_labels()
        self._check_conditions()

    def questions(self) -> Iterator[QuestionSpec]:
        """Every question in order."""
        for section in self.sections:
            yield from section.questions

    def choice_list(self, code: str | None) -> ChoiceListSpec | None:
        """The list of that code, if it is kept with the instrument."""
        return next((choices for choices in self.choice_lists if choices.code == code), None)

    def lists_named(self) -> tuple[str, ...]:
        """The codes of the lists that questions name, each once, in order of use."""
        return tuple(dict.fromkeys(question.choices for question in self.questions() if question.choices))

    def languages(self) -> tuple[str, ...]:
        """The languages that some text of the instrument uses, the default language first."""
        used = {code for text in self._texts() for code, words in text.items() if words}
        others = [code for code in LANGUAGES if code in used and code != self.default_language]
        return (self.default_language, *others)

    def _texts(self) -> Iterator[Text]:
        yield from (self.title, self.introduction)
        for section in self.sections:
            yield section.title
        for question in self.questions():
            yield from (question.label, question.help)
        for choices in self.choice_lists:
            yield from (choice.label for choice in choices.choices)

    def _labels(self) -> Iterator[tuple[str, Text]]:
        yield self.code, self.title
        for section in self.sections:
            yield section.code, section.title
        for question in self.questions():
            yield question.code, question.label
        for choices in self.choice_lists:
            yield from ((f"{choices.code}: {choice.code}", choice.label) for choice in choices.choices)

    def _check_filled(self) -> None:
        if not self.sections:
            raise SpecError(_("The instrument “%(code)s” has no sections.") % {"code": self.code}, self.code)
        for section in self.sections:
            if not section.questions:
                raise SpecError(_("The section “%(code)s” has no questions.") % {"code": section.code}, section.code)

    def _check_labels(self) -> None:
        for code, label in self._labels():
            if not label.get(self.default_language, "").strip():
                raise SpecError(
                    _("“%(code)s” has no label in the default language (%(language)s).")
                    % {"code": code, "language": self.default_language},
                    code,
                )

    def _check_conditions(self) -> None:
        everything = {question.code for question in self.questions()}
        earlier: dict[str, QuestionSpec] = {}
        for section in self.sections:
            self._check_condition(section.condition, section.code, earlier, everything)
            for question in section.questions:
                self._check_condition(question.condition, question.code, earlier, everything)
                earlier[question.code] = question

    def _check_condition(
        self,
        condition: Condition | None,
        code: str,
        earlier: Mapping[str, QuestionSpec],
        everything: set[str],
    ) -> None:
        for comparison in comparisons(condition) if condition else ():
            asked = earlier.get(comparison.question)
            names = {"code": code, "question": comparison.question}
            if asked is None and comparison.question in everything:
                raise SpecError(
                    _("The condition of “%(code)s” depends on “%(question)s”, which is not asked before it.") % names,
                    code,
                )
            if asked is None:
                raise SpecError(
                    _("The condition of “%(code)s” depends on the unknown question “%(question)s”.") % names,
                    code,
                )
            if not comparable(comparison, asked):
                raise SpecError(
                    _("The condition of “%(code)s” compares “%(question)s” in a way its kind does not allow.") % names,
                    code,
                )
            self._check_options(comparison, asked, code)

    def _check_options(self, comparison: Comparison, asked: QuestionSpec, code: str) -> None:
        choices = self.choice_list(asked.choices) if asked.kind in CHOICE_KINDS else None
        if choices is None or not isinstance(comparison.value, tuple):
            return
        for value in comparison.value:
            if value not in choices.codes:
                raise SpecError(
                    _("The condition of “%(code)s” names “%(value)s”, which is no option of “%(question)s”.")
                    % {"code": code, "value": value, "question": asked.code},
                    code,
                )


def comparable(comparison: Comparison, asked: QuestionSpec) -> bool:
    """Whether the question's kind allows this comparison."""
    if comparison.operator is Operator.ANSWERED:
        return asked.kind is not Kind.NOTE
    if comparison.operator in LISTS:
        return asked.kind in CHOICE_KINDS or asked.kind is Kind.COUNTRIES
    if asked.kind is Kind.NUMBER:
        return isinstance(comparison.value, Decimal)
    if asked.kind is Kind.DATE:
        return isinstance(comparison.value, date)
    return asked.kind in TEXT_KINDS and isinstance(comparison.value, str) and comparison.operator not in ORDERED


def with_lists(instrument: InstrumentSpec, lists: Sequence[ChoiceListSpec]) -> InstrumentSpec:
    """The instrument with `lists` added to those it keeps already; its own win."""
    known = {choices.code for choices in instrument.choice_lists}
    added = tuple(choices for choices in lists if choices.code not in known)
    return replace(instrument, choice_lists=(*instrument.choice_lists, *added))
