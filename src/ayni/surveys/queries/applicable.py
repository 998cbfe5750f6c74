"""Which questions a response is asked: those whose own condition, and their section's, hold for its answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from ayni.surveys.formats.conditions import from_json, holds
from ayni.surveys.models import Kind, Question


def applicable(questions: Iterable[Question], values: Mapping[str, Any]) -> list[Question]:
    """The questions asked of `values` ({question code: answer}), in order, notes left out.

    The questions come with their section. An answer to a question that is not asked fulfils no condition either.
    """
    found: list[Question] = []
    known: dict[str, Any] = {}
    for question in questions:
        if question.kind == Kind.NOTE:
            continue
        conditions = (from_json(question.section.condition), from_json(question.condition))
        if all(holds(condition, known) for condition in conditions):
            found.append(question)
            known[question.code] = values.get(question.code)
    return found
