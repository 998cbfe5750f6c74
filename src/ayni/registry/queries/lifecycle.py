"""The life of an agreement as one table (domain.md section 6; ADR 20)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ayni.common.lifecycle import Step
from ayni.common.permissions import KEEP_AGREEMENTS, REVIEW_AGREEMENTS, may
from ayni.registry.models import Agreement, AgreementState

S = AgreementState
STEPS = (
    Step(
        "review",
        (S.DRAFT,),
        S.REVIEW,
        "agreement sent to review",
        _("Send to legal review"),
        KEEP_AGREEMENTS,
        main=True,
    ),
    Step(
        "return",
        (S.REVIEW, S.SIGNED),
        S.DRAFT,
        "agreement returned",
        _("Return to its authors"),
        REVIEW_AGREEMENTS,
        reason=True,
    ),
    Step("sign", (S.REVIEW,), S.SIGNED, "agreement signed", _("All have signed"), REVIEW_AGREEMENTS, main=True),
    Step(
        "enter-force",
        (S.SIGNED,),
        S.IN_FORCE,
        "agreement brought into force",
        _("Bring into force"),
        REVIEW_AGREEMENTS,
        main=True,
    ),
    Step(
        "terminate",
        (S.SIGNED, S.IN_FORCE),
        S.TERMINATED,
        "agreement terminated",
        _("Terminate"),
        REVIEW_AGREEMENTS,
        reason=True,
    ),
    Step("expire", (S.IN_FORCE,), S.EXPIRED, "agreement expired", _("Expire"), None),
)
WRITABLE = (S.DRAFT,)
AMENDABLE = (S.IN_FORCE, S.EXPIRED)


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that an agreement's life does not know."""
    return {step.code: step for step in STEPS}[code]


def may_take(user: Any, agreement: Agreement, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state."""
    return step.permission is not None and may(user, step.permission, agreement)


def open_steps(user: Any, agreement: Agreement) -> Iterator[Step]:
    """The steps that `user` can take now."""
    return (step for step in STEPS if agreement.state in step.before and may_take(user, agreement, step))
