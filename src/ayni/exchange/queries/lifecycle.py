"""The life cycles of offers, demands and matches as one table: which step, from where to where, by whom (domain.md section 6).

Actions take these steps and no others, pages offer those that the reader may take, tests try each step in each state as each
person, and docs/howto/exchange.md shows the table.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import ENDORSE, SCREEN, WRITE_EXCHANGE, Scoped, may
from ayni.exchange.models import Demand, DemandState, Match, MatchState, Offer, OfferState

Thing = Offer | Demand | Match
F, D, M = OfferState, DemandState, MatchState

# What ends by itself: an offer or a demand that nobody confirms, and a suggestion that nobody answers (the days are Ayni's own).
CONFIRM_MONTHS = 12
ANSWER_DAYS = 60
OPEN_DEMAND = (D.DRAFT, D.SUBMITTED, D.ENDORSED, D.COFORMULATION, D.ELIGIBLE, D.RETURNED, D.MATCHED)
LIVE_MATCH = (M.SUGGESTED, M.NEGOTIATING)


OFFER = (
    Step(
        "approve", (F.DRAFT,), F.APPROVED, "offer approved", _("Approve for the institution"), WRITE_EXCHANGE, main=True
    ),
    Step("publish", (F.APPROVED,), F.PUBLISHED, "offer published", _("Publish"), ENDORSE, main=True),
    Step("send-back", (F.APPROVED,), F.DRAFT, "offer sent back", _("Send back"), ENDORSE, reason=True),
    Step(
        "confirm",
        (F.PUBLISHED, F.LAPSED),
        F.PUBLISHED,
        "offer confirmed",
        _("Confirm that it still holds"),
        WRITE_EXCHANGE,
    ),
    Step("pause", (F.PUBLISHED,), F.PAUSED, "offer paused", _("Pause"), WRITE_EXCHANGE, reason=True),
    Step("resume", (F.PAUSED,), F.PUBLISHED, "offer resumed", _("Offer again"), WRITE_EXCHANGE, main=True),
    Step(
        "revise",
        (F.APPROVED, F.PUBLISHED, F.PAUSED, F.LAPSED, F.ARCHIVED),
        F.DRAFT,
        "offer revised",
        _("Take back to revise"),
        WRITE_EXCHANGE,
    ),
    Step(
        "archive",
        (F.DRAFT, F.APPROVED, F.PUBLISHED, F.PAUSED, F.LAPSED),
        F.ARCHIVED,
        "offer archived",
        _("Archive"),
        WRITE_EXCHANGE,
        reason=True,
    ),
    Step("lapse", (F.PUBLISHED,), F.LAPSED, "offer lapsed", _("Lapse"), None),
)
DEMAND = (
    Step(
        "submit",
        (D.DRAFT, D.RETURNED, D.COFORMULATION),
        D.SUBMITTED,
        "demand submitted",
        _("Submit"),
        WRITE_EXCHANGE,
        main=True,
    ),
    Step("endorse", (D.SUBMITTED,), D.ENDORSED, "demand endorsed", _("Endorse"), ENDORSE, main=True),
    Step("send-back", (D.SUBMITTED,), D.RETURNED, "demand sent back", _("Send back"), ENDORSE, reason=True),
    Step(
        "confirm",
        (D.ELIGIBLE, D.EXPIRED),
        D.ELIGIBLE,
        "demand confirmed",
        _("Confirm that it still holds"),
        WRITE_EXCHANGE,
    ),
    Step("withdraw", OPEN_DEMAND, D.WITHDRAWN, "demand withdrawn", _("Withdraw"), WRITE_EXCHANGE, reason=True),
    Step(
        "reopen",
        (D.WITHDRAWN, D.DECLINED, D.REFERRED, D.EXPIRED),
        D.DRAFT,
        "demand taken up again",
        _("Take up again as a draft"),
        WRITE_EXCHANGE,
    ),
    Step("expire", (D.ELIGIBLE,), D.EXPIRED, "demand expired", _("Expire"), None),
    # A screening is decided on its own page (actions/screening.py); a match or a mission takes the demand further.
    *(
        Step(result, (D.ENDORSED,), result, f"demand {verb}", label, SCREEN, side="network", reason=True)
        for result, verb, label in (
            (D.ELIGIBLE, "found eligible", _("Find eligible")),
            (D.COFORMULATION, "to be formulated together", _("Formulate together")),
            (D.RETURNED, "returned", _("Return")),
            (D.DECLINED, "declined", _("Decline")),
            (D.REFERRED, "referred", _("Refer")),
        )
    ),
    Step("match", (D.ELIGIBLE,), D.MATCHED, "demand matched", _("Match"), None),
    Step("release", (D.MATCHED,), D.ELIGIBLE, "demand open again", _("Open again"), None),
    Step("formalise", (D.MATCHED,), D.FORMALISED, "demand formalised", _("Formalise"), None),
)
MATCH = (
    Step(
        "accept-demand", (M.SUGGESTED,), M.SUGGESTED, "match accepted", _("Accept"), WRITE_EXCHANGE, "demand", main=True
    ),
    Step(
        "accept-offer", (M.SUGGESTED,), M.SUGGESTED, "match accepted", _("Accept"), WRITE_EXCHANGE, "offer", main=True
    ),
    Step("negotiate", (M.SUGGESTED,), M.NEGOTIATING, "match negotiated", _("Negotiate"), None),
    Step("reject", LIVE_MATCH, M.REJECTED, "match rejected", _("Reject"), WRITE_EXCHANGE, "either", reason=True),
    Step(
        "convert",
        (M.NEGOTIATING,),
        M.CONVERTED,
        "match converted",
        _("Convert into an initiative"),
        ENDORSE,
        "demand",
        main=True,
    ),
    Step("lapse", LIVE_MATCH, M.LAPSED, "match lapsed", _("Lapse"), None, reason=True),
)
CYCLES: dict[type[Thing], tuple[Step, ...]] = {Offer: OFFER, Demand: DEMAND, Match: MATCH}
# Steps that have a page of their own, or come about by something else.
ELSEWHERE = frozenset({D.ELIGIBLE.value, D.COFORMULATION.value, D.RETURNED.value, D.DECLINED.value, D.REFERRED.value})


def step_of(thing: Thing, code: str) -> Step:
    """The step of this name. Raises KeyError for one that the thing's life cycle does not know."""
    return {step.code: step for step in CYCLES[type(thing)]}[code]


