"""The steps of docs/howto/lessons.md are those of the code."""

from ayni.learning.queries.lesson_steps import STEPS
from tests.architecture.code import ROOT
from tests.architecture.test_lifecycles import PART

DOCUMENT = ROOT / "docs/howto/lessons.md"


def test_the_document_shows_the_steps_of_the_code():
    rows = [
        f"| {step.code} | {', '.join(step.before)} | {step.after} | who may {step.permission} | {'yes' if step.reason else ''} |"
        for step in STEPS
    ]
    told = PART.search(DOCUMENT.read_text())
    head = ["| step | from | to | who | reason |", "| --- | --- | --- | --- | --- |"]
    assert told is not None and told.group(0).split("\n") == ["<!-- steps -->", *head, *rows, "", "<!-- /steps -->"]
