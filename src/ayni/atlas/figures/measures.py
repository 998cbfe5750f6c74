"""The measures of the network: those that the reports can carry, and why the others are not given."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.atlas.queries.facts import Atlas

NAMES: dict[str, Promise] = {
    "density": _("Density among the reporting countries"),
    "strength": _("Strength of ties"),
    "betweenness": _("Betweenness"),
    "centralisation": _("Centralisation"),
}
MEANINGS: dict[str, Promise] = {
    "density": _("Of all pairs of countries that reported, the share in which both name the other."),
    "strength": _("How much a country offers and receives."),
    "betweenness": _("How often a country stands on the shortest way between two others."),
    "centralisation": _("How far the network hangs on a few countries."),
}
REASONS: dict[str, Promise] = {
    "direction-unknown": _("Not estimated: the answers do not say who offered and who received."),
    "partners-did-not-report": _(
        "Not estimated: most partners did not report, so their ties with one another are not known."
    ),
    "too-few-reporters": _("Not estimated: fewer than three countries reported."),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """`value` is a percentage, None where the measure cannot be estimated; then `reason` says why."""

    code: str
    name: Promise | str
    meaning: Promise | str
    value: float | None
    reason: Promise | str


def measures(atlas: Atlas) -> list[Measure]:
    """Those with a value first."""
    found = [
        Measure(
            code=code,
            name=NAMES.get(code, code),
            meaning=MEANINGS.get(code, ""),
            value=None if estimate["value"] is None else 100 * estimate["value"],
            reason=REASONS.get(estimate["reason"], estimate["reason"]) if estimate["reason"] else "",
        )
        for code, estimate in atlas.figures["F7"]["estimable"].items()
    ]
    return sorted(found, key=lambda measure: (measure.value is None, measure.code))
