"""What an edition of the diagnosis would hold or holds: whom it leaves out, and whether it can be made again."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ayni.surveys.models import DiagnosisEdition, Response, ResponseStatus, Round
from ayni.surveys.queries.content.assemble import canonical, computed_content
from ayni.surveys.queries.facts import country_names


@dataclass(frozen=True, slots=True)
class Verification:
    """A frozen edition computed again: its checksum then and now, in hexadecimal, and the size of its JSON in bytes."""

    kept: str
    computed: str
    size: int

    @property
    def is_same(self) -> bool:
        return self.kept == self.computed


def editions_of(round_: Round) -> QuerySet[DiagnosisEdition]:
    """The editions of a round, without their content."""
    return round_.editions.select_related("previous").defer("content", "previous__content").order_by("code")


def left_out(round_: Round) -> QuerySet[Response]:
    """The responses that an edition frozen now would leave out: those not validated."""
    return (
        round_.responses.exclude(status=ResponseStatus.VALIDATED)
        .select_related("institution")
        .prefetch_related("institution__names")
        .order_by("institution__code")
    )


def verification(edition: DiagnosisEdition) -> Verification:
    """Compute a frozen edition again and compare the bytes."""
    content = canonical(computed_content(edition)).encode()
    return Verification(edition.checksum, hashlib.sha256(content).hexdigest(), len(content))


def named_change(content: dict[str, Any]) -> dict[str, Any] | None:
    """The change since the edition before with countries' names in the place of codes; None for a first edition.

    `by_country` has lines of (names, partners before, after, concentration before, after).
    """
    change = content["change"]
    if change is None:
        return None
    groups = {part: change[part] for part in ("partners", "reporters")}
    codes = {code for group in groups.values() for listed in group.values() for code in listed}
    found = country_names(codes)
    names = {code: found[code][1] if code in found else {"es": code} for code in codes}
    return {
        part: {side: [names[code] for code in listed] for side, listed in group.items()}
        for part, group in groups.items()
    } | {
        "by_country": [
            (names[code], before, after, *change["hhi"].get(code, (None, None)))
            for code, (before, after) in change["by_country"].items()
        ]
    }
