"""The form of a section: reads what was sent, and what the page showed when it was sent."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from ayni.surveys.actions.answers import Edit
from ayni.surveys.formats.answer_values import AnswerError, clean
from ayni.surveys.formats.spec import Kind
from ayni.surveys.forms.answer_fields import AnswerField
from ayni.surveys.forms.answer_raw import number_of, raw_answer
from ayni.surveys.queries.country_groups import Group, country_groups
from ayni.surveys.queries.responses import Item, SectionState

KEEP = "keep."


def new_client() -> str:
    """The name of one opening of a form: edits are numbered within it."""
    return secrets.token_urlsafe(12)


def edits_of(items: Iterable[Item], data: QueryDict) -> list[Edit]:
    """What a form changes, from what it sent: questions it did not show, and those left as they stand, are not among it."""
    client, sequence = data.get("client", "")[:40], number_of(data, "sequence")
    if not client or sequence is None:
        client, sequence = new_client(), 1
    found = []
    for item in items:
        base = number_of(data, f"{item.code}.base")
        if item.is_note or item.question.kind is Kind.FILE or base is None:
            continue
        raw = raw_answer(item.question, data, item.value)
        if base != item.revision or not _is_standing(item, raw):
            settles = number_of(data, f"{item.code}.settles")
            found.append(Edit(item.code, raw, base, client, sequence, settles))
    return found


def _is_standing(item: Item, raw: Any) -> bool:
    try:
        return bool(clean(item.question, raw) == item.value)
    except AnswerError:
        return False


def choices_of(data: QueryDict) -> dict[int, bool]:
    """{number of a value kept aside: whether it becomes the answer} of the buttons pressed."""
    return {
        int(name[len(KEEP) :]): value == "aside"
        for name, value in data.items()
        if name.startswith(KEEP) and name[len(KEEP) :].isdigit() and len(name) < 15
    }


def fields_of(
    section: SectionState,
    *,
    raws: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[AnswerField]:
    """The controls of a section: with the standing values, or with what was sent and what is wrong with it."""
    raws, problems = raws or {}, problems or {}
    groups = groups_for(section.items)
    return [
        AnswerField(
            item=item,
            raw=raws.get(item.code, item.value),
            error=problems.get(item.code, ""),
            groups=groups,
            settles=item.asides[-1].revision.pk if item.asides else None,
        )
        for item in section.items
    ]


def groups_for(items: Iterable[Item]) -> list[Group]:
    """The regions, when a question asks for countries."""
    asked = next((item.question for item in items if item.question.kind is Kind.COUNTRIES), None)
    return country_groups(asked.directory.countries) if asked else []
