"""What an offer or a demand still lacks before it can go on: each by the name of its field, in the reader's language."""

from django.utils.translation import gettext as _

from ayni.exchange.models import Demand, Offer


def missing(thing: Offer | Demand) -> list[tuple[str, str]]:
    """(field, what to write) of everything that has to be there before it is approved or submitted."""
    return _of_offer(thing) if isinstance(thing, Offer) else _of_demand(thing)


def _of_offer(offer: Offer) -> list[tuple[str, str]]:
    asked = (
        ("title", offer.title, _("Give the offer a title.")),
        ("text", offer.text, _("Say what is offered.")),
        ("topics", offer.topics.exists(), _("Choose at least one topic.")),
        ("quadrants", offer.quadrants.exists(), _("Choose at least one quadrant of the matrix.")),
        ("languages", offer.languages, _("Say in which languages you can work.")),
        ("expects", offer.expects, _("Say what you expect of the other side.")),
    )
    return [(field, told) for field, given, told in asked if not given]


def _of_demand(demand: Demand) -> list[tuple[str, str]]:
    asked = (
        ("title", demand.title, _("Give the demand a title.")),
        ("problem", demand.problem, _("Describe the problem.")),
        ("objective", demand.objective, _("Say what you want to reach.")),
        ("expects", demand.expects, _("Say what you expect of the other side.")),
        ("gives", demand.gives, _("Say what the other side can expect of you.")),
        ("topics", demand.topics.exists(), _("Choose at least one topic.")),
        ("needs", demand.needs.exists(), _("Give the expert-days for at least one quadrant.")),
        ("languages", demand.languages, _("Say in which languages you can work.")),
    )
    return [(field, told) for field, given, told in asked if not given]
