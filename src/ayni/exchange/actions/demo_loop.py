"""The demonstration's way back into the supply (data/demo/lessons.json, `offer`): what a lesson led to, and who asks for it now."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ayni.common.reference import document
from ayni.directory.models import Component, Concept
from ayni.exchange.actions.demonstration import Acting, enter_demand
from ayni.exchange.actions.from_lesson import offer_from_lesson
from ayni.exchange.actions.initiatives import open_initiative_of_match
from ayni.exchange.actions.matching import suggest_match
from ayni.exchange.actions.steps import take_step
from ayni.exchange.models import Offer
from ayni.learning.models import Lesson


@transaction.atomic
def load_loop(*, by: Any) -> bool:
    """Enter the offers of the lessons that are there, unless there are any. Returns whether it did."""
    if Offer.objects.filter(lesson__isnull=False).exists():
        return False
    acting = Acting()
    told = {row["title"]["es"]: row["offer"] for row in document("demo/lessons.json")["lessons"] if "offer" in row}
    rows = Lesson.objects.filter(uses__verified_at__isnull=False).select_related("institution").distinct()
    found = [(lesson, told[lesson.title["es"]]) for lesson in rows if lesson.title.get("es") in told]
    for lesson, row in found:
        offer = _offer(lesson, row, acting)
        if "asked" in row:
            _asked(row["asked"], offer, acting)
    return bool(found)


def _offer(lesson: Lesson, row: Mapping[str, Any], acting: Acting) -> Offer:
    writer = acting.writer(lesson.institution)
    programme, component = row["component"].split("/")
    part = Component.objects.get(programme__code=programme, code=component)
    offer = offer_from_lesson(by=writer, lesson=lesson, component=part)
    for name in ("title", "text", "expects", "languages", "capacity_days"):
        setattr(offer, name, row[name])
    offer.save()
    for name, scheme in (("quadrants", "quadrants"), ("modalities", "modalities")):
        getattr(offer, name).set(Concept.objects.current(scheme).filter(code__in=row[name]))
    for step in row["steps"]:
        actor = acting.coordinator(lesson.institution) if step == "publish" else writer
        offer = take_step(by=actor, thing=offer, step=step)
    return offer


def _asked(row: dict[str, Any], offer: Offer, acting: Acting) -> None:
    """Who gave what the lesson was learned from asks for what was made of it, and both begin anew with the roles swapped."""
    demand = enter_demand(row, acting)
    match = suggest_match(by=acting.secretariat, demand=demand, offer=offer)
    for step, side in (("accept-demand", demand), ("accept-offer", offer)):
        match = take_step(by=acting.writer(side.institution), thing=match, step=step)
    coordinator = acting.coordinator(demand.institution)
    match = take_step(by=coordinator, thing=match, step="convert")
    open_initiative_of_match(by=coordinator, match=match)
