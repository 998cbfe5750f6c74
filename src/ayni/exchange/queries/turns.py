"""Whose turn it is, and to do what."""

from django.utils.translation import gettext as _

from ayni.common.lifecycle import Turn
from ayni.exchange.models import Demand, DemandState, Match, MatchState, Offer, OfferState
from ayni.exchange.queries.lifecycle import Thing


def turn_of(thing: Thing) -> Turn:
    """The next to act upon a thing in its state."""
    if isinstance(thing, Offer):
        return _offer(thing)
    return _demand(thing) if isinstance(thing, Demand) else _match(thing)


def _coordination(thing: Offer | Demand) -> str:
    return _("National coordination of %(country)s") % {"country": thing.institution.country or thing.institution}


def _offer(offer: Offer) -> Turn:
    institution = str(offer.institution)
    return {
        OfferState.DRAFT: lambda: Turn(institution, _("finish the offer and approve it for the institution")),
        OfferState.APPROVED: lambda: Turn(_coordination(offer), _("publish the offer or send it back")),
        OfferState.PUBLISHED: lambda: Turn("", _("The offer stands; matches are suggested from it.")),
        OfferState.PAUSED: lambda: Turn(institution, _("offer it again when it is possible")),
        OfferState.LAPSED: lambda: Turn(institution, _("confirm that the offer still holds")),
        OfferState.ARCHIVED: lambda: Turn("", _("The offer has ended.")),
    }[OfferState(offer.state)]()


def _demand(demand: Demand) -> Turn:
    institution, secretariat = str(demand.institution), _("Secretariat")
    return {
        DemandState.DRAFT: lambda: Turn(institution, _("finish the demand and submit it")),
        DemandState.SUBMITTED: lambda: Turn(_coordination(demand), _("endorse the demand or send it back")),
        DemandState.ENDORSED: lambda: Turn(
            _("%(institution)s and the secretariat") % {"institution": institution}, _("screen the demand together")
        ),
        DemandState.COFORMULATION: lambda: Turn(
            _("%(institution)s with the secretariat") % {"institution": institution},
            _("improve what the screening found weak"),
        ),
        DemandState.ELIGIBLE: lambda: Turn(secretariat, _("suggest matches or propose a mission")),
        DemandState.RETURNED: lambda: Turn(institution, _("correct the demand and submit it again")),
        DemandState.REFERRED: lambda: Turn("", _("The demand was referred to %(to)s.") % {"to": demand.referred_to}),
        DemandState.DECLINED: lambda: Turn("", _("The demand was not admitted.")),
        DemandState.MATCHED: lambda: Turn(institution, _("negotiate with the other side, or agree the mission")),
        DemandState.FORMALISED: lambda: Turn("", _("The demand has become an initiative.")),
        DemandState.WITHDRAWN: lambda: Turn("", _("The demand was withdrawn.")),
        DemandState.EXPIRED: lambda: Turn(institution, _("confirm that the demand still holds")),
    }[DemandState(demand.state)]()


def _match(match: Match) -> Turn:
    if match.state == MatchState.SUGGESTED:
        sides = [
            str(thing.institution)
            for thing, at in ((match.demand, match.demand_accepted_at), (match.offer, match.offer_accepted_at))
            if at is None
        ]
        return Turn(_(" and ").join(sides), _("accept the match or reject it"))
    return {
        MatchState.NEGOTIATING: lambda: Turn(
            _coordination(match.demand), _("convert the match into an initiative when both sides have agreed")
        ),
        MatchState.CONVERTED: lambda: Turn("", _("The match has become an initiative.")),
        MatchState.REJECTED: lambda: Turn("", _("The match was rejected.")),
        MatchState.LAPSED: lambda: Turn("", _("The match has lapsed.")),
    }[MatchState(match.state)]()
