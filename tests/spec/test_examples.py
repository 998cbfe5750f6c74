"""Table in, result out; and what docs/methods/examples prints is what was tested."""

import pytest

from tests.spec.tables import Example, rows
from tests.spec.write import FOLDER, METHODS, path_of

EXAMPLES = [
    pytest.param(example, id=f"{method.code}: {example.title}") for method in METHODS for example in method.examples
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_given_gives_the_result(example: Example):
    assert example.computed() == rows(example.result)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.code)
def test_the_documentation_prints_the_examples(method):
    assert path_of(method).read_text() == method.written(), "run ./.venv/bin/python -m tests.spec.write"


def test_no_example_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.md")} == {method.code for method in METHODS}
