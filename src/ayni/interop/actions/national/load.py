"""A national file goes in by the profile in force: whole or not at all, exactly as its dry run showed it."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import IMPORT_RECORDS, require
from ayni.interop.actions.importing import FileFacts, close_import, keep_batch, open_import
from ayni.interop.models import RecordProfile, SourceFile, SourceKind
from ayni.interop.queries.comparing import named
from ayni.interop.queries.national.reading import rows_of
from ayni.interop.queries.preview import advice, preview_reads
from ayni.interop.queries.reading import in_batches

BATCH = 200


@transaction.atomic
def load_national(
    *,
    by: Any,
    profile: RecordProfile,
    data: bytes,
    name: str,
    seen: str | None = None,
    licence: str = "",
    address: str = "",
    fictional: bool = False,
) -> SourceFile:
    """Put a file in. `seen` is the digest of the dry run that the person saw, None for the command line, which shows none.

    Raises Conflict when the file would now change something else, Refused for a file that cannot be read, PermissionDenied
    (`by` None is the system).
    """
    if by is not None:
        require(by, IMPORT_RECORDS, profile)
    rows = rows_of(profile, data, name)
    if seen is not None and preview_reads(rows).digest != seen:
        raise Conflict(
            _("The records have changed since you looked at the file. Look at it again; nothing was written.")
        )
    if not rows.columns:
        told = advice(rows.findings[0])
        raise Refused(f"{told.text} {told.remedy}")
    checksum = hashlib.sha256(data).hexdigest()
    facts = FileFacts(
        SourceKind.SPREADSHEET, name or _("file"), checksum, len(data), address, licence, profile.name, fictional
    )
    # Another version of the profile reads the whole file anew: nothing is left of a reading that was broken off.
    file = open_import(by=by, facts=facts)
    for batch in in_batches(rows, BATCH):
        file = keep_batch(by=by, file=file, known=[named(one) for one in batch])
    return close_import(by=by, file=file, findings=rows.findings)
