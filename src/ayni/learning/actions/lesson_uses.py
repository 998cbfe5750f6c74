"""What changed by a lesson: the version of a programme or component, its evidence, and who verified it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES, VERIFY_LESSONS, require
from ayni.directory.models import Component, ProgrammeVersion
from ayni.learning.actions.lesson_steps import carry_out
from ayni.learning.actions.lessons import is_public, locked
from ayni.learning.models import Lesson, LessonState, LessonUse
from ayni.learning.queries.lesson_steps import USABLE, VERIFIABLE, learned, step_of
from ayni.methods.learning_types import type_of


@dataclass(frozen=True)
class UseFacts:
    """Which version changed: of a programme, or of a component (then with its number); what changed, and where it is seen."""

    changed: dict[str, str]
    used_on: date
    evidence: str = ""
    evidence_note: dict[str, str] | None = None
    programme_version: ProgrammeVersion | None = None
    component: Component | None = None
    component_version: int | None = None


@transaction.atomic
def record_use(*, by: Any, lesson: Lesson, use: UseFacts) -> LessonUse:
    """A version that a lesson changed. A lesson that has a type already is typed anew with it.

    Raises Refused without evidence, for another country's programme, a version that does not stand, or a use told already.
    """
    lesson = locked(lesson)
    require(by, KEEP_INITIATIVES, lesson)
    if lesson.state not in USABLE:
        raise Refused(_("The lesson is reviewed before its use is recorded."))
    _check(lesson, use)
    values = vars(use) | {"evidence_note": use.evidence_note or {}}
    try:
        with transaction.atomic():
            added = LessonUse.objects.create(lesson=lesson, **values)
    except IntegrityError as error:
        raise Refused(_("This version is recorded already as a use of the lesson.")) from error
    if lesson.kind:
        lesson.kind = type_of(learned(lesson))
    _touch(by, lesson, "lesson use recorded", None, snapshot(added))
    return added


@transaction.atomic
def remove_use(*, by: Any, use: LessonUse) -> None:
    """Take a use out again. Raises Refused once it is verified, or for the last one of a lesson that rests on it."""
    lesson = locked(use.lesson)
    require(by, KEEP_INITIATIVES, lesson)
    use = LessonUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if use.verified_at is not None:
        raise Refused(_("A use that was verified stays in the record."))
    others = lesson.uses.exclude(pk=use.pk)
    if lesson.state not in (LessonState.REVIEWED, LessonState.CAPTURED) and not others.exists():
        raise Refused(_("The lesson rests on this use: record another one first, or take the lesson up again."))
    before = snapshot(use)
    use.delete()
    if lesson.kind:
        kind = type_of(learned(lesson))
        if not kind:
            raise Refused(_("Without this use the lesson has no type: take the lesson up again first."))
        lesson.kind = kind
    _touch(by, lesson, "lesson use removed", before, None)


@transaction.atomic
def verify_use(*, by: Any, use: LessonUse) -> LessonUse:
    """Somebody who observes has seen the evidence; with the first use the lesson is verified.

    Raises Refused before the lesson is incorporated, or when the use is verified already.
    """
    lesson = locked(use.lesson)
    require(by, VERIFY_LESSONS, lesson)
    use = LessonUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if lesson.state not in VERIFIABLE:
        raise Refused(_("The institution says first that the lesson is incorporated; then its use is verified."))
    if use.verified_at is not None:
        raise Refused(_("This use is verified already."))
    before = snapshot(use)
    use.verified_at, use.verified_by = timezone.now(), by
    use.save()
    if lesson.state == LessonState.INCORPORATED:
        carry_out(by=by, lesson=lesson, step=step_of("verify"))
    _touch(by, lesson, "lesson use verified", before, snapshot(use))
    return use


def _touch(by: Any, lesson: Lesson, verb: str, before: Any, after: Any) -> None:
    lesson.revision += 1
    lesson.save()
    record(by=by, verb=verb, on=lesson, before=before, after=after, public=is_public(lesson))


def _check(lesson: Lesson, use: UseFacts) -> None:
    thing = use.programme_version or use.component
    if thing is None or (use.programme_version and use.component):
        raise Refused(_("Choose either a version of a programme or a component."))
    if not use.changed:
        raise Refused(_("Say what changed by the lesson."))
    if not use.evidence and not use.evidence_note:
        raise Refused(_("Give the evidence: an address where it can be read, or what shows it in words."))
    if use.used_on > timezone.localdate():
        raise Refused(_("The day of the change has not come yet."))
    if thing.programme.country_id not in _homes(lesson):
        raise Refused(_("The programme belongs to another country: record what changed at home."))
    if use.component is not None and not 1 <= (use.component_version or 0) <= use.component.version:
        raise Refused(
            _("Version %(version)d of “%(component)s” stands: record its new version in the catalogue first.")
            % {"version": use.component.version, "component": use.component}
        )


def _homes(lesson: Lesson) -> set[str | None]:
    """The countries whose programmes count: its own, and that of the other institution once it has agreed."""
    agreed = lesson.joint_with if lesson.joint_agreed_at else None
    return {lesson.institution.country_id} | ({agreed.country_id} if agreed else set())
