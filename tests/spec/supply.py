"""Examples of docs/methods/screening.md and advantage.md."""

from ayni.methods.advantage import advantages, balances
from ayni.methods.screening import ITEMS, screen
from tests.spec.tables import Example, Method, Row


def screened(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        # One digit for each item in their order; a question mark is not answered yet.
        outcome = screen(
            {item: None if mark == "?" else int(mark) for item, mark in zip(ITEMS, row["scores"], strict=True)}
        )
        found.append(
            {
                "mean": f"{outcome.least:.2f} to {outcome.most:.2f}",
                "results": ", ".join(outcome.results),
                "holds back": ", ".join(outcome.holds_back),
                "smallest rise": ", ".join(f"{item} to {score}" for item, score in outcome.rise.items()),
            }
        )
    return found


def advantage(given: list[Row]) -> list[Row]:
    counts = {(row["country"], row["cell"]): int(row["offers"]) if row["offers"] else None for row in given}
    return [
        {
            "country": country,
            "cell": cell,
            "index": "" if one.index is None else f"{one.index:.4f}",
            "symmetric": "" if one.symmetric is None else f"{one.symmetric:.4f}",
            "why not": one.reason or "",
        }
        for (country, cell), one in advantages(counts).items()
    ]


def balanced(given: list[Row]) -> list[Row]:
    table = {
        row["cell"]: tuple(int(row[side]) if row[side] else None for side in ("supply", "demand")) for row in given
    }
    return [
        {"cell": one.cell, "difference": "" if one.difference is None else f"{one.difference:g}", "kind": one.kind}
        for one in balances(table)
    ]


SCREENING = Method(
    "screening",
    [
        Example(
            "Scores in the order problem, objective, expectations, results, policy, sponsor, counterpart, budget, legal, data, "
            "sustainability, scale, components; ? is not answered yet",
            """
            | scores |
            |---|
            | 3223222212222 |
            | 2222222211122 |
            | 3033333333333 |
            | 3330003000000 |
            | 22222222222?? |
            """,
            screened,
            """
            | mean | results | holds back | smallest rise |
            |---|---|---|---|
            | 2.08 to 2.08 | eligible | legal | |
            | 1.77 to 1.77 | co-formulation | legal, data, sustainability | legal to 2, data to 2, sustainability to 2 |
            | 2.77 to 2.77 | returned | objective | objective to 1 |
            | 0.92 to 0.92 | declined | results, policy, sponsor, budget, legal, data, sustainability, scale, components | results to 1 |
            | 1.69 to 2.15 | eligible, co-formulation | | scale to 2, components to 2 |
            """,
        )
    ],
)
ADVANTAGE = Method(
    "advantage",
    [
        Example(
            "A count of 0 is told, an empty one is not",
            """
            | country | cell | offers |
            |---|---|---|
            | BRA | Q1 | 6 |
            | BRA | Q2 | 2 |
            | CHL | Q1 | 0 |
            | CHL | Q2 | 2 |
            | COL | Q1 | 2 |
            | COL | Q2 | |
            """,
            advantage,
            """
            | country | cell | index | symmetric | why not |
            |---|---|---|---|---|
            | BRA | Q1 | 1.1250 | 0.0588 | |
            | BRA | Q2 | 0.7500 | -0.1429 | |
            | CHL | Q1 | 0.0000 | -1.0000 | |
            | CHL | Q2 | 3.0000 | 0.5000 | |
            | COL | Q1 | 1.5000 | 0.2000 | |
            | COL | Q2 | | | not-told |
            """,
        ),
        Example(
            "Supply beside demand, the widest gap first",
            """
            | cell | supply | demand |
            |---|---|---|
            | registry | 5 | 2 |
            | pensions | 1 | 4 |
            | child care | 0 | 0 |
            | employment | 3 | |
            """,
            balanced,
            """
            | cell | difference | kind |
            |---|---|---|
            | pensions | -3 | gap |
            | child care | 0 | empty |
            | registry | 3 | surplus |
            | employment | | not-told |
            """,
        ),
    ],
)
