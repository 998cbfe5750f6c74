"""What the start tags of a batch say, read from its bytes without a tree: names, attributes, values. Most judgements end here, because
what is nowhere in the batch cannot be wrong in it.

Never too little: a tag within a comment counts too; a value that its bytes do not tell (a reference such as &#65;, a sign beyond ASCII) is
None, and a tag with a > within quotes makes everything that asks for its name hear "perhaps".
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache

_TAG = re.compile(rb"<([A-Za-z_][^<>]*)>")
_WHOLE = re.compile(rb"""([^\s=<>"'/&]+)((?:\s+[^\s=<>"'/&]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UNTOLD = re.compile(rb"[^ -%'-~]")
"""A byte that makes the value another than it looks: beyond ASCII, a tabulator, a line break, an &."""

_SINGLE = re.compile(r"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_KEPT = 1 << 17
"""Distinct tags that a process remembers."""

_LONG = 300
"""Bytes from which a tag is read anew each time: it hardly comes again, and memory does not grow with the file."""

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


def _distinct(data: bytes) -> set[bytes]:
    """Each start tag once. Most are the same with all that stands before them, so the search is for what differs."""
    return set(_TAG.findall(b">".join(set(data.split(b">"))) + b">"))


class Tags:
    """The distinct start tags of some bytes. ``told`` remembers what was asked of them."""

    __slots__ = ("_doubtful", "_found", "told")

    def __init__(self, data: bytes) -> None:
        self.told: dict[Hashable, list[Attributes] | None] = {}
        self._found: dict[str, list[Attributes]] = {}
        self._doubtful: set[str] = set()
        for tag in _distinct(data):
            name, attributes = _read(tag) if len(tag) < _LONG else _read.__wrapped__(tag)
            if attributes is None:
                self._doubtful.add(name)
            else:
                self._found.setdefault(name, []).append(attributes)

    def of(self, name: str) -> Sequence[Attributes] | None:
        """The attributes of every tag of that name, each once; None where there may be others."""
        return None if name in self._doubtful else self._found.get(name, ())

    def names(self) -> Iterable[str]:
        """Every element there is."""
        return self._found.keys() | self._doubtful


def tags_of(data: bytes, encoding: str) -> Tags | None:
    """The tags of ``data``; None in an encoding whose bytes are not ASCII where they look like it."""
    return Tags(data) if _SINGLE.fullmatch(encoding) else None
