"""How often which obstacle was registered: by type and country (live numbers for Table 2), and over the years."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from ayni.directory.models import Country
from ayni.learning.models import Obstacle
from ayni.learning.queries.obstacles import kinds


@dataclass(frozen=True)
class Counts:
    """`cells` {code of the type: {country's code: number}}; `years` {year: {code of the group: number}}, without gaps."""

    cells: dict[str, dict[str, int]]
    years: dict[int, dict[str, int]]

    @property
    def countries(self) -> set[str]:
        return {country for row in self.cells.values() for country in row}

    @property
    def total(self) -> int:
        return sum(number for row in self.cells.values() for number in row.values())


def counts(rows: QuerySet[Obstacle]) -> Counts:
    """The numbers of `rows`, in one query; a type is told by its code, whichever version of the vocabulary it was taken from."""
    found = (
        rows.order_by()
        .annotate(year=ExtractYear("seen_on"))
        .values_list("kind__code", "kind__broader__code", "country", "year")
        .annotate(number=Count("pk"))
    )
    cells: dict[str, dict[str, int]] = {}
    years: dict[int, dict[str, int]] = {}
    for kind, group, country, year, number in found:
        row = cells.setdefault(kind, {})
        row[country] = row.get(country, 0) + number
        told = years.setdefault(year, {})
        told[group or kind] = told.get(group or kind, 0) + number
    span = range(min(years), max(years) + 1) if years else range(0)
    return Counts(cells, {year: years.get(year, {}) for year in span})


def live_table(found: Counts) -> dict[str, Any]:
    """Table 2 from the record: `countries`, and `groups` [{label, rows [{code, label, cells, number}]}]."""
    places = sorted(Country.objects.filter(pk__in=found.countries), key=str)
    groups = []
    for group, terms in kinds():
        rows = [
            {
                "code": term.code,
                "label": term,
                "cells": [found.cells.get(term.code, {}).get(place.pk, 0) for place in places],
                "number": sum(found.cells.get(term.code, {}).values()),
            }
            for term in terms
        ]
        groups.append({"label": group, "rows": rows})
    return {"countries": places, "groups": groups, "columns": 2 + len(places)}


def by_year(found: Counts) -> list[dict[str, Any]]:
    """`{first, last, number, share}`, the earliest first; `share` is of the fullest year, 0 to 100.

    A row is a year; years without an obstacle that follow one another share a row.
    """
    totals = {year: sum(row.values()) for year, row in found.years.items()}
    most = max(totals.values(), default=0) or 1
    rows: list[dict[str, Any]] = []
    for year, number in totals.items():
        if rows and not number and not rows[-1]["number"]:
            rows[-1]["last"] = year
        else:
            rows.append({"first": year, "last": year, "number": number, "share": round(100 * number / most)})
    return rows
