"""Examples of docs/methods/flow-network.md."""

from ayni.methods.flow_network import flow_network
from tests.spec.tables import Example, Method, Row


def measured(given: list[Row]) -> list[Row]:
    found = flow_network({(row["from"], row["to"]): float(row["weight"]) for row in given})
    return [
        {
            "who": node.code,
            "offered": f"{node.offered:g}",
            "received": f"{node.received:g}",
            "partners": str(node.partners),
            "PageRank": f"{node.rank:.3f}",
            "betweenness": f"{node.betweenness:.3f}",
            "community": str(node.community + 1),
        }
        for node in found.nodes
    ]


FLOW_NETWORK = Method(
    "flow-network",
    [
        Example(
            "Two groups and the one that joins them",
            """
            | from | to | weight |
            |---|---|---|
            | A | B | 4 |
            | B | C | 4 |
            | C | A | 4 |
            | C | D | 1 |
            | D | E | 5 |
            | E | D | 5 |
            """,
            measured,
            """
            | who | offered | received | partners | PageRank | betweenness | community |
            |---|---|---|---|---|---|---|
            | A | 4 | 4 | 2 | 0.133 | 0.000 | 1 |
            | B | 4 | 4 | 2 | 0.143 | 0.000 | 1 |
            | C | 5 | 4 | 3 | 0.152 | 0.667 | 1 |
            | D | 5 | 6 | 2 | 0.293 | 0.500 | 2 |
            | E | 5 | 5 | 1 | 0.279 | 0.000 | 2 |
            """,
        )
    ],
)
