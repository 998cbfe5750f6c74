"""The registry: agreements, and what comes of them."""

from ayni.registry.models.agreements import (
    CONCLUDED,
    Agreement,
    AgreementDocument,
    AgreementParty,
    AgreementState,
    Amendment,
    AmendmentKind,
    SigningRule,
)

__all__ = [
    "CONCLUDED",
    "Agreement",
    "AgreementDocument",
    "AgreementParty",
    "AgreementState",
    "Amendment",
    "AmendmentKind",
    "SigningRule",
]
