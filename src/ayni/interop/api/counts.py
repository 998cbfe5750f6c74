"""Exact counts that no page pays for twice: one count for a question, as long as the data stand."""

from collections.abc import Hashable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ayni.common.published import version_of
from ayni.interop.queries.kept import KeptAnswers
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.interop.queries.open_data.resource import Resource

# Questions of a resource whose counts a process remembers.
ROOM = 256
COUNTS = {name: KeptAnswers(ROOM) for name in RESOURCES}


def counted(request: HttpRequest, resource: Resource, wanted: dict[str, Any]) -> int:
    """How many rows answer `wanted`."""
    stamp: Hashable
    if resource.lasting:
        # What is in force changes with the day too.
        stamp = (version_of(request), timezone.localdate())
    elif resource.stamp is not None:
        stamp = resource.stamp()
    else:
        return resource.source.count(wanted)
    return COUNTS[resource.name].answer(stamp, tuple(sorted(wanted.items())), lambda: resource.source.count(wanted))
