"""Offers, demands and lessons: what the exchange and learning publish. Reasons given to authors and persons are left out."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayni.exchange.models import Demand, Offer
from ayni.exchange.queries import lists
from ayni.exchange.queries.visible import demands_for, offers_for
from ayni.interop.formats.open_data import cooperation as shapes
from ayni.interop.formats.open_data import questions
from ayni.interop.formats.open_data.words import Row, Texts
from ayni.interop.queries.open_data.resource import ANYBODY, FromTable, Resource, codes
from ayni.learning.models import Lesson, LessonUse
from ayni.learning.queries import lessons as lesson_queries


def offers(**asked: str) -> QuerySet[Offer]:
    found = lists.filtered(offers_for(ANYBODY), **asked).select_related("institution", "component__programme")
    return found.prefetch_related("topics", "modalities", "quadrants")


def offer(one: Offer) -> Row:
    return {
        **_written(one),
        "text": Texts(one.text),
        "prerequisites": Texts(one.prerequisites),
        "expects": Texts(one.expects),
        "gains": Texts(one.gains),
        "quadrants": codes(one.quadrants),
        "evidence": one.evidence,
        "capacity_days": one.capacity_days,
        "cost_usd": _number(one.cost),
    }


def demands(**asked: str) -> QuerySet[Demand]:
    found = lists.filtered(demands_for(ANYBODY), **asked).select_related("institution", "component__programme")
    return found.prefetch_related("topics", "modalities", "needs__quadrant")


def demand(one: Demand) -> Row:
    return {
        **_written(one),
        "problem": Texts(one.problem),
        "objective": Texts(one.objective),
        "results": Texts(one.results),
        "expects": Texts(one.expects),
        "gives": Texts(one.gives),
        "needs": [{"quadrant": need.quadrant.code, "days": need.days} for need in one.needs.all()],
        "interpretation": one.interpretation,
        "counterpart_hours": one.counterpart_hours,
        "budget_usd": _number(one.budget),
        "starts": one.starts,
        "deadline": one.deadline,
    }


def _written(one: Offer | Demand) -> Row:
    return {
        "id": one.pk,
        "title": Texts(one.title),
        "institution": one.institution.code,
        "country": one.institution.country_id,
        "component": f"{one.component.programme.code}/{one.component.code}" if one.component else None,
        "topics": codes(one.topics),
        "modalities": codes(one.modalities),
        "languages": one.languages.split(),
        "state": one.state,
        "confirmed_on": one.confirmed_on,
        "fictional": one.fictional,
    }


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)


def lessons(**asked: str) -> QuerySet[Lesson]:
    found = lesson_queries.filtered(lesson_queries.lessons_for(ANYBODY), **asked)
    return found.select_related("initiative", "institution", "joint_with").prefetch_related(
        "topics", "uses__programme_version__programme", "uses__component__programme"
    )


def lesson(one: Lesson) -> Row:
    agreed = one.joint_with if one.joint_agreed_at else None
    return {
        "id": one.pk,
        "initiative": one.initiative.code,
        "institution": one.institution.code,
        "country": one.institution.country_id,
        "joint_with": agreed.code if agreed else None,
        "title": Texts(one.title),
        "text": Texts(one.text),
        "recognition": Texts(one.recognition),
        "proposal": Texts(one.proposal),
        "topics": codes(one.topics),
        "state": one.state,
        "kind": one.kind,
        "captured_on": one.captured_on,
        "uses": [_use(use) for use in one.uses.all()],
        "fictional": one.fictional,
    }


def _use(use: LessonUse) -> Row:
    if use.programme_version is not None:
        changed, number = use.programme_version.programme.code, use.programme_version.number
    else:
        part = use.component
        changed = f"{part.programme.code}/{part.code}" if part else ""
        number = use.component_version or 1
    return {
        "changed": changed,
        "version": number,
        "text": Texts(use.changed),
        "used_on": use.used_on,
        "verified": use.verified_at is not None,
    }


RESOURCES = (
    Resource(
        "offers",
        _("Offers"),
        _("What institutions can share, published and confirmed in the last twelve months."),
        shapes.Offer,
        questions.OfSupply,
        FromTable(offers, offer),
        ("id", "pk"),
    ),
    Resource(
        "demands",
        _("Demands"),
        _("What institutions need, once found eligible."),
        shapes.Demand,
        questions.OfSupply,
        FromTable(demands, demand),
        ("id", "pk"),
    ),
    Resource(
        "lessons",
        _("Lessons"),
        _("What was learned in public initiatives, reviewed, and what changed by it."),
        shapes.Lesson,
        questions.OfLessons,
        FromTable(lessons, lesson),
        ("id", "pk"),
    ),
)
