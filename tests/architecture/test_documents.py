"""What exists is documented, and what is documented exists."""

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.management import get_commands

from tests.architecture.code import ROOT, SOURCE, modules

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
HOWTO = "\n".join(path.read_text() for path in (ROOT / "docs/howto").glob("*.md"))
GLOSSARY = (ROOT / "GLOSSARY.md").read_text()
VARIABLE = re.compile(r"""environ(?:\.get|\.setdefault)?[\[(]\s*["']([A-Z_]+)["']""")
# Variables of other programs, which Ayni only passes on.
FOREIGN = {"DJANGO_SETTINGS_MODULE", "DEBIAN_FRONTEND"}


def environment() -> set[str]:
    texts = [path.read_text() for path in (ROOT / "ayni", *modules())]
    return {name for text in texts for name in VARIABLE.findall(text)} - FOREIGN


@pytest.mark.parametrize("name", sorted(environment()))
def test_every_setting_from_the_environment_is_explained(name):
    assert f"`{name}`" in HOWTO


@pytest.mark.parametrize("name", sorted(name for name, app in get_commands().items() if app.startswith("ayni.")))
def test_every_command_is_explained(name):
    assert f"./ayni {name}" in HOWTO


def entries() -> list[tuple[str, str]]:
    """(model or value, module) of each line of the glossary's tables."""
    return re.findall(r"\| `(\w+)` \| `([\w.]+)` \|", GLOSSARY)


@pytest.mark.parametrize(("name", "module"), entries())
def test_every_term_has_its_model_in_its_module(name, module):
    assert hasattr(import_module(module), name)


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_model_has_its_term(model):
    if model.__module__.startswith("ayni."):
        assert model.__name__ in dict(entries())


def test_every_term_has_a_word_in_each_language():
    for line in GLOSSARY.splitlines():
        if line.startswith("| "):
            assert all(cell.strip() for cell in line.strip("|").split("|")[:4]), line


def links() -> list[tuple[Path, str]]:
    return [
        (document, target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", document.read_text())
    ]


@pytest.mark.parametrize(("document", "target"), links(), ids=lambda value: str(getattr(value, "name", value)))
def test_every_link_between_documents_leads_somewhere(document, target):
    assert (document.parent / unquote(target.partition("#")[0])).exists()


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_first_screen_holds_a_sentence_a_picture_two_commands_and_four_links():
    text = (ROOT / "README.md").read_text()
    assert len(re.findall(r"!\[[^\]]+\]\([^)]+\)", text)) == 1
    assert [line.strip() for line in text.splitlines() if line.startswith("    ")] == ["./ayni up", "./ayni test"]
    assert len(re.findall(r"(?<!!)\[[^\]]+\]\([^)]+\)", text)) == 4
    assert len(text.splitlines()) <= 25


def test_nothing_of_the_machine_it_was_made_on():
    """No registry in locks and settings, no folder or host of a developer."""
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "pyproject.toml"]
    for path in locks:
        assert not re.search(r"--(extra-)?index-url|--find-links|https?://(?!www\.)", path.read_text()), path
    for path in [
        *locks,
        ROOT / "ayni",
        ROOT / ".ci/run",
        *DOCUMENTS,
        *SOURCE.rglob("*.py"),
        *ROOT.glob("benchmarks/*.py"),
    ]:
        found = re.search(r"/work/|/home/\w+/|/root/|/Users/", path.read_text())
        assert not found, f"{path}: {found}"


def test_every_method_has_its_page():
    """A module of `methods` names its pages in its docstring, and they exist."""
    for path in modules("methods/**/*.py"):
        if path.stem != "__init__":
            pages = re.findall(r"docs/methods/[\w-]+\.md", path.read_text())
            assert pages, f"{path.name} names no page of docs/methods"
            assert all((ROOT / page).exists() for page in pages), pages
