"""The gate every uploaded file passes before anything reads it.

The type comes from the content, never from the name; archives are judged by their directory before a byte is unpacked:
number of members, unpacked size, ratio, names that climb out of a folder; XML members with a document type are refused, which
leaves no entity to expand. Nothing is written and nothing outside the file is fetched.
"""

import re
import stat
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from ayni.common.workbooks.findings import Finding, Severity, errors


class FileType(StrEnum):
    """What a file is by its content."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    DOC = "doc"
    PPTX = "pptx"
    ZIP = "zip"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    XML = "xml"
    HTML = "html"
    TEXT = "text"
    ENCRYPTED = "encrypted"
    PROGRAM = "program"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class UploadLimits:
    """Sizes in bytes. `ratio` is unpacked to packed size, looked at above `ratio_from` unpacked bytes."""

    size: int = 10 * 1024 * 1024
    unpacked: int = 80 * 1024 * 1024
    members: int = 2_000
    ratio: int = 150
    ratio_from: int = 4 * 1024 * 1024


@dataclass(frozen=True)
class Inspection:
    """What the gate found. Read the file only when `accepted`."""

    file_type: FileType
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """No finding is an error."""
        return not errors(self.findings)


OOXML = {"xl/": FileType.XLSX, "word/": FileType.DOCX, "ppt/": FileType.PPTX}
SIGNATURES: Sequence[tuple[bytes, FileType]] = (
    (b"%PDF-", FileType.PDF),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"\x7fELF", FileType.PROGRAM),
    (b"MZ", FileType.PROGRAM),
    (b"#!", FileType.PROGRAM),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE file stand in it as UTF-16.
OLE_STREAMS = (
    ("EncryptedPackage", FileType.ENCRYPTED),
    ("Workbook", FileType.XLS),
    ("Book", FileType.XLS),
    ("WordDocument", FileType.DOC),
)
EXTENSIONS: dict[str, Collection[FileType]] = {
    ".xlsx": {FileType.XLSX},
    ".xlsm": {FileType.XLSM, FileType.XLSX},
    ".xls": {FileType.XLS},
    ".ods": {FileType.ODS},
    ".csv": {FileType.TEXT},
    ".txt": {FileType.TEXT},
    ".pdf": {FileType.PDF},
    ".docx": {FileType.DOCX},
    ".png": {FileType.PNG},
    ".jpg": {FileType.JPEG},
    ".jpeg": {FileType.JPEG},
}
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
LONGEST_PROLOG = 64 * 1024


def inspect(
    data: bytes,
    *,
    accept: Collection[FileType],
    name: str = "",
    limits: UploadLimits = UploadLimits(),
) -> Inspection:
    """Judge an upload. `accept` lists the types wanted; `name` is only compared with the content, never trusted."""
    if not data:
        return _refused(FileType.UNKNOWN, _("The file is empty. Choose another one."))
    if len(data) > limits.size:
        return _refused(
            FileType.UNKNOWN,
            _("The file has %(size).1f MB; at most %(limit).0f MB are accepted. Split it or remove pictures.")
            % {"size": len(data) / 1048576, "limit": limits.size / 1048576},
        )
    file_type = detect(data)
    if file_type not in accept:
        return _refused(file_type, _not_accepted(file_type, accept))
    findings: list[Finding] = []
    if data.startswith(b"PK"):
        findings += _archive_findings(data, limits)
    if file_type is FileType.XLS and _has_stream(data, "_VBA_PROJECT"):
        findings.append(_macros_ignored())
    if file_type is FileType.XML and not _prolog_is_plain(data):
        findings.append(Finding(_document_type_refused("")))
    findings += _name_findings(name, file_type)
    return Inspection(file_type, tuple(findings))


def detect(data: bytes) -> FileType:
    """The type by content alone."""
    for signature, file_type in SIGNATURES:
        if data.startswith(signature):
            return file_type
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileType.WEBP
    if data.startswith(OLE):
        return next((found for stream, found in OLE_STREAMS if _has_stream(data, stream)), FileType.UNKNOWN)
    if data.startswith(b"PK"):
        return _archive_type(data)
    return _text_type(data)


def safe_name(name: str, *, longest: int = 100) -> str:
    """A file name fit to show and to store: no folders, no control characters, no leading dots; "file" when nothing is left."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(kept) > longest:
        kept = f"{stem[: longest - len(ending[:10]) - 1]}.{ending[:10]}"
    return kept[:longest] or "file"


def _refused(file_type: FileType, message: str) -> Inspection:
    return Inspection(file_type, (Finding(message),))


