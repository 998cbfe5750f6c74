"""What the tables and figures of the diagnosis are called, and the method behind each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABLES: dict[str, Promise] = {
    "T1": _("Outcomes of the cooperation"),
    "T2": _("Obstacles"),
    "T3": _("Partner countries of each institution"),
    "T4": _("Institutions and agencies involved"),
    "T5": _("Agreements: forms, and who signs them"),
    "T6": _("Modalities, and the quadrants of the matrix that they serve"),
    "T7": _("Topics: supply and demand"),
    "T10": _("Monitoring and evaluation instruments in use"),
    "T13": _("Coverage of the questionnaire"),
}
FIGURES: dict[str, Promise] = {
    "F1": _("Types of learning"),
    "F4": _("Map of partner countries"),
    "F5": _("Partners by region"),
    "F6": _("From reporting countries to regions"),
    "F7": _("Network of declared cooperation"),
    "F9": _("Regional concentration"),
    "F10": _("Topics by respondent"),
}
METHODS: dict[str, str] = {
    **dict.fromkeys(("T1", "T2", "T4", "T5", "T6", "T7", "T10", "F1", "F10"), "tallies"),
    **dict.fromkeys(("T3", "F4", "F5", "F6"), "partner-matrix"),
    "T13": "coverage",
    "F7": "network",
    "F9": "concentration",
}
