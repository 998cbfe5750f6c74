"""What other systems report: the files it came in, each activity with its parts, and what was found wrong."""

from ayni.interop.models.activities import (
    ReportedActivity,
    ReportedCountry,
    ReportedParty,
    ReportedResult,
    ReportedSector,
    ReportedTransaction,
)
from ayni.interop.models.sources import CHECKSUM, ImportFinding, ImportState, Severity, SourceFile, SourceKind

__all__ = [
    "CHECKSUM",
    "ImportFinding",
    "ImportState",
    "ReportedActivity",
    "ReportedCountry",
    "ReportedParty",
    "ReportedResult",
    "ReportedSector",
    "ReportedTransaction",
    "Severity",
    "SourceFile",
    "SourceKind",
]
