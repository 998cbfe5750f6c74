"""Two versions of an answer, as the component `conflict` shows them to the reader."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from ayni.common.i18n import text_in
from ayni.surveys.formats.answer_values import display
from ayni.surveys.forms.answer_fields import AnswerField
from ayni.surveys.models import AnswerRevision
from ayni.surveys.queries.responses import Aside, Item


def with_conflicts(request: HttpRequest, fields: Iterable[AnswerField]) -> list[dict[str, Any]]:
    """[{field, conflicts}] in order."""
    return [{"field": field, "conflicts": conflicts_of(request, field.item)} for field in fields]


def conflicts_of(request: HttpRequest, item: Item) -> list[dict[str, Any]]:
    """The conflicts of an answer: the reader's own version is called so, on whichever side it is."""
    return [_conflict(request, item, aside) for aside in item.asides]


def _conflict(request: HttpRequest, item: Item, aside: Aside) -> dict[str, Any]:
    kept, standing = _side(item, aside.revision, "aside"), _side(item, aside.standing, "standing")
    if aside.standing is None:
        standing |= {"value": item.text, "when": item.answer.updated_at if item.answer else None}
    mine_stands = aside.standing is not None and aside.standing.author_id == request.user.pk
    own_aside = aside.author_id == request.user.pk
    return {
        "number": aside.revision.pk,
        "name": f"keep.{aside.revision.pk}",
        "seen": item.revision,
        "label": text_in(item.question.label),
        "mine": standing if mine_stands and not own_aside else kept,
        "theirs": kept if mine_stands and not own_aside else standing,
        # Neither is the reader's: the sides go by the names of their authors.
        "named": not (own_aside or mine_stands),
    }


def _side(item: Item, revision: AnswerRevision | None, key: str) -> dict[str, Any]:
    if revision is None:
        return {"key": key, "who": "", "when": None, "value": ""}
    return {
        "key": key,
        "who": str(revision.author or ""),
        "when": revision.at,
        "value": display(revision.value, item.question),
    }
