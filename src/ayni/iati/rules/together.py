"""The screens of many cases that concern the same elements, asked at once: the children of an element are sorted by name a single time
and handed to one XPath as variables, which answers with a number, a bit for each case.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

WORTH = 5
"""Cases from which on it is quicker than asking each."""

_BITS = 50
"""Truths that fit into the digits of one number of XPath."""

_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|[A-Za-z_][\w.-]*|\d+(?:\.\d+)?|//|::|[!<>]=|\.\.|\S""")
_SIGNS = frozenset(("-", "+", "*", "=", "!=", "<", ">", "<=", ">="))
_NAME = re.compile(r"[A-Za-z_]")
_OPERATORS = frozenset(("and", "or", "div", "mod"))
_OPEN = frozenset(("", "(", "[", ",", "=", "!=", "<=", ">=", "<", ">", "+", "-", "|", *_OPERATORS))
"""Tokens after which a name begins a path, and is no operator."""


@lru_cache(1024)
def by_variables(expression: str) -> tuple[str, frozenset[str]]:
    """The expression with each path's first child taken from a variable of its name, and those names."""
    tokens = _TOKEN.findall(expression)
    names: set[str] = set()
    written: list[str] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token == "[") - (token == "]")
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if not depth and before in _OPEN and _NAME.match(token) and after not in ("(", "::", ":"):
            names.add(token)
            token = "$" + token
        written.append(token)
    return _joined(written), frozenset(names)


def _joined(tokens: Sequence[str]) -> str:
    """Tokens side by side, with a blank wherever two of them could be read as one."""
    text = ""
    for token in tokens:
        text += f" {token} " if token in _OPERATORS or token in _SIGNS else token
    return text


@lru_cache(128)
def _compiled(conditions: tuple[str, ...]) -> tuple[etree.XPath, frozenset[str]]:
    said = [by_variables(each) for each in conditions]
    summed = " + ".join(f"boolean({text}) * {1 << place}" for place, (text, _names) in enumerate(said))
    return etree.XPath(summed, smart_strings=False), frozenset().union(*(names for _text, names in said))


def suspects(elements: Sequence[etree._Element], conditions: Sequence[str]) -> list[list[etree._Element]]:
    """For each condition the elements of which it is true."""
    found: list[list[etree._Element]] = [[] for _ in conditions]
    for begin in range(0, len(conditions), _BITS):
        ask, names = _compiled(tuple(conditions[begin : begin + _BITS]))
        for element in elements:
            kids: dict[str, list[etree._Element]] = {name: [] for name in names}
            for child in element.iterchildren(*names):
                kids[child.tag].append(child)
            for place in _bits(int(ask(element, **kids))):
                found[begin + place].append(element)
    return found


def _bits(number: int) -> Iterator[int]:
    while number:
        place = (number & -number).bit_length() - 1
        yield place
        number &= number - 1
