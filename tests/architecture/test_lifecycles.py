"""The steps of docs/howto/exchange.md are those of the code."""

import re

from ayni.exchange.queries.lifecycle import CYCLES, Step
from tests.architecture.code import ROOT

DOCUMENT = ROOT / "docs/howto/exchange.md"
SIDES = {
    "own": "",
    "demand": ", the demand's side",
    "offer": ", the offer's side",
    "either": ", either side",
    "network": "",
}
PART = re.compile(r"(<!-- steps -->\n).*?(<!-- /steps -->)", re.S)


def table() -> str:
    lines = []
    for kind, steps in CYCLES.items():
        lines += [f"### {kind.__name__}", "", "| step | from | to | who | reason |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(step) for step in steps]
        lines.append("")
    return "\n".join(lines)


def _row(step: Step) -> str:
    who = f"who may {step.permission}{SIDES[step.side]}" if step.permission else "system"
    before = ", ".join(str(state) for state in step.before)
    return f"| {step.code} | {before} | {step.after} | {who} | {'yes' if step.reason else ''} |"


def test_the_document_shows_the_steps_of_the_code():
    assert PART.search(DOCUMENT.read_text()).group(0) == f"<!-- steps -->\n{table()}\n<!-- /steps -->"
