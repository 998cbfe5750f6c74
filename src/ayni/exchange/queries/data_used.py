"""What of each side a criterion looked at: kept with a match as plain JSON, shown in the reader's words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.directory.models import SPOKEN, Concept, Country, Region, RegionScheme
from ayni.exchange.queries.contexts import GOVERNMENT, INCOME, POPULATION
from ayni.exchange.queries.matching import LOOKS_AT
from ayni.methods.matching import profiles

Data = dict[str, dict[str, Any]]
CONTEXT = {"income": INCOME, "population": POPULATION, "state": GOVERNMENT}


def data_of(name: str, offer: profiles.Offer, demand: profiles.Demand) -> Data:
    """The data of the criterion `name`: {side: {field: value}}; None for what is not known."""
    of_offer, of_demand = LOOKS_AT[name]
    return {
        "offer": {field: _plain(getattr(offer, field)) for field in of_offer},
        "demand": {field: _plain(getattr(demand, field)) for field in of_demand},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value


class Words:
    """Codes in the reader's language: read once for a page, four queries."""

    def __init__(self) -> None:
        schemes = ("topics", "modalities", "quadrants")
        rows = Concept.objects.filter(scheme__code__in=schemes).values_list("scheme__code", "code", "label")
        self._terms = {(scheme, code): text_in(label) for scheme, code, label in rows}
        regions = Region.objects.filter(scheme=RegionScheme.M49).values_list("code", "name")
        self._regions = {code: text_in(name) for code, name in regions}
        self._countries = {pk: text_in(name) for pk, name in Country.objects.values_list("pk", "name")}

    def told(self, data: Data | None) -> list[str]:
        """A sentence for each side that the criterion looks at; nothing where a match has kept no data."""
        sides = (("offer", _("Offer: %(data)s")), ("demand", _("Demand: %(data)s")))
        return [
            sentence % {"data": "; ".join(self._field(name, value) for name, value in data[side].items())}
            for side, sentence in sides
            if data and data.get(side)
        ]

    def _field(self, name: str, value: Any) -> str:
        if value is None or value == [] or value == {}:
            return _("not stated")
        known: dict[str, Callable[[Any], str]] = {
            "topics": partial(self._several, "topics"),
            "modalities": partial(self._several, "modalities"),
            "quadrants": lambda codes: ", ".join(codes),
            "languages": lambda codes: ", ".join(str(SPOKEN.get(code, code)) for code in codes),
            "context": self._context,
            "country": lambda code: self._countries.get(code, code),
            "agreements": lambda codes: (
                _("agreements in force with %(countries)s")
                % {"countries": ", ".join(self._countries.get(code, code) for code in codes)}
            ),
            "interpretation": lambda yes: (
                _("interpretation is budgeted") if yes else _("interpretation is not budgeted")
            ),
            "months": _months,
            "days": lambda days: _("%(days)s expert-days") % {"days": number_format(days, 0)},
            "evidence": _of_three,
            "readiness": _of_three,
            "cost": _dollars,
            "budget": _dollars,
        }
        return known[name](value)

    def _several(self, scheme: str, codes: list[str]) -> str:
        return ", ".join(self._terms.get((scheme, code), code) for code in codes)

    def _context(self, value: Mapping[str, str]) -> str:
        return ", ".join(
            self._regions.get(code, code) if name == "region" else str(CONTEXT[name].get(code, code))
            for name, code in value.items()
        )


def _months(value: Mapping[str, float] | list[str]) -> str:
    months = sorted(value)
    span = months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"
    if isinstance(value, Mapping):
        return _("%(months)s: %(days)s expert-days") % {"months": span, "days": number_format(sum(value.values()), 0)}
    return span


def _of_three(value: float) -> str:
    return _("%(value)s of 3") % {"value": number_format(value, 2)}


def _dollars(value: float) -> str:
    return _("%(amount)s US dollars") % {"amount": number_format(value, 0)}
