"""Writes the parts of docs/map.md that are taken from the code:  .venv/bin/python -m tests.architecture.write_map"""

import ast
import re
import tomllib
from collections.abc import Iterator

from tests.architecture.code import ROOT, SOURCE, modules, name_of, public_functions

PATH = ROOT / "docs/map.md"


def floors() -> Iterator[str]:
    """The floors, from the highest, each with what its package says of itself."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["containers"] == ["ayni"])
    yield " → ".join(f"`{layer}`" for layer in layers)


def commands() -> Iterator[str]:
    yield "| command | |"
    yield "| --- | --- |"
    for path in sorted(SOURCE.glob("*/management/commands/*.py"), key=lambda path: path.stem):
        if path.stem != "__init__":
            yield f"| `./ayni {path.stem}` | {first_sentence(ast.get_docstring(ast.parse(path.read_text())))} |"


def actions() -> Iterator[str]:
    yield "| action | |"
    yield "| --- | --- |"
    for path in modules("*/actions/**/*.py"):
        for function in public_functions(path):
            if any(argument.arg == "by" for argument in function.args.kwonlyargs):
                name = f"{name_of(path).removeprefix('ayni.')}.{function.name}"
                yield f"| `{name}` | {first_sentence(ast.get_docstring(function))} |"


def first_sentence(docstring: str | None) -> str:
    text = " ".join((docstring or "").split("\n\n")[0].split())
    return re.split(r"(?<=[.;:]) (?=[A-Z])", text)[0].replace("|", "\\|")


PARTS = {"floors": floors, "commands": commands, "actions": actions}


def written(text: str) -> str:
    """The page with its parts made anew."""
    for name, part in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        head, _begin, rest = text.partition(begin)
        tail = rest.partition(end)[2]
        text = head + begin + "\n".join(part()) + "\n" + end + tail
    return text


if __name__ == "__main__":
    PATH.write_text(written(PATH.read_text()))
