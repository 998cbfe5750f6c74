"""The steps of the life cycles of offers, demands and matches (queries/lifecycle.py), and what each brings about."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Institution
from ayni.exchange.actions.mission_ends import end_missions_of, end_missions_of_demand
from ayni.exchange.actions.notices import tell
from ayni.exchange.models import (
    Demand,
    DemandState,
    Match,
    MatchState,
    MissionPart,
    MissionState,
    Offer,
    OfferState,
    Screening,
)
from ayni.exchange.models.supply import EXPLAINED_DEMAND, EXPLAINED_OFFER
from ayni.exchange.queries.gaps import missing
from ayni.exchange.queries.lifecycle import LIVE_MATCH, Step, Thing, has_own_page, may_take, step_of
from ayni.exchange.queries.visible import PUBLIC

T = TypeVar("T", bound=Thing)

STAMPS = {
    "approve": "approved",
    "publish": "published",
    "submit": "submitted",
    "endorse": "endorsed",
    "accept-demand": "demand_accepted",
    "accept-offer": "offer_accepted",
    "reject": "ended",
    "lapse": "ended",
    "convert": "ended",
}
# Steps after which an offer or a demand is newly in force.
CONFIRMS = frozenset({"publish", "confirm", "resume", "eligible", "release"})


@transaction.atomic
def take_step(*, by: Any, thing: T, step: str, reason: str = "") -> T:
    """Take a step of a life cycle that a person takes.

    Raises PermissionDenied for who may not, and Refused when the state does not allow it, when a reason or something that has to
    be there is missing, and for the results of a screening, which `decide_screening` decides.
    """
    thing = _held(thing)
    asked = step_of(thing, step)
    if not may_take(by, thing, asked):
        raise PermissionDenied(asked.permission)
    if has_own_page(thing, asked):
        raise Refused(_("A screening is decided on its own page, item by item."))
    return carry_out(by=by, thing=thing, step=asked, reason=reason.strip())


@transaction.atomic
def carry_out(*, by: Any, thing: T, step: Step, reason: str = "") -> T:
    """The step itself, for other actions that have asked who may. Raises Refused as `take_step` does."""
    _refuse(thing, step, reason)
    before = snapshot(thing)
    thing.state = step.after
    # What everybody reads bears no reason that was given to its author.
    thing.reason = "" if thing.state in PUBLIC[type(thing)] else reason if step.reason else _kept_reason(thing)
    _stamp(thing, step, by)
    thing.save()
    shown = before["state"] in PUBLIC[type(thing)] or thing.state in PUBLIC[type(thing)]
    after = snapshot(thing) | ({"reason": reason} if reason else {})
    record(by=by, verb=step.verb, on=thing, before=before, after=after, public=shown)
    tell(by=by, institutions=_concerned(thing), what=step.verb, about=thing, reason=reason)
    _afterwards(by, thing, step, reason)
    return thing


@transaction.atomic
def end_matches(*, by: Any, matches: Any, reason: str) -> None:
    """Let live matches lapse, with the reason; a demand that one of them held is open again. Its demands are held already."""
    for match in matches.filter(state__in=LIVE_MATCH).order_by("pk"):
        match = locked(match)
        # Somebody may have acted on it while this waited.
        if match.state in LIVE_MATCH:
            carry_out(by=by, thing=match, step=step_of(match, "lapse"), reason=reason)


@transaction.atomic
def release(*, by: Any, demand: Demand) -> None:
    """A matched demand is open again, unless a match of it is still negotiated or a mission for it agreed."""
    demand = locked(demand)
    if demand.state != DemandState.MATCHED:
        return
    negotiated = demand.matches.filter(state=MatchState.NEGOTIATING).exists()
    if not negotiated and not demand.missions.filter(state=MissionState.AGREED).exists():
        carry_out(by=by, thing=demand, step=step_of(demand, "release"))


def locked(thing: Thing) -> Any:
    """The thing as it stands now, held for this transaction."""
    model = type(thing)
    related = ("demand__institution", "offer__institution") if model is Match else ("institution__country",)
    rows = model._default_manager.select_for_update(of=("self",)).select_related(*related)
    return rows.get(pk=thing.pk)


def _held(thing: T) -> T:
    """The thing, and what its step may change with it, held in one order: demands, then the offer, then the match."""
    if isinstance(thing, Match):
        locked(thing.demand)
        locked(thing.offer)
    elif isinstance(thing, Offer):
        live = Match.objects.filter(offer=thing, state__in=LIVE_MATCH).values("demand")
        planned = MissionPart.objects.filter(offer=thing).values("mission__demand")
        demands = Demand.objects.filter(Q(pk__in=live) | Q(pk__in=planned)).order_by("pk")
        list(demands.select_for_update(of=("self",)).values_list("pk"))
    return locked(thing)


def _refuse(thing: Thing, step: Step, reason: str) -> None:
    if thing.state not in step.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": step.label, "state": thing.get_state_display()}
        )
    if step.reason and not reason:
        raise Refused(_("Give the reason: the other side reads it."))
    if step.code == "confirm" and isinstance(thing, Demand) and _is_past(thing):
        raise Refused(_("The last month is over: take the demand up again and give it other months."))
    if step.code in ("accept-demand", "accept-offer") and getattr(thing, f"{step.side}_accepted_at") is not None:
        raise Refused(_("This side has accepted already."))
    if step.code in ("approve", "publish", "submit", "endorse") and isinstance(thing, Offer | Demand):
        gaps = missing(thing)
        if gaps:
            raise Refused(_("Something is missing: %(what)s") % {"what": " ".join(told for _field, told in gaps)})


def _is_past(demand: Demand) -> bool:
    return demand.deadline is not None and demand.deadline < timezone.localdate().replace(day=1)


def _kept_reason(thing: Thing) -> str:
    """A state that needs a reason keeps the one it has; others need none."""
    explained = {*EXPLAINED_OFFER} if isinstance(thing, Offer) else {*EXPLAINED_DEMAND}
    return thing.reason if thing.state in explained else ""


def _stamp(thing: Thing, step: Step, by: Any) -> None:
    stamp = STAMPS.get(step.code)
    if stamp and hasattr(thing, f"{stamp}_at"):
        setattr(thing, f"{stamp}_at", timezone.now())
        setattr(thing, f"{stamp}_by", by)
    if step.code in CONFIRMS and isinstance(thing, Offer | Demand):
        thing.confirmed_on = timezone.localdate()


def _concerned(thing: Thing) -> list[Institution]:
    if isinstance(thing, Match):
        return [thing.demand.institution, thing.offer.institution]
    return [thing.institution]


def _afterwards(by: Any, thing: Thing, step: Step, reason: str) -> None:
    if isinstance(thing, Match):
        _after_match(by, thing, step)
    elif isinstance(thing, Offer):
        if thing.state != OfferState.PUBLISHED:
            reason = reason or _("The offer is no longer published.")
            end_matches(by=by, matches=thing.matches, reason=reason)
            for demand in end_missions_of(by=by, offer=thing, reason=reason):
                release(by=by, demand=demand)
    elif thing.state == DemandState.ENDORSED:
        open_screening(thing)
    elif thing.state in (DemandState.WITHDRAWN, DemandState.EXPIRED):
        reason = reason or _("The demand has expired.")
        end_matches(by=by, matches=thing.matches, reason=reason)
        end_missions_of_demand(by=by, demand=thing, reason=reason)


def open_screening(demand: Demand) -> Screening:
    """The next version of the demand's screening, its scores begun from those of the version before."""
    last = demand.screenings.order_by("-number").first()
    if last is not None and not last.result:
        return last
    opened = Screening.objects.create(demand=demand, number=last.number + 1 if last else 1)
    for item in last.items.all() if last else ():
        opened.items.create(item=item.item, author_score=item.author_score, evidence=item.evidence)
    return opened


def _after_match(by: Any, match: Match, step: Step) -> None:
    demand = locked(match.demand)
    if step.code.startswith("accept-") and match.demand_accepted_at and match.offer_accepted_at:
        if demand.state == DemandState.ELIGIBLE:
            carry_out(by=by, thing=demand, step=step_of(demand, "match"))
        carry_out(by=by, thing=match, step=step_of(match, "negotiate"))
    elif step.code == "convert":
        carry_out(by=by, thing=demand, step=step_of(demand, "formalise"))
        others = demand.matches.exclude(pk=match.pk)
        reason = _("The demand was served by another match.")
        end_matches(by=by, matches=others, reason=reason)
        end_missions_of_demand(by=by, demand=demand, reason=reason)
    elif match.state in (MatchState.REJECTED, MatchState.LAPSED):
        release(by=by, demand=demand)
