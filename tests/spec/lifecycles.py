"""The life cycles, written by hand: step, states it begins in, state it ends in, who takes it, whether it asks for a reason.

The same tables are tried step by step, state by state and person by person in tests/unit, held to the code in test_lifecycles.py,
and printed in docs/life-cycles.md.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.spec.tables import listed, rows, tidy

PAGE = Path(__file__).resolve().parents[2] / "docs/life-cycles.md"
SYSTEM = "the system"
KEEPERS, COORDINATION = "focal point or coordination", "coordination"
ANY_SIDE, ANY_COORDINATION = "focal point or coordination of a side", "coordination of a side"
EACH_COORDINATION = "coordination of each country"
SECRETARIAT, OBSERVER = "secretariat", "observer"
SIDE, OTHER_SIDE, HEARD = "coordination of the side", "coordination of another side", "coordination that was asked"
SCREENING = "secretariat, by a screening"


class Taken(NamedTuple):
    """A row: the states a step begins in, the one it ends in, the people of a test who may, whether a reason is asked."""

    before: frozenset[str]
    after: str
    people: frozenset[str]
    explained: bool


@dataclass(frozen=True)
class Cycle:
    """`code` names it in the page's address; `said` is a sentence or two in front of the table."""

    code: str
    title: str
    said: str
    table: str

    def steps(self, people: Mapping[str, Set[str]]) -> dict[str, Taken]:
        """The steps that those in `people` take, by name; of a step that nobody in it takes there is no row."""
        return {
            row["step"]: Taken(
                frozenset(listed(row["from"])), row["to"], frozenset(people[row["who"]]), row["reason"] == "yes"
            )
            for row in rows(self.table)
            if row["who"] in people
        }

    def written(self) -> str:
        return f"## {self.title}\n\n{self.said}\n\n{tidy(self.table)}\n\n{self._drawn()}"

    def _drawn(self) -> str:
        """The same as a diagram that the common viewers of Markdown draw."""
        lines = [
            f"  {_state(before)} --> {_state(row['to'])}: {row['step']}"
            for row in rows(self.table)
            for before in listed(row["from"])
            if before != row["to"]
        ]
        return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```", ""])


def _state(name: str) -> str:
    return "[*]" if name == "nothing" else name.replace("-", "_")


OFFER = Cycle(
    "offer",
    "Offer",
    "Of the institution that offers. An offer that nobody confirms for twelve months lapses.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | approve | draft | approved | focal point or coordination | |
    | publish | approved | published | coordination | |
    | send-back | approved | draft | coordination | yes |
    | confirm | published, lapsed | published | focal point or coordination | |
    | pause | published | paused | focal point or coordination | yes |
    | resume | paused | published | focal point or coordination | |
    | revise | approved, published, paused, lapsed, archived | draft | focal point or coordination | |
    | archive | draft, approved, published, paused, lapsed | archived | focal point or coordination | yes |
    | lapse | published | lapsed | the system | |
    """,
)
DEMAND = Cycle(
    "demand",
    "Demand",
    "Of the institution that asks. It is screened together with its author; a match or a mission takes it further.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | submit | draft, returned, coformulation | submitted | focal point or coordination | |
    | endorse | submitted | endorsed | coordination | |
    | send-back | submitted | returned | coordination | yes |
    | confirm | eligible, expired | eligible | focal point or coordination | |
    | withdraw | draft, submitted, endorsed, coformulation, eligible, returned, matched | withdrawn | focal point or coordination | yes |
    | reopen | withdrawn, declined, referred, expired | draft | focal point or coordination | |
    | eligible | endorsed | eligible | secretariat, by a screening | yes |
    | coformulation | endorsed | coformulation | secretariat, by a screening | yes |
    | returned | endorsed | returned | secretariat, by a screening | yes |
    | declined | endorsed | declined | secretariat, by a screening | yes |
    | referred | endorsed | referred | secretariat, by a screening | yes |
    | expire | eligible | expired | the system | |
    | match | eligible | matched | the system | |
    | release | matched | eligible | the system | |
    | formalise | matched | formalised | the system | |
    """,
)
MATCH = Cycle(
    "match",
    "Match",
    "Between an offer and a demand; it is suggested, and both sides accept. Sixty days without an answer let it lapse.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | accept-demand | suggested | suggested | focal point or coordination of the demand | |
    | accept-offer | suggested | suggested | focal point or coordination of the offer | |
    | negotiate | suggested | negotiating | the system | |
    | reject | suggested, negotiating | rejected | focal point or coordination of a side | yes |
    | convert | negotiating | converted | coordination of the demand | |
    | lapse | suggested, negotiating | lapsed | the system | yes |
    """,
)
AGREEMENT = Cycle(
    "agreement",
    "Agreement",
    "Of the institution that keeps its record. The days of its validity end it.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | review | draft | review | focal point or coordination | |
    | return | review, signed | draft | coordination | yes |
    | sign | review | signed | coordination | |
    | enter-force | signed | in-force | coordination | |
    | terminate | signed, in-force | terminated | coordination | yes |
    | expire | in-force | expired | the system | |
    """,
)
AMENDMENT = Cycle(
    "amendment",
    "Amendment",
    "A copy of an agreement that is reviewed and signed as the agreement was, and then stands in the place of its text.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | review | draft | review | focal point or coordination | |
    | return | review, signed | draft | coordination | yes |
    | sign | review | signed | coordination | |
    | effect | signed | in-effect | coordination | |
    | withdraw | draft, review, signed | withdrawn | focal point or coordination | yes |
    """,
)
INITIATIVE = Cycle(
    "initiative",
    "Initiative",
    "Of every institution that takes part. What each step needs stands in [initiatives](howto/initiatives.md); the page of an"
    " initiative says what is missing. Every country approves for itself: the state changes with the last one.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | formulate | identification | formulation | focal point or coordination of a side | |
    | approve | formulation | approved | coordination of each country | |
    | revise | formulation, approved | identification | coordination of a side | yes |
    | begin | approved | execution | focal point or coordination of a side | |
    | suspend | execution | suspended | coordination of a side | yes |
    | resume | suspended | execution | coordination of a side | |
    | close | execution | closure | focal point or coordination of a side | |
    | reopen | closure | execution | coordination of a side | yes |
    | follow | closure | ex-post | coordination of a side | |
    | archive | ex-post | archived | coordination of a side | |
    | cancel | identification, formulation, approved, execution, suspended | cancelled | coordination of a side | yes |
    """,
)
ACTIVITY = Cycle(
    "activity",
    "Activity of a work plan",
    "Every side agrees with its dates for itself: the state changes with the last one.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | agree | planned | agreed | coordination of each country | |
    | report | planned, agreed, done | done | focal point or coordination of a side | |
    | cancel | planned, agreed | cancelled | focal point or coordination of a side | yes |
    | resume | cancelled, done | planned | focal point or coordination of a side | |
    """,
)
STANCE = Cycle(
    "stance",
    "Declaration: the stance of a side",
    "One row for each country of the record. Who declares first lets the others be notified.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | declare | nothing | declared | coordination of the side | |
    | confirm | notified | confirmed | coordination of the side | |
    | dispute | notified, declared, confirmed, disputed, reconciled | disputed | coordination of the side | |
    """,
)
RECORD = Cycle(
    "record",
    "Declaration: the record",
    "What all sides have confirmed is validated at once. Sixty days without an answer make a record unilateral: it is shown apart"
    " and never counted as validated.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | publish | validated | published | coordination of a side, or secretariat | |
    | expire | notified, reconciled | unilateral | the system | |
    """,
)
DISPUTE = Cycle(
    "dispute",
    "Declaration: a field in dispute",
    "One for each field. When the last one has ended, the record is validated.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | accept-claim | open | taken | coordination of another side | |
    | accept-proposal | open | agreed | coordination that was asked | |
    | propose | open | open | coordination of a side | |
    | withdraw | open | kept | coordination of the side | |
    | ask | open | open | coordination of a side | |
    | mediate | open | mediated | secretariat | yes |
    """,
)
MEASUREMENT = Cycle(
    "measurement",
    "Measurement",
    "Of one institution in one period. Nobody approves what is one's own; only what is approved is added up.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | submit | draft, returned | submitted | focal point or coordination | |
    | approve | submitted | approved | coordination of a side | |
    | return | submitted | returned | coordination of a side | yes |
    | reopen | approved | returned | coordination of a side | yes |
    """,
)
EVALUATION = Cycle(
    "evaluation",
    "Evaluation",
    "Designed at the formulation; published when every party has responded.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | commission | designed | commissioned | coordination of a side | |
    | begin | commissioned | draft | who may evaluate | |
    | send | draft | response | who may evaluate | |
    | return | response | draft | coordination of a side | yes |
    | redesign | commissioned, draft | designed | coordination of a side | yes |
    | publish | response | published | coordination of a side | |
    """,
)
LESSON = Cycle(
    "lesson",
    "Lesson",
    "Of the institution that learned it. It is verified with its first verified use.",
    """
    | step | from | to | who | reason |
    | --- | --- | --- | --- | --- |
    | review | captured | reviewed | focal point or coordination | |
    | return | reviewed | captured | focal point or coordination | yes |
    | type | reviewed | typed | focal point or coordination | |
    | reopen | typed | reviewed | focal point or coordination | yes |
    | incorporate | typed | incorporated | focal point or coordination | |
    | verify | incorporated | verified | observer, use by use | |
    | doubt | incorporated | typed | observer | yes |
    | disseminate | verified | disseminated | secretariat | |
    """,
)
CYCLES = (
    OFFER,
    DEMAND,
    MATCH,
    AGREEMENT,
    AMENDMENT,
    INITIATIVE,
    ACTIVITY,
    STANCE,
    RECORD,
    DISPUTE,
    MEASUREMENT,
    EVALUATION,
    LESSON,
)
HEAD = """# Life cycles

Every step that a thing of the network can take: from which states, to which, who takes it, and whether it asks for a reason that
the other side reads. What is not in a table cannot be done. *Coordination* is the national coordinator of the country; what a
role may do stands in [roles](howto/roles.md). Each table is tried in the tests: every step, in every state, as every role.

Written by `python -m tests.spec.write` from `tests/spec/lifecycles.py`.
"""


def written() -> str:
    """The page of the documentation."""
    return "\n".join([HEAD, *(cycle.written() for cycle in CYCLES)])
