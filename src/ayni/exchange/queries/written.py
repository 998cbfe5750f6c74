"""What people write in an offer or a demand, as plain values: for forms, for saving, for telling two versions apart."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ayni.directory.models import Component
from ayni.exchange.models import Demand, Offer

TEXTS: dict[type, tuple[str, ...]] = {
    Offer: ("title", "text", "prerequisites", "expects", "gains"),
    Demand: ("title", "problem", "objective", "results", "expects", "gives", "counterpart"),
}
SETS: dict[type, tuple[str, ...]] = {
    Offer: ("topics", "quadrants", "modalities", "excluded"),
    Demand: ("topics", "modalities", "excluded"),
}
PLAIN: dict[type, tuple[str, ...]] = {
    Offer: ("languages", "income", "population", "government", "evidence", "capacity_days", "cost"),
    Demand: (
        "languages",
        "income",
        "population",
        "government",
        "counterpart_hours",
        "interpretation",
        "budget",
        "starts",
        "deadline",
    ),
}


@dataclass(frozen=True)
class Draft:
    """What a form was filled in with, the texts in `language` alone; `sets` hold primary keys, `days` {quadrant's key: days}."""

    language: str
    texts: dict[str, str]
    plain: dict[str, str | int | bool | date | Decimal | None]
    sets: dict[str, frozenset[Any]]
    component: Component | None = None
    days: dict[int, int] = field(default_factory=dict)


def draft_of(thing: Offer | Demand, language: str) -> Draft:
    """What stands, as the form would give it back unchanged."""
    kind = type(thing)
    return Draft(
        language,
        {name: getattr(thing, name).get(language, "") for name in TEXTS[kind]},
        {name: getattr(thing, name) for name in PLAIN[kind]},
        {name: frozenset(getattr(thing, name).values_list("pk", flat=True)) for name in SETS[kind]},
        thing.component,
        dict(thing.needs.values_list("quadrant", "days")) if isinstance(thing, Demand) else {},
    )


def differences(one: Draft, other: Draft) -> list[str]:
    """The names of the fields in which two versions differ."""
    found = [name for name in one.texts if one.texts[name] != other.texts[name]]
    found += [name for name in one.plain if one.plain[name] != other.plain[name]]
    found += [name for name in one.sets if one.sets[name] != other.sets[name]]
    if one.component != other.component:
        found.append("component")
    if one.days != other.days:
        found.append("needs")
    return found
