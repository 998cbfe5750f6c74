"""The mission or match that an initiative came from, as its page shows it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from ayni.common.permissions import ENDORSE, SCREEN, may
from ayni.exchange.models import Match, MatchState, Mission, MissionState
from ayni.exchange.queries.missions import missions_for
from ayni.exchange.queries.visible import matches_for
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.origins import Origin


def origins(user: Any, initiative: Initiative) -> Iterable[Origin]:
    """The mission and the match that became the initiative, for those who may see them. Two queries, none for the public."""
    if not user.is_authenticated:
        return
    missions: Any = missions_for(user).filter(initiative=initiative).select_related("demand__institution")
    matches: Any = matches_for(user).filter(initiative=initiative).select_related("demand", "offer")
    for name, rows in (("mission", missions), ("match", matches)):
        for one in rows:
            yield Origin(f"{one._meta.verbose_name}: {one}", reverse(name, args=[one.pk]))


def may_open(user: Any, thing: Mission | Match) -> bool:
    """Whether the person opens the initiative: the secretariat, and the coordinations of its sides."""
    return may(user, SCREEN) or may(user, ENDORSE, thing)


def openable(user: Any, thing: Mission | Match) -> bool:
    """Whether the person can open one now."""
    done = thing.state in (MissionState.HANDED_OVER, MatchState.CONVERTED)
    return done and thing.initiative_id is None and may_open(user, thing)
