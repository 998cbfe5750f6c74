"""T3, the partner matrix in the regions that the reader chooses, and T4, the agencies involved."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import address, country_link, evidence_url, institution_link, label_of
from ayni.common.i18n import text_in
from ayni.methods.partners import Mark, PartnerMatrix, partner_matrix

M49 = "m49"
# More columns than a reader can follow.
WIDE = 40


def matrix(atlas: Atlas, scheme: str = "") -> dict[str, Any]:
    """T3: groups of partners by region, each with its subtotals and share; totals; what is declared by one side alone.

    A column for each institution; of more than WIDE, one for each reporting country, its institutions merged.
    """
    merged = len(atlas.institutions) > WIDE
    found = regrouped(atlas, scheme, merged=merged)
    columns = list(found.totals)
    names = atlas.m49 if scheme == M49 else atlas.regions
    one_sided = {tuple(pair) for pair in atlas.content["quality"]["unilateral"]}
    members: dict[str, list[str]] = {}
    for row in found.rows:
        members.setdefault(row.region, []).append(row.partner)
    return {
        "scheme": M49 if scheme == M49 else "",
        "merged": merged,
        "institutions": [_column(atlas, code) for code in columns],
        "width": len(columns) + 2,
        "groups": [
            {
                "label": text_in(names[region]),
                "rows": [_partner(atlas, iso3, columns, one_sided) for iso3 in atlas.by_name(members[region])],
                "subtotals": [found.subtotals[region][code] for code in columns],
                "partners": found.region_partners[region],
                "share": found.region_shares[region] * 100,
            }
            for region in names
            if region in members
        ],
        "totals": [found.totals[code] for code in columns],
        "partners": found.partners,
        "by_country": [
            {**country_link(atlas, code), "count": found.by_country.get(code, 0)} for code in atlas.reporters
        ],
        "pairs": found.pairs,
        "common": [country_link(atlas, code) for code in atlas.by_name(found.common)],
        "exclusive": len(found.exclusive),
        "unilateral": unilateral(atlas),
        "roles_unknown": atlas.content["quality"]["role_unknown"],
        "marks": atlas.content["quality"]["marks"],
    }


def regrouped(atlas: Atlas, scheme: str, *, merged: bool = False) -> PartnerMatrix:
    """The marks added up over the print's regions, or over M49's; `merged` by reporter instead of by institution."""
    key, names = (M49, atlas.m49) if scheme == M49 else ("region", atlas.regions)
    if merged:
        marks = sorted({(mark.reporter, mark.reporter, mark.partner) for mark in atlas.marks})
        columns = sorted({reporter for reporter, _same, _partner in marks})
    else:
        marks = [(mark.institution, mark.reporter, mark.partner) for mark in atlas.marks]
        columns = list(atlas.institutions)
    return partner_matrix(
        [Mark(*mark) for mark in marks],
        institutions=columns,
        region_of={code: country[key] for code, country in atlas.countries.items()},
        regions=list(names),
    )


def unilateral(atlas: Atlas) -> list[dict[str, Any]]:
    """Pairs of reporting countries that one of them declares and the other does not."""
    return [
        {
            "declaring": country_link(atlas, one),
            "declared": country_link(atlas, other),
            "sentence": _("%(one)s declares %(other)s; %(other)s does not declare %(one)s.")
            % {"one": atlas.name(one), "other": atlas.name(other)},
            "url": evidence_url(atlas, "T3", other),
        }
        for one, other in atlas.content["quality"]["unilateral"]
    ]


def role_name(role: str) -> str:
    """What an institution said of the direction of its cooperation with a country."""
    names: Mapping[str, str] = {
        "first-offerer": _("declared; offers"),
        "second-offerer": _("declared; offers as second partner"),
        "recipient": _("declared; receives"),
        "both": _("declared; offers and receives"),
    }
    return names.get(role, _("declared, role unknown"))


def _column(atlas: Atlas, code: str) -> dict[str, str]:
    if code in atlas.institutions:
        return institution_link(atlas, code)
    return {**country_link(atlas, code), "short": atlas.name(code), "country": ""}


def _partner(atlas: Atlas, iso3: str, columns: list[str], one_sided: set[tuple[str, ...]]) -> dict[str, Any]:
    marks = {code: mark for mark in atlas.named_by[iso3] for code in (mark.reporter, mark.institution)}
    cells = []
    for code in columns:
        mark = marks.get(code)
        alone = mark is not None and (mark.reporter, iso3) in one_sided
        cells.append({"role": role_name(mark.role), "unilateral": alone} if mark else None)
    return {
        **country_link(atlas, iso3),
        "cells": cells,
        "count": len(atlas.named_by[iso3]),
        "evidence": evidence_url(atlas, "T3", iso3),
    }


def agencies(atlas: Atlas) -> dict[str, Any]:
    """T4: for each respondent, or country where the source merges its institutions, who else takes part."""
    return {"rows": [agencies_of(atlas, row) for row in atlas.tables["T4"]["rows"]]}


def agencies_of(atlas: Atlas, row: dict[str, Any]) -> dict[str, Any]:
    """A row of T4, by the names that the agencies bore in the period of the round."""
    return {
        "country": country_link(atlas, row["country"]),
        "respondents": [institution_link(atlas, code) for code in row["respondents"]],
        "national": [_agency(atlas, agency) for agency in row["national"]],
        "international": [_agency(atlas, agency) for agency in row["international"]],
        "url": evidence_url(atlas, "T4", row["country"]),
    }


def _agency(atlas: Atlas, agency: dict[str, Any]) -> dict[str, str]:
    code = agency["institution"] or ""
    return {
        "label": text_in(agency["name"]) or code,
        "acronym": agency["acronym"],
        "url": address("institution", code) if code else "",
        "role": label_of(atlas, "agency-roles", agency["role"]) if agency["role"] else "",
    }
