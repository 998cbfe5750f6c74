"""Conditions in words, in the language of the reader."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import reduce

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from ayni.common.i18n import language, text_in
from ayni.surveys.formats.conditions import Comparison, Condition, Group, Operator
from ayni.surveys.formats.spec import InstrumentSpec, QuestionSpec


def condition_in_words(condition: Condition, instrument: InstrumentSpec) -> str:
    """One clause, such as "question 7 is “Triangular”", without a full stop."""
    questions = {question.code: question for question in instrument.questions()}
    return _clause(condition, instrument, questions, inside=False)


def _clause(
    condition: Condition, instrument: InstrumentSpec, questions: Mapping[str, QuestionSpec], *, inside: bool
) -> str:
    if isinstance(condition, Comparison):
        return _comparison(condition, instrument, questions[condition.question])
    parts = [_clause(part, instrument, questions, inside=True) for part in condition.parts]
    return _joined(condition, parts, inside=inside)


def _joined(group: Group, parts: list[str], *, inside: bool) -> str:
    joint = _("%(one)s and %(other)s") if group.joined_by == "all" else _("%(one)s or %(other)s")
    words = reduce(lambda one, other: joint % {"one": one, "other": other}, parts)
    return f"({words})" if inside else words


def _comparison(comparison: Comparison, instrument: InstrumentSpec, asked: QuestionSpec) -> str:
    names = {"question": asked.number or asked.code, "value": _value(comparison.value, instrument, asked)}
    return _sentence(comparison) % names


def _sentence(comparison: Comparison) -> str:
    several = isinstance(comparison.value, tuple) and len(comparison.value) > 1
    match comparison.operator:
        case Operator.ANSWERED:
            return _("question %(question)s is answered") if comparison.value else _("question %(question)s is empty")
        case Operator.ANY_OF:
            return (
                _("question %(question)s has one of %(value)s") if several else _("question %(question)s has %(value)s")
            )
        case Operator.NONE_OF:
            return (
                _("question %(question)s has none of %(value)s")
                if several
                else _("question %(question)s does not have %(value)s")
            )
        case Operator.ABOVE:
            return _("question %(question)s is more than %(value)s")
        case Operator.AT_LEAST:
            return _("question %(question)s is at least %(value)s")
        case Operator.BELOW:
            return _("question %(question)s is less than %(value)s")
        case Operator.AT_MOST:
            return _("question %(question)s is at most %(value)s")
    return _("question %(question)s is %(value)s")


def _value(value: object, instrument: InstrumentSpec, asked: QuestionSpec) -> str:
    if isinstance(value, tuple):
        choices = instrument.choice_list(asked.choices)
        labels = {choice.code: text_in(choice.label) for choice in choices.choices} if choices else {}
        return ", ".join(_quoted(labels.get(str(code), str(code))) for code in value)
    if isinstance(value, Decimal):
        return format_decimal(value, locale=language())
    if isinstance(value, date):
        return format_date(value, format="long", locale=language())
    return _quoted(str(value))


def _quoted(words: str) -> str:
    return _("“%(words)s”") % {"words": words}
