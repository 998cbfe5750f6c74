"""The screens of all cases as one XSLT style sheet, with which libxml2 passes over a batch a single time and names the suspects.

Where a context has many cases, the children they ask for are sorted by name once for each element, into variables of the sheet.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

Screen = tuple[str, str]
"""A context and a condition: the elements of the one of which the other is true are suspect."""

_WORTH = 3
"""Paths beginning with a child, from which on it is quicker to look for such children once."""

_KEPT = 64
"""Style sheets that a process remembers: the batches of one file are much alike."""

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|[A-Za-z_][\w.-]*|\d+(?:\.\d+)?|//|::|[!<>]=|\.\.|\S""")
_SIGNS = frozenset(("-", "+", "*", "=", "!=", "<", ">", "<=", ">="))
_NAME = re.compile(r"[A-Za-z_]")
_OPERATORS = frozenset(("and", "or", "div", "mod"))
_OPEN = frozenset(("", "(", "[", ",", "=", "!=", "<=", ">=", "<", ">", "+", "-", "|", *_OPERATORS))
"""Tokens after which a name begins a path, and is no operator."""


@lru_cache(1024)
def _tokens(expression: str) -> tuple[tuple[str, bool], ...]:
    """The tokens of an expression, each with whether it is the name of a child of the context with which a path begins."""
    tokens = _TOKEN.findall(expression)
    found = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token == "[") - (token == "]")
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        first = not depth and before in _OPEN and _NAME.match(token) is not None and after not in ("(", "::", ":")
        found.append((token, first))
    return tuple(found)


def by_variables(expression: str, names: frozenset[str]) -> str:
    """The expression with the children of these names taken from variables."""
    text = ""
    for token, first in _tokens(expression):
        if first and token in names:
            text += f"${token}"
        else:
            text += f" {token} " if token in _OPERATORS or token in _SIGNS else token
    return text


@lru_cache(_KEPT)
def _sheet(screens: tuple[Screen, ...]) -> etree.XSLT:
    sheet = etree.Element(f"{_XSL}stylesheet", {"version": "1.0"})
    etree.SubElement(sheet, f"{_XSL}output", {"method": "text"})
    template = etree.SubElement(sheet, f"{_XSL}template", {"match": "/*"})
    for context in dict.fromkeys(context for context, _condition in screens):
        asked = [(number, condition) for number, (where, condition) in enumerate(screens) if where == context]
        used = Counter(token for _number, condition in asked for token, first in _tokens(condition) if first)
        names = frozenset(name for name, times in used.items() if times >= _WORTH)
        each = etree.SubElement(template, f"{_XSL}for-each", {"select": context})
        for name in sorted(names):
            etree.SubElement(each, f"{_XSL}variable", {"name": name, "select": name})
        for number, condition in asked:
            test = etree.SubElement(each, f"{_XSL}if", {"test": by_variables(condition, names)})
            etree.SubElement(test, f"{_XSL}text").text = f"{number} "
            etree.SubElement(test, f"{_XSL}value-of", {"select": "position()"})
            etree.SubElement(test, f"{_XSL}text").text = "\n"
    return etree.XSLT(sheet, access_control=etree.XSLTAccessControl.DENY_ALL)


def suspects(root: etree._Element, screens: Sequence[Screen]) -> list[list[etree._Element]]:
    """For each screen its suspects, in the document's order."""
    found: list[list[etree._Element]] = [[] for _ in screens]
    elements: dict[str, list[etree._Element]] = {}
    for line in str(_sheet(tuple(screens))(root)).splitlines():
        number, place = map(int, line.split())
        context = screens[number][0]
        if context not in elements:
            elements[context] = etree.XPath(context)(root)
        found[number].append(elements[context][place - 1])
    return found
