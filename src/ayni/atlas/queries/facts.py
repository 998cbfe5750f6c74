"""An edition of the diagnosis as the atlas reads it: who says that it cooperates with whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ayni.common.i18n import folded, text_in

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """An institution names a country as its partner. `period` is the years that its answers cover, or None."""

    institution: str
    reporter: str
    partner: str
    role: str
    source: str
    period: tuple[int, int] | None


@dataclass(frozen=True)
class Atlas:
    """The content of an edition (ayni-diagnosis/1) with what its pages ask again and again."""

    content: dict[str, Any]
    checksum: str
    marks: tuple[Mark, ...]

    @cached_property
    def countries(self) -> dict[str, dict[str, Any]]:
        return self.content["countries"]

    @cached_property
    def institutions(self) -> dict[str, dict[str, Any]]:
        """The institutions whose answers count, in the order of the source's columns."""
        known = self.content["institutions"]
        order = [code for code in self.tables["T3"]["institutions"] if code in known]
        return {code: known[code] for code in (*order, *(code for code in known if code not in order))}

    @cached_property
    def reporters(self) -> list[str]:
        return self.content["reporters"]

    @cached_property
    def tables(self) -> dict[str, Any]:
        return self.content["tables"]

    @cached_property
    def figures(self) -> dict[str, Any]:
        return self.content["figures"]

    @cached_property
    def regions(self) -> dict[str, Texts]:
        """The print's regions in their order: {code: names}."""
        return _names_in_order(self.content["regions"])

    @cached_property
    def m49(self) -> dict[str, Texts]:
        """The regions of M49 in which a country of the edition lies, in their order: {code: names}."""
        used = {country["m49"] for country in self.countries.values()}
        return {code: names for code, names in _names_in_order(self.content["m49"]).items() if code in used}

    @cached_property
    def partners(self) -> dict[str, set[str]]:
        """{reporting country: its partners}; reporters that name nobody included."""
        found: dict[str, set[str]] = {reporter: set() for reporter in self.reporters}
        for mark in self.marks:
            found.setdefault(mark.reporter, set()).add(mark.partner)
        return found

    @cached_property
    def named_by(self) -> dict[str, list[Mark]]:
        """{partner: the marks that name it}."""
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark.partner, []).append(mark)
        return found

    @property
    def round(self) -> dict[str, Any]:
        return self.content["round"]

    @property
    def edition(self) -> dict[str, Any]:
        return self.content["edition"]

    def name(self, iso3: str, lang: str | None = None) -> str:
        """The country's name; its code where the edition does not name it."""
        country = self.countries.get(iso3)
        return text_in(country["name"], lang) if country else iso3

    def acronym(self, institution: str) -> str:
        found = self.institutions.get(institution)
        return found["acronym"] if found else institution

    def by_name(self, codes: Iterable[str], lang: str | None = None) -> list[str]:
        """The countries in the alphabetical order of the language."""
        return sorted(codes, key=lambda code: folded(self.name(code, lang)))


def parse(content: str, checksum: str) -> Atlas:
    """Read the canonical JSON of an edition."""
    value = json.loads(content)
    order = {code: position for position, code in enumerate(value["tables"]["T3"]["institutions"])}
    marks = [
        _mark(value["institutions"], institution, row["country"], mark)
        for row in value["tables"]["T3"]["rows"]
        for institution, mark in row["marks"].items()
    ]
    marks.sort(key=lambda mark: (mark.partner, order.get(mark.institution, len(order)), mark.institution))
    return Atlas(value, checksum, tuple(marks))


def _mark(institutions: dict[str, Any], institution: str, partner: str, mark: dict[str, Any]) -> Mark:
    respondent = institutions.get(institution, {})
    period = respondent.get("period")
    return Mark(
        institution=institution,
        reporter=respondent.get("country") or institution,
        partner=partner,
        role=mark["role"],
        source=mark["source"],
        period=(period[0], period[1]) if period else None,
    )


def _names_in_order(regions: dict[str, dict[str, Any]]) -> dict[str, Texts]:
    ordered = sorted(regions, key=lambda code: (regions[code].get("position", 0), code))
    return {code: regions[code]["name"] for code in ordered}
