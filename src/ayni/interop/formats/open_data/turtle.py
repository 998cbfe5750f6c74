"""A vocabulary in SKOS as Turtle (https://www.w3.org/TR/turtle/), from its JSON-LD (directory/queries/skos.py).

It knows the few forms that such a document takes, and reads their meaning from its own context.
"""

import re
from collections.abc import Iterator
from typing import Any

ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def turtle(document: dict[str, Any]) -> str:
    """The document, a block for each thing that it describes. Raises KeyError for a word that its context does not know."""
    context = document["@context"]
    prefixes = {name: value for name, value in context.items() if _is_prefix(value)}
    lines = [f"@prefix {name}: <{address}> .\n" for name, address in sorted(prefixes.items())]
    for thing in document["@graph"]:
        said = [f"    {verb} {', '.join(values)}" for verb, values in _said(thing, context)]
        lines.append(f"\n{_address(thing['@id'])}\n" + " ;\n".join(said) + " .\n")
    return "".join(lines)


def _said(thing: dict[str, Any], context: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield "a", [thing["@type"]]
    for word, value in thing.items():
        if word.startswith("@"):
            continue
        meaning = context[word]
        known = meaning if isinstance(meaning, dict) else {"@id": meaning}
        yield known["@id"], list(_values(value, known))


def _values(value: Any, known: dict[str, Any]) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _values(one, known)
    elif known.get("@container") == "@language":
        yield from (f"{_text(text)}@{code}" for code, text in value.items())
    elif known.get("@type") == "@id":
        yield _address(value)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    else:
        yield _text(str(value))


def _is_prefix(value: Any) -> bool:
    return isinstance(value, str) and value.endswith(("#", "/"))


def _text(text: str) -> str:
    return '"' + "".join(ESCAPED.get(letter, letter) for letter in text) + '"'


def _address(address: str) -> str:
    return "<" + UNSAFE.sub(lambda found: f"%{ord(found.group()):02X}", address) + ">"
