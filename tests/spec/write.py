"""Writes the examples into docs/methods/examples and the life cycles into docs/life-cycles.md:  ./.venv/bin/python -m tests.spec.write"""

from pathlib import Path

from tests.spec import lifecycles
from tests.spec.calendars import CALENDAR
from tests.spec.coding import CODING
from tests.spec.committees import COMMITTEE
from tests.spec.costs import CONTRIBUTIONS, PROCESS
from tests.spec.flow_networks import FLOW_NETWORK
from tests.spec.iati import IATI
from tests.spec.learning import LEARNING_TYPES, LOOP
from tests.spec.likenesses import LIKENESS
from tests.spec.linkages import LINKAGE
from tests.spec.partners import DECLARATIONS, PARTNER_MATRIX
from tests.spec.portfolios import FAIRNESS
from tests.spec.results import RESULTS
from tests.spec.roles import ROLES
from tests.spec.schedules import SCHEDULE
from tests.spec.spread import COMPARISON, CONCENTRATION, NETWORK
from tests.spec.supply import ADVANTAGE, SCREENING
from tests.spec.sustainability import SUSTAINABILITY
from tests.spec.tables import Method

FOLDER = Path(__file__).resolve().parents[2] / "docs/methods/examples"
METHODS: list[Method] = [
    PARTNER_MATRIX,
    DECLARATIONS,
    CONCENTRATION,
    COMPARISON,
    NETWORK,
    FLOW_NETWORK,
    CODING,
    SCREENING,
    ADVANTAGE,
    CALENDAR,
    FAIRNESS,
    COMMITTEE,
    ROLES,
    CONTRIBUTIONS,
    PROCESS,
    SUSTAINABILITY,
    LEARNING_TYPES,
    LOOP,
    SCHEDULE,
    LIKENESS,
    RESULTS,
    LINKAGE,
    IATI,
]


def path_of(method: Method) -> Path:
    return FOLDER / f"{method.code}.md"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in METHODS:
        path_of(each).write_text(each.written())
    lifecycles.PAGE.write_text(lifecycles.written())