def scopes(thing: Thing, side: str) -> list[Scoped | None]:
    """Upon what the permission of a step is asked: one of them is enough."""
    if side == "network":
        return [None]
    if isinstance(thing, Match):
        sides: dict[str, list[Scoped | None]] = {
            "demand": [thing.demand],
            "offer": [thing.offer],
            "either": [thing.demand, thing.offer],
        }
        return sides[side]
    return [thing]


def may_take(user: Any, thing: Thing, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state."""
    permission = step.permission
    return permission is not None and any(may(user, permission, scope) for scope in scopes(thing, step.side))


def open_steps(user: Any, thing: Thing) -> Iterator[Step]:
    """The steps that `user` can take now by a button: those with a page of their own are not among them."""
    for step in CYCLES[type(thing)]:
        if thing.state in step.before and not has_own_page(thing, step) and may_take(user, thing, step):
            if not _accepted_already(thing, step):
                yield step


def has_own_page(thing: Thing, step: Step) -> bool:
    """Whether a step is taken on a page of its own, after more than a click: the results of a screening."""
    return isinstance(thing, Demand) and step.code in ELSEWHERE


def _accepted_already(thing: Thing, step: Step) -> bool:
    if not isinstance(thing, Match) or not step.code.startswith("accept-"):
        return False
    return getattr(thing, f"{step.side}_accepted_at") is not None
