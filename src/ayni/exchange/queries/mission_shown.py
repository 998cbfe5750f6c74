"""Missions in the reader's language: who does what, when, in which language, under which agreements, at what cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.directory.models import SPOKEN, Concept, Country, Expert
from ayni.exchange.models import Demand, MatrixQuadrant, Mission, Offer
from ayni.exchange.queries.matrix import quadrants_of as matrix_quadrants
from ayni.exchange.queries.matrix import scheme_in_force
from ayni.exchange.queries.mission_drafts import Draft, DraftPart, day_of
from ayni.exchange.queries.mission_inputs import quadrants_of
from ayni.exchange.queries.missions import kept_draft
from ayni.methods.missions.calendar import BUDGET, NO_EXPERT, Lack
from ayni.registry.queries.agreements import partners_in_force


@dataclass(frozen=True)
class PartShown:
    """One quadrant of a mission. `cells` are its days in each month, None where it rests; `profiles` tell who works, without names."""

    quadrant: str
    name: str
    offer: Offer
    country: str
    days: int
    first: date
    last: date
    language: str
    interpreted: bool
    profiles: Sequence[str]
    cells: Sequence[int | None]


@dataclass(frozen=True)
class Shown:
    """A mission as it is read."""

    draft: Draft
    lead: str
    countries: Sequence[str]
    parts: Sequence[PartShown]
    months: Sequence[date]
    cost: str
    unknown: Sequence[str]

    @property
    def days(self) -> int:
        return sum(part.days for part in self.parts)


@dataclass(frozen=True)
class Words:
    """What missions of one demand are told with, read once for all of them."""

    demand: Demand
    offers: Mapping[int, Offer]
    experts: Mapping[int, Expert]
    countries: Mapping[str, str]
    quadrants: Mapping[str, str]

    def shown(self, draft: Draft) -> Shown:
        months = draft.months()
        return Shown(
            draft=draft,
            lead=self.countries[draft.lead],
            countries=[self.countries[code] for code in draft.countries],
            parts=[self._part(part, months) for part in draft.parts],
            months=months,
            cost=cost_in_words(draft),
            unknown=[self._unknown(code) for code in draft.unknown],
        )

    def _part(self, part: DraftPart, months: Sequence[date]) -> PartShown:
        by_month: dict[date, int] = {}
        for one in part.months:
            by_month[one.month] = by_month.get(one.month, 0) + one.days
        offer = self.offers[part.offer]
        return PartShown(
            quadrant=part.quadrant,
            name=self.quadrants.get(part.quadrant, part.quadrant),
            offer=offer,
            country=self.countries[part.country],
            days=part.days,
            first=part.first,
            last=part.last,
            language=_shared(offer, self.demand),
            interpreted=part.interpreted,
            profiles=[profile_of(self.experts[pk]) for pk in dict.fromkeys(one.expert for one in part.months)],
            cells=[by_month.get(month) for month in months],
        )

    def _unknown(self, code: str) -> str:
        kind, _separator, which = code.partition(":")
        if kind == "travel":
            return _("the travel from %(country)s") % {"country": self.countries.get(which, which)}
        if kind == "interpretation":
            return _("a day of interpretation")
        expert = self.experts.get(int(which)) if which.isdigit() else None
        return _("the daily cost of an expert of %(institution)s") % {
            "institution": expert.institution if expert else "?"
        }


def words_for(demand: Demand, drafts: Iterable[Draft]) -> Words:
    """Read what `drafts` name. Eight queries at most, however many they are."""
    drafts = list(drafts)
    parts = [part for draft in drafts for part in draft.parts]
    offers = Offer.objects.select_related("institution__country").prefetch_related("institution__names")
    experts = Expert.objects.select_related("institution").prefetch_related("institution__names", "profiles")
    numbers = {int(code.partition(":")[2]) for draft in drafts for code in draft.unknown if code.startswith("daily:")}
    numbers |= {one.expert for part in parts for one in part.months}
    return Words(
        demand=demand,
        offers=offers.in_bulk([part.offer for part in parts]),
        experts=experts.in_bulk(sorted(numbers)),
        countries=_names(drafts),
        quadrants={concept.code: str(concept) for concept in Concept.objects.current("quadrants")},
    )


def shown_mission(mission: Mission) -> Shown:
    """A mission that was proposed, as it stands."""
    draft = kept_draft(mission)
    return words_for(mission.demand, [draft]).shown(draft)


def weighed(mission: Mission) -> list[dict[str, Any]]:
    """What was weighed beside a mission: `number` (0: of one country alone), countries, value, months. One query."""
    alone, others = mission.beside.get("alone"), mission.beside.get("others", [])
    rows = ([(0, alone)] if alone else []) + list(enumerate(others, 1))
    codes = {code for _number, one in rows for code in one["countries"]}
    names = {country.pk: text_in(country.name) for country in Country.objects.filter(pk__in=codes)}
    return [
        {
            "number": number,
            "countries": ", ".join(names.get(code, code) for code in one["countries"]),
            "value": one["value"],
            "first": day_of(one["first_month"]),
            "last": day_of(one["last_month"]),
        }
        for number, one in rows
    ]


def agreements_for(codes: Iterable[str]) -> list[MatrixQuadrant]:
    """What the matrix in force asks for in these quadrants. Four queries."""
    asked = set(codes)
    return [row for row in matrix_quadrants(scheme_in_force()) if row.quadrant.code in asked]


def standing_agreements(recipient: str | None, shown: Iterable[Shown]) -> list[tuple[str, bool]]:
    """(country, whether it has an agreement in force with the recipient) of every provider country. One query."""
    agreed = partners_in_force().get(recipient or "", frozenset())
    names = {code: name for one in shown for code, name in zip(one.draft.countries, one.countries, strict=True)}
    return [(name, code in agreed) for code, name in names.items()]


def profile_of(expert: Expert) -> str:
    """An expert's profile without the name: it may be read outside the institution."""
    spoken = [str(SPOKEN.get(code, code)) for code in expert.languages.split()]
    told = {
        "institution": expert.institution,
        "quadrants": ", ".join(sorted(quadrants_of(expert))) or "–",
        "languages": ", ".join(spoken) or "–",
    }
    return _("%(institution)s: %(quadrants)s; %(languages)s") % told


