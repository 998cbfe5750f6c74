"""How much one reader may ask in a minute: counted for a token or an address, in the cache that all processes share.

A process takes its requests from there in portions and spends them from its own memory: most requests write nothing. Two
processes that take at the same moment may together give a portion too much; no reader gets less than the limit.
"""

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ayni.interop.api.problems import Problem
from ayni.interop.models import ApiToken

MINUTE = 60
PORTIONS = 10


@dataclass(frozen=True, slots=True)
class Spent:
    """What a reader has left, at least, until the minute ends (in seconds)."""

    limit: int
    left: int
    ends_in: int


def spend(request: HttpRequest, token: ApiToken | None, cost: int = 1) -> Spent:
    """Count a request as `cost` of them. Raises Problem (429) when the limit of this minute is reached."""
    who, limit = _who(request, token)
    now = int(time.time())
    minute, ends_in = now // MINUTE, MINUTE - now % MINUTE
    own, shared, key = caches["portions"], caches["default"], f"api-{who}-{minute}"
    # Where a limit is smaller than what is asked for costs, a whole minute's worth is enough.
    cost = min(cost, max(1, limit))
    have = own.get(key, 0)
    if have < cost:
        taken = shared.get(key, 0)
        more = min(max(cost, limit // PORTIONS), limit - taken)
        if have + more < cost:
            detail = _("The limit is %(limit)d requests a minute. Wait %(seconds)d seconds and go on.")
            raise Problem(429, detail % {"limit": limit, "seconds": ends_in}, Retry_After=str(ends_in))
        shared.set(key, taken + more, 2 * MINUTE)
        have += more
    own.set(key, have - cost, 2 * MINUTE)
    return Spent(limit, have - cost, ends_in)


def _who(request: HttpRequest, token: ApiToken | None) -> tuple[str, int]:
    if token is not None:
        return f"token-{token.pk}", settings.API_LIMITS["token"]
    return f"address-{_address(request)}", settings.API_LIMITS["address"]


def _address(request: HttpRequest) -> str:
    """The reader's address; those whose address nobody tells share one limit."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return "unknown"
    # A household or an office has a whole network of version 6.
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)
