"""What the surveys bring to a person's desk, by the person's roles (settings.DESK)."""

from collections.abc import Iterable

from ayni.accounts.models import User
from ayni.common.desk import Source
from ayni.common.permissions import CODE, MANAGE_PEOPLE, PUBLISH, RUN_ROUNDS, may
from ayni.surveys.queries.desk.accounts import accounts_without_role, invited_without_account, own_account, own_profile
from ayni.surveys.queries.desk.answering import answering, following
from ayni.surveys.queries.desk.running import coding, editions, rounds
from ayni.surveys.queries.desk.tasks import KINDS
from ayni.surveys.queries.desk.ways import WAYS

__all__ = ["KINDS", "WAYS", "sources"]


def sources(user: User) -> Iterable[Source]:
    """What waits for `user`."""
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