def cost_in_words(draft: Draft) -> str:
    """The cost as an interval."""
    least = _money(draft.least)
    if draft.most is None:
        return _("at least %(least)s US dollars; the rest is not known") % {"least": least}
    return _("%(cost)s US dollars") % {"cost": least}


def lack_in_words(lack: Lack) -> str:
    """Why the most valuable team has no calendar."""
    quadrants = {"quadrants": ", ".join(lack.quadrants)}
    if lack.reason == NO_EXPERT:
        return _("No expert of the best offers has the profile that %(quadrants)s asks for.") % quadrants
    if lack.reason == BUDGET:
        return _("The best teams cost more than the budget.")
    if not lack.months:
        return _("No expert of the best offers is free in the demand's months.")
    span = {"first": _month(lack.months[0]), "last": _month(lack.months[-1]), "days": number_format(round(lack.days))}
    return _("%(days)s expert-days are missing for %(quadrants)s between %(first)s and %(last)s.") % (quadrants | span)


def _month(code: str) -> str:
    return date_format(day_of(code), "M Y")


def _names(drafts: Iterable[Draft]) -> dict[str, str]:
    codes = {code for draft in drafts for code in draft.countries}
    codes |= {code.partition(":")[2] for draft in drafts for code in draft.unknown if code.startswith("travel:")}
    return {country.pk: text_in(country.name) for country in Country.objects.filter(pk__in=codes)}


def _shared(offer: Offer, demand: Demand) -> str:
    shared = [code for code in offer.languages.split() if code in demand.languages.split()]
    return ", ".join(str(SPOKEN.get(code, code)) for code in shared)


def _money(amount: float) -> str:
    return number_format(round(amount), force_grouping=True)
