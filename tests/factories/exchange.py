"""The exchange emptied, and small pieces of it for tests."""

from collections.abc import Mapping
from typing import Any

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Institution
from ayni.exchange.models import (
    Demand,
    ExchangeRound,
    Interest,
    Match,
    Meeting,
    MeetingReport,
    Mission,
    Notice,
    Offer,
    PotentialAction,
    ProjectDraft,
    Review,
    Reviewer,
    Screening,
)
from ayni.exchange.queries.ranking import rules_in_force
from ayni.learning.models import Evaluation, Lesson, LessonUse, Obstacle, Product, SustainabilityCheck
from ayni.registry.models import Activity, Agreement, Initiative, ResultFrame
from ayni.surveys.models import Response, Round
from tests.factories import supply

ROUNDS = (Review, Reviewer, PotentialAction, MeetingReport, Meeting, Interest, ExchangeRound)


def without_exchange() -> None:
    """Take everything out that the demonstration of the exchange has put in, its people, agreements and initiatives included."""
    for model in (Notice, Match, Mission, ProjectDraft, Screening, Demand, Offer, *ROUNDS):
        model.objects.all().delete()
    opinions = Round.objects.filter(evaluation__isnull=False)
    Response.objects.filter(round__in=opinions).delete()
    opinions.delete()
    for model in (LessonUse, Lesson, Product, Obstacle, SustainabilityCheck, Evaluation):
        model.objects.all().delete()
    ResultFrame.objects.filter(parent__isnull=False).delete()
    for model in (ResultFrame, Activity):
        model.objects.all().delete()
    Initiative.objects.filter(merged_into__isnull=False).delete()
    Initiative.objects.filter(parent__isnull=False).delete()
    Initiative.objects.all().delete()
    Agreement.objects.filter(parent__isnull=False).delete()
    Agreement.objects.all().delete()
    User.objects.filter(email__in=[row["email"] for row in document("demo/exchange.json")["people"]]).delete()


# What is enough to be approved, or submitted.
OFFER: Mapping[str, Any] = {
    "title": {"en": "An offer"},
    "text": {"en": "What it is."},
    "expects": {"en": "A counterpart."},
    "languages": "en es",
    "topics": ["single-registry"],
    "quadrants": ["Q1"],
}
DEMAND: Mapping[str, Any] = {
    "title": {"en": "A demand"},
    "problem": {"en": "A problem."},
    "objective": {"en": "An objective."},
    "expects": {"en": "Support."},
    "gives": {"en": "A team."},
    "topics": ["single-registry"],
    "days": {"Q1": 5},
    "starts": None,
    "deadline": None,
}


def offer(institution: str, **values: Any) -> Offer:
    """An offer of that institution, published unless told otherwise."""
    at = Institution.objects.get(code=institution)
    return supply.offer(str(at.country_id), **{"at": at, **OFFER, **values})


def demand(institution: str, **values: Any) -> Demand:
    """A demand of that institution, eligible unless told otherwise."""
    at = Institution.objects.get(code=institution)
    return supply.demand(str(at.country_id), **{"at": at, **DEMAND, **values})


def match() -> Match:
    """Brazil's offer suggested for Chile's demand."""
    return Match.objects.create(
        demand=demand("CL-FOSIS"),
        offer=offer("BR-MDS"),
        recipient_id="CHL",
        provider_id="BRA",
        rules=rules_in_force(),
        least=40,
        most=60,
    )
