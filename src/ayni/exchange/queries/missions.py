"""Missions as pages and actions read them: who sees them, who may answer, whose turn it is."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from ayni.common.lifecycle import Turn
from ayni.common.permissions import ENDORSE, SCREEN, WRITE_EXCHANGE, may
from ayni.directory.models import Institution
from ayni.exchange.models import Demand, Mission, MissionCountry, MissionMonth, MissionPart, MissionState, Offer
from ayni.exchange.queries.mission_drafts import Draft, DraftMonth, DraftPart
from ayni.exchange.queries.visible import own, sees_all

LIVE = (MissionState.PROPOSED, MissionState.AGREED, MissionState.HANDED_OVER)
OPEN = (MissionState.PROPOSED, MissionState.AGREED)
RECIPIENT = "recipient"


def missions_for(user: Any) -> QuerySet[Mission]:
    """The missions that `user` may see: everybody's for who sees all, else those of one's own side."""
    rows = Mission.objects.all()
    if sees_all(user):
        return rows
    mine = own(user, "demand__institution") | own(user, "parts__offer__institution")
    return rows.filter(pk__in=Mission.objects.filter(mine).values("pk"))


def open_missions(thing: Offer | Demand) -> QuerySet[Mission]:
    """The missions that would end with an offer or a demand: those not handed over yet."""
    rows = Mission.objects.filter(state__in=OPEN).select_related("demand")
    if isinstance(thing, Demand):
        return rows.filter(demand=thing)
    return rows.filter(pk__in=MissionPart.objects.filter(offer=thing).values("mission"))


def without_their_experts(rows: QuerySet[Mission]) -> QuerySet[Mission]:
    """Of `rows`, those with an expert who has not agreed to be proposed, or no longer does."""
    gone = MissionMonth.objects.filter(Q(expert__consented_on__isnull=True) | Q(expert__withdrawn_on__isnull=False))
    return rows.filter(pk__in=gone.values("part__mission"))


def with_parts(rows: QuerySet[Mission]) -> QuerySet[Mission]:
    """With everything that a page shows of each, in a few queries for all of them."""
    months = MissionMonth.objects.select_related("expert").prefetch_related("expert__profiles").order_by("month", "pk")
    parts = (
        MissionPart.objects.select_related("quadrant", "offer__institution__country", "provider__country")
        .prefetch_related("offer__institution__names", Prefetch("months", months))
        .order_by("quadrant__position")
    )
    providers = MissionCountry.objects.select_related("country").order_by("place")
    return rows.select_related("demand__institution__country", "recipient", "lead", "initiative").prefetch_related(
        "demand__institution__names", Prefetch("parts", parts), Prefetch("providers", providers)
    )


def concerned(mission: Mission) -> list[Institution]:
    """The institutions of the demand and of the offers."""
    return [mission.demand.institution, *(part.offer.institution for part in mission.parts.all())]


def may_accept(user: Any, mission: Mission, side: str) -> bool:
    """Whether the person speaks for that side: the demand's writers for the recipient, a provider's national coordinator."""
    if side == RECIPIENT:
        return may(user, WRITE_EXCHANGE, mission.demand)
    return any(one.country_id == side and may(user, ENDORSE, one.country) for one in mission.providers.all())


def may_reject(user: Any, mission: Mission) -> bool:
    """Whether the person speaks for any side."""
    sides = (RECIPIENT, *(one.country_id for one in mission.providers.all()))
    return any(may_accept(user, mission, side) for side in sides)


def open_answers(user: Any, mission: Mission) -> Iterator[str]:
    """The sides for which the person can accept now."""
    if mission.state != MissionState.PROPOSED:
        return
    if mission.recipient_accepted_at is None and may_accept(user, mission, RECIPIENT):
        yield RECIPIENT
    for one in mission.providers.all():
        if one.accepted_at is None and may_accept(user, mission, one.country_id):
            yield one.country_id


def steps_of(user: Any, mission: Mission) -> Iterator[str]:
    """What else the person can do now: reject, lapse, hand-over."""
    if mission.state in OPEN and may_reject(user, mission):
        yield "reject"
    if mission.state in OPEN and may(user, SCREEN):
        yield "lapse"
    if mission.state == MissionState.AGREED and may(user, SCREEN):
        yield "hand-over"


def waiting_for(mission: Mission) -> list[str]:
    """The names of the sides that have not answered."""
    names = [] if mission.recipient_accepted_at else [str(mission.demand.institution)]
    return names + [
        _("National coordination of %(country)s") % {"country": one.country}
        for one in mission.providers.all()
        if one.accepted_at is None
    ]


def turn_of_mission(mission: Mission) -> Turn:
    """The next to act."""
    if mission.state == MissionState.PROPOSED:
        return Turn(", ".join(waiting_for(mission)), _("accept the mission or reject it"))
    return {
        MissionState.AGREED: lambda: Turn(_("Secretariat"), _("hand the mission over to the registry of initiatives")),
        MissionState.HANDED_OVER: lambda: _turn_to_open(mission),
        MissionState.REJECTED: lambda: Turn("", _("The mission was rejected.")),
        MissionState.LAPSED: lambda: Turn("", _("The mission has lapsed.")),
    }[MissionState(mission.state)]()


def _turn_to_open(mission: Mission) -> Turn:
    if mission.initiative_id is not None:
        return Turn("", _("The mission was handed over."))
    return Turn(_("the secretariat, or a national coordination of its sides"), _("open the initiative"))


def kept_draft(mission: Mission) -> Draft:
    """The mission as plain values, as it was proposed."""
    parts = tuple(
        DraftPart(
            quadrant=part.quadrant.code,
            offer=part.offer_id,
            country=part.provider.country_id,
            days=part.days,
            interpreted=part.interpreted,
            months=tuple(DraftMonth(one.month, one.expert_id, one.days) for one in part.months.all()),
        )
        for part in mission.parts.all()
    )
    return Draft(
        lead=mission.lead_id,
        value=mission.value,
        parts=parts,
        least=float(mission.cost_least or 0),
        most=None if mission.cost_most is None else float(mission.cost_most),
        interpretation=float(mission.interpretation),
        unknown=tuple(mission.beside.get("unknown", ())),
    )
