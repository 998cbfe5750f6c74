"""What speaks for and against two records being of one cooperation, in words."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ayni.interop.models import RecordPair
from ayni.methods.linkage.features import FEATURES

# A feature that moves the log-odds by less says next to nothing.
SAYS = 0.4
BEGIN = ngettext_lazy("They begin one year apart.", "They begin %(years)s years apart.", "years")
END = ngettext_lazy("They end one year apart.", "They end %(years)s years apart.", "years")
SAME_YEAR = {"start": gettext_lazy("They begin in the same year."), "end": gettext_lazy("They end in the same year.")}
ALIKE: dict[str, tuple[Promise, Promise]] = {
    "words": (
        gettext_lazy("The titles share %(share)s of their words."),
        gettext_lazy("The titles share only %(share)s of their words."),
    ),
    "meaning": (
        gettext_lazy("The titles mean much the same (%(share)s)."),
        gettext_lazy("The titles mean different things (%(share)s)."),
    ),
    "spelling": (
        gettext_lazy("The titles are spelt alike (%(share)s)."),
        gettext_lazy("The titles are spelt differently (%(share)s)."),
    ),
    "text": (
        gettext_lazy("The descriptions mean much the same (%(share)s)."),
        gettext_lazy("The descriptions mean different things (%(share)s)."),
    ),
    "likewise": (
        gettext_lazy("Descriptions with these words were often of the same thing."),
        gettext_lazy("Descriptions with these words were seldom of the same thing."),
    ),
    "parallel": (
        gettext_lazy("Titles with these words were often of the same thing."),
        gettext_lazy("Titles with these words were seldom of the same thing."),
    ),
    "untold": (
        gettext_lazy("One title says nearly all that the other says: only %(share)s of it is its own."),
        gettext_lazy("Each title says something that the other does not: at least %(share)s of it."),
    ),
    "more": (
        gettext_lazy("Neither title says much more than the other: %(share)s at most."),
        gettext_lazy("One title says much that the other does not: %(share)s of it."),
    ),
    "countries": (
        gettext_lazy("They have %(share)s of their countries in common."),
        gettext_lazy("They have only %(share)s of their countries in common."),
    ),
    "sector": (gettext_lazy("They are of the same sector."), gettext_lazy("They are of different sectors.")),
    "numbers": (
        gettext_lazy("The numbers in the titles are the same."),
        gettext_lazy("The titles bear different numbers: another phase, perhaps."),
    ),
    "names": (
        gettext_lazy("The titles have a name in common, of a place or a programme."),
        gettext_lazy("The titles bear different names, of a place or a programme, or only one bears any."),
    ),
    "figures": (
        gettext_lazy("They name the same figure, of people or of a document."),
        gettext_lazy("They name different figures."),
    ),
    "start": (BEGIN, BEGIN),
    "end": (END, END),
    "money": (
        gettext_lazy("The larger amount is %(times)s times the smaller."),
        gettext_lazy("The larger amount is %(times)s times the smaller."),
    ),
    "rival": (
        gettext_lazy("No other record comes near to either."),
        gettext_lazy("Other records come as near to one of them, or nearer."),
    ),
}
# What the other records say of it, not the two.
OF_MANY = ("rival", "parallel", "likewise")
NAMES: dict[str, Promise] = {
    "words": gettext_lazy("title"),
    "meaning": gettext_lazy("title"),
    "spelling": gettext_lazy("a title in the same language"),
    "untold": gettext_lazy("title"),
    "more": gettext_lazy("title"),
    "text": gettext_lazy("description"),
    "countries": gettext_lazy("countries"),
    "sector": gettext_lazy("sector"),
    "names": gettext_lazy("names in the title"),
    "numbers": gettext_lazy("numbers in the title"),
    "figures": gettext_lazy("figures"),
    "start": gettext_lazy("first year"),
    "end": gettext_lazy("last year"),
    "money": gettext_lazy("amount"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and which way it points: `sign` is "for" or "against"."""

    sentence: str
    sign: str
    weight: float


def evidence_of(pair: RecordPair) -> list[Told]:
    """What speaks for and against, the weightiest first."""
    found = pair.features
    # What a pair was decided on may be of a trait that is no longer looked at.
    known = ((name, weight) for name, weight in pair.evidence.items() if name in ALIKE)
    rows = sorted(known, key=lambda row: (-abs(row[1]), row[0]))
    return [
        _told(name, found[name], weight) for name, weight in rows if abs(weight) >= SAYS and found.get(name) is not None
    ]


def unknown_of(pair: RecordPair) -> list[str]:
    """What one of the two does not say, so that it speaks neither for nor against."""
    missing = [name for name in FEATURES if pair.features.get(name) is None]
    return list(dict.fromkeys(str(NAMES[name]) for name in missing if name not in OF_MANY))


def percent(share: float) -> str:
    """A share in per cent, as the reader's language writes it."""
    return _("%(number)s%%") % {"number": formats.number_format(round(100 * share))}


def _told(name: str, value: float, weight: float) -> Told:
    supports = weight > 0
    years = round(value)
    template = ALIKE[name][0 if supports else 1] if years or name not in SAME_YEAR else SAME_YEAR[name]
    sentence = template % {
        "share": percent(max(0.0, min(1.0, value))),
        "years": years,
        "times": formats.number_format(round(2 ** min(value, 5), 1), 1),
    }
    return Told(sentence, "for" if supports else "against", weight)
