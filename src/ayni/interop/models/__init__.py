"""The tables of what comes from other systems and leaves for them."""

from ayni.interop.models.activities import (
    ReportedActivity,
    ReportedCode,
    ReportedCountry,
    ReportedParty,
    ReportedResult,
    ReportedSector,
    ReportedTransaction,
)
from ayni.interop.models.flows import FlowFile, FlowFormat
from ayni.interop.models.linkage import PairDecision, RecordMerge, RecordPair, Verdict, name_of
from ayni.interop.models.national import (
    COUNTING,
    CodeMapping,
    CrossedField,
    Match,
    RecordProfile,
)
from ayni.interop.models.organisations import BudgetKind, ReportedBudget, ReportedDocument, ReportedOrganisation
from ayni.interop.models.reports import AttachedReport
from ayni.interop.models.sources import CHECKSUM, ImportFinding, ImportState, Severity, SourceFile, SourceKind
from ayni.interop.models.tokens import BULK, READ, SCOPES, ApiToken

__all__ = [
    "BULK",
    "CHECKSUM",
    "COUNTING",
    "READ",
    "SCOPES",
    "ApiToken",
    "AttachedReport",
    "BudgetKind",
    "CodeMapping",
    "CrossedField",
    "FlowFile",
    "FlowFormat",
    "ImportFinding",
    "ImportState",
    "Match",
    "PairDecision",
    "RecordMerge",
    "RecordPair",
    "RecordProfile",
    "ReportedActivity",
    "ReportedBudget",
    "ReportedCode",
    "ReportedCountry",
    "ReportedDocument",
    "ReportedOrganisation",
    "ReportedParty",
    "ReportedResult",
    "ReportedSector",
    "ReportedTransaction",
    "Severity",
    "SourceFile",
    "SourceKind",
    "Verdict",
    "name_of",
]
