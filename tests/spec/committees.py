"""Examples of docs/methods/committee.md."""

from ayni.methods.committee import Judgement, standings
from tests.spec.tables import Example, Method, Row

WEIGHTS = {"relevance": 3.0, "feasibility": 1.0}


def stood(given: list[Row]) -> list[Row]:
    judgements: dict[str, list[Judgement]] = {}
    for row in given:
        scores = {criterion: int(row[criterion]) for criterion in WEIGHTS if row[criterion]}
        judgements.setdefault(row["action"], []).append(Judgement(row["reviewer"], scores))
    return [
        {
            "action": one.action,
            "mean": "" if one.mean is None else f"{one.mean:.2f}",
            "interval": f"{one.least:.2f} to {one.most:.2f}",
            "spread": "" if one.spread is None else f"{one.spread:.2f}",
            "missing": str(one.missing),
            "ranks": f"{one.best} to {one.worst}",
        }
        for one in standings(WEIGHTS, judgements)
    ]


COMMITTEE = Method(
    "committee",
    [
        Example(
            "Relevance weighs three, feasibility one; what is not scored yet leaves the rank open",
            """
            | action | reviewer | relevance | feasibility |
            |---|---|---|---|
            | registry | Ana | 3 | 2 |
            | registry | Luis | 3 | 3 |
            | gardens | Ana | 2 | 3 |
            | gardens | Luis | | |
            | counter | Ana | 1 | |
            | counter | Luis | 1 | 1 |
            """,
            stood,
            """
            | action | mean | interval | spread | missing | ranks |
            |---|---|---|---|---|---|
            | registry | 2.88 | 2.88 to 2.88 | 0.12 | 0 | 1 to 1 |
            | gardens | 2.25 | 1.12 to 2.62 | | 2 | 2 to 3 |
            | counter | 1.00 | 0.88 to 1.25 | 0.00 | 1 | 2 to 3 |
            """,
        )
    ],
)
