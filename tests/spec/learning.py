"""Examples of docs/methods/learning-types.md and loop.md."""

from ayni.methods.learning_types import ORDER, Learned, lacking, type_of
from ayni.methods.loop import LessonFact, Passage, loop_rate, swaps
from tests.spec.tables import Example, Method, Row

COLUMNS = ("change", "recognition", "partner", "agreed", "proposal")


def typed(given: list[Row]) -> list[Row]:
    found = []
    for row in given:
        learned = Learned(**{name: row[name] == "yes" for name in COLUMNS})
        kind, missing = type_of(learned), lacking(learned)
        found.append(
            {
                "lesson": row["lesson"],
                "type": kind or "not yet",
                "order": str(ORDER.get(kind, "")),
                **{f"for {name}": ", ".join(missing[name]) for name in ORDER},
            }
        )
    return found


def rated(given: list[Row]) -> list[Row]:
    rate = loop_rate(LessonFact(row["reviewed"] == "yes", int(row["verified uses"])) for row in given)
    share = "not defined" if rate.share is None else f"{rate.share:.4f}"
    return [{"with a verified use": str(rate.part), "reviewed": str(rate.whole), "loop rate": share}]


def swapped(given: list[Row]) -> list[Row]:
    passages = [Passage(int(row["turn"]), row["giver"], row["receiver"]) for row in given]
    return [
        {
            "country": one.country,
            "received at": str(one.received),
            "gave at": str(one.gave),
            "gave back": "yes" if one.back else "no",
        }
        for one in swaps(passages)
    ]


LEARNING_TYPES = Method(
    "learning-types",
    [
        Example(
            "What a lesson records, its type, and what it lacks for each of the three",
            """
            | lesson | change | recognition | partner | agreed | proposal |
            |---|---|---|---|---|---|
            | just reviewed | no | no | no | no | no |
            | own programme changed | yes | no | no | no | no |
            | invited to present | no | yes | no | no | no |
            | changed, and recognised too | yes | yes | no | no | no |
            | joint, not agreed yet | no | no | yes | no | yes |
            | joint and agreed, nothing new | no | no | yes | yes | no |
            | joint, agreed, and new | no | no | yes | yes | yes |
            | all of it | yes | yes | yes | yes | yes |
            """,
            typed,
            """
            | lesson | type | order | for internal | for external | for projective |
            |---|---|---|---|---|---|
            | just reviewed | not yet | | change | recognition | partner, proposal |
            | own programme changed | internal | 1 | | recognition, no-change | partner, proposal |
            | invited to present | external | 1 | change | | partner, proposal |
            | changed, and recognised too | internal | 1 | | no-change | partner, proposal |
            | joint, not agreed yet | not yet | | change | recognition | agreement |
            | joint and agreed, nothing new | not yet | | change | recognition | proposal |
            | joint, agreed, and new | projective | 2 | change | recognition | |
            | all of it | projective | 2 | | no-change | |
            """,
        )
    ],
)
LOOP = Method(
    "loop",
    [
        Example(
            "The loop rate: a lesson counts once, however often it is used; one that waits for its review does not count",
            """
            | lesson | reviewed | verified uses |
            |---|---|---|
            | A | no | 0 |
            | B | yes | 0 |
            | C | yes | 1 |
            | D | yes | 3 |
            """,
            rated,
            """
            | with a verified use | reviewed | loop rate |
            |---|---|---|
            | 2 | 3 | 0.6667 |
            """,
        ),
        Example(
            "Without a reviewed lesson there is no rate",
            """
            | lesson | reviewed | verified uses |
            |---|---|---|
            | A | no | 0 |
            """,
            rated,
            """
            | with a verified use | reviewed | loop rate |
            |---|---|---|
            | 0 | 0 | not defined |
            """,
        ),
        Example(
            "Brazil gave to Paraguay, which later gave back to Brazil and on to Peru; Chile only ever gave",
            """
            | turn | giver | receiver |
            |---|---|---|
            | 0 | BRA | PRY |
            | 0 | CHL | PRY |
            | 1 | PRY | PER |
            | 2 | PRY | BRA |
            """,
            swapped,
            """
            | country | received at | gave at | gave back |
            |---|---|---|---|
            | PRY | 0 | 1 | yes |
            """,
        ),
        Example(
            "Who gives on to others what it received has changed sides too, but has not given back",
            """
            | turn | giver | receiver |
            |---|---|---|
            | 0 | CHL | BRB |
            | 1 | BRB | TTO |
            """,
            swapped,
            """
            | country | received at | gave at | gave back |
            |---|---|---|---|
            | BRB | 0 | 1 | no |
            """,
        ),
    ],
)
