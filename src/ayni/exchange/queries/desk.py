"""What waits on a person's desk in the exchange (settings.DESK)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import ENDORSE, SCREEN, WRITE_EXCHANGE, may
from ayni.common.record.verbs import sentence
from ayni.exchange.models import Demand, DemandState, Match, MatchState, Mission, Notice, Offer, OfferState
from ayni.exchange.queries import desk_missions
from ayni.exchange.queries.matches import with_sides
from ayni.exchange.queries.visible import own

KINDS: dict[str, Promise] = {
    "exchange-write": gettext_lazy("Offers and demands to finish"),
    "exchange-endorse": gettext_lazy("To publish or endorse"),
    "exchange-screen": gettext_lazy("To screen"),
    "exchange-match": gettext_lazy("Matches to answer"),
    **desk_missions.KINDS,
    "exchange-supply": gettext_lazy("Demands without a match"),
    "exchange-notice": gettext_lazy("News"),
}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (WRITE_EXCHANGE, "offer_new", gettext_lazy("Offer something")),
    (WRITE_EXCHANGE, "demand_new", gettext_lazy("Ask for something")),
    (SCREEN, "demands", gettext_lazy("See the demands")),
    (SCREEN, "portfolio", gettext_lazy("Plan all open demands at once")),
)
LIVE = (MatchState.SUGGESTED, MatchState.NEGOTIATING, MatchState.CONVERTED)


def sources(user: User) -> Iterable[Source]:
    """Each a query: what is one's own to write and to answer, what a country endorses, what the secretariat screens."""
    if may(user, WRITE_EXCHANGE):
        yield from _writing(user)
        yield from _matches(user)
    if may(user, ENDORSE):
        yield Source(_named(Offer, own(user), OfferState.APPROVED), _task("endorse", "offer", _publish))
        yield Source(_named(Demand, own(user), DemandState.SUBMITTED), _task("endorse", "demand", _endorse))
    if may(user, SCREEN):
        yield Source(_named(Demand, None, DemandState.ENDORSED), _task("screen", "screening", _screen))
        yield Source(_unserved(), _task("supply", "demand", _unmatched))
    yield from desk_missions.sources(user)
    if may(user, WRITE_EXCHANGE):
        yield Source(_unread(user), _news)


def _writing(user: User) -> Iterable[Source]:
    mine = own(user)
    yield Source(_named(Offer, mine, OfferState.DRAFT, OfferState.LAPSED), _task("write", "offer", _finish_offer))
    states = (DemandState.DRAFT, DemandState.RETURNED, DemandState.COFORMULATION, DemandState.EXPIRED)
    yield Source(_named(Demand, mine, *states), _task("write", "demand", _finish_demand))
    unscored = _named(Demand, mine, DemandState.ENDORSED)
    yield Source(unscored, _task("screen", "screening", _score))


def _matches(user: User) -> Iterable[Source]:
    asked = Match.objects.filter(state=MatchState.SUGGESTED)
    for side in ("demand", "offer"):
        rows = asked.filter(own(user, f"{side}__institution"), **{f"{side}_accepted_at__isnull": True})
        yield Source(with_sides(rows), _answer)
    if may(user, ENDORSE):
        rows = Match.objects.filter(own(user, "demand__institution"), state=MatchState.NEGOTIATING)
        yield Source(with_sides(rows), _convert)


def _unserved() -> QuerySet[Demand]:
    matched = Exists(Match.objects.filter(demand=OuterRef("pk"), state__in=LIVE))
    planned = Exists(Mission.objects.filter(demand=OuterRef("pk"), state__in=["proposed", "agreed", "handed-over"]))
    return _named(Demand, None, DemandState.ELIGIBLE).filter(~matched, ~planned)


def _unread(user: User) -> QuerySet[Notice]:
    seen = Notice.seen_by.through.objects.filter(notice=OuterRef("pk"), user=user.pk)
    rows = Notice.objects.filter(own(user)).filter(~Exists(seen))
    about = ("offer", "demand", "match__offer", "match__demand", "mission__demand")
    return rows.select_related("institution", *about).prefetch_related("institution__names")


def _named(model: Any, mine: Any, *states: str) -> QuerySet[Any]:
    rows = model.objects.filter(state__in=states)
    rows = rows if mine is None else rows.filter(mine)
    return rows.select_related("institution").prefetch_related("institution__names")


def _task(kind: str, name: str, why: Callable[[Any], str]) -> Callable[[Any], Task]:
    def told(thing: Offer | Demand) -> Task:
        what = _("%(institution)s: %(title)s") % {"institution": thing.institution, "title": thing}
        deadline = thing.deadline if isinstance(thing, Demand) else None
        return Task(f"exchange-{kind}", what, why(thing), url(name, thing.pk), thing.changed_at, deadline)

    return told


def _finish_offer(offer: Offer) -> str:
    if offer.state == OfferState.LAPSED:
        return _("Nobody has confirmed the offer for a year. Does it still hold?")
    return _("The offer is a draft. Finish it and approve it.")


def _finish_demand(demand: Demand) -> str:
    return {
        DemandState.DRAFT: lambda: _("The demand is a draft. Finish it and submit it."),
        DemandState.RETURNED: lambda: _("The demand was returned. Correct it and submit it again."),
        DemandState.COFORMULATION: lambda: _("The demand is formulated together with the secretariat."),
        DemandState.EXPIRED: lambda: _(
            "The demand has expired. Confirm it if it still holds, or take it up again with other months."
        ),
    }[DemandState(demand.state)]()


def _publish(offer: Offer) -> str:
    return _("The institution has approved the offer. Publish it or send it back.")


def _endorse(demand: Demand) -> str:
    return _("The institution has submitted the demand. Endorse it or send it back.")


def _screen(demand: Demand) -> str:
    return _("Score the 13 items together with the institution, then decide.")


def _score(demand: Demand) -> str:
    return _("Score the 13 items of your demand and say where the evidence is.")


def _unmatched(demand: Demand) -> str:
    return _("The demand is eligible and has neither a match nor a mission.")


def _answer(match: Match) -> Task:
    return Task(
        "exchange-match", str(match), _("Accept the match or reject it."), url("match", match.pk), match.suggested_at
    )


def _convert(match: Match) -> Task:
    why = _("Both sides have accepted. Convert the match when you have agreed.")
    return Task("exchange-match", str(match), why, url("match", match.pk), match.offer_accepted_at)


def _news(notice: Notice) -> Task:
    return Task("exchange-notice", sentence(notice.what), str(notice.about), url("notices"), notice.at)
