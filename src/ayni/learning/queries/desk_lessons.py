"""What waits on a person's desk about lessons and obstacles (settings.DESK)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import DISSEMINATE, KEEP_INITIATIVES, VERIFY_LESSONS, may
from ayni.learning.models import Lesson, LessonState, LessonUse, Obstacle
from ayni.learning.queries.lesson_steps import VERIFIABLE, WRITABLE
from ayni.registry.models import PUBLIC_RECORDS
from ayni.registry.queries.reach import own

KINDS: dict[str, Promise] = {
    "lesson": gettext_lazy("Lessons"),
    "obstacle": gettext_lazy("Obstacles"),
}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (KEEP_INITIATIVES, "obstacle_add", gettext_lazy("Register an obstacle")),
    (VERIFY_LESSONS, "lessons", gettext_lazy("Read the lessons and verify their use")),
)


def sources(user: User) -> Iterable[Source]:
    """Lessons to review, to type, to use, and to agree with; uses to verify; lessons to disseminate; obstacles to meet."""
    if may(user, KEEP_INITIATIVES):
        mine = own(user, "institution", KEEP_INITIATIVES)
        yield Source(_with_names(Lesson.objects.filter(mine, _open())), _own)
        asked = Lesson.objects.filter(
            own(user, "joint_with", KEEP_INITIATIVES), joint_agreed_at__isnull=True, state__in=WRITABLE
        )
        yield _lessons(asked, _("You are asked whether you learned it too: agree or decline."))
        yield Source(
            Obstacle.objects.filter(mine, taken_on__isnull=True, ended_on__isnull=True).select_related("kind"),
            _obstacle,
        )
    if may(user, VERIFY_LESSONS):
        open_ = LessonUse.objects.filter(lesson=OuterRef("pk"), verified_at__isnull=True)
        waiting = Lesson.objects.filter(Exists(open_), state__in=VERIFIABLE)
        yield _lessons(waiting, _("Verify its use, or return the evidence."))
    if may(user, DISSEMINATE):
        verified = Lesson.objects.filter(state=LessonState.VERIFIED, initiative__validation__in=PUBLIC_RECORDS)
        yield _lessons(verified, _("Disseminate it."))


def _open() -> Q:
    """What its institution has to do: not what waits for the other institution, nor an external lesson that has come to its end."""
    decided = Q(joint_with__isnull=True) | Q(joint_agreed_at__isnull=False)
    return (
        Q(state=LessonState.CAPTURED)
        | decided & Q(state=LessonState.REVIEWED)
        | Q(state=LessonState.TYPED) & ~Q(kind="external")
    )


def _own(lesson: Lesson) -> Task:
    why = {
        LessonState.CAPTURED: _("Review it, or correct it."),
        LessonState.REVIEWED: _("Derive its type."),
        LessonState.TYPED: _("Say that it is incorporated, with the evidence."),
    }
    return _task(lesson, why[LessonState(lesson.state)])


def _lessons(rows: QuerySet[Lesson], why: str) -> Source:
    return Source(_with_names(rows), lambda lesson: _task(lesson, why))


def _with_names(rows: QuerySet[Lesson]) -> QuerySet[Lesson]:
    return rows.select_related("institution").prefetch_related("institution__names")


def _task(lesson: Lesson, why: str) -> Task:
    what = _("%(institution)s: %(title)s") % {"institution": lesson.institution, "title": lesson}
    return Task("lesson", what, why, url("lesson", lesson.pk), lesson.reviewed_at)


def _obstacle(obstacle: Obstacle) -> Task:
    what = _("%(kind)s: %(text)s") % {"kind": obstacle.kind, "text": obstacle}
    return Task("obstacle", what, _("Record what is done about it."), url("obstacle_measure", obstacle.pk))
