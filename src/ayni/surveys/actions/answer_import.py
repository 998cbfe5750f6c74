"""A sheet of answers goes in as a whole, exactly as its dry run showed it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Conflict, Refused
from ayni.common.workbooks.findings import errors
from ayni.directory.models import Institution
from ayni.surveys.actions.answers import Edit, advance
from ayni.surveys.models import Answer, Response, Round
from ayni.surveys.queries.answer_import import Plan, PlannedEdit, plan_import
from ayni.surveys.queries.responses import WITH_THE_RESPONDENT


@dataclass(frozen=True)
class Imported:
    """How many answers of how many institutions were saved."""

    answers: int
    institutions: int


@transaction.atomic
def import_answers(*, by: Any, round: Round, data: bytes, name: str, seen: str) -> Imported:
    """Save what the sheet changes. `seen` is the digest of the dry run that the person saw.

    Raises Conflict when the same sheet would now change something else, Refused when it cannot be read. Nothing is half written.
    """
    plan = plan_import(user=by, round_=round, data=data, name=name)
    _check(plan, seen)
    ordered = sorted(plan.edits, key=lambda edit: edit.institution)
    institutions = {
        one.code: one for one in Institution.objects.filter(code__in={edit.institution for edit in ordered})
    }
    for code, edits in groupby(ordered, key=lambda edit: edit.institution):
        _save(by, round, institutions[code], list(edits))
    after = {"file": name, "answers": len(ordered), "institutions": sorted(institutions)}
    record(by=by, verb="answers imported", on=round, after=after, public=False)
    return Imported(len(ordered), len(institutions))


def _check(plan: Plan, seen: str) -> None:
    if plan.refused:
        raise Refused(errors(plan.findings)[0].message)
    if plan.digest != seen:
        raise Conflict(
            _("The answers have changed since you looked at the sheet. Look at it again; nothing was written.")
        )
    if not plan.edits:
        raise Refused(_("The sheet changes nothing."))


def _save(by: Any, round_: Round, institution: Institution, edits: Sequence[PlannedEdit]) -> None:
    """Save the answers of one institution, each from the revision that the plan saw. Raises Conflict when another stands."""
    response, is_new = Response.objects.get_or_create(round=round_, institution=institution)
    if is_new:
        record(by=by, verb="response begun", on=response, after={"status": response.status}, public=False)
    response = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if response.status not in WITH_THE_RESPONDENT:
        raise Conflict(_changed())
    codes = [edit.question for edit in edits]
    questions = {question.code: question for question in round_.version.questions.filter(code__in=codes)}
    standing = {answer.question_id: answer for answer in response.answers.filter(question__in=questions.values())}
    client = f"sheet-{uuid.uuid4().hex}"
    for edit in edits:
        question = questions[edit.question]
        answer = standing.get(question.pk) or Answer.objects.create(response=response, question=question)
        if answer.revision != edit.base:
            raise Conflict(_changed())
        advance(
            by=by, answer=answer, value=edit.value, edit=Edit(edit.question, edit.value, edit.base, client, edit.row)
        )


def _changed() -> str:
    return _("The answers have changed since you looked at the sheet. Look at it again; nothing was written.")
