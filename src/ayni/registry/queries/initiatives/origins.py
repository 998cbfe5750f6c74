"""Where an initiative came from. Each app brings its part (`settings.INITIATIVE_ORIGINS`): `origins(user, initiative)`.

The registry knows nothing of missions and matches, which lie above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

from ayni.registry.models import Initiative


@dataclass(frozen=True, slots=True)
class Origin:
    """What came before the initiative, and its page ("" where the reader may not see it)."""

    label: str
    url: str = ""


def origins_of(user: Any, initiative: Initiative) -> list[Origin]:
    """What every app knows of it, for this reader."""
    found: Iterable[Origin] = ()
    for name in settings.INITIATIVE_ORIGINS:
        found = [*found, *import_module(name).origins(user, initiative)]
    return list(found)
