"""The interface in four languages: each text of the source is in each catalogue, translated, with the same placeholders."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.code import ROOT, SOURCE, modules

LANGUAGES = ("es", "pt", "en", "fr")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}")
Key = tuple[str | None, str]


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


def key_of(message: Message) -> Key:
    return message.context, message.id[0] if isinstance(message.id, tuple) else message.id


def messages(language: str) -> dict[Key, Message]:
    return {key_of(message): message for message in catalogue(language) if message.id}


def sources() -> Iterator[str]:
    for path in modules():
        yield path.read_text()
    for path in [*SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]:
        # What is not to be translated becomes X; the indents left between mean nothing.
        yield "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())


@cache
def used() -> frozenset[Key]:
    """(context, text) of everything that the source asks a catalogue for."""
    found = set()
    for text in sources():
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
            first = message[0] if isinstance(message, tuple) else message
            if first:
                found.add((context, first))
    return frozenset(found)


@cache
def within_strings() -> frozenset[Key]:
    """What is asked for between the braces of an f-string, where the extraction of Python 3.11 does not look."""
    found = set()
    for path in modules():
        for call in ast.walk(ast.parse(path.read_text())):
            name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
            if name in KEYWORDS:
                words = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
                context, text = words[:2] if "pgettext" in name else (None, words[0])
                if isinstance(text, str):
                    found.add((context, text))
    return frozenset(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_source_is_in_the_catalogue(language):
    missing = (used() | within_strings()) - set(messages(language))
    assert not missing, f"{len(missing)} are missing, such as {sorted(missing, key=str)[:10]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_nothing_that_is_no_longer_asked_for(language):
    extra = set(messages(language)) - used()
    assert not extra, f"{len(extra)}, such as {sorted(extra, key=str)[:10]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_certain(language):
    forms = catalogue(language).num_plurals
    open_ends = [
        key
        for key, message in messages(language).items()
        if message.fuzzy
        or not all(message.string if isinstance(message.string, tuple) else [message.string])
        or (isinstance(message.id, tuple) and len(message.string) != forms)
    ]
    assert not open_ends, f"{len(open_ends)}, such as {open_ends[:10]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_placeholders_are_those_of_the_text(language):
    wrong = []
    for key, message in messages(language).items():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = set(PLACEHOLDER.findall(ids[-1]))
        for string in message.string if isinstance(message.string, tuple) else (message.string,):
            found = set(PLACEHOLDER.findall(string))
            # A plural's form for one may say the number in a word.
            if string and (found - allowed or (allowed - found and not isinstance(message.id, tuple))):
                wrong.append((key, found ^ allowed))
    assert not wrong
