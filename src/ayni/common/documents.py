"""Documents that people upload: judged by their content, kept under a name of Ayni's own, given back as downloads alone."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.workbooks.findings import errors
from ayni.common.workbooks.safe_upload import FileType, UploadLimits, inspect, safe_name

CONTENT_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
}


@dataclass(frozen=True)
class Document:
    """An upload that was accepted. `stored` is the name to keep it under: it tells nothing and cannot be guessed."""

    name: str
    content_type: str
    size: int
    sha256: str
    stored: str


def judged(upload: UploadedFile) -> Document:
    """Look at an upload; it is left at its beginning. Raises Refused: too large, or not a type that is accepted."""
    name = safe_name(upload.name or "")
    if upload.size is None or upload.size > settings.UPLOAD_LIMIT:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB. Send a smaller file, or only the part that matters.")
            % {"name": name, "limit": settings.UPLOAD_LIMIT // 1048576}
        )
    data = upload.read()
    upload.seek(0)
    inspection = inspect(data, accept=CONTENT_TYPES, name=name, limits=UploadLimits(size=settings.UPLOAD_LIMIT))
    if not inspection.accepted:
        raise Refused(f"{name}: {errors(inspection.findings)[0].message}")
    checksum = hashlib.sha256(data).hexdigest()
    stored = f"{checksum[:32]}.{inspection.file_type.value}"
    return Document(name, CONTENT_TYPES[inspection.file_type], len(data), checksum, stored)


def served(file: Any, *, name: str, content_type: str) -> HttpResponseBase:
    """A kept file as it was sent. Raises Http404 when it is gone."""
    if not file or not file.storage.exists(file.name):
        raise Http404
    # As a download and under no type that a browser runs, whatever it holds.
    answer = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    return answer
