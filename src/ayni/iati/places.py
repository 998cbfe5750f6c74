"""Where in the file an element stands: its record's identifier, its path, its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ayni.iati.parsing import Part, records
from ayni.iati.source import Header

_IDENTIFIERS = {"iati-activity": "iati-identifier", "iati-organisation": "organisation-identifier"}


@dataclass(frozen=True, slots=True)
class Place:
    """``line`` and the number in ``path`` are relative to the batch."""

    identifier: str
    path: str
    line: int


def place_of(node: Any, part: Part, header: Header) -> Place:
    """The place of an element, or of an attribute or text as XPath gave it."""
    if isinstance(node, etree._Element):
        element, name = node, ""
    else:
        element = node.getparent()
        name = f"/@{_qualified(node.attrname)}" if node.is_attribute else ""
    known = _known(part, header)
    # A record may stand within another, or in what is none: only the root's own children have a number.
    record = next((each for each in (element, *element.iterancestors(header.record)) if each in known), None)
    line = (element.sourceline or 1) + part.shift
    if record is None:
        return Place("", f"/{header.kind}{name}", line)
    number, identifier = known[record]
    return Place(identifier, f"/{header.kind}/{header.record}[{number}]{_path(element, record, part)}{name}", line)


def _known(part: Part, header: Header) -> Mapping[etree._Element, tuple[int, str]]:
    """{record: its number and identifier}, made once for a part."""
    if not part.records:
        for number, record in records(part, header):
            part.records[record] = number, (record.findtext(_IDENTIFIERS[header.record]) or "").strip()
    return part.records


def _qualified(name: str) -> str:
    return f"xml:{_local(name)}" if name.startswith("{http://www.w3.org/XML") else _local(name)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _path(element: etree._Element, record: etree._Element, part: Part) -> str:
    steps = []
    while element is not record:
        parent = element.getparent()
        assert parent is not None
        if element not in part.siblings:
            part.siblings.update((each, place) for place, each in enumerate(parent.iterchildren(element.tag), 1))
        steps.append(f"/{_local(element.tag)}[{part.siblings[element]}]")
        element = parent
    return "".join(reversed(steps))
