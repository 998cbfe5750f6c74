"""T3 and what is drawn from it: the partner matrix, its figures, and the check of declarations."""

from typing import Any

from ayni.methods.concentration import hhi, normalised_hhi, shares
from ayni.methods.networks import network
from ayni.methods.partners import Declarations, Mark, PartnerMatrix, declarations, partner_matrix
from ayni.surveys.queries.facts import RoundFacts

Places = dict[str, dict[str, Any]]


def matrix(facts: RoundFacts, countries: Places, regions: Places) -> PartnerMatrix:
    """The marks of the round as a matrix. Institutions of no country report for themselves (their own code)."""
    return partner_matrix(
        (Mark(fact.institution, fact.reporter or fact.institution, fact.partner) for fact in facts.partners),
        institutions=facts.institutions,
        region_of={code: country["region"] for code, country in countries.items()},
        regions=list(regions),
    )


def table(facts: RoundFacts, found: PartnerMatrix) -> dict[str, Any]:
    """T3. The partner matrix with subtotals by region."""
    marks: dict[str, dict[str, Any]] = {}
    for fact in facts.partners:
        marks.setdefault(fact.partner, {})[fact.institution] = {"role": fact.role, "source": fact.source}
    ranked = sorted(found.region_partners, key=lambda region: -found.region_partners[region])
    return {
        "source": "Section IV, Table 3",
        "institutions": facts.institutions,
        "rows": [
            {"country": row.partner, "region": row.region, "count": row.count, "marks": marks[row.partner]}
            for row in found.rows
        ],
        "totals": dict(found.totals),
        "subtotals": {region: dict(counts) for region, counts in found.subtotals.items()},
        "partners": found.partners,
        "regions": {
            region: {
                "partners": number,
                "share": round(found.region_shares[region], 4),
                "rank": ranked.index(region) + 1,
            }
            for region, number in found.region_partners.items()
        },
        "by_country": dict(found.by_country),
        "pairs": found.pairs,
        "common": list(found.common),
        "exclusive": len(found.exclusive),
        "exclusive_partners": dict(found.exclusive),
    }


def figures(facts: RoundFacts, found: PartnerMatrix, declared: Declarations) -> dict[str, Any]:
    """F4 partner map, F5 region bars, F6 flows, F7 network, F9 concentration."""
    named = facts.pairs
    counts = by_region(facts, found, named)
    institutions: dict[tuple[str, str], list[str]] = {}
    for fact in facts.partners:
        institutions.setdefault((fact.reporter, fact.partner), []).append(fact.institution)
    unilateral = set(declared.unilateral)
    mentions: dict[str, int] = {}
    for _reporter, partner in named:
        mentions[partner] = mentions.get(partner, 0) + 1
    return {
        "F4": {
            "source": "Section IV, Table 3",
            "arcs": [
                {
                    "from": reporter,
                    "to": partner,
                    "institutions": institutions[reporter, partner],
                    "unilateral": (reporter, partner) in unilateral,
                }
                for reporter, partner in named
            ],
            "mentions": mentions,
        },
        "F5": {
            "source": "Section IV, Table 3",
            "regions": list(found.region_partners),
            "partners": dict(found.region_partners),
            "series": [{"country": reporter, "counts": counts[reporter]} for reporter in counts],
        },
        "F6": {
            "source": "Section IV, Table 3",
            "flows": [
                {"from": reporter, "region": region, "count": number}
                for reporter, row in counts.items()
                for region, number in row.items()
                if number
            ],
        },
        "F7": {"source": "Section IV, Table 3", **links(facts, named)},
        "F9": concentration(counts),
    }


def by_region(facts: RoundFacts, found: PartnerMatrix, named: list[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """{reporting country: {region: partners}}, zeros included."""
    lies = {row.partner: row.region for row in found.rows}
    counts = {reporter: dict.fromkeys(found.region_partners, 0) for reporter in facts.reporters}
    for reporter, partner in named:
        counts[reporter][lies[partner]] += 1
    return counts


def links(facts: RoundFacts, named: list[tuple[str, str]]) -> dict[str, Any]:
    """F7. Who is tied to whom, and which measures the reports can carry."""
    found = network(named, facts.reporters)
    reporters = set(facts.reporters)
    return {
        "nodes": [
            {
                "id": node,
                "reporter": node in reporters,
                "degree": found.degree[node],
                "mentions": found.mentions.get(node, 0),
                "x": found.layout[node][0],
                "y": found.layout[node][1],
            }
            for node in found.nodes
        ],
        "edges": [list(edge) for edge in found.edges],
        "density": found.density,
        "estimable": {
            measure: {"value": estimate.value, "reason": estimate.reason}
            for measure, estimate in found.estimable.items()
        },
    }


def concentration(counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    """F9. How far each country's partners are in few regions: Herfindahl-Hirschman index over the regions."""
    reported = {reporter: list(row.values()) for reporter, row in counts.items() if any(row.values())}
    return {
        "source": "Section IV, Table 3",
        "hhi": {reporter: round(hhi(row), 4) for reporter, row in reported.items()},
        "normalised": {reporter: round(normalised_hhi(row), 4) for reporter, row in reported.items()},
        "shares": {
            reporter: {region: round(share, 4) for region, share in zip(counts[reporter], shares(row), strict=True)}
            for reporter, row in reported.items()
        },
    }


def declared(facts: RoundFacts) -> Declarations:
    """Which pairs of reporting countries both declare, and which only one of them does."""
    return declarations(facts.pairs, facts.reporters)
