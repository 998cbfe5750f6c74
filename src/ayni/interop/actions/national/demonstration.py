"""Two fictional national files, of the same cooperation told by two countries with differences: they show what the pages do."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ayni.common.columns import VersionStatus
from ayni.interop.actions.national.load import load_national
from ayni.interop.models import RecordProfile, SourceFile

FOLDER = "demo/national"
FILES = {"mexico.csv": "simexcid-mex", "brasil.csv": "abc-bra"}
LICENCE = "Fictional / Ficticio / Fictício / Fictif"


@transaction.atomic
def load_national_demo(*, by: Any) -> list[SourceFile]:
    """Enter the two files, unless records of other systems are there already."""
    if SourceFile.objects.exists():
        return []
    profiles = {one.code: one for one in RecordProfile.objects.filter(status=VersionStatus.CURRENT)}
    return [
        load_national(
            by=by,
            profile=profiles[code],
            data=(Path(settings.REFERENCE_DATA) / FOLDER / name).read_bytes(),
            name=name,
            licence=LICENCE,
            fictional=True,
        )
        for name, code in FILES.items()
        if code in profiles
    ]
