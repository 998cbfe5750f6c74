"""When a question or a section is asked: a small tree over earlier answers, as plain values.

JSON forms: `{"question": "q7", "any_of": ["triangular"]}`, `{"question": "q4", "at_least": "10"}`,
`{"question": "q13", "answered": true}`, `{"all": [condition, ...]}`, `{"any": [condition, ...]}`.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class ConditionError(ValueError):
    """A condition that cannot be; the message is a translated sentence."""


class Operator(StrEnum):
    """What is asked of the earlier answer."""

    ANY_OF = "any_of"
    NONE_OF = "none_of"
    ANSWERED = "answered"
    EQUALS = "equals"
    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"


LISTS = frozenset({Operator.ANY_OF, Operator.NONE_OF})
ORDERED = frozenset({Operator.ABOVE, Operator.AT_LEAST, Operator.BELOW, Operator.AT_MOST})
Operand = tuple[str, ...] | str | Decimal | date | bool


@dataclass(frozen=True)
class Comparison:
    """One question's answer against a value.

    `value` is a tuple of codes for any_of and none_of, a bool for answered, a text, number or date for equals, a number or a
    date for the four orderings. A text is one line without both sorts of quotation marks, as XPath writes them.
    An unanswered question fulfils only `none_of` and `answered: false`.
    Raises ConditionError when operator and value do not go together.
    """

    question: str
    operator: Operator
    value: Operand

    def __post_init__(self) -> None:
        if self.operator in LISTS:
            fits = isinstance(self.value, tuple) and bool(self.value) and len(set(self.value)) == len(self.value)
        elif self.operator is Operator.ANSWERED:
            fits = isinstance(self.value, bool)
        elif self.operator in ORDERED:
            fits = isinstance(self.value, Decimal | date)
        else:
            fits = isinstance(self.value, Decimal | date) or (isinstance(self.value, str) and _is_line(self.value))
        if isinstance(self.value, Decimal) and not self.value.is_finite():
            fits = False
        if not fits:
            raise ConditionError(
                _("The condition on “%(question)s” has a value that does not go with “%(operator)s”.")
                % {"question": self.question, "operator": self.operator.value}
            )


def _is_line(text: str) -> bool:
    """Whether XPath can write this text between quotation marks, in a cell."""
    both = "'" in text and '"' in text
    return bool(text) and text.isprintable() and text == text.strip() and "${" not in text and not both


@dataclass(frozen=True)
class Group:
    """Two or more conditions joined by "all" or by "any". Make one with `all_of` or `any_of`, which keep it in normal form."""

    joined_by: str
    parts: tuple["Condition", ...]

    def __post_init__(self) -> None:
        if self.joined_by not in ("all", "any"):
            raise ConditionError(_("Conditions are joined by “all” or by “any”."))
        if len(self.parts) < 2:
            raise ConditionError(_("A group of conditions needs at least two different ones."))
        if any(isinstance(part, Group) and part.joined_by == self.joined_by for part in self.parts):
            raise ConditionError(_("A group of conditions holds a group of its own sort; write them as one."))


Condition = Comparison | Group


def all_of(*parts: Condition) -> Condition:
    """Every one of `parts`; nested "all" groups become one, repetitions go, a single one stands alone."""
    return _joined("all", parts)


def any_of(*parts: Condition) -> Condition:
    """At least one of `parts`; several any_of lists on one question become one list, in order."""
    return _joined("any", parts)


def _joined(joined_by: str, parts: Iterable[Condition]) -> Condition:
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Group) and part.joined_by == joined_by else [part])
    kept = tuple(dict.fromkeys(_lists_merged(flat) if joined_by == "any" else flat))
    if not kept:
        raise ConditionError(_("A group of conditions needs at least two different ones."))
    return kept[0] if len(kept) == 1 else Group(joined_by, kept)


def _lists_merged(parts: list[Condition]) -> list[Condition]:
    merged: dict[object, Condition] = {}
    for part in parts:
        if not (isinstance(part, Comparison) and part.operator is Operator.ANY_OF and isinstance(part.value, tuple)):
            merged[part] = part
            continue
        before = merged.get(part.question)
        values = before.value if isinstance(before, Comparison) and isinstance(before.value, tuple) else ()
        merged[part.question] = Comparison(part.question, Operator.ANY_OF, tuple(dict.fromkeys((*values, *part.value))))
    return list(merged.values())


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison of the tree, from left to right."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in condition.parts:
            yield from comparisons(part)


def holds(condition: Condition | None, answers: Mapping[str, Any]) -> bool:
    """Whether the answers given so far fulfil the condition (no condition: always).

    `answers` maps question codes to answers in the forms of `answer_values`: a text, a list of codes, a list of objects with
    "country", or absent. Answers that cannot be compared do not fulfil it.
    """
    if condition is None:
        return True
    if isinstance(condition, Group):
        results = (holds(part, answers) for part in condition.parts)
        return all(results) if condition.joined_by == "all" else any(results)
    answer = answers.get(condition.question)
    if condition.operator is Operator.ANSWERED:
        return _is_given(answer) is condition.value
    if condition.operator in LISTS:
        given = set(_codes(answer))
        wanted = condition.value if isinstance(condition.value, tuple) else ()
        return given.isdisjoint(wanted) is (condition.operator is Operator.NONE_OF)
    return _is_given(answer) and _compares(condition, answer)


def _is_given(answer: object) -> bool:
    return answer is not None and answer != "" and answer != [] and answer != {}


def _codes(answer: object) -> list[str]:
    items = answer if isinstance(answer, list | tuple) else [] if answer is None else [answer]
    return [str(item.get("country", "")) if isinstance(item, Mapping) else str(item) for item in items]


COMPARERS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUALS: operator.eq,
    Operator.ABOVE: operator.gt,
    Operator.AT_LEAST: operator.ge,
    Operator.BELOW: operator.lt,
    Operator.AT_MOST: operator.le,
}


def _compares(condition: Comparison, answer: object) -> bool:
    wanted = condition.value
    given: object = answer
    try:
        if isinstance(wanted, Decimal):
            given = Decimal(str(answer))
        elif isinstance(wanted, date):
            given = date.fromisoformat(str(answer))
        return COMPARERS[condition.operator](given, wanted)
    except (InvalidOperation, ValueError):
        return False


def to_json(condition: Condition | None) -> dict[str, Any] | None:
    """The JSON form; numbers and dates as texts, so that nothing is rounded."""
    if condition is None:
        return None
    if isinstance(condition, Group):
        return {condition.joined_by: [to_json(part) for part in condition.parts]}
    value: object = condition.value
    if isinstance(value, tuple):
        value = list(value)
    elif isinstance(value, Decimal):
        value = {"number": format(value, "f")} if condition.operator is Operator.EQUALS else format(value, "f")
    elif isinstance(value, date):
        value = {"date": value.isoformat()} if condition.operator is Operator.EQUALS else value.isoformat()
    return {"question": condition.question, condition.operator.value: value}


def from_json(data: Any) -> Condition | None:
    """The condition of its JSON form, in normal form. Raises ConditionError on anything else."""
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise ConditionError(_('A condition is an object such as {"question": …, "any_of": […]}.'))
    for joined_by, join in (("all", all_of), ("any", any_of)):
        if joined_by in data:
            parts = [from_json(part) for part in data[joined_by]]
            return join(*(part for part in parts if part is not None))
    operators = [known for known in Operator if known.value in data]
    if "question" not in data or len(operators) != 1 or len(data) != 2:
        raise ConditionError(_("A condition names one question and one comparison."))
    return Comparison(str(data["question"]), operators[0], _operand(operators[0], data[operators[0].value]))


def _operand(asked: Operator, value: Any) -> Operand:
    if asked in LISTS and isinstance(value, list | tuple):
        return tuple(str(code) for code in value)
    if asked is Operator.ANSWERED and isinstance(value, bool):
        return value
    if asked is Operator.EQUALS and isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        value = value.get("number", value.get("date"))
    return _number_or_date(value)


def _number_or_date(value: object) -> Decimal | date:
    text = str(value)
    try:
        return date.fromisoformat(text) if text.count("-") == 2 else Decimal(text)
    except (InvalidOperation, ValueError):
        raise ConditionError(_("“%(value)s” is neither a number nor a date.") % {"value": text}) from None
