"""The lists of countries and institutions, filtered and in groups by letter."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import address
from ayni.common.i18n import folded, text_in
from ayni.directory.models import Country, CountryRegion, Institution, Region, RegionScheme

INTERNATIONAL = "international"


def regions() -> list[tuple[str, str]]:
    """The regions of M49 in which countries lie, with their names. One query."""
    found = Region.objects.filter(scheme=RegionScheme.M49, countries__isnull=False).distinct()
    return sorted(((region.code, str(region)) for region in found), key=lambda pair: folded(pair[1]))


def parts() -> list[tuple[str, str]]:
    return [
        ("reported", _("Reported")),
        ("named", _("Named as a partner")),
        ("none", _("Neither reported nor named")),
    ]


def countries(atlas: Atlas | None, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The countries that fit what is asked: name, code, url, whether it reported, how many name it. Two queries at most."""
    reporters = set(atlas.reporters) if atlas else set()
    named = atlas.named_by if atlas else {}
    inside = None
    if asked.get("region"):
        rows = CountryRegion.objects.filter(scheme=RegionScheme.M49, region__code=asked["region"])
        inside = set(rows.values_list("country_id", flat=True))
    found = []
    for country in Country.objects.all():
        code = country.pk
        part = {
            "reported": code in reporters,
            "named": code in named,
            "none": code not in reporters and code not in named,
        }
        if inside is not None and code not in inside:
            continue
        if asked.get("part") and not part[asked["part"]]:
            continue
        if asked.get("named_by") and not any(mark.reporter == asked["named_by"] for mark in named.get(code, [])):
            continue
        found.append(
            {
                "label": str(country),
                "code": code,
                "url": address("country", code),
                "reported": part["reported"],
                "named": len({mark.reporter for mark in named.get(code, [])}),
            }
        )
    return found


def every_institution() -> list[Institution]:
    """All with their names, countries, types and roles. Two queries."""
    return list(Institution.objects.select_related("country", "kind", "role").prefetch_related("names"))


def institutions(every: list[Institution], atlas: Atlas | None, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Those of `every` that fit what is asked."""
    answered = set(atlas.institutions) if atlas else set()
    return [
        {
            "label": text_in(one.name),
            "acronym": one.latest_name.acronym if one.latest_name else "",
            "former": [name.acronym for name in one.names.all() if name != one.latest_name and name.acronym],
            "country": text_in(one.country.name) if one.country else _("International"),
            "kind": text_in(one.kind.label) if one.kind else "",
            "url": address("institution", one.code),
            "answered": one.code in answered,
        }
        for one in every
        if _fits(one, asked, answered)
    ]


def by_letter(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups of rows under the first letter of their label, Á under A."""
    ordered = sorted(rows, key=lambda row: folded(row["label"]))
    return [
        {"letter": letter, "rows": list(group)}
        for letter, group in groupby(ordered, key=lambda row: folded(row["label"])[:1].upper())
    ]


def _fits(one: Institution, asked: dict[str, str], answered: set[str]) -> bool:
    place = one.country_id or INTERNATIONAL
    kind, role = (one.kind.code if one.kind else ""), (one.role.code if one.role else "")
    part = "answered" if one.code in answered else "not-answered"
    own = {"country": place, "kind": kind, "role": role, "part": part}
    return all(own[name] == value for name, value in asked.items())


def institution_choices(every: list[Institution]) -> dict[str, list[tuple[str, str]]]:
    """{filter: [(code, name)]} of what occurs, in the language's order; international institutions first."""
    found: dict[str, dict[str, str]] = {"country": {}, "kind": {}, "role": {}}
    for one in every:
        if one.country:
            found["country"][one.country.pk] = str(one.country)
        for name, concept in (("kind", one.kind), ("role", one.role)):
            if concept:
                found[name][concept.code] = str(concept)
    choices = {name: sorted(pairs.items(), key=lambda pair: folded(pair[1])) for name, pairs in found.items()}
    choices["country"].insert(0, (INTERNATIONAL, _("International")))
    choices["part"] = [("answered", _("Answered the questionnaire")), ("not-answered", _("Did not answer"))]
    return choices
