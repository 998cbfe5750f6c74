"""docs/map.md tells every command and every action (the file for tests/architecture/test_map.py, once all has landed)."""

from tests.architecture.write_map import PATH, written


def test_the_map_is_that_of_the_code():
    assert PATH.read_text() == written(PATH.read_text()), "run .venv/bin/python -m tests.architecture.write_map"
