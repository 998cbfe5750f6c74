"""A person's desk: what waits, and where one can go. Each app brings its part (`settings.DESK`): KINDS, WAYS, `sources(user)`.

Each source of tasks is one query: the desk reads them all, the account's menu counts them together in one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode

from ayni.common.permissions import may

# Permission ("" for everyone), name of the address, what it is for.
Ways = tuple[tuple[str, str, Promise], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what, why, where it is done ("" where nowhere yet), since when, until when."""

    kind: str
    what: str
    why: str
    url: str
    since: datetime | None = None
    deadline: date | None = None

    @property
    def heading(self) -> str:
        return str(kinds()[self.kind])

    @property
    def overdue(self) -> bool:
        return self.deadline is not None and self.deadline < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that wait, and how each of them is told."""

    rows: QuerySet[Any]
    task: Callable[[Any], Task]


def kinds() -> dict[str, Promise]:
    """The kinds of tasks in the order of the desk, with their headings."""
    found: dict[str, Promise] = {}
    for desk in _desks():
        found |= desk.KINDS
    return found


def tasks_of(user: Any) -> list[Task]:
    """What waits for `user`: by kind, then by deadline, then the longest waiting first."""
    order = list(kinds())
    tasks = [source.task(row) for source in _sources(user) for row in source.rows]
    return sorted(
        tasks, key=lambda task: (order.index(task.kind), task.deadline or date.max, str(task.since or ""), task.what)
    )


def count_tasks(user: Any) -> int:
    """How many tasks `tasks_of` gives; one query, none for whom nothing can wait."""
    rows = [source.rows.order_by().values_list("pk") for source in _sources(user)]
    return rows[0].union(*rows[1:], all=True).count() if rows else 0


def ways_of(user: Any) -> list[dict[str, str]]:
    """`{label, url}` of each page that the person can use, as far as it stands; those of the newest desks first."""
    ways = [way for desk in reversed(_desks()) for way in desk.WAYS]
    open_ = ((url(name), label) for permission, name, label in ways if not permission or may(user, permission))
    return [{"label": str(label), "url": address} for address, label in open_ if address]


def url(name: str, *arguments: object, **query: str) -> str:
    """The address of a page, or "" while there is no such page."""
    try:
        address = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address


def _desks() -> list[ModuleType]:
    return [import_module(name) for name in settings.DESK]


def _sources(user: Any) -> Iterable[Source]:
    for desk in _desks():
        yield from desk.sources(user)
