"""The countries and the pairs of countries that have a circuit: in whose initiatives some lesson was learned."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ayni.directory.models import Country
from ayni.learning.queries.lessons import lessons_for
from ayni.registry.models import Participation


@dataclass(frozen=True)
class Pair:
    """Two countries, in the order of their codes."""

    one: Country
    other: Country


def places_there(user: Any) -> list[Country]:
    """The countries of which an institution has learned something, by name."""
    codes = lessons_for(user).order_by().values_list("institution__country", flat=True).distinct()
    return sorted(Country.objects.filter(pk__in=list(codes)), key=str)


def pairs_there(user: Any) -> list[Pair]:
    """The pairs of countries in whose common initiatives something was learned by either, by name. Two queries."""
    learned = set(
        lessons_for(user).order_by().values_list("initiative", "institution__country").distinct(),
    )
    sides: dict[int, set[str]] = {}
    rows = Participation.objects.filter(initiative__in={initiative for initiative, _country in learned})
    for initiative, country in rows.order_by().values_list("initiative", "institution__country").distinct():
        if country:
            sides.setdefault(initiative, set()).add(country)
    found = {
        pair
        for initiative, country in learned
        for pair in combinations(sorted(sides.get(initiative, ())), 2)
        if country in pair
    }
    places = Country.objects.in_bulk({code for pair in found for code in pair}) if found else {}
    pairs = [Pair(places[one], places[other]) for one, other in found]
    return sorted(pairs, key=lambda pair: (str(pair.one), str(pair.other)))
