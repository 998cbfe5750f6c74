"""Every page that the modules of this folder declare."""

from importlib import import_module
from pathlib import Path

Expectations = dict[str, int | str]


def declared() -> dict[str, Expectations]:
    """{path without language: {role: what to expect}} of all `PAGES` together."""
    found: dict[str, Expectations] = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        found |= getattr(import_module(f"tests.pages.{file.stem}"), "PAGES", {})
    return found
