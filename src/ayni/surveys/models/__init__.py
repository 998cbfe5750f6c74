from ayni.surveys.models.editions import DiagnosisEdition, EditionStatus
from ayni.surveys.models.facts import AgencyMention, Coding, PartnerMention, Statement
from ayni.surveys.models.instruments import Instrument, InstrumentVersion, Kind, Question, Section, VersionStatus
from ayni.surveys.models.letters import Letter
from ayni.surveys.models.rounds import (
    Answer,
    AnswerRevision,
    Attachment,
    Invitation,
    Response,
    ResponseStatus,
    Round,
    RoundStatus,
)

__all__ = [
    "AgencyMention",
    "Answer",
    "AnswerRevision",
    "Attachment",
    "Coding",
    "DiagnosisEdition",
    "EditionStatus",
    "Instrument",
    "InstrumentVersion",
    "Invitation",
    "Kind",
    "Letter",
    "PartnerMention",
    "Question",
    "Response",
    "ResponseStatus",
    "Round",
    "RoundStatus",
    "Section",
    "Statement",
    "VersionStatus",
]