def _not_accepted(file_type: FileType, accept: Collection[FileType]) -> str:
    wanted = ", ".join(sorted(known.value for known in accept))
    if file_type is FileType.ENCRYPTED:
        return _("The file is protected by a password. Save it without one and send it again.")
    if file_type is FileType.UNKNOWN:
        return _("It cannot be told what this file is; perhaps it is damaged. Accepted here: %(wanted)s.") % {
            "wanted": wanted
        }
    return _("By its content this is a file of type %(type)s. Accepted here: %(wanted)s. Save it as one of these.") % {
        "type": file_type.value,
        "wanted": wanted,
    }


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _archive_type(data: bytes) -> FileType:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = archive.read("mimetype")
                return FileType.ODS if b"opendocument.spreadsheet" in kind else FileType.ZIP
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return FileType.UNKNOWN
    if "[Content_Types].xml" not in names:
        return FileType.ZIP
    found = next((kind for folder, kind in OOXML.items() if any(name.startswith(folder) for name in names)), None)
    if found is FileType.XLSX and any(name.lower().endswith("vbaproject.bin") for name in names):
        return FileType.XLSM
    return found or FileType.ZIP


def _text_type(data: bytes) -> FileType:
    head = data[:2048]
    for bom in BOMS:
        if head.startswith(bom):
            head = head.removeprefix(bom).replace(b"\x00", b"")
    if b"\x00" in head:
        return FileType.UNKNOWN
    start = head.lstrip()[:100].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<script")):
        return FileType.HTML
    return FileType.XML if start.startswith((b"<?xml", b"<!doctype", b"<svg")) else FileType.TEXT


def _archive_findings(data: bytes, limits: UploadLimits) -> list[Finding]:
    with ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        problem = _directory_problem(members, len(data), limits)
        if problem:
            return [Finding(problem)]
        findings = [_macros_ignored()] if any(m.filename.lower().endswith("vbaproject.bin") for m in members) else []
        if any("externallinks/" in member.filename.lower() for member in members):
            findings.append(
                Finding(
                    _("The workbook points to other workbooks; these links are not followed."),
                    Severity.WARNING,
                )
            )
        findings += [
            Finding(_document_type_refused(member.filename))
            for member in members
            if member.filename.lower().endswith((".xml", ".rels", ".vml")) and not _member_is_plain(archive, member)
        ]
    return findings


def _directory_problem(members: Sequence[ZipInfo], size: int, limits: UploadLimits) -> str:
    unpacked = sum(member.file_size for member in members)
    if len(members) > limits.members:
        return _("The file holds %(count)d parts; at most %(limit)d are accepted.") % {
            "count": len(members),
            "limit": limits.members,
        }
    if unpacked > limits.unpacked or (unpacked > limits.ratio_from and unpacked > limits.ratio * size):
        return _("Unpacked, the file would take %(size).0f MB: far more than such a file needs. It is refused.") % {
            "size": unpacked / 1048576
        }
    if len({member.filename for member in members}) != len(members):
        return _("The file holds two parts of the same name. Save it again with your spreadsheet program.")
    if any(member.flag_bits & 0x1 for member in members):
        return _("The file is protected by a password. Save it without one and send it again.")
    if any(_climbs(member) for member in members):
        return _("The file holds parts whose names lead outside it. It is refused.")
    return ""


def _climbs(member: ZipInfo) -> bool:
    """Whether unpacking this member could write outside a folder."""
    name = member.filename.replace("\\", "/")
    parts = name.split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return name.startswith("/") or ".." in parts or ":" in parts[0] or is_link


def _member_is_plain(archive: ZipFile, member: ZipInfo) -> bool:
    try:
        with archive.open(member) as part:
            return _prolog_is_plain(part.read(LONGEST_PROLOG))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return False


class _RootReached(Exception):
    """The prolog is over; nothing more has to be parsed."""


class _DocumentType(Exception):
    """The prolog declares a document type."""


def _prolog_is_plain(head: bytes) -> bool:
    """Whether the XML reaches its root element without a document type: the only place where entities are declared."""
    parser = expat.ParserCreate()

    def reached(*_arguments: object) -> None:
        raise _RootReached

    def declared(*_arguments: object) -> None:
        raise _DocumentType

    parser.StartElementHandler = reached
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(head[:LONGEST_PROLOG], False)
    except _RootReached:
        return True
    except (_DocumentType, expat.ExpatError, ValueError, LookupError):
        return False
    return False


def _document_type_refused(member: str) -> str:
    if not member:
        return _("The file declares a document type or is not well-formed XML. It is refused.")
    return _("The part “%(member)s” declares a document type or is damaged. Save the file again and send it.") % {
        "member": member
    }


def _macros_ignored() -> Finding:
    return Finding(_("The workbook holds macros; they are ignored and not kept."), Severity.WARNING)


def _name_findings(name: str, file_type: FileType) -> list[Finding]:
    ending = PurePosixPath(safe_name(name)).suffix.lower() if name else ""
    expected = EXTENSIONS.get(ending)
    if expected is None or file_type in expected:
        return []
    message = _("The name ends in %(ending)s, but by its content the file is of type %(type)s; it was read as that.")
    return [Finding(message % {"ending": ending, "type": file_type.value}, Severity.WARNING)]
