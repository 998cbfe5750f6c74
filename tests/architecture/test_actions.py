"""Every write is an action: keyword-only, with its actor, in one transaction, recorded; views and queries write nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.code import modules, name_of, public_functions

ACTIONS = [
    pytest.param(path, function, id=f"{name_of(path)}.{function.name}")
    for path in modules("*/actions/**/*.py")
    for function in public_functions(path)
    if any(argument.arg == "by" for argument in function.args.kwonlyargs + function.args.args)
]
WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "update", "get_or_create", "update_or_create"}
# A dict's or a set's own methods of the same names are told apart by where they are called: on `.objects` or a queryset.
READERS = [
    path
    for layer in ("views", "queries", "forms", "figures", "reports", "formats")
    for path in (*modules(f"*/{layer}/**/*.py"), *modules(f"*/{layer}.py"))
]


def decorators(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(decorator).split("(")[0] for decorator in function.decorator_list}


@pytest.mark.parametrize(("path", "function"), ACTIONS)
def test_an_action_is_keyword_only_and_whole_or_nothing(path: Path, function: ast.FunctionDef):
    assert not function.args.args, "arguments are keyword-only"
    assert "transaction.atomic" in decorators(function), "decorate it with @transaction.atomic"
    assert ast.get_docstring(function), "say what it does"


def manager_writes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            called = ast.unparse(node.func)
            if ".objects." in called or node.func.attr in {"save", "bulk_create", "get_or_create"}:
                yield f"line {node.lineno}: {called}"


@pytest.mark.parametrize("path", READERS, ids=name_of)
def test_nothing_but_actions_writes_to_the_tables(path: Path):
    writes = [line for line in manager_writes(path) if "workbook" not in line and "document" not in line]
    assert not writes
