"""The offers for a demand in their order, with why: for its page, and for a match that keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.exchange.models import Demand, MatchingRules, Offer, VersionStatus
from ayni.exchange.queries.data_used import Data, Words, data_of
from ayni.exchange.queries.lists import SHOWN_TEXTS, texts_of, with_all
from ayni.exchange.queries.matching import sentence
from ayni.exchange.queries.profiles import demand_profile, offer_profiles, offered_to
from ayni.exchange.queries.wording import is_on, likeness
from ayni.methods.matching import profiles
from ayni.methods.matching.criteria import Offers
from ayni.methods.matching.profiles import CRITERIA
from ayni.methods.matching.ranking import Criterion, Match, rank

NAMES: Mapping[str, Any] = {
    "topic": gettext_lazy("Component and topic"),
    "quadrant": gettext_lazy("Quadrant and phase"),
    "context": gettext_lazy("Context and transferability"),
    "evidence": gettext_lazy("Evidence of the practice"),
    "readiness": gettext_lazy("Readiness of the demand"),
    "experts": gettext_lazy("Experts' availability"),
    "language": gettext_lazy("Language"),
    "modality": gettext_lazy("Modality and agreement"),
    "cost": gettext_lazy("Cost and time"),
}
OUTSIDE: Mapping[str, Any] = {
    "not-eligible": gettext_lazy("The demand has not been found eligible."),
    "not-published": gettext_lazy("Not published."),
    "own-country": gettext_lazy("Of the demand's own country."),
    "excluded": gettext_lazy("Of a country that one side excludes."),
    "no-month": gettext_lazy("No expert is free in the months asked for."),
}
SHOWN = 20


@dataclass(frozen=True)
class Why:
    """One criterion as it is shown: its name, its weight, its value in per cent from `least` to `most`, and a sentence."""

    code: str
    name: str
    weight: float
    least: float
    most: float
    sentence: str
    known: bool
    data: list[str]

    @property
    def width(self) -> float:
        """What is between the two, at least a line."""
        return max(self.most - self.least, 1.0)


@dataclass(frozen=True)
class Ranked:
    """An offer of the ranking; its score out of 100 lies between `least` and `most`."""

    offer: Offer
    least: float
    most: float
    why: list[Why]
    to_ask: list[str]

    @property
    def width(self) -> float:
        """The open part of the score."""
        return max(self.most - self.least, 0.5)


@dataclass(frozen=True)
class Sensitivity:
    """Who leads when a criterion does not count, and when it counts twice."""

    name: str
    without: Offer
    doubled: Offer


@dataclass(frozen=True)
class Shown:
    """A ranking with the offers that it names; `outside` {reason: how many}."""

    ranked: list[Ranked]
    outside: list[tuple[str, int]]
    sensitivity: list[Sensitivity]
    changes_lead: bool


def rules_in_force() -> MatchingRules:
    """The rules by which matches are scored today. Raises DoesNotExist before the reference data are loaded."""
    return MatchingRules.objects.prefetch_related("weights").get(status=VersionStatus.CURRENT)


def weights_of(rules: MatchingRules) -> dict[str, float]:
    """{criterion: weight} of a version."""
    found = {row.criterion: float(row.weight) for row in rules.weights.all()}
    return {name: found[name] for name in CRITERIA}


def match_of(
    demand: Demand, offer: Offer, weights: Mapping[str, float]
) -> tuple[Match | None, list[dict[str, Any]], list[str]]:
    """How one offer is scored for a demand, and what a match keeps of it; when it stands outside, why."""
    rows = offered_to(demand).filter(pk=offer.pk)
    offers, asked = Offers(offer_profiles(rows)), _worded(demand, rows)
    found = rank(offers, asked, weights=weights, most=1)
    if found.matches:
        best = found.matches[0]
        return best, [_kept(one, data_of(one.name, offers.rows[0], asked)) for one in best.criteria], []
    reasons = [str(OUTSIDE[reason]) for reason in found.outside]
    return None, [], reasons or [_("The offer is not published, or excludes the demand's country.")]


def _worded(demand: Demand, rows: QuerySet[Offer]) -> profiles.Demand:
    """The demand as it is matched, with how alike the texts of the offers are to its own; see docs/methods/wording.md."""
    profile = demand_profile(demand)
    if not is_on():
        return profile
    texts = {str(pk): texts_of(told) for pk, *told in rows.values_list("pk", *SHOWN_TEXTS[Offer])}
    own = texts_of([getattr(demand, name) for name in SHOWN_TEXTS[Demand]])
    return replace(profile, wording=likeness(own, texts))


def shown(demand: Demand, weights: Mapping[str, float]) -> Shown:
    """The ranking for its page."""
    rows = offered_to(demand)
    profiles_of, asked = Offers(offer_profiles(rows)), _worded(demand, rows)
    found = rank(profiles_of, asked, weights=weights, most=SHOWN)
    told, words = {one.id: one for one in profiles_of.rows}, Words()
    named = {match.offer for match in found.matches} | {name for pair in found.sensitivity.values() for name in pair}
    offers = {str(offer.pk): offer for offer in with_all(Offer.objects.filter(pk__in=[int(pk) for pk in named]))}
    lead = found.matches[0].offer if found.matches else ""
    return Shown(
        [
            Ranked(
                offers[match.offer],
                match.least,
                match.most,
                [why(one, words.told(data_of(one.name, told[match.offer], asked))) for one in match.criteria],
                [str(NAMES[n]) for n in match.to_ask],
            )
            for match in found.matches
        ],
        [(str(OUTSIDE[reason]), number) for reason, number in found.outside.items()],
        [
            Sensitivity(str(NAMES[name]), offers[without], offers[doubled])
            for name, (without, doubled) in found.sensitivity.items()
        ],
        any(lead != one for pair in found.sensitivity.values() for one in pair),
    )


def why(one: Criterion, data: list[str]) -> Why:
    """A criterion in the reader's language, with the data used."""
    return Why(
        one.name, str(NAMES[one.name]), one.weight, 100 * one.least, 100 * one.most, sentence(one), one.is_known, data
    )


def kept(explanation: list[dict[str, Any]]) -> list[Why]:
    """The criteria that a match has kept, with the data of the day."""
    words = Words()
    return [
        why(
            Criterion(row["criterion"], row["weight"], row["least"], row["most"], row.get("worded", False)),
            words.told(row.get("data")),
        )
        for row in explanation
    ]


def _kept(one: Criterion, data: Data) -> dict[str, Any]:
    return {
        "criterion": one.name,
        "weight": one.weight,
        "least": one.least,
        "most": one.most,
        "worded": one.worded,
        "data": data,
    }
