"""Which type of learning a lesson is, and what it lacks for each (R6). See docs/methods/learning-types.md."""

from dataclasses import dataclass

INTERNAL, EXTERNAL, PROJECTIVE = "internal", "external", "projective"
# First and second order, as Figure 1 of the document draws them.
ORDER = {INTERNAL: 1, EXTERNAL: 1, PROJECTIVE: 2}
# What a lesson can lack.
CHANGE, RECOGNITION, NO_CHANGE, PARTNER, AGREEMENT, PROPOSAL = (
    "change",
    "recognition",
    "no-change",
    "partner",
    "agreement",
    "proposal",
)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a lesson records: whether a programme of its own country changed, recognition was gained, another institution is
    named that recorded it too (`partner`) and has agreed with it, and something new is proposed.
    """

    change: bool = False
    recognition: bool = False
    partner: bool = False
    agreed: bool = False
    proposal: bool = False


def lacking(learned: Learned) -> dict[str, tuple[str, ...]]:
    """What is missing for each type, {type: codes}; empty for a type whose conditions are all met."""
    agreed = learned.partner and learned.agreed
    projective = [
        *([] if learned.partner else [PARTNER]),
        *([] if agreed or not learned.partner else [AGREEMENT]),
        *([] if learned.proposal else [PROPOSAL]),
    ]
    external = [*([] if learned.recognition else [RECOGNITION]), *([NO_CHANGE] if learned.change else [])]
    return {
        INTERNAL: () if learned.change else (CHANGE,),
        EXTERNAL: tuple(external),
        PROJECTIVE: tuple(projective),
    }


def type_of(learned: Learned) -> str:
    """The type of the highest order whose conditions are met; "" when none applies yet."""
    missing = lacking(learned)
    return next((kind for kind in (PROJECTIVE, INTERNAL, EXTERNAL) if not missing[kind]), "")
