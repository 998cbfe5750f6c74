"""Everything that waits for a person, by the person's roles.

Each source of tasks is one query: the desk reads them all, the account's menu counts them together in one.
"""

from collections.abc import Iterable
from datetime import date

from ayni.accounts.models import User
from ayni.common.permissions import CODE, MANAGE_PEOPLE, PUBLISH, RUN_ROUNDS, may
from ayni.surveys.queries.desk.accounts import accounts_without_role, invited_without_account, own_account, own_profile
from ayni.surveys.queries.desk.answering import answering, following
from ayni.surveys.queries.desk.running import coding, editions, rounds
from ayni.surveys.queries.desk.tasks import Source, Task, kinds, others


def tasks_of(user: User) -> list[Task]:
    """What waits for `user`: by kind, then by deadline, then the longest waiting first."""
    order = list(kinds())
    tasks = [source.task(row) for source in _sources(user) for row in source.rows]
    return sorted(
        tasks, key=lambda task: (order.index(task.kind), task.deadline or date.max, str(task.since or ""), task.what)
    )


def count_tasks(user: User) -> int:
    """How many tasks `tasks_of` gives; one query, none for whom nothing can wait."""
    rows = [source.rows.order_by().values_list("pk") for source in _sources(user)]
    return rows[0].union(*rows[1:], all=True).count() if rows else 0


def _sources(user: User) -> Iterable[Source]:
    yield from own_account(user)
    yield from own_profile(user)
    yield from answering(user)
    yield from following(user)
    if may(user, RUN_ROUNDS):
        yield from rounds()
    if may(user, CODE):
        yield from coding()
    if may(user, PUBLISH):
        yield from editions()
    if may(user, RUN_ROUNDS) or may(user, MANAGE_PEOPLE):
        yield invited_without_account(manages=may(user, MANAGE_PEOPLE))
    if may(user, MANAGE_PEOPLE):
        yield accounts_without_role()
    for desk in others():
        yield from desk.sources(user)
