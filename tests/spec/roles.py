"""Examples of docs/methods/roles.md."""

from ayni.methods.roles import balance, reciprocity
from tests.spec.tables import Example, Method, Row, listed


def balances(given: list[Row]) -> list[Row]:
    held = [listed(row["roles in it"]) for row in given]
    found = balance(held)
    return [
        {
            "offers": str(found.offered),
            "receives": str(found.received),
            "both": str(found.both),
            "not known": str(found.unknown),
            "dual role": "not defined" if found.dual is None else f"{found.dual:.4f}",
        }
    ]


def returned(given: list[Row]) -> list[Row]:
    flows = {(row["from"], row["to"]): float(row["weight"]) for row in given}
    found = reciprocity(flows)
    return [{"reciprocity": "not defined" if found is None else f"{found:.4f}"}]


ROLES = Method(
    "roles",
    [
        Example(
            "A country's roles in five initiatives",
            """
            | initiative | roles in it |
            |---|---|
            | 1 | first-offerer |
            | 2 | second-offerer |
            | 3 | recipient |
            | 4 | first-offerer, recipient |
            | 5 | unknown |
            """,
            balances,
            """
            | offers | receives | both | not known | dual role |
            |---|---|---|---|---|
            | 2 | 1 | 1 | 1 | 0.8000 |
            """,
        ),
        Example(
            "What flows back between the same two",
            """
            | from | to | weight |
            |---|---|---|
            | CHL | PRY | 4 |
            | PRY | CHL | 1 |
            | MEX | GTM | 3 |
            """,
            returned,
            """
            | reciprocity |
            |---|
            | 0.2500 |
            """,
        ),
    ],
)
