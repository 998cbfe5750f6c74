"""Examples of docs/methods/concentration.md, comparison.md and network.md."""

from ayni.methods.comparison import compare
from ayni.methods.concentration import entropy, hhi, normalised_entropy, normalised_hhi
from ayni.methods.networks import network
from tests.spec.tables import Example, Method, Row, listed


def gathered(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        counts = [float(count) for count in listed(row["counts"])]
        measures = {
            "HHI": hhi(counts),
            "normalised": normalised_hhi(counts),
            "entropy (bits)": entropy(counts),
            "normalised entropy": normalised_entropy(counts),
        }
        found.append({"of": row["of"], **{name: f"{value:.4f}" for name, value in measures.items()}})
    return found


def held_together(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        result = compare(listed(row["left"]), listed(row["right"]))
        found.append(
            {
                "shared": ", ".join(result.shared),
                "only left": ", ".join(result.only_left),
                "only right": ", ".join(result.only_right),
                "Jaccard": "not defined" if result.jaccard is None else f"{result.jaccard:.4f}",
            }
        )
    return found


def ties(given: list[Row]) -> list[Row]:
    reporters = listed(given[0]["reporters"])
    found = network([(row["declaring"], row["declared"]) for row in given], reporters)
    return [
        {"node": node, "neighbours": str(found.degree[node]), "named by": str(found.mentions.get(node, 0))}
        for node in found.nodes
    ]


def measures(given: list[Row]) -> list[Row]:
    reporters = listed(given[0]["reporters"])
    found = network([(row["declaring"], row["declared"]) for row in given], reporters)
    return [
        {
            "measure": name,
            "value": "" if estimate.value is None else f"{estimate.value:.4f}",
            "why not": estimate.reason or "",
        }
        for name, estimate in found.estimable.items()
    ]


TIES = """
| reporters | declaring | declared |
|---|---|---|
| BRA, CHL, MEX | BRA | CHL |
| BRA, CHL, MEX | CHL | BRA |
| BRA, CHL, MEX | MEX | BRA |
| BRA, CHL, MEX | MEX | BOL |
"""

CONCENTRATION = Method(
    "concentration",
    [
        Example(
            "The four countries of 2010, over the five regions of the print (Americas, Africa, Asia, Middle East, Europe)",
            """
            | of | counts |
            |---|---|
            | Brazil | 15, 6, 2, 3, 0 |
            | Chile | 22, 2, 2, 0, 3 |
            | Colombia | 19, 0, 2, 0, 0 |
            | Mexico | 18, 7, 5, 2, 2 |
            """,
            gathered,
            """
            | of | HHI | normalised | entropy (bits) | normalised entropy |
            |---|---|---|---|---|
            | Brazil | 0.4053 | 0.2567 | 1.5901 | 0.6848 |
            | Chile | 0.5957 | 0.4946 | 1.1731 | 0.5052 |
            | Colombia | 0.8277 | 0.7846 | 0.4537 | 0.1954 |
            | Mexico | 0.3512 | 0.1890 | 1.8428 | 0.7936 |
            """,
        ),
        Example(
            "The ends of the scale: evenly spread, and all in one place",
            """
            | of | counts |
            |---|---|
            | even | 3, 3, 3, 3 |
            | one place | 12, 0, 0, 0 |
            """,
            gathered,
            """
            | of | HHI | normalised | entropy (bits) | normalised entropy |
            |---|---|---|---|---|
            | even | 0.2500 | 0.0000 | 2.0000 | 1.0000 |
            | one place | 1.0000 | 1.0000 | 0.0000 | 0.0000 |
            """,
        ),
    ],
)
COMPARISON = Method(
    "comparison",
    [
        Example(
            "Shared over all that either names; without any partner on either side there is nothing to compare",
            """
            | left | right |
            |---|---|
            | BOL, PER, HTI | PER, HTI, AGO |
            | BOL | |
            | | |
            """,
            held_together,
            """
            | shared | only left | only right | Jaccard |
            |---|---|---|---|
            | HTI, PER | BOL | AGO | 0.5000 |
            | | BOL | | 0.0000 |
            | | | | not defined |
            """,
        )
    ],
)
NETWORK = Method(
    "network",
    [
        Example(
            "A tie counts once, whoever declares it; the number of reporters that name a node is told beside it",
            TIES,
            ties,
            """
            | node | neighbours | named by |
            |---|---|---|
            | BOL | 1 | 1 |
            | BRA | 2 | 2 |
            | CHL | 1 | 1 |
            | MEX | 2 | 0 |
            """,
        ),
        Example(
            "Of three pairs of reporters one is declared by both sides; measures over all nodes are not estimated",
            TIES,
            measures,
            """
            | measure | value | why not |
            |---|---|---|
            | density | 0.3333 | |
            | strength | | direction-unknown |
            | betweenness | | partners-did-not-report |
            | centralisation | | partners-did-not-report |
            """,
        ),
    ],
)
