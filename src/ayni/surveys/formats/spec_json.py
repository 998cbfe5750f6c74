"""An instrument <-> its JSON form, the one of `data/instruments/*.json`.

Shape: `{"code", "version", "title": {language: text}, "introduction", "source", "default_language", "sections": [{"code",
"title", "condition", "questions": [{"code", "number", "kind", "label", "help", "scheme", "required", "condition", "integer",
"minimum", "maximum", "currency"}]}], "lists": [{"code", "choices": [{"code", "label"}]}]}`. Keys that hold nothing may be
absent; numbers and dates are texts, so that nothing is rounded.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from ayni.surveys.formats import conditions
from ayni.surveys.formats.spec import (
    NUMBER_KINDS,
    ChoiceListSpec,
    ChoiceSpec,
    InstrumentSpec,
    Limit,
    QuestionSpec,
    SectionSpec,
)
from ayni.surveys.formats.spec_checks import SpecError


def instrument_to_json(instrument: InstrumentSpec) -> dict[str, Any]:
    """The JSON form; `instrument_from_json` gives back an equal instrument."""
    return {
        "code": instrument.code,
        "version": instrument.version,
        "title": dict(instrument.title),
        "introduction": dict(instrument.introduction),
        "source": instrument.source,
        "default_language": instrument.default_language,
        "sections": [_section_to_json(section) for section in instrument.sections],
        "lists": [_list_to_json(choices) for choices in instrument.choice_lists],
    }


def _section_to_json(section: SectionSpec) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": dict(section.title),
        "condition": conditions.to_json(section.condition),
        "questions": [question_to_json(question) for question in section.questions],
    }


def question_to_json(question: QuestionSpec) -> dict[str, Any]:
    """The JSON form of one question; limits, currency and whole numbers only where they apply."""
    written: dict[str, Any] = {
        "code": question.code,
        "number": int(question.number) if _is_plain_number(question.number) else question.number,
        "kind": question.kind.value,
        "label": dict(question.label),
        "help": dict(question.help),
        "scheme": question.choices,
        "required": question.required,
        "condition": conditions.to_json(question.condition),
    }
    return written | options_to_json(question)


def options_to_json(question: QuestionSpec) -> dict[str, Any]:
    """What goes with the question's kind: integer, minimum, maximum, currency, where they apply."""
    options: dict[str, Any] = {}
    if question.integer:
        options["integer"] = True
    for name, limit in (("minimum", question.minimum), ("maximum", question.maximum)):
        if limit is not None:
            options[name] = limit.isoformat() if isinstance(limit, date) else format(limit, "f")
    if question.currency:
        options["currency"] = question.currency
    return options


def _is_plain_number(number: str) -> bool:
    return number.isascii() and number.isdigit() and str(int(number)) == number


def _list_to_json(choices: ChoiceListSpec) -> dict[str, Any]:
    return {
        "code": choices.code,
        "choices": [{"code": choice.code, "label": dict(choice.label)} for choice in choices.choices],
    }


def instrument_from_json(data: Mapping[str, Any]) -> InstrumentSpec:
    """The instrument of its JSON form. Raises SpecError: a key is missing or something cannot be."""
    try:
        return InstrumentSpec(
            code=data["code"],
            version=str(data["version"]),
            title=data["title"],
            introduction=data.get("introduction") or {},
            source=data.get("source") or "",
            default_language=data.get("default_language") or "es",
            sections=tuple(_section_from_json(section) for section in data["sections"]),
            choice_lists=tuple(_list_from_json(choices) for choices in data.get("lists") or ()),
        )
    except KeyError as error:
        raise SpecError(_("The instrument's JSON lacks “%(key)s”.") % {"key": error.args[0]}) from error
    except conditions.ConditionError as error:
        raise SpecError(str(error)) from error
    except (AttributeError, TypeError) as error:
        raise SpecError(_("The instrument's JSON does not have the shape of an instrument.")) from error


def _section_from_json(data: Mapping[str, Any]) -> SectionSpec:
    return SectionSpec(
        code=data["code"],
        title=data["title"],
        questions=tuple(_question_from_json(question) for question in data["questions"]),
        condition=conditions.from_json(data.get("condition")),
    )


def _question_from_json(data: Mapping[str, Any]) -> QuestionSpec:
    number = data.get("number")
    return QuestionSpec(
        code=data["code"],
        kind=data["kind"],
        label=data["label"],
        number="" if number is None else str(number),
        help=data.get("help") or {},
        required=bool(data.get("required")),
        choices=data.get("scheme") or None,
        condition=conditions.from_json(data.get("condition")),
        **options_from_json(data, data["kind"], data["code"]),
    )


def options_from_json(data: Mapping[str, Any], kind: str, code: str) -> dict[str, Any]:
    """The fields of a question that `options_to_json` wrote, as QuestionSpec takes them. Raises SpecError."""
    return {
        "integer": bool(data.get("integer")),
        "minimum": _limit(data.get("minimum"), kind, code),
        "maximum": _limit(data.get("maximum"), kind, code),
        "currency": data.get("currency") or None,
    }


def _limit(value: object, kind: str, code: str) -> Limit | None:
    if value is None:
        return None
    try:
        return Decimal(str(value)) if kind in list(NUMBER_KINDS) else date.fromisoformat(str(value))
    except (InvalidOperation, ValueError) as error:
        raise SpecError(
            _("“%(value)s” cannot be a limit of question “%(code)s”.") % {"value": value, "code": code}, code
        ) from error


def _list_from_json(data: Mapping[str, Any]) -> ChoiceListSpec:
    return ChoiceListSpec(
        code=data["code"],
        choices=tuple(ChoiceSpec(choice["code"], choice["label"]) for choice in data["choices"]),
    )
