"""The desk's part of this app: where records of other systems come in. Nothing waits here."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.desk import Source, Ways
from ayni.common.permissions import IMPORT_RECORDS

KINDS: dict[str, Promise] = {}
WAYS: Ways = ((IMPORT_RECORDS, "reported_load", _("Load records of other systems")),)


def sources(user: Any) -> list[Source]:
    """Nothing."""
    return []
