"""The exchange: what is offered and asked for, screening, matches, missions, the matrix."""

from ayni.exchange.models.columns import VersionStatus
from ayni.exchange.models.matches import Match, MatchState
from ayni.exchange.models.matrix import CRITERIA, MatchingRules, MatrixQuadrant, MatrixScheme, RuleWeight
from ayni.exchange.models.missions import (
    MOST_COUNTRIES,
    Mission,
    MissionCountry,
    MissionMonth,
    MissionPart,
    MissionState,
)
from ayni.exchange.models.notices import Notice
from ayni.exchange.models.screening import Item, ProjectDraft, Result, Screening, ScreeningItem
from ayni.exchange.models.supply import Demand, DemandNeed, DemandState, Offer, OfferState

__all__ = [
    "CRITERIA",
    "MOST_COUNTRIES",
    "Demand",
    "DemandNeed",
    "DemandState",
    "Item",
    "Match",
    "MatchState",
    "MatchingRules",
    "MatrixQuadrant",
    "MatrixScheme",
    "Mission",
    "MissionCountry",
    "MissionMonth",
    "MissionPart",
    "MissionState",
    "Notice",
    "Offer",
    "OfferState",
    "ProjectDraft",
    "Result",
    "RuleWeight",
    "Screening",
    "ScreeningItem",
    "VersionStatus",
]
