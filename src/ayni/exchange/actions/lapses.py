"""What ends by itself: offers and demands that nobody has confirmed for 12 months, suggestions without an answer for 60 days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ayni.exchange.actions.mission_ends import lapse_missions
from ayni.exchange.actions.steps import carry_out, locked
from ayni.exchange.models import Demand, DemandState, Match, MatchState, Mission, MissionState, Offer, OfferState
from ayni.exchange.queries.lifecycle import ANSWER_DAYS, CONFIRM_MONTHS, Thing, step_of


@dataclass(frozen=True)
class Lapsed:
    """How many of each have ended."""

    offers: int
    demands: int
    matches: int
    missions: int


def year_before(today: date) -> date:
    """The day CONFIRM_MONTHS before `today`; the 29th of February counts as the 28th."""
    years = CONFIRM_MONTHS // 12
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


@transaction.atomic
def lapse_overdue(*, by: Any, today: date) -> Lapsed:
    """Let everything end that is overdue on `today`. Calling it again changes nothing."""
    before = year_before(today)
    offers = Offer.objects.filter(state=OfferState.PUBLISHED, confirmed_on__lt=before)
    demands = Demand.objects.filter(
        Q(confirmed_on__lt=before) | Q(deadline__lt=today.replace(day=1)), state=DemandState.ELIGIBLE
    )
    matches = Match.objects.filter(
        state=MatchState.SUGGESTED, suggested_at__date__lt=today - timedelta(days=ANSWER_DAYS)
    )
    late = _("Nobody answered within %(days)d days.") % {"days": ANSWER_DAYS}
    return Lapsed(
        sum(_end(by=by, thing=offer, step="lapse") for offer in offers),
        sum(_end(by=by, thing=demand, step="expire") for demand in demands),
        sum(_end(by=by, thing=match, step="lapse", reason=late) for match in matches),
        _end_missions(by, today, late),
    )


def _end_missions(by: Any, today: date, reason: str) -> int:
    rows = Mission.objects.filter(
        state=MissionState.PROPOSED, proposed_at__date__lt=today - timedelta(days=ANSWER_DAYS)
    )
    number = rows.count()
    lapse_missions(by=by, missions=rows, reason=reason)
    return number


def _end(*, by: Any, thing: Thing, step: str, reason: str = "") -> int:
    """1 when it ended; 0 when somebody has acted on it meanwhile."""
    thing = locked(thing)
    asked = step_of(thing, step)
    if thing.state not in asked.before:
        return 0
    carry_out(by=by, thing=thing, step=asked, reason=reason)
    return 1
