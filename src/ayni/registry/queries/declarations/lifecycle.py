"""What can be said of a record, when and by whom, as one table (domain.md section 6; ADR 20): read by actions and pages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import DECLARE, MEDIATE, may
from ayni.registry.models import (
    APPROVED,
    Declaration,
    Dispute,
    Initiative,
    InitiativeState,
    Outcome,
    Stance,
    Validation,
)
from ayni.registry.queries.initiatives.sides import countries_of, speaks, spoken_for

S, V, OPEN = Stance, Validation, (Outcome.OPEN,)
SPOKEN = (S.DECLARED, S.CONFIRMED, S.DISPUTED, S.RECONCILED)
# Of one side, for itself: `before` and `after` are stances, "" before anybody has declared.
OF_A_SIDE = (
    Step("declare", ("",), S.DECLARED, "record declared", _("Declare the record"), DECLARE, main=True),
    Step("confirm", (S.NOTIFIED,), S.CONFIRMED, "record confirmed", _("Confirm"), DECLARE, main=True),
    Step("dispute", (S.NOTIFIED, *SPOKEN), S.DISPUTED, "record disputed", _("Dispute"), DECLARE),
)
# Of the whole record, by any of its sides or the network's secretariat; the second by the days that pass.
OF_THE_RECORD = (
    Step("publish", (V.VALIDATED,), V.PUBLISHED, "record published", _("Publish the record"), DECLARE, side="either"),
    Step(
        "expire",
        (V.NOTIFIED, V.RECONCILED),
        V.UNILATERAL,
        "record unilateral",
        _("Let the time for an answer end"),
        None,
    ),
)
# Of one dispute. "own": the side that disputes; "other": another one; "either": any; "heard": whom a proposal was made to.
OF_A_DISPUTE = (
    Step(
        "accept-claim",
        OPEN,
        Outcome.TAKEN,
        "claim accepted",
        _("Accept what it says"),
        DECLARE,
        side="other",
        main=True,
    ),
    Step(
        "accept-proposal",
        OPEN,
        Outcome.AGREED,
        "proposal accepted",
        _("Accept the proposal"),
        DECLARE,
        side="heard",
        main=True,
    ),
    Step("propose", OPEN, Outcome.OPEN, "value proposed", _("Propose another value"), DECLARE, side="either"),
    Step("withdraw", OPEN, Outcome.KEPT, "claim withdrawn", _("Withdraw the claim"), DECLARE, side="own"),
    Step("ask", OPEN, Outcome.OPEN, "mediation asked", _("Ask the secretariat to mediate"), DECLARE, side="either"),
    Step("mediate", OPEN, Outcome.MEDIATED, "dispute mediated", _("Mediate"), MEDIATE, side="network", reason=True),
)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that nobody can take."""
    return {step.code: step for step in (*OF_A_SIDE, *OF_THE_RECORD, *OF_A_DISPUTE)}[code]


def is_declarable(initiative: Initiative, today: date) -> bool:
    """What has been approved is declared; and what is over, of which no approval can be had any more. A draft is not."""
    last = initiative.ends_on or initiative.starts_on
    over = last is not None and last < today and initiative.state != InitiativeState.CANCELLED
    return initiative.state in APPROVED or over


def speaks_for(user: Any, initiative: Initiative, country: str) -> bool:
    """Whether `user` speaks for the country, a side of the record."""
    return any(side.pk == country and speaks(user, DECLARE, side) for side in countries_of(initiative))


def voices(user: Any, initiative: Initiative) -> set[str]:
    """The codes of the sides for which `user` speaks."""
    return {country.pk for country in spoken_for(user, DECLARE, initiative)}


def may_publish(user: Any, initiative: Initiative) -> bool:
    """A side's coordination, or the secretariat."""
    return bool(voices(user, initiative)) or may(user, MEDIATE)


def may_merge(user: Any, merged: Initiative) -> bool:
    """Whether `user` may let another record count instead: the side that keeps it, or the secretariat."""
    return merged.institution.country_id in voices(user, merged) or may(user, MEDIATE)


def is_everybodys(user: Any, merged: Initiative) -> bool:
    """Whether a side that `user` does not speak for has said something of the record: one side alone does not take that away."""
    if merged.validation in (Validation.VALIDATED, Validation.PUBLISHED):
        return True
    spoken = merged.declarations.exclude(stance=Stance.NOTIFIED).values_list("country", flat=True)
    return not set(spoken) <= voices(user, merged)


def steps_of_side(initiative: Initiative, declaration: Declaration | None) -> Iterator[Step]:
    """What the side can say now."""
    if initiative.merged_into_id is not None:
        return
    stance = declaration.stance if declaration else ""
    if declaration is None and initiative.validation != Validation.PRIVATE:
        return
    yield from (step for step in OF_A_SIDE if stance in step.before)


def may_take(user: Any, step: Step, dispute: Dispute, initiative: Initiative) -> bool:
    """Whether a role of `user` allows the step of a dispute, whatever its state."""
    if step.permission == MEDIATE:
        return may(user, MEDIATE)
    mine, own = voices(user, initiative), dispute.declaration.country_id
    if step.side == "own" or step.side == "heard" and dispute.proposed_by_id not in (None, own):
        return own in mine
    if step.side == "other" or step.side == "heard" and dispute.proposed_by_id == own:
        return bool(mine - {own})
    return bool(mine)


def is_possible(step: Step, dispute: Dispute) -> bool:
    """Whether the dispute is so far: open; with a proposal to accept; asked, or not asked yet, of the secretariat."""
    if dispute.outcome not in step.before:
        return False
    asked: dict[str, bool] = {
        "accept-proposal": dispute.proposed_by_id is not None,
        "ask": not dispute.asked_secretariat,
        "mediate": dispute.asked_secretariat,
    }
    return asked.get(step.code, True)


def steps_of_dispute(user: Any, dispute: Dispute, initiative: Initiative) -> list[Step]:
    """What `user` can do with the dispute now."""
    if initiative.merged_into_id is not None:
        return []
    return [step for step in OF_A_DISPUTE if is_possible(step, dispute) and may_take(user, step, dispute, initiative)]
