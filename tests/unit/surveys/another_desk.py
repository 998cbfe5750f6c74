"""The desk of an app that is none: one task for everybody."""

from collections.abc import Iterable

from ayni.accounts.models import User
from ayni.common.desk import Source, Task

KINDS = {"wave": "To wave at"}
WAYS = (("", "countries", "Everybody"),)


def sources(user: User) -> Iterable[Source]:
    yield Source(User.objects.filter(pk=user.pk), lambda row: Task("wave", str(row), "Wave.", ""))
