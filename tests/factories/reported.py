"""IATI files of a few activities, and what is kept of them, for tests."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from ayni.interop.models import ReportedActivity, SourceFile

# Real files lie beside the repository (or beside the folder of a worktree); a user's clone has none.
REAL = next(
    (path for up in (2, 3) if (path := Path(__file__).resolve().parents[up].parent / "shared/fixtures/iati").is_dir()),
    Path("absent"),
)


def activity(number: int, title: str = "Registro de hogares", *, extra: str = "", identifier: str | None = None) -> str:
    """An activity of XX-1 in Bolivia, sector 16010."""
    name = f"XX-1-{number}" if identifier is None else identifier
    return f"""<iati-activity xml:lang="es" default-currency="USD" last-updated-datetime="2026-01-0{number % 9 + 1}T00:00:00Z">
<iati-identifier>{name}</iati-identifier>
<reporting-org ref="XX-1" type="10"><narrative>Agencia</narrative><narrative xml:lang="en">Agency</narrative></reporting-org>
<title><narrative>{title} {number}</narrative><narrative xml:lang="en">Registry {number}</narrative></title>
<description><narrative>Descripción</narrative></description>
<participating-org ref="XX-1" type="10" role="1"><narrative>Agencia</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="2" iso-date="2024-01-15"/>
<recipient-country code="BO" percentage="100"/>
<sector vocabulary="1" code="16010" percentage="100"/>
<transaction><transaction-type code="3"/>
<transaction-date iso-date="2024-05-01"/><value value-date="2024-05-01">1000.50</value></transaction>
{extra}</iati-activity>"""


def iati(*activities: str, end: str = "</iati-activities>") -> bytes:
    """A file of these activities."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n' + "\n".join(activities) + end
    ).encode()


def source_file(**values: Any) -> SourceFile:
    """A file that has been read to its end."""
    now = timezone.now()
    given: dict[str, Any] = {
        "kind": "iati-activities",
        "sha256": f"{SourceFile.objects.count():064x}",
        "name": "a.xml",
        "size": 1,
        "state": "whole",
        "started_at": now,
        "finished_at": now,
    }
    return SourceFile.objects.create(**(given | values))


def reported(**values: Any) -> ReportedActivity:
    """An activity as it stands."""
    file = values.get("last_file") or source_file()
    given: dict[str, Any] = {
        "publisher": "XX-1",
        "identifier": f"XX-1-{ReportedActivity.objects.count()}",
        "titles": {"es": "Registro"},
        "content": "{}",
        "digest": "a" * 64,
        "first_file": file,
        "last_file": file,
        "number": 1,
        "changed_at": timezone.now(),
    }
    return ReportedActivity.objects.create(**(given | values))
