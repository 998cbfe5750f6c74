"""Telling institutions what happened to something that concerns them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ayni.directory.models import Institution
from ayni.exchange.models import Demand, Match, Mission, Notice, Offer


@transaction.atomic
def tell(
    *,
    by: Any,
    institutions: Iterable[Institution],
    what: str,
    about: Offer | Demand | Match | Mission,
    reason: str = "",
) -> None:
    """A notice for each institution, once; who did it has seen it. `what` is a verb of the record."""
    for institution in {one.pk: one for one in institutions}.values():
        notice = Notice.objects.create(
            institution=institution, what=what, reason=reason, **{about._meta.model_name or "": about}
        )
        if by is not None:
            notice.seen_by.add(by)


@transaction.atomic
def see_notices(*, by: Any, notices: Iterable[Notice]) -> None:
    """The person has read them; the record does not keep who read what."""
    for notice in notices:
        notice.seen_by.add(by)
