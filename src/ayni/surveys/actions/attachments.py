"""Documents attached to an answer, with their checksum."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.documents import judged
from ayni.common.errors import Refused
from ayni.common.permissions import ANSWER, require
from ayni.surveys.actions.responses import locked_open
from ayni.surveys.models import Answer, Attachment, Kind, Response

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
    found = judged(upload)
    answer, _new = Answer.objects.get_or_create(response=response, question=asked)
    standing = answer.attachments.filter(sha256=found.sha256).first()
    if standing is not None:
        return standing
    if answer.attachments.count() >= MOST_FILES:
        raise Refused(_("At most %(limit)d files can be attached: remove one first.") % {"limit": MOST_FILES})
    attachment = Attachment(
        answer=answer,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=by,
    )
    attachment.file.save(found.stored, upload, save=True)
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
