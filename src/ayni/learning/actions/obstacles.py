"""Keeping obstacles: what stood in the way, the counter-measure taken, whether it worked, when it ended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import words_of
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Concept, Institution
from ayni.learning.models import Obstacle, Worked
from ayni.registry.models import PUBLIC_RECORDS, Initiative


@dataclass(frozen=True)
class ObstacleFacts:
    """What stood in the way; `initiative` None: the country's cooperation as a whole."""

    kind: Concept
    text: dict[str, str]
    seen_on: date
    initiative: Initiative | None = None


@dataclass(frozen=True)
class Measure:
    """What was done about it, when, whether it worked, and when the obstacle was over (None: it stands)."""

    text: dict[str, str]
    taken_on: date | None
    worked: str = Worked.UNKNOWN
    ended_on: date | None = None


@transaction.atomic
def register_obstacle(*, by: Any, institution: Institution, facts: ObstacleFacts) -> Obstacle:
    """An obstacle that `institution` met. Raises Refused as `_check` says, or for an institution of no country."""
    require(by, KEEP_INITIATIVES, institution)
    if institution.country is None:
        raise Refused(_("Obstacles are registered for a country: choose an institution of one."))
    _check(institution, facts)
    obstacle = Obstacle.objects.create(
        institution=institution, country=institution.country, words=words_of(facts.text), **vars(facts)
    )
    record(by=by, verb="obstacle registered", on=obstacle, after=snapshot(obstacle), public=is_public(obstacle))
    return obstacle


@transaction.atomic
def edit_obstacle(*, by: Any, obstacle: Obstacle, base: int, facts: ObstacleFacts) -> Obstacle:
    """Correct what is said of it. Raises Conflict when somebody else has changed it since revision `base`, Refused as above."""
    obstacle = _held(by, obstacle, base)
    _check(obstacle.institution, facts)
    if any(day and day < facts.seen_on for day in (obstacle.taken_on, obstacle.ended_on)):
        raise Refused(_("The obstacle was seen before something was done about it, and before it ended."))
    before, shown = snapshot(obstacle), is_public(obstacle)
    for name, value in vars(facts).items():
        setattr(obstacle, name, value)
    return _saved(by, obstacle, "obstacle changed", before, shown)


@transaction.atomic
def take_measure(*, by: Any, obstacle: Obstacle, base: int, measure: Measure) -> Obstacle:
    """What was done about it, and what became of that. Raises Conflict as above, Refused for days that are not in order."""
    obstacle = _held(by, obstacle, base)
    if bool(measure.text) != bool(measure.taken_on):
        raise Refused(_("Say what was done about it and from which day."))
    if measure.worked != Worked.UNKNOWN and not measure.taken_on:
        raise Refused(_("Whether it worked is said of a counter-measure: say what was done first."))
    for day in (measure.taken_on, measure.ended_on):
        if day is not None and not obstacle.seen_on <= day <= timezone.localdate():
            raise Refused(_("The day lies between the one on which the obstacle was seen and today."))
    before, shown = snapshot(obstacle), is_public(obstacle)
    obstacle.counter_measure, obstacle.taken_on = measure.text, measure.taken_on
    obstacle.worked, obstacle.ended_on = measure.worked, measure.ended_on
    return _saved(by, obstacle, "counter-measure recorded", before, shown)


@transaction.atomic
def remove_obstacle(*, by: Any, obstacle: Obstacle) -> None:
    """Take it out: registered by mistake. The record of changes keeps it."""
    obstacle = _locked(obstacle)
    require(by, KEEP_INITIATIVES, obstacle)
    shown = is_public(obstacle)
    record(by=by, verb="obstacle removed", on=obstacle, before=snapshot(obstacle), public=shown)
    obstacle.delete()


def is_public(obstacle: Obstacle) -> bool:
    """Whether a page that anybody can read shows it: those of a public initiative, and those of a country as a whole."""
    return obstacle.initiative is None or obstacle.initiative.validation in PUBLIC_RECORDS


def _locked(obstacle: Obstacle) -> Obstacle:
    rows = Obstacle.objects.select_for_update(of=("self",)).select_related("institution__country", "initiative")
    return rows.get(pk=obstacle.pk)


def _held(by: Any, obstacle: Obstacle, base: int) -> Obstacle:
    obstacle = _locked(obstacle)
    require(by, KEEP_INITIATIVES, obstacle)
    if base != obstacle.revision:
        raise Conflict(
            _("Somebody else has changed this obstacle meanwhile. Compare it with what stands, then save again.")
        )
    return obstacle


def _saved(by: Any, obstacle: Obstacle, verb: str, before: Any, shown: bool) -> Obstacle:
    obstacle.words = words_of(obstacle.text, obstacle.counter_measure)
    obstacle.revision += 1
    obstacle.save()
    shown = shown or is_public(obstacle)
    record(by=by, verb=verb, on=obstacle, before=before, after=snapshot(obstacle), public=shown)
    return obstacle


def _check(institution: Institution, facts: ObstacleFacts) -> None:
    if not facts.text:
        raise Refused(_("Say what stood in the way."))
    if facts.kind.scheme.code != "obstacles" or facts.kind.broader_id is None:
        raise Refused(_("Choose the type of obstacle from the list."))
    if facts.seen_on > timezone.localdate():
        raise Refused(_("The day on which it was seen has not come yet."))
    if facts.initiative and not facts.initiative.participations.filter(institution=institution).exists():
        raise Refused(_("%(institution)s does not take part in this initiative.") % {"institution": institution})
