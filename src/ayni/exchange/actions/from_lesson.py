"""The way back into the supply: an offer of what a country changed at home by a lesson (R7)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import WRITE_EXCHANGE, require
from ayni.directory.models import Component
from ayni.exchange.actions.writing import begin_offer
from ayni.exchange.models import Offer, OfferState
from ayni.exchange.queries.from_lesson import components_changed, is_used
from ayni.learning.models import Lesson


@transaction.atomic
def offer_from_lesson(*, by: Any, lesson: Lesson, component: Component | None = None) -> Offer:
    """A draft of the lesson's institution, begun from a component that the lesson changed (None: what was learned as a whole).

    Raises Refused before a use of the lesson is verified, for a component that it did not change, or when the offer stands already.
    """
    # Held, so that two who press the button at once begin one offer.
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("institution__country").get(pk=lesson.pk)
    require(by, WRITE_EXCHANGE, lesson)
    if not is_used(lesson):
        raise Refused(_("An observer verifies a use of the lesson first; then what was learned is offered."))
    if component is not None and not components_changed(lesson).filter(pk=component.pk).exists():
        raise Refused(_("The lesson did not change this component: choose another one."))
    standing = lesson.offers.filter(component=component).exclude(state=OfferState.ARCHIVED).first()
    if standing is not None:
        raise Refused(_("Offer %(number)d came of this lesson already: write that one.") % {"number": standing.pk})
    title = component.name if component else lesson.title
    offer = begin_offer(by=by, institution=lesson.institution, title=title, component=component)
    offer.lesson, offer.fictional = lesson, lesson.fictional
    if component is None:
        offer.text = lesson.text
    offer.save(update_fields=["lesson", "fictional", "text"])
    if not offer.topics.exists():
        offer.topics.set(lesson.topics.all())
    record(by=by, verb="offer begun from a lesson", on=offer, after={"lesson_id": lesson.pk}, public=False)
    return offer
