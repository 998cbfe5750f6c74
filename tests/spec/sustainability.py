"""Examples of docs/methods/sustainability.md."""

from datetime import date

from ayni.methods.sustainability import months_after, replication, score, survival
from tests.spec.tables import Example, Method, Row

ITEMS = ("norm", "budget", "staff", "owner", "materials", "government", "local funding")
UNKNOWN, ABSENT = "?", "-"


def items(row: Row) -> dict[str, int | None]:
    return {item: None if row[item] == UNKNOWN else int(row[item]) for item in ITEMS if row[item] != ABSENT}


def scored(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        one = score(items(row))
        found.append(
            {
                "check": row["check"],
                "mean": "" if one.mean is None else f"{one.mean:.2f}",
                "interval": f"{one.least:.2f} to {one.most:.2f}",
                "unknown": str(one.unknown),
            }
        )
    return found


def survived(given: list[Row]) -> list[Row]:
    first, *later = given
    found = []
    for row in later:
        one = survival(items(first), items(row))
        found.append(
            {
                "check": row["check"],
                "stood": str(len(one.stood)),
                "kept": ", ".join(one.kept),
                "lost": ", ".join(one.lost),
                "unknown": ", ".join(one.unknown),
                "share": "" if one.least is None else f"{one.least:.2f} to {one.most:.2f}",
            }
        )
    return found


def replicated(given: list[Row]) -> list[Row]:
    def number(text: str) -> int | None:
        return None if text == UNKNOWN else int(text)

    answers = {"yes": True, "no": False, UNKNOWN: None}
    rows = [replication(number(row["components"]), answers[row["national"]], number(row["countries"])) for row in given]
    return [{"least": str(one.least), "most": str(one.most)} for one in rows]


def due(given: list[Row]) -> list[Row]:
    days = [months_after(date.fromisoformat(row["closed"]), int(row["months"])) for row in given]
    return [{"due": day.isoformat()} for day in days]


SUSTAINABILITY = Method(
    "sustainability",
    [
        Example(
            "The score of a check: ? is not known, - does not apply",
            """
            | check | norm | budget | staff | owner | materials | government | local funding |
            |---|---|---|---|---|---|---|---|
            | closure | 3 | 2 | 2 | 3 | 3 | - | ? |
            | after 12 months | 3 | 0 | ? | 2 | 3 | 1 | ? |
            | nothing known | ? | ? | ? | ? | ? | - | ? |
            """,
            scored,
            """
            | check | mean | interval | unknown |
            |---|---|---|---|
            | closure | 2.60 | 2.17 to 2.67 | 1 |
            | after 12 months | 1.80 | 1.29 to 2.14 | 2 |
            | nothing known | | 0.00 to 3.00 | 6 |
            """,
        ),
        Example(
            "What survives of that which stood at closure (the first row)",
            """
            | check | norm | budget | staff | owner | materials | government | local funding |
            |---|---|---|---|---|---|---|---|
            | closure | 3 | 2 | 2 | 3 | 3 | - | ? |
            | after 12 months | 3 | 0 | ? | 2 | 3 | 1 | ? |
            | after 24 months | 3 | 2 | 2 | 1 | 2 | 2 | 3 |
            """,
            survived,
            """
            | check | stood | kept | lost | unknown | share |
            |---|---|---|---|---|---|
            | after 12 months | 5 | norm, owner, materials | budget | staff | 0.60 to 0.80 |
            | after 24 months | 5 | norm, budget, staff, materials | owner | | 0.80 to 0.80 |
            """,
        ),
        Example(
            "Replication: three forms",
            """
            | components | national | countries |
            |---|---|---|
            | 2 | no | 1 |
            | 0 | ? | ? |
            | 1 | yes | 3 |
            """,
            replicated,
            """
            | least | most |
            |---|---|
            | 2 | 2 |
            | 0 | 2 |
            | 3 | 3 |
            """,
        ),
        Example(
            "When a check is due",
            """
            | closed | months |
            |---|---|
            | 2024-05-31 | 12 |
            | 2024-02-29 | 12 |
            | 2023-12-15 | 24 |
            """,
            due,
            """
            | due |
            |---|
            | 2025-05-31 |
            | 2025-02-28 |
            | 2025-12-15 |
            """,
        ),
    ],
)
