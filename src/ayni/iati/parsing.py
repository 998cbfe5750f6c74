"""Parses a batch: whole where it can, else record by record, so that one broken record never sinks the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ayni.iati.findings import Finding, Severity
from ayni.iati.source import Batch, Header, segments

_COUNTED = 60_000
"""Lines up to which libxml2 is trusted to count (it stops at 65,535); what has more is parsed record by record."""

_CAUSES = {
    "tags": "TAG_NAME_MISMATCH TAG_NOT_FINISHED GT_REQUIRED LTSLASH_REQUIRED DOCUMENT_END NAME_REQUIRED EXTRA_CONTENT",
    "entity": "UNDECLARED_ENTITY ENTITYREF_SEMICOL_MISSING ENTITYREF_NO_NAME INVALID_DEC_CHARREF INVALID_HEX_CHARREF",
    "character": "INVALID_CHAR INVALID_ENCODING UNSUPPORTED_ENCODING UNKNOWN_ENCODING",
    "attribute": "ATTRIBUTE_REDEFINED ATTRIBUTE_NOT_STARTED ATTRIBUTE_NOT_FINISHED ATTRIBUTE_WITHOUT_VALUE LT_IN_ATTRIBUTE "
    "SPACE_REQUIRED",
    "deep": "INTERNAL_ERROR RESOURCE_LIMIT",
}
_CAUSE_OF = {
    getattr(etree.ErrorTypes, f"ERR_{name}"): cause
    for cause, names in _CAUSES.items()
    for name in names.split()
    if hasattr(etree.ErrorTypes, f"ERR_{name}")
}
"""What libxml2 stumbled over, as one word a reader's sentence can be chosen by."""


@dataclass(frozen=True, slots=True)
class Part:
    """A parsed run of records. A line of the file is the element's ``sourceline`` + ``shift``; the first record is number ``first``.

    ``records`` remembers number and identifier of each for places.py, ``siblings`` the numbers of elements among their like.
    """

    root: etree._Element
    shift: int
    first: int
    records: dict[etree._Element, tuple[int, str]] = field(default_factory=dict, compare=False)
    siblings: dict[etree._Element, int] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class Parsed:
    """A batch taken apart: lines are counted from the batch's first (0) until ``base`` is known; ``records`` counts the elements."""

    parts: list[Part]
    findings: list[Finding]
    records: int = 0
    lines: int = 0
    data: bytes = b""


def parser() -> etree.XMLParser:
    """A parser that loads nothing, expands nothing and stops at deep nesting."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )


def parse(batch: Batch) -> Parsed:
    """Takes a batch apart. Lines and positions are relative to it: the caller, who knows the batches before, adds theirs."""
    data = batch.data()
    parsed = Parsed([], [], lines=data.count(b"\n"), data=data)
    header = batch.header
    closing = b"" if batch.last and not header.empty else header.closing
    root = _whole(header.prefix + data + closing) if parsed.lines < _COUNTED else None
    if root is None:
        _apart(batch, data, parsed)
    else:
        parsed.parts.append(Part(root, -1, 1))
        parsed.records = _count(root, header)
    return parsed


def _whole(document: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(document, parser())
    except etree.XMLSyntaxError:
        return None


def _count(root: etree._Element, header: Header) -> int:
    return sum(1 for _ in root.iterchildren(header.record))


def _apart(batch: Batch, data: bytes, parsed: Parsed) -> None:
    header = batch.header
    if batch.last:
        data, ended = _without_end(data, header)
        if not ended:
            parameters: dict[str, str | int] = {"element": header.closing.decode()}
            parsed.findings.append(
                Finding(Severity.READ, "", f"/{header.kind}", data.count(b"\n"), "truncated", parameters, "truncated")
            )
    line, counted = 0, 0
    for start, end in segments(data, header.record):
        begin = end - len(data[start:end].lstrip())
        line, counted = line + data.count(b"\n", counted, begin), begin
        _segment(header, data[begin:end], line, parsed)


def _without_end(data: bytes, header: Header) -> tuple[bytes, bool]:
    end = data.rfind(header.closing)
    return (data[:end], True) if end >= 0 else (data, header.empty)


def _segment(header: Header, data: bytes, line: int, parsed: Parsed) -> None:
    if not data.strip():
        return
    for begin, between in ((0, False), (_record_start(data, header), True)):
        try:
            root = etree.fromstring(header.prefix + data[begin:] + header.closing, parser())
        except etree.XMLSyntaxError as error:
            failure, failed = error, begin
            continue
        if between:
            parsed.findings.append(_broken("broken-between", failure, line, f"/{header.kind}"))
        shift = line + data.count(b"\n", 0, begin) - 1
        parsed.parts.append(Part(root, shift, parsed.records + 1))
        parsed.records += _count(root, header)
        return
    parsed.records += 1
    path = f"/{header.kind}/{header.record}[{parsed.records}]"
    cause = _CAUSE_OF.get(failure.code or 0, "other")
    parsed.findings.append(_broken(f"broken-{cause}", failure, line + data.count(b"\n", 0, failed), path))


def _record_start(data: bytes, header: Header) -> int:
    return max(data.rfind(f"<{header.record}".encode()), 0)


def _broken(key: str, error: etree.XMLSyntaxError, line: int, path: str) -> Finding:
    reason = str(error.msg or "").split(", line ")[0][:200] or "it is empty"
    return Finding(Severity.READ, "", path, line + (error.lineno or 1) - 1, key, {"reason": reason}, "broken")


def records(part: Part, header: Header) -> Iterator[tuple[int, etree._Element]]:
    """The records of a part with their numbers."""
    yield from enumerate(part.root.iterchildren(header.record), part.first)
