"""The nine criteria, each for one demand and all offers at once: (least, most) of what it may be worth, from 0 to 1.

Known data give least = most. See docs/methods/matching.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ayni.methods.matching.profiles import FEATURES, MOST, WORDED, Demand, Offer

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Interval = tuple[Floats, Floats]
# An interpreted exchange is worth half of one in a shared language.
INTERPRETED = 0.5


class Offers:
    """Offers in columns, sorted by their identifiers, whatever order they came in."""

    def __init__(self, offers: Iterable[Offer], features: Sequence[str] = FEATURES) -> None:
        self.rows = sorted(offers, key=lambda offer: offer.id)
        if len({offer.id for offer in self.rows}) < len(self.rows):
            raise ValueError("Each offer has an identifier of its own.")
        self.country = np.array([offer.country for offer in self.rows], dtype=object)
        self.published = np.array([offer.published for offer in self.rows], dtype=bool)
        self.used = np.array([offer.used for offer in self.rows], dtype=np.int64)
        self.evidence = _numbers(offer.evidence for offer in self.rows)
        self.cost = _numbers(offer.cost for offer in self.rows)
        self.topics = Sets([offer.topics for offer in self.rows])
        self.quadrants = Sets([offer.quadrants for offer in self.rows])
        self.modalities = Sets([offer.modalities for offer in self.rows])
        self.languages = Sets([offer.languages for offer in self.rows])
        self.features = tuple(features)
        self.context = {
            name: np.array([offer.context.get(name) for offer in self.rows], dtype=object) for name in self.features
        }
        self.months = sorted({month for offer in self.rows for month in offer.months or ()})
        self.days = {
            month: np.array([(offer.months or {}).get(month, 0.0) for offer in self.rows]) for month in self.months
        }
        self.plans = np.array([offer.months is not None for offer in self.rows], dtype=bool)

    def __len__(self) -> int:
        return len(self.rows)


class Sets:
    """A set for each offer, or None, as one column of flags for each member."""

    def __init__(self, sets: Sequence[frozenset[str] | None]) -> None:
        self.known: Flags = np.array([one is not None for one in sets], dtype=bool)
        members = sorted({member for one in sets for member in one or ()})
        self._column = {member: np.array([member in (one or ()) for one in sets], dtype=bool) for member in members}

    def having(self, member: str) -> Flags:
        return self._column.get(member, np.zeros(len(self.known), dtype=bool))

    def share(self, asked: frozenset[str]) -> Floats:
        """Of what is asked for, the share that each offer has."""
        found = np.zeros(len(self.known))
        for member in sorted(asked):
            found += self.having(member)
        return found / len(asked)


def topic(offers: Offers, demand: Demand) -> Interval:
    """The share of the demand's topics that the offer covers, or what a text that is alike is worth where that is more."""
    least, most = _share(offers.topics, demand.topics)
    worded = _worded(offers, demand)
    return np.maximum(least, worded), np.maximum(most, worded)


def by_wording(offers: Offers, demand: Demand) -> Flags:
    """Where the wording, and not the topics told, gives the least that the topic is worth."""
    if not demand.wording:
        return np.zeros(len(offers), dtype=bool)
    least, _most = _share(offers.topics, demand.topics)
    lifted: Flags = _worded(offers, demand) > least
    return lifted


def _worded(offers: Offers, demand: Demand) -> Floats:
    if not demand.wording:
        return np.zeros(len(offers))
    return WORDED * np.array([demand.wording.get(offer.id, 0.0) for offer in offers.rows])


def quadrant(offers: Offers, demand: Demand) -> Interval:
    """The share of the demand's quadrants that the offer serves."""
    return _share(offers.quadrants, demand.quadrants)


def evidence(offers: Offers, demand: Demand) -> Interval:
    """How well the practice is proved."""
    return _open(offers.evidence / MOST)


