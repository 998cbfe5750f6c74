"""From the plain input of `./ayni solve match` to rankings in which each criterion says why, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.exchange.formats.solve_input import InputFault, Value, among, each_once, read
from ayni.exchange.queries.wording import likeness
from ayni.methods.matching.criteria import INTERPRETED, Offers
from ayni.methods.matching.profiles import FEATURES, WEIGHTS, WORDED, Demand, Offer
from ayni.methods.matching.ranking import Criterion, Match, Ranking, check_weights, rank

SETS = ("topics", "quadrants", "modalities", "languages")
# What of each side a criterion looks at.
LOOKS_AT: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "topic": (("topics",), ("topics",)),
    "quadrant": (("quadrants",), ("quadrants",)),
    "context": (("context",), ("context",)),
    "evidence": (("evidence",), ()),
    "readiness": ((), ("readiness",)),
    "experts": (("months",), ("months", "days")),
    "language": (("languages",), ("languages", "interpretation")),
    "modality": (("modalities", "country"), ("modalities", "agreements")),
    "cost": (("cost",), ("budget",)),
}


def solve_match(text: str, *, time_limit: float, seed: int) -> Value:
    """The best matches of each demand. Nothing is left to chance or cut short: both options count for nothing. Raises InputFault."""
    value = read(text, "match")
    each_once(value["offers"], "$.offers")
    each_once(value["demands"], "$.demands")
    given = value.get("weights", dict(WEIGHTS))
    try:
        weights = check_weights(given)
    except ValueError:
        raise InputFault("$.weights", _("One weight at least has to be more than 0.")) from None
    rows = {row["id"]: row for row in value["offers"]}
    features = value.get("features", list(FEATURES))
    for side in ("offers", "demands"):
        for place, row in enumerate(value[side]):
            for name in row.get("context", {}):
                among(name, features, f"$.{side}[{place}].context.{name}")
    offers = Offers((_offer(row) for row in value["offers"]), features)
    texts = {row["id"]: row.get("text") or "" for row in value["offers"]}
    most = value.get("most", 10)
    return {
        "weights": weights,
        "rankings": [
            _ranking(rank(offers, _demand(row, texts), weights=weights, most=most), row, rows)
            for row in value["demands"]
        ],
    }


def _offer(row: Value) -> Offer:
    return Offer(
        id=row["id"],
        country=row["country"],
        **_sets(row),
        evidence=row.get("evidence"),
        context=row.get("context", {}),
        months=row.get("months"),
        cost=row.get("cost"),
        used=row.get("used", 0),
        published=row.get("published", True),
    )


def _demand(row: Value, texts: Mapping[str, str]) -> Demand:
    return Demand(
        id=row["id"],
        country=row["country"],
        **_sets(row),
        interpretation=row.get("interpretation", False),
        readiness=row.get("readiness"),
        context=row.get("context", {}),
        months=_set(row.get("months")),
        days=row.get("days"),
        budget=row.get("budget"),
        agreements=_set(row.get("agreements")),
        excluded=frozenset(row.get("excluded", ())),
        eligible=row.get("eligible", True),
        wording=likeness(row.get("text") or "", texts),
    )


def _sets(row: Value) -> dict[str, frozenset[str] | None]:
    return {name: _set(row.get(name)) for name in SETS}


def _set(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _ranking(found: Ranking, demand: Value, offers: Mapping[str, Value]) -> dict[str, Any]:
    return {
        "demand": found.demand,
        "matches": [_match(match, demand, offers[match.offer]) for match in found.matches],
        "outside": dict(found.outside),
        "sensitivity": [
            {"criterion": name, "leads_without": without, "leads_doubled": doubled}
            for name, (without, doubled) in found.sensitivity.items()
        ],
    }


def _match(match: Match, demand: Value, offer: Value) -> dict[str, Any]:
    return {
        "offer": match.offer,
        "least": round(match.least, 6),
        "most": round(match.most, 6),
        "criteria": [
            {
                "criterion": one.name,
                "weight": one.weight,
                "least": one.least,
                "most": one.most,
                "worded": one.worded,
                "sentence": sentence(one),
                "data": {
                    "offer": {name: offer.get(name) for name in LOOKS_AT[one.name][0]},
                    "demand": {name: demand.get(name) for name in LOOKS_AT[one.name][1]},
                },
            }
            for one in match.criteria
        ],
        "to_ask": list(match.to_ask),
    }


def sentence(one: Criterion) -> str:
    """Why a criterion is worth what it is worth, or what is not known, in the reader's language."""
    if not one.is_known:
        return _not_known(one)
    if one.worded:
        return _("The two texts are alike to %(share)s. This counts half, because the topics say less.") % {
            "share": _percent(one.least / WORDED)
        }
    words = _cost if one.name == "cost" else _language if one.name == "language" else SAID[one.name]
    return words(one.least)


def _percent(value: float) -> str:
    return _("%(number)s %%") % {"number": number_format(round(100 * value, 1), 1)}


def _said(message: Callable[[], str]) -> Callable[[float], str]:
    return lambda value: message() % {"share": _percent(value)}


SAID: Mapping[str, Callable[[float], str]] = {
    "topic": _said(lambda: _("The offer covers %(share)s of the topics asked for.")),
    "quadrant": _said(lambda: _("The offer serves %(share)s of the quadrants asked for.")),
    "context": _said(lambda: _("%(share)s of the features of the two contexts are alike.")),
    "evidence": _said(lambda: _("The evidence for the practice reaches %(share)s of the highest level.")),
    "readiness": _said(lambda: _("The screening found the demand %(share)s ready.")),
    "experts": _said(lambda: _("Free expert-days cover %(share)s of what is needed.")),
    "modality": _said(lambda: _("Modalities and agreements in force fit to %(share)s.")),
}


def _language(value: float) -> str:
    if value > INTERPRETED:
        return _("A language is shared.")
    if value == INTERPRETED:
        return _("No language is shared; interpretation is budgeted.")
    return _("No language is shared, and interpretation is not budgeted.")


def _cost(value: float) -> str:
    if value >= 1:
        return _("The cost is within the budget.")
    return _("The budget covers %(share)s of the cost.") % {"share": _percent(value)}


def _not_known(one: Criterion) -> str:
    asked = {
        "topic": _("The topics are not stated on both sides."),
        "quadrant": _("The quadrants are not stated on both sides."),
        "context": _("Some features of the two contexts are not stated on both sides."),
        "evidence": _("The evidence for the practice is not stated."),
        "readiness": _("The demand has not been screened."),
        "experts": _("The experts' free months, or the days needed, are not stated."),
        "language": _("The languages are not stated on both sides."),
        "modality": _("The modalities, or the agreements in force, are not all stated."),
        "cost": _("The cost or the budget is not stated."),
    }[one.name]
    return _("%(what)s It may be worth %(least)s to %(most)s.") % {
        "what": asked,
        "least": _percent(one.least),
        "most": _percent(one.most),
    }
