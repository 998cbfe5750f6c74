"""What the start tags of a batch say, read from its bytes without a tree: names, attributes, values. Most judgements end here, because
what is nowhere in the batch cannot be wrong in it.

Never too little: a tag within a comment counts too; a value that its bytes do not tell (a reference such as &#65;, a sign beyond ASCII) is
None, and a tag with a > within quotes makes everything that asks for its name hear "perhaps".
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

_TAG = re.compile(rb"<([A-Za-z_][^<>]*)>")
_WHOLE = re.compile(rb"""([^\s=<>"'/&]+)((?:\s+[^\s=<>"'/&]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UNTOLD = re.compile(rb"[^ -%'-~]")
"""A byte that makes the value another than it looks: beyond ASCII, a tabulator, a line break, an &."""

_SINGLE = re.compile(r"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_KEPT = 1 << 17
"""Distinct tags that a process remembers."""

Attributes = dict[str, str | None]
"""{name: value}; None for a value that its bytes alone do not tell."""


@lru_cache(_KEPT)
def _read(tag: bytes) -> tuple[str, Attributes | None]:
    whole = _WHOLE.fullmatch(tag)
    if whole is None:
        return re.split(rb"[\s/]", tag, maxsplit=1)[0].decode("utf-8", "replace"), None
    return whole.group(1).decode("utf-8", "replace"), _attributes(whole.group(2))


def _attributes(text: bytes) -> Attributes:
    return {
        name.decode("utf-8", "replace"): None if _UNTOLD.search(value := one or other) else value.decode()
        for name, one, other in _ATTRIBUTE.findall(text)
    }


@cache
def _childless(name: str, child: str, text: bool) -> re.Pattern[bytes]:
    begun = rf"\s*<{re.escape(child)}" + (r"(?=[\s>])[^<>]*(?<!/)>(?:[^<]|<!\[CDATA\[[^\]])" if text else r"[\s/>]")
    return re.compile(rf"<{re.escape(name)}((?=[\s/>])[^<>]*)(?:(?<=/)>|(?<!/)>(?!{begun}))".encode())


@cache
def _span(name: str, first: str, second: str, attribute: str) -> re.Pattern[bytes]:
    said = rf'\s+{re.escape(attribute)}="([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"\s*'
    one, other = (rf"\s*<{re.escape(each)}{said}(?:/>|></{re.escape(each)}>)" for each in (first, second))
    return re.compile(rf"<{re.escape(name)}(?=[\s/>])[^<>]*>(?:(?<!/>){one}{other})?".encode())


class Tags:
    """The distinct start tags of some bytes."""

    __slots__ = ("_alone", "_data", "_doubtful", "_found", "_pairs")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._alone: dict[tuple[str, str, bool], list[Attributes]] = {}
        self._pairs: dict[tuple[str, str, str, str], set[tuple[str, str]] | None] = {}
        self._found: dict[str, list[Attributes]] = {}
        self._doubtful: set[str] = set()
        for tag in set(_TAG.findall(data)):
            name, attributes = _read(tag)
            if attributes is None:
                self._doubtful.add(name)
            else:
                self._found.setdefault(name, []).append(attributes)

    def of(self, name: str) -> Sequence[Attributes] | None:
        """The attributes of every tag of that name, each once; None where there may be others."""
        return None if name in self._doubtful else self._found.get(name, ())

    def childless(self, name: str, child: str, *, text: bool = False) -> list[Attributes] | None:
        """The attributes of each tag of that name behind which no ``child`` (with ``text``: with a text) begins at once.

        None where it cannot be told.
        """
        if name in self._doubtful or child in self._doubtful:
            return None
        key = (name, child, text)
        if key not in self._alone:
            self._alone[key] = self._childless(*key)
        return self._alone[key]

    def _childless(self, name: str, child: str, text: bool) -> list[Attributes]:
        return [_attributes(each) for each in set(_childless(name, child, text).findall(self._data))]

    def spans(self, name: str, first: str, second: str, attribute: str) -> set[tuple[str, str]] | None:
        """The values of an attribute of the two elements with which every ``name`` begins; None where one does not, or not with days."""
        key = (name, first, second, attribute)
        if key not in self._pairs:
            found = set(_span(*key).findall(self._data))
            told = None if name in self._doubtful or (b"", b"") in found else found
            self._pairs[key] = told if told is None else {(one.decode(), other.decode()) for one, other in told}
        return self._pairs[key]

    def names(self) -> Iterable[str]:
        """Every element there is."""
        return self._found.keys() | self._doubtful


def tags_of(data: bytes, encoding: str) -> Tags | None:
    """The tags of ``data``; None in an encoding whose bytes are not ASCII where they look like it."""
    return Tags(data) if _SINGLE.fullmatch(encoding) else None