def context(offers: Offers, demand: Demand) -> Interval:
    """The share of the features of the two contexts that are alike; a feature that one side does not tell stays open."""
    if not offers.features:
        return _unknown(len(offers))
    least, most = np.zeros(len(offers)), np.zeros(len(offers))
    for name in offers.features:
        there, here = offers.context[name], demand.context.get(name)
        unknown = np.array([value is None for value in there], dtype=bool) | (here is None)
        alike = (there == here) & ~unknown
        least += alike
        most += alike | unknown
    return least / len(offers.features), most / len(offers.features)


def readiness(offers: Offers, demand: Demand) -> Interval:
    """How ready the demand is, by its screening; the same for every offer."""
    if demand.readiness is None:
        return _unknown(len(offers))
    value = np.full(len(offers), demand.readiness / MOST)
    return value, value


def experts(offers: Offers, demand: Demand) -> Interval:
    """The expert-days that are free in the demand's months over those that it needs, 1 at most."""
    if demand.months is None or demand.days is None:
        return _unknown(len(offers))
    free = sum((offers.days[month] for month in sorted(demand.months) if month in offers.days), np.zeros(len(offers)))
    value = np.minimum(free, demand.days) / demand.days if demand.days else np.ones(len(offers))
    return np.where(offers.plans, value, 0.0), np.where(offers.plans, value, 1.0)


def language(offers: Offers, demand: Demand) -> Interval:
    """1 for a shared language, half where interpretation is budgeted, else nothing."""
    otherwise = INTERPRETED if demand.interpretation else 0.0
    if demand.languages is None:
        return np.full(len(offers), otherwise), np.ones(len(offers))
    shared = np.zeros(len(offers), dtype=bool)
    for code in sorted(demand.languages):
        shared |= offers.languages.having(code)
    value = np.where(shared, 1.0, otherwise)
    return np.where(offers.languages.known, value, otherwise), np.where(offers.languages.known, value, 1.0)


def modality(offers: Offers, demand: Demand) -> Interval:
    """Half for the share of the wanted modalities that are offered, half for an agreement in force between the countries."""
    least, most = _share(offers.modalities, demand.modalities)
    if demand.agreements is None:
        return least / 2, (most + 1) / 2
    agreed = np.isin(offers.country, sorted(demand.agreements)).astype(float)
    return (least + agreed) / 2, (most + agreed) / 2


def cost(offers: Offers, demand: Demand) -> Interval:
    """1 within the budget; beyond it, budget over cost."""
    if demand.budget is None:
        return _unknown(len(offers))
    dear = np.where(offers.cost > demand.budget, offers.cost, np.nan)
    value = np.where(np.isnan(offers.cost), np.nan, np.where(np.isnan(dear), 1.0, demand.budget / dear))
    return _open(value)


MEASURES: Mapping[str, Callable[[Offers, Demand], Interval]] = {
    "topic": topic,
    "quadrant": quadrant,
    "context": context,
    "evidence": evidence,
    "readiness": readiness,
    "experts": experts,
    "language": language,
    "modality": modality,
    "cost": cost,
}


def gates(offers: Offers, demand: Demand) -> dict[str, Flags]:
    """Which offers stand outside, by the reason: what is not published, the own country, excluded partners, no month in common."""
    count = len(offers)
    outside = {
        "not-eligible": np.full(count, not demand.eligible),
        "not-published": ~offers.published,
        "own-country": offers.country == demand.country,
        "excluded": np.isin(offers.country, sorted(demand.excluded)),
    }
    if demand.months is not None:
        months = [offers.days[month] > 0 for month in sorted(demand.months) if month in offers.days]
        some = np.logical_or.reduce(months) if months else np.zeros(count, dtype=bool)
        outside["no-month"] = offers.plans & ~some
    return outside


def _share(sets: Sets, asked: frozenset[str] | None) -> Interval:
    if not asked:
        return _unknown(len(sets.known))
    value = sets.share(asked)
    return np.where(sets.known, value, 0.0), np.where(sets.known, value, 1.0)


def _numbers(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values])


def _open(value: Floats) -> Interval:
    """Numbers that are not known may be anything."""
    return np.nan_to_num(value, nan=0.0), np.nan_to_num(value, nan=1.0)


def _unknown(count: int) -> Interval:
    return np.zeros(count), np.ones(count)
