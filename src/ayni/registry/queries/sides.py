"""Who records the signature of a party: its own coordination, or the other side's where its country has none."""

from collections.abc import Collection
from enum import Enum
from typing import Any

from ayni.common.permissions import REVIEW_AGREEMENTS, ROLES, may
from ayni.directory.models import Membership
from ayni.registry.models import Agreement, AgreementParty


class Side(Enum):
    """On whose behalf a signature is written down."""

    OWN = "own"
    OTHER = "other"


def countries_with_coordination() -> frozenset[str | None]:
    """The countries of which somebody can record signatures today."""
    roles = [code for code, role in ROLES.items() if REVIEW_AGREEMENTS in role.permissions]
    held = Membership.objects.in_force().filter(role__in=roles, user__is_active=True)
    return frozenset(held.values_list("country", flat=True))


def signs_as(
    user: Any, agreement: Agreement, party: AgreementParty, coordinated: Collection[str | None]
) -> Side | None:
    """As whom `user` records the party's signature; None where somebody else does."""
    if may(user, REVIEW_AGREEMENTS, party.institution):
        return Side.OWN
    place = party.institution.country_id
    if may(user, REVIEW_AGREEMENTS, agreement) and (place is None or place not in coordinated):
        return Side.OTHER
    return None
