"""A country as an edition and the directory know it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.atlas.queries.facts import Atlas, Mark
from ayni.atlas.queries.links import country_link, evidence_url, institution_link, label_of, source_of
from ayni.atlas.queries.tables.partners import agencies_of, role_name
from ayni.common.i18n import text_in
from ayni.directory.models import Country, Institution, RegionScheme

MUTUAL: Promise = _("declared by both sides")
UNILATERAL: Promise = _("declared by one side only")
ONE_REPORTED: Promise = _("not known: it did not report")


def regions(country: Country, atlas: Atlas | None) -> dict[str, str]:
    """The names of the country's regions: the document's ("print"), or the edition's where it gives none, and "m49". One query."""
    lies = {region.scheme: text_in(region.name) for region in country.regions.all()}
    printed = lies.get(RegionScheme.OAS2010) or _region_in_edition(country, atlas)
    return {"print": printed, "m49": lies.get(RegionScheme.M49, "")}


def institutions(country: Country) -> list[Institution]:
    """The country's institutions with their names, by short name. Two queries."""
    found = country.institutions.select_related("kind", "role").prefetch_related("names")
    return sorted(found, key=lambda institution: institution.short_name.casefold())


def names(atlas: Atlas, iso3: str) -> list[dict[str, Any]]:
    """The partners that the country's institutions name: partner, who names it, and whether it is declared back."""
    marks: dict[str, list[Mark]] = {}
    for mark in atlas.marks:
        if mark.reporter == iso3:
            marks.setdefault(mark.partner, []).append(mark)
    return [
        {
            **country_link(atlas, partner),
            "who": [institution_link(atlas, mark.institution) for mark in marks[partner]],
            "role": "; ".join(sorted({role_name(mark.role) for mark in marks[partner]})),
            "standing": standing(atlas, iso3, partner),
            "one_sided": [iso3, partner] in atlas.content["quality"]["unilateral"],
            "evidence": evidence_url(atlas, "T3", partner),
        }
        for partner in atlas.by_name(marks)
    ]


def one_role(atlas: Atlas, iso3: str) -> str:
    """What all of the country's declarations say of their direction; "" where they differ or there are none."""
    roles = {mark.role for mark in atlas.marks if mark.reporter == iso3}
    return role_name(roles.pop()) if len(roles) == 1 else ""


def named_by(atlas: Atlas, iso3: str) -> list[dict[str, Any]]:
    """The institutions that name the country as a partner."""
    return [
        {
            **institution_link(atlas, mark.institution),
            "role": role_name(mark.role),
            "standing": standing(atlas, mark.reporter, iso3),
            "one_sided": [mark.reporter, iso3] in atlas.content["quality"]["unilateral"],
            "period": mark.period,
            "source": source_of(atlas, mark.source),
        }
        for mark in atlas.named_by.get(iso3, [])
    ]


def not_reported(atlas: Atlas, iso3: str) -> list[dict[str, str]]:
    """The reporting countries that do not name it."""
    reporters = {mark.reporter for mark in atlas.named_by.get(iso3, [])}
    return [country_link(atlas, code) for code in atlas.by_name(set(atlas.reporters) - reporters - {iso3})]


def standing(atlas: Atlas, reporter: str, partner: str) -> Promise:
    """How far a declaration can be held against the other side's."""
    if partner not in atlas.reporters:
        return ONE_REPORTED
    return MUTUAL if reporter in atlas.partners.get(partner, set()) else UNILATERAL


def agreements(atlas: Atlas, iso3: str) -> dict[str, Any]:
    """T5 of one country: what is said of its agreements, their forms and who signs them."""
    rows = [row for row in atlas.tables["T5"]["rows"] if _is_of(row, iso3)]
    return {
        "statements": [
            {"text": text_in(statement["text"]), "source": source_of(atlas, statement["source"])}
            for statement in atlas.tables["T5"]["statements"]
            if statement["kind"] == "country" and statement["code"] == iso3
        ],
        "forms": [_fact(atlas, "T5", "agreement-forms", row) for row in rows if row["form"]],
        "ranks": [_fact(atlas, "T5", "agreement-ranks", row) for row in rows if row["rank"]],
    }


def agencies(atlas: Atlas, iso3: str) -> dict[str, Any] | None:
    """T4 of one country, or None."""
    return next((agencies_of(atlas, row) for row in atlas.tables["T4"]["rows"] if row["country"] == iso3), None)


def obstacles(atlas: Atlas, iso3: str) -> list[dict[str, str]]:
    """The obstacles that can be told of this country alone."""
    told = {code for code, cell in atlas.tables["T2"]["by_country"].items() if cell.get(iso3)}
    return [_fact(atlas, "T2", "obstacles", row) for row in atlas.tables["T2"]["rows"] if row["concept"] in told]


def systems(atlas: Atlas, iso3: str) -> list[dict[str, Any]]:
    """The information systems named for this country."""
    return [
        {
            "label": label_of(atlas, "information-systems", system["concept"]),
            "source": source_of(atlas, system["source"]),
        }
        for system in atlas.tables["T10"]["systems"]
        if system["country"] == iso3
    ]


def _region_in_edition(country: Country, atlas: Atlas | None) -> str:
    if atlas is None or country.pk not in atlas.countries:
        return ""
    return text_in(atlas.regions.get(atlas.countries[country.pk]["region"], ""))


def _is_of(row: dict[str, Any], iso3: str) -> bool:
    return any(item["kind"] == "country" and item["code"] == iso3 for item in row["evidence"])


def _fact(atlas: Atlas, code: str, scheme: str, row: dict[str, Any]) -> dict[str, str]:
    return {"label": label_of(atlas, scheme, row["concept"]), "url": evidence_url(atlas, code, row["concept"])}
