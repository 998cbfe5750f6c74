"""The lessons as a sheet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.common.sheets.rules import whole
from ayni.common.sheets.sheet import SEPARATOR, Cells, Column, Key, Kind, Sheet, Standing, Use
from ayni.learning.models import Lesson
from ayni.learning.queries.lessons import TEXTS, lessons_for
from ayni.registry.queries.sheets.columns import (
    days,
    initiative_column,
    institutions,
    number_column,
    says_the_same,
    spoken,
    terms,
    texts,
    told,
    whole_numbers,
)

AT_ONCE = 500


def lesson_sheet(_user: Any) -> Sheet:
    """The columns; a lesson is known by its number."""
    known = institutions()
    columns = (
        number_column(),
        initiative_column(),
        Column("institution", _("Institution"), use=Use.BEGIN, required=True, choices=known, width=30),
        *texts("title", _("Title"), longest=250),
        replace(days("captured_on", _("Captured on")), required=True),
        Column("activity", _("Number of the activity"), whole(1, 9_999), kind=Kind.NUMBER, width=10),
        *texts("text", _("What was learned")),
        *texts("recognition", _("Recognition")),
        *texts("proposal", _("Proposal")),
        Column("joint_with", _("Together with"), choices=known, width=30),
        Column("topics", _("Topics"), choices=terms("topics"), several=True),
        Column("state", _("State"), use=Use.READ),
    )
    what = ("title_es", "title_pt", "title_en", "title_fr")
    identity = ("initiative", "institution", *what)
    return Sheet("lessons", _("Lessons"), columns, ("number",), what, numbered=True, identity=identity)


def lesson_rows(rows: QuerySet[Lesson]) -> Iterator[Standing]:
    """The rows of a sheet, in a few queries for each 500."""
    whole_rows = rows.select_related("initiative", "institution", "joint_with__country", "activity")
    for one in whole_rows.prefetch_related("topics").iterator(chunk_size=AT_ONCE):
        yield Standing(_cells(one), one.revision, one)


def lessons_standing(user: Any, keys: Collection[Key]) -> Mapping[Key, Standing]:
    """Those of these numbers that `user` sees, held for the transaction."""
    numbers = whole_numbers(keys)
    list(Lesson.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
    return {(row.cells["number"],): row for row in lesson_rows(lessons_for(user).filter(pk__in=numbers))}


def lesson_twin(user: Any, cells: Cells) -> str:
    """The number of a lesson of the same institution and initiative with the same title in some language."""
    rows = lessons_for(user).filter(institution__code=cells["institution"], initiative__code=cells["initiative"])
    found = (pk for pk, title in rows.values_list("pk", "title") if says_the_same(cells, "title", title))
    return str(next(found, ""))


def _cells(one: Lesson) -> dict[str, str]:
    found = {
        "number": str(one.pk),
        "initiative": one.initiative.code,
        "institution": one.institution.code,
        "captured_on": told(one.captured_on),
        "activity": str(one.activity.number) if one.activity else "",
        "joint_with": one.joint_with.code if one.joint_with else "",
        "topics": SEPARATOR.join(sorted({topic.code for topic in one.topics.all()})),
        "state": str(one.get_state_display()),
    }
    for name in TEXTS:
        found |= spoken(name, getattr(one, name))
    return found
