"""The lists of what is learned that go out as files and come back."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ayni.common.permissions import KEEP_INITIATIVES
from ayni.common.sheets.sheet import Source, Standing
from ayni.common.views.sheets import ListPages
from ayni.learning.actions.sheets.lessons import save_lesson_row
from ayni.learning.actions.sheets.obstacles import save_obstacle_row
from ayni.learning.forms.lessons import LessonFilter
from ayni.learning.forms.obstacles import ObstacleFilter
from ayni.learning.queries import lessons as lesson_queries
from ayni.learning.queries import obstacles as obstacle_queries
from ayni.learning.queries.sheets import lessons, obstacles


def _lessons(request: HttpRequest) -> Iterable[Standing]:
    """What the list shows to this reader with these filters; the page of one initiative asks by its code."""
    asked = LessonFilter(request.GET, countries=lesson_queries.countries_there()).asked()
    rows = lesson_queries.filtered(lesson_queries.lessons_for(request.user), **asked)
    code = request.GET.get("code", "")
    return lessons.lesson_rows(rows.filter(initiative__code=code) if code else rows)


def _obstacles(request: HttpRequest) -> Iterable[Standing]:
    """What the list shows to this reader with these filters; the page of one initiative asks by its code."""
    asked = ObstacleFilter(request.GET, countries=obstacle_queries.countries_there()).asked()
    rows = obstacle_queries.filtered(obstacle_queries.obstacles_for(request.user), **asked)
    code = request.GET.get("code", "")
    return obstacles.obstacle_rows(rows.filter(initiative__code=code) if code else rows)


LESSONS = ListPages(
    "lessons",
    _("Lessons"),
    KEEP_INITIATIVES,
    Source(lessons.lesson_sheet, lessons.lessons_standing, lessons.lesson_twin, save_lesson_row),
    _lessons,
)
OBSTACLES = ListPages(
    "obstacles",
    _("Obstacles"),
    KEEP_INITIATIVES,
    Source(obstacles.obstacle_sheet, obstacles.obstacles_standing, obstacles.obstacle_twin, save_obstacle_row),
    _obstacles,
)
