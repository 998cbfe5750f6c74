"""A row of the sheet of lessons goes in through the actions of its pages."""

from typing import Any

from django.db import transaction

from ayni.common.sheets.sheet import SEPARATOR, Change
from ayni.directory.models import Institution
from ayni.learning.actions.lessons import LessonFacts, capture_lesson, edit_lesson
from ayni.learning.models import Lesson
from ayni.learning.queries.lessons import TEXTS
from ayni.registry.actions.sheets.given import activity_of, initiative_of, institution_of, required_day
from ayni.registry.models import Initiative
from ayni.registry.queries.sheets.columns import term


@transaction.atomic
def save_lesson_row(*, by: Any, change: Change) -> None:
    """Capture a lesson, or correct one. Refuses what those actions refuse."""
    if change.standing is not None:
        standing: Lesson = change.standing.row
        facts = _facts(change, standing.initiative, standing)
        edit_lesson(by=by, lesson=standing, base=standing.revision, facts=facts)
        return
    initiative = initiative_of(by, change.cells["initiative"])
    institution = institution_of(change.cells["institution"])
    capture_lesson(by=by, initiative=initiative, institution=institution, facts=_facts(change, initiative, None))


def _facts(change: Change, initiative: Initiative, standing: Lesson | None) -> LessonFacts:
    changed = change.changed
    joint = standing.joint_with if standing else None
    if "joint_with" in changed:
        joint = Institution.objects.select_related("country").filter(code=changed["joint_with"]).first()
    stand = list(standing.topics.all()) if standing else []
    codes = [one.code for one in stand]
    if "topics" in changed:
        codes = [code for code in changed["topics"].split(SEPARATOR) if code]
    return LessonFacts(
        captured_on=required_day(change, "captured_on", standing),
        activity=activity_of(change, initiative, standing.activity if standing else None),
        joint_with=joint,
        topics=tuple(term("topics", code, stand) for code in codes),
        **{name: change.texts(name, getattr(standing, name) if standing else None) for name in TEXTS},
    )
