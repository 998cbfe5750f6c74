"""The life of a lesson as one table (domain.md section 6; ADR 20), and what each step asks for."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.lifecycle import Step, Turn
from ayni.common.permissions import DISSEMINATE, KEEP_INITIATIVES, VERIFY_LESSONS, may
from ayni.learning.models import Lesson, LessonState
from ayni.methods.learning_types import (
    AGREEMENT,
    CHANGE,
    NO_CHANGE,
    ORDER,
    PARTNER,
    PROPOSAL,
    RECOGNITION,
    Learned,
    lacking,
    type_of,
)
from ayni.registry.models import PUBLIC_RECORDS

S = LessonState
STEPS = (
    Step(
        "review",
        (S.CAPTURED,),
        S.REVIEWED,
        "lesson reviewed",
        gettext_lazy("Say that it is reviewed"),
        KEEP_INITIATIVES,
        main=True,
    ),
    Step(
        "return",
        (S.REVIEWED,),
        S.CAPTURED,
        "lesson returned",
        gettext_lazy("Return to its author"),
        KEEP_INITIATIVES,
        reason=True,
    ),
    Step("type", (S.REVIEWED,), S.TYPED, "lesson typed", gettext_lazy("Derive its type"), KEEP_INITIATIVES, main=True),
    Step(
        "reopen",
        (S.TYPED,),
        S.REVIEWED,
        "lesson reopened",
        gettext_lazy("Take up again"),
        KEEP_INITIATIVES,
        reason=True,
    ),
    Step(
        "incorporate",
        (S.TYPED,),
        S.INCORPORATED,
        "lesson incorporated",
        gettext_lazy("Say that it is incorporated"),
        KEEP_INITIATIVES,
        main=True,
    ),
    # Use by use: the state changes with the first one that is verified.
    Step("verify", (S.INCORPORATED,), S.VERIFIED, "lesson verified", gettext_lazy("Verify a use"), VERIFY_LESSONS),
    Step(
        "doubt",
        (S.INCORPORATED,),
        S.TYPED,
        "lesson evidence returned",
        gettext_lazy("Return the evidence"),
        VERIFY_LESSONS,
        reason=True,
    ),
    Step(
        "disseminate",
        (S.VERIFIED,),
        S.DISSEMINATED,
        "lesson disseminated",
        gettext_lazy("Disseminate"),
        DISSEMINATE,
        side="network",
        main=True,
    ),
)
# Its text can be written; a use can be recorded; a use can be verified.
WRITABLE = (S.CAPTURED, S.REVIEWED)
USABLE = (S.REVIEWED, S.TYPED, S.INCORPORATED, S.VERIFIED, S.DISSEMINATED)
VERIFIABLE = (S.INCORPORATED, S.VERIFIED, S.DISSEMINATED)
LACKS: dict[str, Promise] = {
    CHANGE: gettext_lazy("record the version of an own programme or component that changed by it, with evidence"),
    RECOGNITION: gettext_lazy("say which recognition was gained"),
    NO_CHANGE: gettext_lazy("nothing of one's own may have changed by it"),
    PARTNER: gettext_lazy("name the other institution that learned it too"),
    AGREEMENT: gettext_lazy("the other institution has to agree with the text"),
    PROPOSAL: gettext_lazy("say what new is proposed"),
}


def step_of(code: str) -> Step:
    """The step of this name. Raises KeyError for one that a lesson's life does not know."""
    return {step.code: step for step in STEPS}[code]


def may_take(user: Any, lesson: Lesson, step: Step) -> bool:
    """Whether a role of `user` allows the step, whatever the state."""
    return step.permission is not None and may(user, step.permission, lesson)


def open_steps(user: Any, lesson: Lesson) -> Iterator[Step]:
    """The steps that `user` can take now."""
    return (step for step in STEPS if lesson.state in step.before and may_take(user, lesson, step))


def order_of(kind: str) -> int | None:
    """1 or 2, the order of a type of learning; None of a lesson that has none yet."""
    return ORDER.get(kind)


def missing_for_types(lesson: Lesson) -> dict[str, Any]:
    """{type: what the lesson lacks for it, as codes of LACKS}."""
    return dict(lacking(learned(lesson)))


def learned(lesson: Lesson) -> Learned:
    """What the lesson records, for its type. Reads `uses` with their programmes."""
    home = lesson.institution.country_id
    changed = [use.programme_version or use.component for use in lesson.uses.all()]
    return Learned(
        change=any(one is not None and one.programme.country_id == home for one in changed),
        recognition=any(lesson.recognition.values()),
        partner=lesson.joint_with_id is not None,
        agreed=lesson.joint_agreed_at is not None,
        proposal=any(lesson.proposal.values()),
    )


def gaps(lesson: Lesson, step: str) -> Iterable[str]:
    """What is missing for the step, in sentences; empty when it can be taken."""
    if step == "review" and not lesson.topics.exists():
        yield _("Choose at least one topic, so that others find the lesson.")
    if step == "type" and not type_of(learned(lesson)):
        yield _("No type applies yet.")
        for kind, codes in lacking(learned(lesson)).items():
            yield _("%(type)s: %(missing)s.") % {"type": KINDS[kind], "missing": "; ".join(_told(codes))}
    if step == "incorporate" and not lesson.uses.all():
        yield _("Record which version of a programme or component changed by it, with its evidence.")
    if step == "disseminate" and lesson.initiative.validation not in PUBLIC_RECORDS:
        yield _("The record of the initiative is not public yet: its sides declare it and confirm it first.")


KINDS: dict[str, Promise] = {
    "internal": gettext_lazy("Internal learning"),
    "external": gettext_lazy("External learning"),
    "projective": gettext_lazy("Projective learning"),
}


def _told(codes: Iterable[str]) -> list[str]:
    return [str(LACKS[code]) for code in codes]


def turn_of(lesson: Lesson) -> Turn:
    """Who has to act for the lesson to go on, and what has to be done."""
    keeper, state = lesson.institution.with_country, LessonState(lesson.state)
    if state == S.CAPTURED:
        return Turn(keeper, _("review the lesson"))
    if state == S.REVIEWED:
        if lesson.joint_with and lesson.joint_agreed_at is None:
            return Turn(lesson.joint_with.with_country, _("agree with the text, or decline"))
        return Turn(keeper, _("derive its type"))
    if state == S.TYPED:
        return Turn(keeper, _("record what changed by it, with evidence"))
    if state == S.INCORPORATED:
        return Turn(_("the network's observers"), _("verify that it was used"))
    if state == S.VERIFIED:
        return Turn(_("the secretariat"), _("disseminate the lesson"))
    return Turn("", _("The lesson is disseminated."))
