"""Writing lessons: capturing them in an initiative, correcting them, and agreeing with those that are recorded together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import words_of
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Concept, Institution
from ayni.learning.models import Lesson, LessonState
from ayni.learning.queries.lesson_steps import WRITABLE
from ayni.learning.queries.lessons import TEXTS
from ayni.registry.actions.initiatives.holding import refuse_merged
from ayni.registry.models import PUBLIC_RECORDS, Activity, Initiative, InitiativeState

# An initiative teaches once it has begun, and for as long as anybody looks back.
TEACHING = (
    InitiativeState.EXECUTION,
    InitiativeState.SUSPENDED,
    InitiativeState.CLOSURE,
    InitiativeState.EX_POST,
    InitiativeState.ARCHIVED,
)


@dataclass(frozen=True)
class LessonFacts:
    """What a lesson says; `joint_with` is the other institution that learned it too."""

    title: dict[str, str]
    text: dict[str, str]
    recognition: dict[str, str]
    proposal: dict[str, str]
    captured_on: date
    activity: Activity | None = None
    joint_with: Institution | None = None
    topics: tuple[Concept, ...] = ()


@transaction.atomic
def capture_lesson(*, by: Any, initiative: Initiative, institution: Institution, facts: LessonFacts) -> Lesson:
    """What `institution` learned in an initiative in which it takes part.

    Raises Refused before the initiative has begun, and for facts that do not hold together.
    """
    require(by, KEEP_INITIATIVES, institution)
    # Held, so that nobody merges it away meanwhile.
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    refuse_merged(initiative)
    if initiative.state not in TEACHING:
        raise Refused(
            _("The initiative is “%(state)s”: lessons are captured once it has begun.")
            % {"state": initiative.get_state_display()}
        )
    _check(initiative, institution, facts)
    values = {name: value for name, value in vars(facts).items() if name != "topics"}
    lesson = Lesson.objects.create(initiative=initiative, institution=institution, words=_words(facts), **values)
    lesson.topics.set(facts.topics)
    record(by=by, verb="lesson captured", on=lesson, after=told(lesson), public=False)
    return lesson


@transaction.atomic
def edit_lesson(*, by: Any, lesson: Lesson, base: int, facts: LessonFacts) -> Lesson:
    """Correct a lesson that has no type yet; the other institution has to agree with the new text again.

    Raises Conflict when somebody else has changed it since revision `base`, Refused once it has a type.
    """
    lesson = locked(lesson)
    require(by, KEEP_INITIATIVES, lesson)
    if lesson.state not in WRITABLE:
        raise Refused(_("What has a type is not changed in place: take the lesson up again first."))
    if base != lesson.revision:
        raise Conflict(
            _("Somebody else has changed this lesson meanwhile. Compare it with what stands, then save again.")
        )
    _check(lesson.initiative, lesson.institution, facts)
    before = told(lesson)
    for name, value in vars(facts).items():
        if name == "topics":
            lesson.topics.set(value)
        else:
            setattr(lesson, name, value)
    lesson.words = _words(facts)
    lesson.joint_agreed_at = lesson.joint_agreed_by = None
    lesson.revision += 1
    lesson.save()
    record(by=by, verb="lesson changed", on=lesson, before=before, after=told(lesson), public=is_public(lesson))
    return lesson


@transaction.atomic
def agree_joint(*, by: Any, lesson: Lesson) -> Lesson:
    """The other institution says that it learned the same. Raises Refused when it was not asked, or once there is a type."""
    lesson = _asked(by, lesson)
    before = snapshot(lesson)
    lesson.joint_agreed_at, lesson.joint_agreed_by = timezone.now(), by
    _save(lesson)
    record(by=by, verb="lesson agreed", on=lesson, before=before, after=snapshot(lesson), public=is_public(lesson))
    return lesson


@transaction.atomic
def decline_joint(*, by: Any, lesson: Lesson, reason: str) -> Lesson:
    """The other institution does not share the lesson; it stays its author's alone, who reads why. Raises Refused as `agree_joint`."""
    lesson = _asked(by, lesson)
    if not reason.strip():
        raise Refused(_("Give the reason: the other side reads it."))
    before = snapshot(lesson)
    lesson.joint_with, lesson.reason = None, reason.strip()
    _save(lesson)
    record(by=by, verb="lesson declined", on=lesson, before=before, after=snapshot(lesson), public=is_public(lesson))
    return lesson


def locked(lesson: Lesson) -> Lesson:
    """The lesson as it stands, held for this transaction."""
    rows = Lesson.objects.select_for_update(of=("self",)).select_related(
        "initiative", "institution__country", "joint_with__country"
    )
    return rows.get(pk=lesson.pk)


def is_public(lesson: Lesson) -> bool:
    """Whether a page that anybody can read shows it."""
    return lesson.initiative.validation in PUBLIC_RECORDS and lesson.state != LessonState.CAPTURED


def told(lesson: Lesson) -> dict[str, Any]:
    """What the record of changes keeps of a lesson."""
    return {**snapshot(lesson), "topics": sorted(lesson.topics.values_list("code", flat=True))}


def _words(facts: LessonFacts) -> str:
    return words_of(*(getattr(facts, name) for name in TEXTS))


def _asked(by: Any, lesson: Lesson) -> Lesson:
    lesson = locked(lesson)
    require(by, KEEP_INITIATIVES, lesson.joint_with or lesson.institution)
    if lesson.joint_with is None or lesson.joint_agreed_at is not None:
        raise Refused(_("Nobody is asked to agree with this lesson now. Look at the page again."))
    if lesson.state not in WRITABLE:
        raise Refused(_("What has a type is not changed in place: take the lesson up again first."))
    return lesson


def _save(lesson: Lesson) -> None:
    lesson.revision += 1
    lesson.save()


def _check(initiative: Initiative, institution: Institution, facts: LessonFacts) -> None:
    parties = set(initiative.participations.values_list("institution", flat=True))
    if institution.pk not in parties:
        raise Refused(_("%(institution)s does not take part in this initiative.") % {"institution": institution})
    if not facts.title or not facts.text:
        raise Refused(_("Give the lesson a title, and say what was learned."))
    if facts.captured_on > timezone.localdate():
        raise Refused(_("The day on which it was learned has not come yet."))
    if facts.activity is not None and facts.activity.initiative_id != initiative.pk:
        raise Refused(_("The activity belongs to another initiative."))
    if facts.joint_with is not None and facts.joint_with.pk not in parties - {institution.pk}:
        raise Refused(_("The other institution takes part in the initiative too: choose one of those."))
