"""Documents attached to an answer: judged by their content, kept under a name of Ayni's own, with their checksum."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import ANSWER, require
from ayni.common.workbooks.findings import errors
from ayni.common.workbooks.safe_upload import FileType, UploadLimits, inspect, safe_name
from ayni.surveys.actions.responses import locked_open
from ayni.surveys.models import Answer, Attachment, Kind, Response

CONTENT_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
}
MOST_FILES = 10


@transaction.atomic
def attach_file(*, by: Any, response: Response, question: str, upload: UploadedFile) -> Attachment:
    """Keep a document with the answer to `question`. The same document twice is one.

    Raises Refused: not a question for files, too many files, too large, or not a type that is accepted.
    """
    if by is not None:
        require(by, ANSWER, response)
    response = locked_open(response)
    asked = response.round.version.questions.filter(code=question, kind=Kind.FILE).first()
    if asked is None:
        raise Refused(_("The questionnaire has no such question."))
    if upload.size is None or upload.size > settings.UPLOAD_LIMIT:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB. Send a smaller file, or only the part that matters.")
            % {"name": safe_name(upload.name or ""), "limit": settings.UPLOAD_LIMIT // 1048576}
        )
    data = upload.read()
    name = safe_name(upload.name or "")
    inspection = inspect(data, accept=CONTENT_TYPES, name=name, limits=UploadLimits(size=settings.UPLOAD_LIMIT))
    if not inspection.accepted:
        raise Refused(f"{name}: {errors(inspection.findings)[0].message}")
    answer, _new = Answer.objects.get_or_create(response=response, question=asked)
    checksum = hashlib.sha256(data).hexdigest()
    standing = answer.attachments.filter(sha256=checksum).first()
    if standing is not None:
        return standing
    if answer.attachments.count() >= MOST_FILES:
        raise Refused(_("At most %(limit)d files can be attached: remove one first.") % {"limit": MOST_FILES})
    attachment = Attachment(
        answer=answer,
        name=name,
        content_type=CONTENT_TYPES[inspection.file_type],
        size=len(data),
        sha256=checksum,
        uploaded_by=by,
    )
    upload.seek(0)
    # The name on the disk tells nothing and cannot be guessed from the outside.
    attachment.file.save(f"{checksum[:32]}.{inspection.file_type.value}", upload, save=True)
    record(by=by, verb="file attached", on=attachment, after=_told(attachment), public=False)
    return attachment


@transaction.atomic
def remove_attachment(*, by: Any, response: Response, attachment: int) -> None:
    """Take a document away; its name and checksum stay in the record. Removing what is gone already is no error."""
    if by is not None:
        require(by, ANSWER, response)
    response = locked_open(response)
    standing = Attachment.objects.filter(pk=attachment, answer__response=response).first()
    if standing is None:
        return
    record(by=by, verb="file removed", on=standing, before=_told(standing), public=False)
    storage, path = standing.file.storage, str(standing.file.name)
    standing.delete()
    transaction.on_commit(lambda: storage.delete(path))


def _told(attachment: Attachment) -> dict[str, Any]:
    """What the record keeps of a document."""
    return {
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "question": attachment.answer.question.code,
    }
