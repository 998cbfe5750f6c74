"""How we know: what each source brings, what is kept apart so that nothing is counted twice, and what is missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ayni.analytics.schema import Basis
from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.asked import COUNT, Asked, whole, with_basis
from ayni.atlas.queries.flows.held import Held
from ayni.common.i18n import language

KEEP = 8


@dataclass(frozen=True, slots=True)
class Coverage:
    """`bases`: what can be asked, each with its records, parties and years; `files`: what was loaded."""

    bases: list[dict[str, Any]]
    files: list[dict[str, Any]]


_kept: dict[tuple[str, str, str], Coverage] = {}


def coverage(held: Held) -> Coverage:
    """What the snapshot in force rests on, in the language of the page; counted once."""
    key = held.manifest.checksum, held.manifest.made, language()
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEEP:
            _kept.clear()
        bases = [_basis(held, basis) for basis in held.bases]
        found = _kept[key] = Coverage(bases, [_file(said) for said in held.manifest.sources])
    return found


def _basis(held: Held, basis: Basis) -> dict[str, Any]:
    cut = whole(held, basis)
    records = cut.total(COUNT)
    sectors, topics = cut.by("sector_group", COUNT), cut.by("topic", COUNT)
    recipients = cut.by("recipient", COUNT)
    return {
        "label": labels.of_basis(basis),
        "address": with_basis(Asked(), basis).address(),
        "records": round(records, 1),
        "providers": len(cut.by("provider", COUNT)),
        "recipients": len(recipients),
        "years": f"{cut.years.start}–{cut.years.stop - 1}" if len(cut.years) > 1 else str(cut.years.start),
        "without_sector": _share(sectors.get("", 0.0), records),
        "without_topic": _share(topics.get("", 0.0), records),
        "without_country": _share(sum(value for code, value in recipients.items() if code.startswith("reg-")), records),
    }


def _file(said: dict[str, Any] | Any) -> dict[str, Any]:
    reasons = {
        "aggregate": _("sums of other rows"),
        "contribution": _("core contributions to organisations"),
        "one-country": _("records within one country"),
        "undated": _("records without a date"),
        "measure": _("the same money by another measure"),
        "direction": _("records that do not say who offers and who receives"),
        "reported-twice": _("activities that another publisher reports too"),
        "behind-another": _("reports that stand behind another record"),
        "own-record": _("records of the network that came back"),
        "passed-on": _("amounts passed on to an activity that is counted itself"),
        "no-money": _("activities without an outgoing amount"),
        "incomplete": _("amounts without a day or a currency"),
    }
    return {
        **said,
        "label": labels.source(said["source"]),
        "loaded": parse_datetime(said["loaded"]),
        "apart": [(reasons.get(why, why), number) for why, number in said.get("apart", {}).items() if number],
        "gaps": [{"name": name, "millions": round(gap / 1e6, 1)} for name, gap in said.get("gaps", {}).items()],
    }


def _share(part: float, whole: float) -> float:
    """In percent."""
    return round(100 * part / whole, 1) if whole else 0.0
