"""A row of the sheet of obstacles goes in through the actions of its pages."""

from typing import Any

from django.db import transaction

from ayni.common.sheets.sheet import Change
from ayni.learning.actions.obstacles import Measure, ObstacleFacts, edit_obstacle, register_obstacle, take_measure
from ayni.learning.models import Obstacle, Worked
from ayni.registry.actions.sheets.given import day_of, initiative_of, institution_of, required_day, told_of
from ayni.registry.models import Initiative
from ayni.registry.queries.sheets.columns import term

MEASURE = {"taken_on", "worked", "ended_on", *(f"counter_measure_{code}" for code in ("es", "pt", "en", "fr"))}


@transaction.atomic
def save_obstacle_row(*, by: Any, change: Change) -> None:
    """Register an obstacle or correct it, with what was done about it. Refuses what those actions refuse."""
    changed = set(change.changed)
    if change.standing is None:
        institution = institution_of(change.cells["institution"])
        made = register_obstacle(by=by, institution=institution, facts=_facts(by, change, None))
        if changed & MEASURE:
            _take(by, change, made)
        return
    standing: Obstacle = change.standing.row
    # Days move together: towards today the measure goes first, back in time the obstacle does.
    later = change.changed.get("seen_on", "") > standing.seen_on.isoformat()
    if later and changed & MEASURE:
        standing = _take(by, change, standing)
    if changed - MEASURE:
        facts = _facts(by, change, standing)
        standing = edit_obstacle(by=by, obstacle=standing, base=standing.revision, facts=facts)
    if not later and changed & MEASURE:
        _take(by, change, standing)


def _facts(by: Any, change: Change, standing: Obstacle | None) -> ObstacleFacts:
    changed = change.changed
    kind = standing.kind if standing else None
    if "kind" in changed:
        kind = term("obstacles", changed["kind"], [kind] if kind else [])
    assert kind is not None  # the sheet refuses an empty cell
    initiative: Initiative | None = standing.initiative if standing else None
    if "initiative" in changed:
        initiative = initiative_of(by, changed["initiative"]) if changed["initiative"] else None
    said = change.texts("text", standing.text if standing else None)
    return ObstacleFacts(kind, said, required_day(change, "seen_on", standing), initiative)


def _take(by: Any, change: Change, obstacle: Obstacle) -> Obstacle:
    measure = Measure(
        change.texts("counter_measure", obstacle.counter_measure),
        day_of(change, "taken_on", obstacle),
        told_of(change, "worked", obstacle) or Worked.UNKNOWN,
        day_of(change, "ended_on", obstacle),
    )
    return take_measure(by=by, obstacle=obstacle, base=obstacle.revision, measure=measure)
