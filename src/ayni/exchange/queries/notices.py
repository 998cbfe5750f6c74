"""The notices of those for whom a person writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from ayni.common.record.verbs import sentence
from ayni.exchange.models import Notice
from ayni.exchange.queries.visible import own


@dataclass(frozen=True)
class NoticeShown:
    """A notice as it is read: what happened, to what, and where to look."""

    notice: Notice
    what: str
    about: str
    url: str
    new: bool


def notices_for(user: Any) -> QuerySet[Notice]:
    """Every notice to the person's institutions and countries, the latest first; `seen` tells whether it was read."""
    seen = Notice.seen_by.through.objects.filter(notice=OuterRef("pk"), user=user.pk)
    rows = Notice.objects.filter(own(user)).annotate(seen=Exists(seen))
    return rows.select_related(
        "institution", "offer", "demand", "match__offer", "match__demand", "mission__demand"
    ).prefetch_related("institution__names")


def shown(notices: Iterable[Notice]) -> list[NoticeShown]:
    """Notices in the reader's language."""
    return [
        NoticeShown(notice, sentence(notice.what), str(notice.about), _url(notice), not notice.seen)  # type: ignore[attr-defined]  # annotated above
        for notice in notices
    ]


def _url(notice: Notice) -> str:
    about = notice.about
    return reverse(about._meta.model_name or "", args=[about.pk]) if about else ""
