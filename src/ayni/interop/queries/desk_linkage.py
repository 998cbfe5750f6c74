"""What waits on a person's desk about records of the same cooperation (settings.DESK)."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source
from ayni.common.permissions import LINK_RECORDS

KINDS: dict[str, Promise] = {}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (LINK_RECORDS, "linkage", gettext_lazy("Say which records are of the same cooperation")),
)


def sources(user: User) -> Iterable[Source]:
    """Nothing: a pair waits for nobody in particular, and a probability is no task."""
    return ()
