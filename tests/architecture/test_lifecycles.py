"""The steps of docs/howto/exchange.md and docs/howto/initiatives.md are those of the code."""

import re
from collections.abc import Iterable

import pytest

from ayni.common.lifecycle import Step
from ayni.exchange.queries.lifecycle import CYCLES
from ayni.registry.queries.initiatives.lifecycle import STEPS
from tests.architecture.code import ROOT

SIDES = {
    "own": "",
    "demand": ", the demand's side",
    "offer": ", the offer's side",
    "either": ", either side",
    "network": "",
}
PART = re.compile(r"(<!-- steps -->\n).*?(<!-- /steps -->)", re.S)
HEAD = ["| step | from | to | who | reason |", "| --- | --- | --- | --- | --- |"]


def rows(steps: Iterable[Step]) -> list[str]:
    return [*HEAD, *(_row(step) for step in steps), ""]


def _row(step: Step) -> str:
    who = f"who may {step.permission}{SIDES[step.side]}" if step.permission else "system"
    before = ", ".join(str(state) for state in step.before)
    return f"| {step.code} | {before} | {step.after} | {who} | {'yes' if step.reason else ''} |"


TABLES = {
    "exchange.md": [line for kind, steps in CYCLES.items() for line in (f"### {kind.__name__}", "", *rows(steps))],
    "initiatives.md": rows(STEPS),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_document_shows_the_steps_of_the_code(name):
    told = PART.search((ROOT / "docs/howto" / name).read_text())
    table = "\n".join(TABLES[name])
    assert told is not None and told.group(0) == f"<!-- steps -->\n{table}\n<!-- /steps -->"
