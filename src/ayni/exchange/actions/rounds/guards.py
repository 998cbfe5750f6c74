"""What every action on an exchange round asks first: who may, and where the round stands."""

from typing import Any

from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.permissions import RUN_EXCHANGE_ROUNDS, TAKE_PART, may, require
from ayni.exchange.models import Delegation, ExchangeRound, RoundState
from ayni.exchange.queries.rounds.reader import PUBLIC_TIMETABLE

# While these last the round is prepared: who comes, when and where.
BEFORE_MEETINGS = (RoundState.DRAFT, RoundState.INTERESTS, RoundState.PLANNING)
# While these last the timetable lives.
TIMETABLE = (RoundState.PLANNING, RoundState.RUNNING)


def held(round_: ExchangeRound) -> ExchangeRound:
    """The round as it stands now, kept from others until the transaction ends."""
    return ExchangeRound.objects.select_for_update().get(pk=round_.pk)


def run_by(actor: Any) -> None:
    """Raises PermissionDenied unless `actor` runs exchange rounds (None: the system)."""
    if actor is not None:
        require(actor, RUN_EXCHANGE_ROUNDS)


def act_for(actor: Any, delegation: Delegation) -> None:
    """Raises PermissionDenied unless `actor` acts for the delegation, or runs exchange rounds."""
    if actor is not None and not may(actor, RUN_EXCHANGE_ROUNDS):
        require(actor, TAKE_PART, delegation)


def shown(round_: ExchangeRound) -> bool:
    """Whether the public reads of the round at all: what its record says is public from then on."""
    return round_.state != RoundState.DRAFT


def timetable_shown(round_: ExchangeRound) -> bool:
    """Whether the public reads its matrix and its timetable."""
    return round_.state in PUBLIC_TIMETABLE


def runs(actor: Any) -> bool:
    return actor is None or may(actor, RUN_EXCHANGE_ROUNDS)


def stands_in(round_: ExchangeRound, *states: RoundState) -> None:
    """Raises Refused unless the round is in one of `states`."""
    if round_.state not in states:
        allowed = ", ".join(str(state.label) for state in states)
        raise Refused(
            _("The round stands at “%(now)s”. This is done at: %(states)s.")
            % {"now": round_.get_state_display(), "states": allowed}
        )
