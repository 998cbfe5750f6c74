"""The exchange emptied, and small pieces of it for tests."""

from datetime import date
from typing import Any

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Concept, Institution
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
from ayni.registry.models import Agreement

ROUNDS = (Review, Reviewer, PotentialAction, MeetingReport, Meeting, Interest, ExchangeRound)


def without_exchange() -> None:
    """Take everything out that the demonstration of the exchange has put in, its people and their agreements included."""
    Agreement.objects.filter(parent__isnull=False).delete()
    for model in (Notice, Match, Mission, ProjectDraft, Screening, Demand, Offer, *ROUNDS, Agreement):
        model.objects.all().delete()
    User.objects.filter(email__in=[row["email"] for row in document("demo/exchange.json")["people"]]).delete()


def concept(scheme: str, code: str) -> Concept:
    """A term in force."""
    return Concept.objects.current(scheme).get(code=code)


def offer(institution: str, **values: Any) -> Offer:
    """An offer, published unless told otherwise."""
    given: dict[str, Any] = {
        "institution": Institution.objects.get(code=institution),
        "title": {"en": "An offer"},
        "text": {"en": "What it is."},
        "expects": {"en": "A counterpart."},
        "languages": "en es",
        "state": "published",
        "confirmed_on": date.today(),
    }
    topics = values.pop("topics", ["single-registry"])
    quadrants = values.pop("quadrants", ["Q1"])
    made = Offer(**(given | values))
    if made.state in ("published", "paused", "lapsed"):
        made.published_at, made.published_by = _somebody()
    made.save()
    made.topics.set([concept("topics", code) for code in topics])
    made.quadrants.set([concept("quadrants", code) for code in quadrants])
    return made


def demand(institution: str, **values: Any) -> Demand:
    """A demand, eligible unless told otherwise."""
    given: dict[str, Any] = {
        "institution": Institution.objects.get(code=institution),
        "title": {"en": "A demand"},
        "problem": {"en": "A problem."},
        "objective": {"en": "An objective."},
        "expects": {"en": "Support."},
        "gives": {"en": "A team."},
        "languages": "es",
        "state": "eligible",
        "confirmed_on": date.today(),
    }
    days = values.pop("days", {"Q1": 5})
    topics = values.pop("topics", ["single-registry"])
    made = Demand(**(given | values))
    for stamp, states in STAMPED.items():
        if made.state in states:
            at, by = _somebody()
            setattr(made, f"{stamp}_at", at)
            setattr(made, f"{stamp}_by", by)
    made.save()
    made.topics.set([concept("topics", code) for code in topics])
    for cell, number in days.items():
        made.needs.create(quadrant=concept("quadrants", cell), days=number)
    return made


def _somebody() -> tuple[Any, User]:
    user = User.objects.filter(memberships__role="secretariat").order_by("pk")[0]
    return user.date_joined, user


LATER = {"eligible", "coformulation", "declined", "referred", "matched", "formalised", "expired"}
STAMPED: dict[str, set[str]] = {
    "submitted": LATER | {"submitted", "endorsed", "returned"},
    "endorsed": LATER | {"endorsed"},
    "decided": LATER - {"expired"} | {"expired"},
}
