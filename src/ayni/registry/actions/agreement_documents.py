"""The documents of an agreement: files kept here, and addresses at which they can be read."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record_part, snapshot
from ayni.common.documents import judged
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_AGREEMENTS, require
from ayni.registry.models import CONCLUDED, Agreement, AgreementDocument

MOST_FILES = 20


@transaction.atomic
def add_document(*, by: Any, agreement: Agreement, title: str, url: str) -> AgreementDocument:
    """Where the text or an annex can be read. Raises Refused for an address that is there already."""
    agreement = _locked(by, agreement)
    if agreement.documents.filter(url=url).exists():
        raise Refused(_("This address is there already."))
    return _added(by, agreement, agreement.documents.create(title=title, url=url))


@transaction.atomic
def add_file(*, by: Any, agreement: Agreement, title: str, upload: UploadedFile) -> AgreementDocument:
    """Keep the text or an annex as a file.

    Raises Refused: too many files, too large, not a type that is accepted, or the same file again.
    """
    agreement = _locked(by, agreement)
    found = judged(upload)
    if agreement.documents.filter(sha256=found.sha256).exists():
        raise Refused(_("This file is there already."))
    if agreement.documents.exclude(sha256="").count() >= MOST_FILES:
        raise Refused(_("At most %(limit)d files can be attached: remove one first.") % {"limit": MOST_FILES})
    document = AgreementDocument(
        agreement=agreement,
        title=title.strip() or found.name,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        sha256=found.sha256,
    )
    document.file.save(found.stored, upload, save=True)
    return _added(by, agreement, document)


@transaction.atomic
def remove_document(*, by: Any, document: AgreementDocument) -> None:
    """Take a document away; its address, or its name and checksum, stay in the record."""
    agreement = _locked(by, document.agreement)
    shown = agreement.state in CONCLUDED
    record_part(by=by, verb="agreement document removed", on=agreement, before=snapshot(document), public=shown)
    storage, path = document.file.storage, str(document.file.name or "")
    document.delete()
    if path:
        transaction.on_commit(lambda: storage.delete(path))


def _added(by: Any, agreement: Agreement, document: AgreementDocument) -> AgreementDocument:
    shown = agreement.state in CONCLUDED
    record_part(by=by, verb="agreement document added", on=agreement, after=snapshot(document), public=shown)
    return document


def _locked(by: Any, agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("institution__country")
    agreement = rows.get(pk=agreement.pk)
    require(by, KEEP_AGREEMENTS, agreement)
    return agreement
