"""The life of an amendment as one table (R24; ADR 20)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import KEEP_AGREEMENTS, REVIEW_AGREEMENTS, may
from ayni.registry.models import Amendment, AmendmentState

S = AmendmentState
STEPS = (
    Step(
        "review",
        (S.DRAFT,),
        S.REVIEW,
        "amendment sent to review",
        _("Send to legal review"),
        KEEP_AGREEMENTS,
        main=True,
    ),
    Step(
        "return",
        (S.REVIEW, S.SIGNED),
        S.DRAFT,
        "amendment returned",
        _("Return to its authors"),
        REVIEW_AGREEMENTS,
        reason=True,
    ),
    Step("sign", (S.REVIEW,), S.SIGNED, "amendment signed", _("All have signed"), REVIEW_AGREEMENTS, main=True),
    Step(
        "effect",
        (S.SIGNED,),
        S.IN_EFFECT,
        "amendment taken into effect",
        _("Put in the place of the text"),
        REVIEW_AGREEMENTS,
        main=True,
    ),
    Step(
        "withdraw",
        (S.DRAFT, S.REVIEW, S.SIGNED),
        S.WITHDRAWN,
        "amendment withdrawn",
        _("Withdraw"),
        KEEP_AGREEMENTS,
        reason=True,
    ),
)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that an amendment's life does not know."""
    return {step.code: step for step in STEPS}[code]


def may_take(user: Any, amendment: Amendment, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state."""
    return step.permission is not None and may(user, step.permission, amendment)


def open_steps(user: Any, amendment: Amendment) -> Iterator[Step]:
    """The steps that `user` can take now."""
    return (step for step in STEPS if amendment.state in step.before and may_take(user, amendment, step))
