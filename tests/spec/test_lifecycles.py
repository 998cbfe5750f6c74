"""The life cycles in the code are those of the tables, and the documentation prints just these."""

import pytest

from ayni.exchange.queries import lifecycle as exchange
from ayni.learning.queries import lesson_steps
from ayni.learning.queries.evaluations import lifecycle as evaluations
from ayni.registry.queries import amendment_lifecycle as amendments
from ayni.registry.queries import lifecycle as agreements
from ayni.registry.queries.declarations import lifecycle as declarations
from ayni.registry.queries.initiatives import lifecycle as initiatives
from ayni.registry.queries.plan import lifecycle as plan
from ayni.registry.queries.results import lifecycle as results
from tests.spec import lifecycles as spec
from tests.spec.tables import listed, rows

IN_THE_CODE = {
    spec.OFFER: exchange.OFFER,
    spec.DEMAND: exchange.DEMAND,
    spec.MATCH: exchange.MATCH,
    spec.AGREEMENT: agreements.STEPS,
    spec.AMENDMENT: amendments.STEPS,
    spec.INITIATIVE: initiatives.STEPS,
    spec.ACTIVITY: plan.STEPS,
    spec.STANCE: declarations.OF_A_SIDE,
    spec.RECORD: declarations.OF_THE_RECORD,
    spec.DISPUTE: declarations.OF_A_DISPUTE,
    spec.MEASUREMENT: results.STEPS,
    spec.EVALUATION: evaluations.STEPS,
    spec.LESSON: lesson_steps.STEPS,
}


@pytest.mark.parametrize("cycle", spec.CYCLES, ids=lambda cycle: cycle.code)
def test_the_code_has_these_steps_and_no_others(cycle):
    told = {
        (row["step"], frozenset(listed(row["from"])), row["to"], row["reason"] == "yes", row["who"] == spec.SYSTEM)
        for row in rows(cycle.table)
    }
    found = {
        (
            step.code,
            frozenset(str(state) or "nothing" for state in step.before),
            str(step.after),
            step.reason,
            step.permission is None,
        )
        for step in IN_THE_CODE[cycle]
    }
    assert found == told


def test_the_documentation_prints_the_tables():
    assert spec.PAGE.read_text() == spec.written(), "run ./.venv/bin/python -m tests.spec.write"
