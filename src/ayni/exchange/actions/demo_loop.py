"""The demonstration's way back into the supply: offers that lessons led to (data/demo/lessons.json, `offer`)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Component, Concept, Membership
from ayni.exchange.actions.from_lesson import offer_from_lesson
from ayni.exchange.actions.steps import take_step
from ayni.exchange.models import Offer
from ayni.learning.models import Lesson


@transaction.atomic
def load_loop(*, by: Any) -> bool:
    """Enter the offers of the lessons that are there, unless there are any. Returns whether it did."""
    if Offer.objects.filter(lesson__isnull=False).exists():
        return False
    held = list(Membership.objects.in_force().select_related("user"))
    writers = {one.institution_id: one.user for one in held if one.role == "focal-point"}
    coordinators = {one.country_id: one.user for one in held if one.role == "national-coordinator"}
    told = {row["title"]["es"]: row["offer"] for row in document("demo/lessons.json")["lessons"] if "offer" in row}
    rows = Lesson.objects.filter(uses__verified_at__isnull=False).select_related("institution").distinct()
    found = [(lesson, told[lesson.title["es"]]) for lesson in rows if lesson.title.get("es") in told]
    for lesson, row in found:
        _offer(lesson, row, writers[lesson.institution_id], coordinators[lesson.institution.country_id])
    return bool(found)


def _offer(lesson: Lesson, row: Mapping[str, Any], writer: User, coordinator: User) -> None:
    programme, component = row["component"].split("/")
    part = Component.objects.get(programme__code=programme, code=component)
    offer = offer_from_lesson(by=writer, lesson=lesson, component=part)
    for name in ("title", "text", "expects", "languages", "capacity_days"):
        setattr(offer, name, row[name])
    offer.save()
    for name, scheme in (("quadrants", "quadrants"), ("modalities", "modalities")):
        getattr(offer, name).set(Concept.objects.current(scheme).filter(code__in=row[name]))
    for step in row["steps"]:
        take_step(by=coordinator if step == "publish" else writer, thing=offer, step=step)
