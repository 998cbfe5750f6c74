"""A client of Ayni's open API: `Client("https://…").partners(edition="oas-2010")`. Needs nothing but Python's standard library.

Lists come row after row, whatever their number; what has not changed is not sent again; a limit that is reached is waited for.
"""

from ayni.client.calls import Client
from ayni.client.errors import ApiError
from ayni.client.figures import Count, Edition, EditionTable, Figure, Mark
from ayni.client.others import (
    Flow,
    ReportedActivity,
    ReportedBudget,
    ReportedDocument,
    ReportedOrganisation,
    ReportedTransaction,
    Source,
)
from ayni.client.rows import (
    Agreement,
    Component,
    Country,
    Demand,
    Initiative,
    Institution,
    Lesson,
    Offer,
    Participation,
    Programme,
    Region,
    Term,
    Vocabulary,
)

__all__ = [
    "Agreement",
    "ApiError",
    "Client",
    "Component",
    "Count",
    "Country",
    "Demand",
    "Edition",
    "EditionTable",
    "Figure",
    "Flow",
    "Initiative",
    "Institution",
    "Lesson",
    "Mark",
    "Offer",
    "Participation",
    "Programme",
    "Region",
    "ReportedActivity",
    "ReportedBudget",
    "ReportedDocument",
    "ReportedOrganisation",
    "ReportedTransaction",
    "Source",
    "Term",
    "Vocabulary",
]
