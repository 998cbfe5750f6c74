"""Examples of docs/methods/partner-matrix.md and declarations.md."""

from ayni.methods.partners import Mark, PartnerMatrix, declarations, partner_matrix
from tests.spec.tables import Example, Method, Row, listed

MARKS = """
| institution | country | partner | region |
|---|---|---|---|
| MDS | BRA | BOL | Americas |
| FOSIS | CHL | BOL | Americas |
| MIDEPLAN | CHL | BOL | Americas |
| FOSIS | CHL | HTI | Americas |
| MDS | BRA | AGO | Africa |
"""


def matrix(given: list[Row]) -> PartnerMatrix:
    return partner_matrix(
        [Mark(row["institution"], row["country"], row["partner"]) for row in given],
        institutions=list(dict.fromkeys(row["institution"] for row in given)),
        region_of={row["partner"]: row["region"] for row in given},
        regions=list(dict.fromkeys(row["region"] for row in given)),
    )


def subtotals(given: list[Row]) -> list[Row]:
    found = matrix(given)
    lines = [
        {"region": region, **{name: str(count) for name, count in counts.items()}, "partners": str(partners)}
        for (region, counts), partners in zip(found.subtotals.items(), found.region_partners.values(), strict=True)
    ]
    totals = {name: str(count) for name, count in found.totals.items()}
    return [*lines, {"region": "all", **totals, "partners": str(found.partners)}]


def by_country(given: list[Row]) -> list[Row]:
    found = matrix(given)
    return [
        {
            "country": country,
            "partners": str(count),
            "shared by all": ", ".join(found.common),
            "only its own": ", ".join(partner for partner, who in found.exclusive.items() if who == country),
        }
        for country, count in found.by_country.items()
    ]


def shares(given: list[Row]) -> list[Row]:
    return [{"region": region, "share": f"{share:.1%}"} for region, share in matrix(given).region_shares.items()]


def sides(given: list[Row]) -> list[Row]:
    reporters = listed(given[0]["reporters"])
    found = declarations([(row["declaring"], row["declared"]) for row in given if row["declared"]], reporters)
    kinds = (("mutual", found.mutual), ("unilateral", found.unilateral))
    return [{"pair": " → ".join(pair), "declared": kind} for kind, pairs in kinds for pair in pairs]


PARTNER_MATRIX = Method(
    "partner-matrix",
    [
        Example(
            "Each institution's partners by region: a partner counts once in its region, however many name it",
            MARKS,
            subtotals,
            """
            | region | MDS | FOSIS | MIDEPLAN | partners |
            |---|---|---|---|---|
            | Americas | 1 | 2 | 1 | 2 |
            | Africa | 1 | 0 | 0 | 1 |
            | all | 2 | 2 | 1 | 3 |
            """,
        ),
        Example(
            "By country, the two institutions of Chile together",
            MARKS,
            by_country,
            """
            | country | partners | shared by all | only its own |
            |---|---|---|---|
            | BRA | 2 | BOL | AGO |
            | CHL | 2 | BOL | HTI |
            """,
        ),
        Example(
            "Shares are of the partners, not of the marks",
            MARKS,
            shares,
            """
            | region | share |
            |---|---|
            | Americas | 66.7% |
            | Africa | 33.3% |
            """,
        ),
    ],
)
DECLARATIONS = Method(
    "declarations",
    [
        Example(
            "Mexico declares Brazil, and Brazil does not declare Mexico; Bolivia did not report, so nothing is held against it",
            """
            | reporters | declaring | declared |
            |---|---|---|
            | BRA, CHL, MEX | BRA | CHL |
            | BRA, CHL, MEX | CHL | BRA |
            | BRA, CHL, MEX | MEX | BRA |
            | BRA, CHL, MEX | MEX | BOL |
            """,
            sides,
            """
            | pair | declared |
            |---|---|
            | BRA → CHL | mutual |
            | MEX → BRA | unilateral |
            """,
        )
    ],
)
