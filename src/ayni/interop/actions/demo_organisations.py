"""A fictional organisation file (data/demo/organisations.xml), so that its pages show what they do before anybody has loaded one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.actions.national.demonstration import LICENCE
from ayni.interop.models import ReportedOrganisation

FILE = "demo/organisations.xml"


@transaction.atomic
def load_demo_organisations(*, by: Any) -> None:
    """Load it, unless an organisation file was loaded already. `by` None is the system."""
    if not ReportedOrganisation.objects.exists():
        ImportOfFile(by, Path(settings.REFERENCE_DATA) / FILE, licence=LICENCE, fictional=True).run()
