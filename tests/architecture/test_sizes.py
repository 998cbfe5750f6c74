"""The marks of the architecture: small modules, small classes, no attic."""

import ast
from statistics import median, quantiles

import pytest

from tests.architecture.code import SOURCE, modules, name_of

SIZES = {name_of(path): len(path.read_text().splitlines()) for path in modules()}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals")


def test_modules_are_small():
    sizes = [size for size in SIZES.values() if size]
    largest = max(SIZES, key=SIZES.__getitem__)
    assert median(sizes) <= 100
    assert quantiles(sizes, n=20)[-1] <= 350
    assert SIZES[largest] <= 500, f"{largest} has {SIZES[largest]} lines"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_has_small_classes_and_no_signal(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= 300, f"{node.name} has {lines} lines"
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in SIGNALS, "call an action instead of listening to signals"


def test_nothing_is_an_attic():
    attics = {"utils", "util", "helpers", "helper", "misc", "tools", "lib"}
    found = [path for path in SOURCE.rglob("*") if path.stem in attics and "__pycache__" not in path.parts]
    assert not found, f"name these after what they do: {found}"


def test_no_rule_is_switched_off():
    """Nothing tells a checker to look away, except where the line says why."""
    found = [
        f"{name_of(path)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line.rstrip().endswith(("# noqa", "# type: ignore", "# pragma: no cover"))
    ]
    assert not found
