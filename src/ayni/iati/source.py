"""Cuts a file of the standard into batches of whole records without parsing it, so that batches can be judged apart and side by side.

A batch is a run of bytes that begins and ends between two records. With the root's start tag before it and the end tag after it,
it is a document of its own. Only the header is looked at closely: a document type declaration is refused there, and with it every
entity, bomb and network address.
"""

import codecs
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

BATCH = 1 << 19
"""Bytes a batch has at least, unless the file ends: so few that its tree stays in a processor's cache while it is judged."""

LARGEST = 64 << 20
"""Bytes one record may have."""

_MISC = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(
    rb"""<(iati-activities|iati-organisations)((?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>"""
)
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_VERSION = re.compile(rb"""\sversion\s*=\s*["']([^"']*)["']""")
_GENERATED = re.compile(rb"""\sgenerated-datetime\s*=\s*["']([^"']*)["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = 1 << 20
_TRIES = 16
"""End tags within comments that are stepped over before more of the file is read."""


class Unreadable(Exception):
    """The file is none of ours, or is refused: a finding's key and parameters, and the line."""

    def __init__(self, key: str, parameters: dict[str, str | int], line: int = 1) -> None:
        super().__init__(key, parameters, line)
        self.key, self.parameters, self.line = key, parameters, line


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the first record. ``prefix``: bytes that open a document of the file's kind, without a line break.

    ``generated`` is when the file was made, as it says; "" where it does not.
    """

    path: Path
    kind: str
    version: str
    encoding: str
    prefix: bytes
    start: int
    line: int
    empty: bool
    generated: str = ""

    @property
    def record(self) -> str:
        """The name of the records' element."""
        return "iati-activity" if self.kind == "iati-activities" else "iati-organisation"

    @property
    def closing(self) -> bytes:
        """The end tag."""
        return f"</{self.kind}>".encode()


@dataclass(frozen=True, slots=True)
class Batch:
    """``size`` bytes of the file from ``start``. ``last``: the file ends here."""

    header: Header
    number: int
    start: int
    size: int
    last: bool = False

    def data(self) -> bytes:
        """The bytes, read from the file."""
        with self.header.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.size)


def header_of(path: Path) -> Header:
    """Reads what stands before the first record. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
    skipped = next((len(bom) for bom, name in _BOMS if name == "utf-8" and head.startswith(bom)), 0)
    text = head[skipped:]
    named = _ENCODING.match(text)
    encoding = named.group(1).decode().lower() if named else "utf-8"
    place = 0
    while found := _MISC.match(text, place):
        place = found.end()
    line = text.count(b"\n", 0, place) + 1
    root = _ROOT.match(text, place)
    if root is None:
        raise _strange(text[place : place + 400], line)
    opening = b" ".join(root.group(0).rstrip(b">").rstrip(b"/").split(b"\n")).replace(b"\r", b" ") + b">"
    return Header(
        path=path,
        kind=root.group(1).decode(),
        version=_told(_VERSION, root.group(2)),
        encoding=encoding,
        prefix=f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + opening,
        start=skipped + root.end(),
        line=text.count(b"\n", 0, root.end()) + 1,
        empty=bool(root.group(3)),
        generated=_told(_GENERATED, root.group(2)),
    )


def _told(attribute: re.Pattern[bytes], attributes: bytes) -> str:
    found = attribute.search(attributes)
    return found.group(1).decode("utf-8", "replace") if found else ""


def _strange(rest: bytes, line: int) -> Unreadable:
    if rest.startswith(b"<!DOCTYPE"):
        return Unreadable("document-type", {}, line)
    if not rest.strip():
        return Unreadable("no-element", {}, line)
    root = re.match(rb"<([^\s<>/]+)", rest)
    if root is None:
        return Unreadable("no-xml", {}, line)
    return Unreadable("other-root", {"element": root.group(1).decode("utf-8", "replace")[:60]}, line)


def plain(path: Path, folder: Path) -> Path:
    """``path`` when its bytes can be searched as they are, else a copy in UTF-8 made in ``folder``. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(4)
    wide = next((name for bom, name in _BOMS if name != "utf-8" and head.startswith(bom)), None)
    if wide is None:
        return path
    copy = Path(tempfile.mkstemp(suffix=".xml", dir=folder)[1])
    try:
        with path.open(encoding=wide, newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
            first = True
            while text := source.read(_HEADER):
                target.write(
                    re.sub(r"""(<\?xml[^>]*?encoding\s*=\s*["'])[^"']*""", r"\1utf-8", text) if first else text
                )
                first = False
    except UnicodeError as error:
        raise Unreadable("other-encoding", {}) from error
    return copy


def batches(header: Header, size: int = BATCH, *, start: int = 0, number: int = 0) -> Iterator[Batch]:
    """The file's records in runs of at least ``size`` bytes, in order; the last goes to the end of the file. Raises Unreadable.

    ``start`` and ``number`` of a batch are where to begin, if not at the first.
    """
    mark = f"</{header.record}>".encode()
    start = start or header.start
    plan = Batch(header, number, start, 0)
    with header.path.open("rb") as file:
        file.seek(start)
        held = b""
        while True:
            more = file.read(size)
            held += more
            cut = _boundary(held, mark) if more else 0
            if not more:
                yield replace(plan, number=number, start=start, size=len(held), last=True)
                return
            if cut:
                yield replace(plan, number=number, start=start, size=cut)
                start, number, held = start + cut, number + 1, held[cut:]
            elif len(held) > LARGEST:
                raise Unreadable("endless", {"megabytes": LARGEST >> 20})


def _boundary(held: bytes, mark: bytes) -> int:
    """Where to cut: after the last end tag that stands in no comment and no CDATA section; 0 for nowhere."""
    cut = held.rfind(mark)
    for _try in range(_TRIES):
        if cut < 0:
            return 0
        opened = max(_opened(held, cut, b"<!--", b"-->"), _opened(held, cut, b"<![CDATA[", b"]]>"))
        if opened < 0:
            return cut + len(mark)
        cut = held.rfind(mark, 0, opened)
    return 0


def _opened(held: bytes, place: int, opening: bytes, closing: bytes) -> int:
    """Where the comment or section begins that ``place`` stands in; -1 where it stands in none."""
    opened = held.rfind(opening, 0, place)
    return opened if opened >= 0 and held.find(closing, opened, place) < 0 else -1


def segments(data: bytes, record: str) -> Iterator[tuple[int, int]]:
    """Each record of ``data`` with what stands before it: (start, end), together all of it. For data that does not parse whole."""
    tokens = re.compile(rb"<!--|<!\[CDATA\[|<(/?)" + record.encode() + rb"(?=[\s/>])[^<>]*>")
    begun, opened, place = 0, False, 0
    while token := tokens.search(data, place):
        place = token.end()
        if token.group(1) is None:
            closed = data.find(b"-->" if token.group() == b"<!--" else b"]]>", place)
            place = closed if closed >= 0 else len(data)
            continue
        if token.group(1):
            yield begun, token.end()
            begun, opened = token.end(), False
        elif opened:
            yield begun, token.start()
            begun = token.start()
        opened = not token.group(1) and not token.group(0).endswith(b"/>")
    if begun < len(data):
        yield begun, len(data)
