"""The source as the tests of the architecture read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/ayni"


def modules(pattern: str = "**/*.py") -> list[Path]:
    """The modules of the site, without migrations."""
    return sorted(path for path in SOURCE.glob(pattern) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """`ayni.surveys.actions.editions` for its file."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions at the top of a module that others may call."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
